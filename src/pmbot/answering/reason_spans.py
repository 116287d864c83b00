"""Short answers to "why": the clause that a word of reason opens, or the purpose of a verb that does not demand its "to".

And to "what caused it": what stands behind the "by", "after" or "as" of another verb.
"""

from __future__ import annotations

import re

from pmbot.answering import english
from pmbot.answering.frames import Clause
from pmbot.answering.short import NO_SHORT, Short
from pmbot.models import QuestionType
from pmbot.text.lazy_pattern import LazyPattern

_STRONG = LazyPattern(r"\b(?:because(?: of)?|due to|owing to|thanks to|as a result of|so that|in order to|for fear of)\b", re.IGNORECASE)
_PURPOSE = LazyPattern(r"\bto\s(?!(?:the|a|an|his|her|its|their|this|that|be)\b)[a-z]{3,}\b")
_DEMANDING = LazyPattern(
    r"\b(?:not|too|refus\w+|beg[aiu]n\w*|start\w*|continu\w+|agree\w*|decid\w+|plan\w*|tr(?:y|ied|ying|ies)|attempt\w*|able|unable|ha[sd]|have"
    r"|need\w*|seem\w*|appear\w*|like[ds]?|hop\w+|us(?:ed|e)|going|ought|fail\w*|manag\w+|wish\w*|intend\w*|promis\w+|offer\w*"
    r"|learn\w*|tend\w*|likely|due|right|ability|chance|duty|decision|threaten\w*|choos\w+|chose|according|up|from|back|close|next"
    r"|similar|prior|easy|hard|free|ready|willing|supposed|said|known|believed|thought|reported|considered)\W+$"
    r"|\b(?:want\w*|expect\w*|allow\w*|forc\w+|ask\w*|remind\w*|require\w*|oblig\w+|encourag\w+|permit\w*|persuad\w+|order\w*|told"
    r"|tell\w*|invit\w+|urg\w+|enabl\w+|caus\w+|led|not|too|from)\W+(?:\w+\W+){0,4}$",
    re.IGNORECASE,
)
_END = LazyPattern(r"[,;()]|\.\s|[.!?]\s*$")
_NOT_AS = frozenset("known seen regarded such same served serves worked works used well far long soon just as described defined".split())
_CAUSING = frozenset("caused causes explains explained held kept stopped prevented put triggered delayed made forced ended".split())
_SUBJECTS = frozenset("it they he she we you i there".split())


def reason(clause: Clause) -> Short:
    """The first reason told: behind a word that opens nothing else, then behind "as" or "since", then a purpose."""
    if clause.kind is not QuestionType.WHY:
        return NO_SHORT
    phrases = clause.phrases
    text = phrases.view.sentence.text
    for found in _STRONG.finditer(text):
        short = _behind(clause, found)
        if short.slices and not _repeats(clause, *short.slices[0]):
            return short
    for at, token in enumerate(phrases.tokens):
        if token.norm in {"as", "since"} and _opens_clause(clause, at):
            return _to_end(text, token.start, token.end, 0.75)
    for found in _PURPOSE.finditer(text):
        before = text[: found.start()]
        if before and not _DEMANDING.search(before[-60:]) and not clause.asks_in(*found.span()):
            return _to_end(text, *found.span(), 0.6)
    return NO_SHORT


def cause(clause: Clause) -> Short:
    """What brought something about ("what held up the mail": "The mail came late after *a strike in Oslo*"), told by another verb."""
    asks = clause.kind is QuestionType.WHAT and clause.words[clause.frame.wh] == "what"
    if not asks or clause.frame.opens not in _CAUSING:
        return NO_SHORT
    phrases, text = clause.phrases, clause.phrases.view.sentence.text
    for at, token in enumerate(phrases.tokens[:-2]):
        if not at or phrases.breaks(at + 1):
            continue
        end = phrases.coordinated(at + 1)[0]
        noun = end > at + 1 and phrases.classes[at + 1] not in {"number", "ing", "capital"} and clause.is_new(at + 1, end)
        if token.norm == "by" and noun and phrases.classes[at - 1] == "ed":
            return Short((phrases.text(at + 1, end),), 0.7)
        if (token.norm == "after" and noun) or (token.norm in {"as", "since"} and _opens_clause(clause, at)):
            start = phrases.tokens[at + 1].start
            return _to_end(text, start, start, 0.65)
    return NO_SHORT


def _behind(clause: Clause, opening: re.Match[str]) -> Short:
    """The clause that the word opens, or behind "because of" and its like the whole list of phrases."""
    phrases = clause.phrases
    at = next((at for at, token in enumerate(phrases.tokens) if token.start >= opening.end()), None)
    if at is not None and opening.group().lower().endswith((" of", "due to", "owing to", "thanks to")):
        end, count = phrases.coordinated(at)
        if count > 1:
            return Short(((opening.start(), phrases.tokens[end - 1].end),), 0.8)
    return _to_end(phrases.view.sentence.text, *opening.span(), 0.8)


def _opens_clause(clause: Clause, at: int) -> bool:
    """Whether a subject with its verb stands behind the "as" or "since" at `at`: then it opens no comparison and no time."""
    phrases = clause.phrases
    if not at or at + 2 >= len(phrases.tokens) or phrases.tokens[at - 1].norm in _NOT_AS or phrases.breaks(at + 1):
        return False
    if phrases.tokens[at + 1].norm in _SUBJECTS:
        return phrases.breaks(at) or phrases.tokens[at - 1].norm not in english.AUXILIARIES
    end = phrases.noun_phrase(at + 1)
    return at + 1 < end < len(phrases.tokens) and not phrases.breaks(end) and phrases.is_finite(end)


def _repeats(clause: Clause, start: int, end: int) -> bool:
    """Whether most of the content words in the stretch `[start, end)` are the question's."""
    inside = [at for at, token in enumerate(clause.phrases.tokens) if start <= token.start < end and not clause.is_stop(at)]
    return 2 * sum(at in clause.touched for at in inside) > len(inside)


def _to_end(text: str, start: int, behind: int, sure: float) -> Short:
    """What stands from `start` on, up to the punctuation that closes it; something must stand at `behind`."""
    ending = _END.search(text, behind)
    end = ending.start() if ending is not None else len(text)
    return Short(((start, end),), sure) if end > behind + 2 else NO_SHORT

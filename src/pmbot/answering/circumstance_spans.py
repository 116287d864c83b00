"""Short answers that say where, how or why: the phrase beside the verb of the question, or behind a word that opens a reason."""

from __future__ import annotations

import re

from pmbot.answering import english
from pmbot.answering.frames import Clause
from pmbot.answering.phrases import Phrases
from pmbot.answering.short import NO_SHORT, Short
from pmbot.models import MentionKind, QuestionType

_PLACING = frozenset(
    "in at on near to into onto from against behind beside beneath under below above between outside inside within opposite along"
    " around across throughout towards through".split()
)
_BARE = frozenset({"in", "at", "on", "to", "from", "into", "onto", "towards"})
"""Prepositions that the question word says already."""
_FACING = frozenset({"front", "back"})
_TIMES = frozenset({MentionKind.DATE, MentionKind.DURATION, MentionKind.MONEY, MentionKind.PERCENT, MentionKind.ORDINAL})
_NO_PLACE = frozenset(
    "presence order time times name favour favor charge addition general particular case total part return response advance way order"
    " fact terms spite cost speed age end beginning request behalf purpose basis condition".split()
)
_TIME_NOUNS = english.TIME_NOUNS | frozenset(
    {noun + "s" for noun in english.TIME_NOUNS} | {"weekend", "weekends", "holidays", "morning", "evening"}
)
_REACH = 12
_OF_BE = frozenset({"is", "are", "was", "were", "located", "situated", "based", "held"})


def place(clause: Clause) -> Short:
    """The place right behind the verb of the question, or behind "is" ("Place it *against a wall*"; "X is at *3 High Street*")."""
    if clause.kind is not QuestionType.WHERE:
        return NO_SHORT
    phrases = clause.phrases
    for at in _anchors(clause):
        found = _place_behind(clause, at)
        if found is not None:
            start, end = found
            if phrases.gaps[end - 1].strip() == "," and phrases.classes[end - 2] != "capital":
                return Short((phrases.text(end - 1, end),), 0.75)  # "the main city, *Calvera*"
            bare = phrases.tokens[start].norm in _BARE and phrases.tokens[start + 1].norm not in _FACING
            return Short((phrases.text(start + bare, end),), 0.75)
    return NO_SHORT


def _anchors(clause: Clause) -> list[int]:
    """Behind which tokens the place is looked for: the verb of the question; where that is "is", the "is" whose subject is asked about."""
    asked = clause.verb
    phrases = clause.phrases
    if asked is not None:
        return [at for at in sorted(clause.touched) if asked in clause.touched[at] and not phrases.stands_as_noun(at)]
    if clause.frame.opens not in english.BE:
        return []
    found = []
    for at, token in enumerate(phrases.tokens):
        if token.norm in english.BE and at:
            subject = phrases.subject(at)
            if any(place in clause.touched for place in range(subject, at)):
                found.append(at)
    return found


def _place_behind(clause: Clause, at: int) -> tuple[int, int] | None:
    """The first phrase of place behind the token at `at`, within its clause."""
    phrases = clause.phrases
    for start in range(at + 1, min(len(phrases.tokens) - 1, at + _REACH)):
        norm = phrases.tokens[start].norm
        if norm in {"and", "but", "which", "who", "because", "since", "so"} or ";" in phrases.gaps[start] or ". " in phrases.gaps[start]:
            return None
        if start > at + 1 and phrases.classes[start] == "auxiliary":
            return None
        if norm in _PLACING and not phrases.breaks(start + 1):
            end = _place_end(phrases, start)
            if end > start + 1 and clause.is_new(start + 1, end) and not _is_time(phrases, start + 1, end):
                return start, end
    return None


def _place_end(phrases: Phrases, start: int) -> int:
    """Where the phrase of place ends that the preposition at `start` opens.

    A further such phrase right behind a common noun belongs to it, and an address or the name of the place behind a comma.
    """
    end, _ = phrases.coordinated(start + 1)
    if end == start + 1:
        return end
    while (
        end + 1 < len(phrases.tokens)
        and phrases.tokens[end].norm in _PLACING - {"to", "from", "into", "onto", "through"}
        and not phrases.breaks(end)
        and phrases.classes[end - 1] != "capital"
    ):
        further = phrases.noun_phrase(end + 1)
        if further == end + 1 or _is_time(phrases, end + 1, further):
            break
        end = further
    while end < len(phrases.tokens) and phrases.gaps[end].strip() == "," and phrases.classes[end] == "capital":
        further = phrases.noun_phrase(end)
        if (
            further == end
            or phrases.opens_clause(end, further)
            or not all(k in {"capital", "number"} for k in phrases.classes[end:further])
        ):
            break
        end = further
    return end


def _is_time(phrases: Phrases, start: int, end: int) -> bool:
    """Whether the words `[start, end)` are a time or another phrase that names no place ("in the *presence* of")."""
    if phrases.mentions_in(start, end, _TIMES):
        return True
    head = next((at for at in range(start, end) if phrases.tokens[at].norm == "of"), end) - 1
    return phrases.tokens[head].norm in _NO_PLACE | _TIME_NOUNS


_BY_DOING = re.compile(r"\bby\s+(?:not\s+)?[a-z]{2,}ing\b[^;.()]{2,160}")
_MEANS = frozenset("by at through via with using in on over from".split())
_PURPOSE_FIRST = re.compile(r"\s*(?:[-*•]\s*)?(?:To|In order to)\s[^,.;]{3,120},\s*(?P<do>[a-z][^;]{3,200}?)(?=[.!;]?\s*$)")
_PURPOSE_LAST = re.compile(
    r"\s*(?:[-*•]\s*)?(?P<do>[A-Z][a-z]+\s(?:the|a|an|your|its|one|two|three|both|all)\s[^,;.]{3,160}?)"
    r"\s+(?:to|in order to)\s(?P<aim>[a-z].*)"
)
_NO_IMPERATIVE = frozenset(
    "all both half even only such what of in on at by for with to from under over is are was were if when while".split()
)


def manner(clause: Clause) -> Short:
    """By what means: "by" with a verb, the means behind the question's verb, or what an instruction tells to do."""
    if clause.kind is not QuestionType.HOW:
        return NO_SHORT
    return _instruction(clause) if _tells(clause) else _means(clause)


def _tells(clause: Clause) -> bool:
    text = clause.phrases.view.sentence.text
    return bool(_PURPOSE_FIRST.match(text) or _PURPOSE_LAST.match(text))


def _instruction(clause: Clause) -> Short:
    """What to do, where the sentence is an order with its purpose ("To X, *do Y*"; "*Do Y* to X") and the purpose is asked about."""
    view = clause.phrases.view
    first = _PURPOSE_FIRST.match(view.sentence.text)
    if first is not None:
        start, end = first.span("do")
        aim = (first.start(), start)
        at = view.token_place.get(start)
        if at is not None and clause.phrases.classes[at] in {"word", "noun", "plural", "adjective"} and _asked_in(clause, *aim):
            return Short(((start, end),), 0.75)
    last = _PURPOSE_LAST.match(view.sentence.text)
    if last is not None and view.sentence.text[slice(*last.span("do"))].split()[0].lower() not in _NO_IMPERATIVE:
        return Short((last.span("do"),), 0.75) if _asked_in(clause, *last.span("aim")) else NO_SHORT
    return NO_SHORT


def _asked_in(clause: Clause, start: int, end: int) -> bool:
    """Whether a word of the question stands in the stretch `[start, end)` of the text."""
    tokens = clause.phrases.tokens
    return any(start <= tokens[at].start < end for at in clause.touched)


def _means(clause: Clause) -> Short:
    phrases = clause.phrases
    text = phrases.view.sentence.text
    doing = _BY_DOING.search(text)
    if doing is not None and any(phrases.tokens[at].start < doing.start() for at in clause.touched):
        end = doing.start() + len(_first_part(doing.group()))
        return Short(((doing.start(), end),), 0.75)
    asked = clause.verb
    for at in sorted(clause.touched) if asked is not None else ():
        if (
            asked in clause.touched[at]
            and at + 2 < len(phrases.tokens)
            and phrases.tokens[at + 1].norm in _MEANS
            and not phrases.breaks(at + 1)
        ):
            start = at + 1
            single, end = phrases.coordinated(start + 1)[0], _listed_means(phrases, start)
            if end > single > start + 1 and clause.is_new(start, end) and not _is_time(phrases, start + 1, end):
                return Short((phrases.text(start, end),), 0.75)
    return NO_SHORT


def _first_part(text: str) -> str:
    """The text up to the first comma."""
    return text.split(",", 1)[0].rstrip(" .!?\n")


def _listed_means(phrases: Phrases, start: int) -> int:
    """Where the phrases end that are joined by commas and "or" from the preposition at `start` on ("at the desk or in the app")."""
    end, _ = phrases.coordinated(start + 1)
    kept = end
    while start + 1 < end < len(phrases.tokens) - 1:
        joins = phrases.tokens[end].norm in {"or", "and"}
        follow = end + joins
        if (
            (not joins and phrases.gaps[end].strip() != ",")
            or phrases.tokens[follow].norm not in _MEANS
            or follow + 1 >= len(phrases.tokens)
        ):
            break
        further, _ = phrases.coordinated(follow + 1)
        if further == follow + 1:
            break
        end = further
        if joins:
            return end
    return kept


_STRONG = re.compile(
    r"\b(?:because(?: of)?|due to|owing to|thanks to|as a result of|so that|in order to|for fear of)\b"
    r"|(?<=, )(?:since|as)(?=\s(?:the|a|an|it|they|he|she|we|you|this|these|there|its|their|his|her|no|most|many)\b)",
    re.IGNORECASE,
)
_PURPOSE = re.compile(r"\bto\s(?!(?:the|a|an|his|her|its|their|this|that|be)\b)[a-z]{3,}\b")
_DEMANDING = re.compile(
    r"\b(?:not|too|refus\w+|want\w*|beg[aiu]n\w*|start\w*|continu\w+|agree\w*|decid\w+|plan\w*|tr(?:y|ied|ying|ies)|attempt\w*|able|unable|ha[sd]|have"
    r"|need\w*|seem\w*|appear\w*|like[ds]?|hop\w+|expect\w*|allow\w*|forc\w+|ask\w*|us(?:ed|e)|remind\w*|going|ought|fail\w*|manag\w+|wish\w*|intend\w*"
    r"|promis\w+|offer\w*|learn\w*|tend\w*|likely|due|require\w*|oblig\w+|encourag\w+|permit\w*|persuad\w+|order\w*|told|tell\w*|invit\w+|urg\w+"
    r"|enabl\w+|caus\w+|led|right|ability|chance|duty|attempt|plan|decision|threaten\w*|choos\w+|chose|according|up|from|back|close|next|similar|prior|easy|hard|free"
    r"|ready|willing|supposed|said|known|believed|thought|reported|considered)\W+(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)
_REASON_END = re.compile(r"[,;()]|\.\s|[.!?]\s*$")


def reason(clause: Clause) -> Short:
    """The first reason told: behind a word that opens nothing else, else the purpose of a verb that does not demand its "to"."""
    if clause.kind is not QuestionType.WHY:
        return NO_SHORT
    text = clause.phrases.view.sentence.text
    for found in _STRONG.finditer(text):
        short = _reason_behind(clause, found)
        if short.slices and not _repeats(clause, *short.slices[0]):
            return short
    for found in _PURPOSE.finditer(text):
        before = text[: found.start()]
        if found.start() and not _DEMANDING.search(before[-60:]):
            short = _to_end(text, found, 0.6)
            if short.slices and not _asked_in(clause, found.start(), found.end()):
                return short
    return NO_SHORT


def _reason_behind(clause: Clause, opening: re.Match[str]) -> Short:
    """The clause that the word opens, or behind "because of" and its like the whole list of phrases."""
    phrases = clause.phrases
    word = opening.group().lower()
    at = next((at for at, token in enumerate(phrases.tokens) if token.start >= opening.end()), None)
    if at is not None and word.endswith((" of", " to")) and not word.startswith("in order"):
        end, count = phrases.coordinated(at)
        if count > 1:
            return Short(((opening.start(), phrases.tokens[end - 1].end),), 0.8)
    return _to_end(phrases.view.sentence.text, opening, 0.8)


def _repeats(clause: Clause, start: int, end: int) -> bool:
    """Whether most of the content words in the stretch `[start, end)` are the question's."""
    inside = [at for at, token in enumerate(clause.phrases.tokens) if start <= token.start < end and not clause.is_stop(at)]
    return 2 * sum(at in clause.touched for at in inside) > len(inside)


def _to_end(text: str, opening: re.Match[str], sure: float) -> Short:
    ending = _REASON_END.search(text, opening.end())
    end = ending.start() if ending is not None else len(text)
    return Short(((opening.start(), end),), sure) if end > opening.end() + 2 else NO_SHORT

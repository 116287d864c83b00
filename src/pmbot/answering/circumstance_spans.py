"""Short answers that say where or how: the phrase beside the verb of the question, and what an instruction tells to do."""

from __future__ import annotations

from pmbot.answering import english
from pmbot.answering.frames import Clause
from pmbot.answering.phrases import DETERMINERS, Phrases
from pmbot.answering.short import NO_SHORT, Short
from pmbot.models import MentionKind, QuestionType
from pmbot.text.lazy_pattern import LazyPattern

_PLACING = frozenset(
    "in at on near to into onto from against behind beside beneath under below above between outside inside within opposite along"
    " around across off throughout towards through".split()
)
_BARE = frozenset({"in", "at", "on", "to", "from", "into", "onto", "towards"})
"""Prepositions that the question word says already."""
_POINTING = frozenset({"this", "that", "these", "those", "such"})
_COMMON = frozenset({"noun", "word", "adjective"})
_FACING = frozenset({"front", "back"})
_TIMES = frozenset({MentionKind.DATE, MentionKind.DURATION, MentionKind.MONEY, MentionKind.PERCENT})
_NO_PLACE = frozenset(
    "presence order time times name favour favor charge addition general particular case total part return response advance way order"
    " fact terms spite cost speed age end beginning request behalf purpose basis condition form person writing".split()
)
_TIME_NOUNS = english.TIME_NOUNS | frozenset(
    {noun + "s" for noun in english.TIME_NOUNS} | {"weekend", "weekends", "holidays", "morning", "evening"}
)
_REACH = 12
_FINDING = frozenset({"find", "see", "get"})
_WITHIN = frozenset({"in", "at", "of", "on", "near"})
_DESCRIBING = frozenset({"capital", "noun", "word", "adjective", "plural", "article", "number"})


def place(clause: Clause) -> Short:
    """The place right behind the verb of the question, or behind "is" ("Place it *against a wall*"; "X is at *3 High Street*")."""
    if clause.kind is not QuestionType.WHERE:
        return NO_SHORT
    phrases = clause.phrases
    for at in _anchors(clause):
        before = _place_before(clause, at)
        if before is not None:
            return Short((phrases.text(*before),), 0.75)
        found = _place_behind(clause, at)
        if found is not None:
            start, end = found
            if phrases.gaps[end - 1].strip() == "," and phrases.classes[end - 2] != "capital":
                return Short((phrases.text(end - 1, end),), 0.75)  # "the main city, *Calvera*"
            fixed = end == start + 2 and phrases.classes[start + 1] in _COMMON  # "at reception", "in stock"
            bare = phrases.tokens[start].norm in _BARE and phrases.tokens[start + 1].norm not in _FACING and not fixed
            return Short((phrases.text(start + bare, end),), 0.75)
    return NO_SHORT


def _anchors(clause: Clause) -> list[int]:
    """Behind which tokens the place is looked for: the verb of the question; where that is "is", the "is" whose subject is asked about."""
    phrases = clause.phrases
    if clause.verb is not None and (clause.verbs or clause.words[clause.verb] not in _FINDING):
        return clause.verbs
    if clause.verb is not None:  # "where do I find the lamp": "The lamp, …, is *fixed* to the door"
        tokens, first = phrases.tokens, min(clause.touched, default=0)
        return [at for at in range(first + 1, len(tokens)) if phrases.classes[at] == "ed" and tokens[at - 1].norm in english.BE]
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
        if norm in _PLACING and not phrases.breaks(start + 1) and phrases.tokens[start + 1].norm not in _POINTING:
            end, first = _place_end(phrases, start), phrases.noun_phrase(start + 1)
            placed = first > start + 1 and not _is_time(phrases, start + 1, first)
            if placed and clause.is_new(start + 1, end) and not _is_time(phrases, start + 1, end):
                return start, end
    return None


def _place_before(clause: Clause, at: int) -> tuple[int, int] | None:
    """The phrase before the ", where" whose clause the verb at `at` closes ("they saw *the bank in Oslo*, where samples are stored")."""
    phrases = clause.phrases
    where = next((place for place in range(at - 1, 0, -1) if phrases.breaks(place)), None)
    if where is None or phrases.tokens[where].norm != "where" or phrases.gaps[where].strip() != ",":
        return None
    start = first = where
    while True:
        while first and not (first < where and phrases.breaks(first)) and phrases.classes[first - 1] in _DESCRIBING:
            first -= 1
            if phrases.tokens[first].norm in DETERMINERS:
                break
        if first == start or not (phrases.classes[first] == "capital" or phrases.tokens[first].norm in DETERMINERS):
            break
        start = first
        if not first or phrases.tokens[first - 1].norm not in _WITHIN or phrases.breaks(first):
            break
        first -= 1
    return (start, where) if start < where and clause.is_new(start, where) and not _is_time(phrases, start, where) else None


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
    last = phrases.tokens[end - 1].end
    measured = any(stop == last for _, stop in phrases.mentions_in(start, end, {MentionKind.QUANTITY}))  # "at minus 80 degrees"
    if measured or phrases.mentions_in(start, end, _TIMES):
        return True
    head = next((at for at in range(start, end) if phrases.tokens[at].norm == "of"), end) - 1
    return phrases.tokens[head].norm in _NO_PLACE | _TIME_NOUNS


_BY_DOING = LazyPattern(r"\bby\s+(?:not\s+)?[a-z]{2,}ing\b[^;.()]{2,160}")
_MEANS = frozenset("by at through via with using in on over from".split())
_PURPOSE_FIRST = LazyPattern(r"\s*(?:[-*•]\s*)?(?:To|In order to)\s[^,.;]{3,120},\s*(?P<do>[a-z][^;]{3,200}?)(?=[.!;]?\s*$)")
_PURPOSE_LAST = LazyPattern(
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
        if at is not None and clause.phrases.classes[at] in {"word", "noun", "plural", "adjective"} and clause.asks_in(*aim):
            return Short(((start, end),), 0.75)
    last = _PURPOSE_LAST.match(view.sentence.text)
    if last is not None and view.sentence.text[slice(*last.span("do"))].split()[0].lower() not in _NO_IMPERATIVE:
        return Short((last.span("do"),), 0.75) if clause.asks_in(*last.span("aim")) else NO_SHORT
    return NO_SHORT


def _means(clause: Clause) -> Short:
    phrases = clause.phrases
    text = phrases.view.sentence.text
    doing = _BY_DOING.search(text)
    if doing is not None and any(phrases.tokens[at].start < doing.start() for at in clause.touched):
        end = doing.start() + len(_first_part(doing.group()))
        return Short(((doing.start(), end),), 0.75)
    for at in clause.verbs:
        if at + 2 < len(phrases.tokens) and phrases.tokens[at + 1].norm in _MEANS and not phrases.breaks(at + 1):
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

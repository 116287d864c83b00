"""Which kinds of mention would answer an English question."""

from __future__ import annotations

import itertools
from collections.abc import Callable

from pmbot.answering import english
from pmbot.answering.question_types import Words
from pmbot.models import MentionKind, QuestionType

Kinds = tuple[MentionKind, ...]

AMOUNTS: Kinds = (MentionKind.MONEY, MentionKind.QUANTITY, MentionKind.PERCENT, MentionKind.NUMBER)
_NAMES: Kinds = (MentionKind.PERSON, MentionKind.ORGANISATION, MentionKind.NAME)

EXPECTS: dict[QuestionType, Kinds] = {
    QuestionType.WHO: _NAMES,
    QuestionType.WHEN: (MentionKind.DATE,),
    QuestionType.WHERE: (MentionKind.PLACE, MentionKind.ORGANISATION, MentionKind.NAME),
    QuestionType.HOW_MANY: (MentionKind.NUMBER, MentionKind.QUANTITY),
    QuestionType.HOW_MUCH: AMOUNTS,
    QuestionType.PERCENT: (MentionKind.PERCENT,),
    QuestionType.RANK: (MentionKind.ORDINAL,),
    QuestionType.DURATION: (MentionKind.DURATION, MentionKind.PERIOD),
    QuestionType.FREQUENCY: (MentionKind.FREQUENCY,),
    QuestionType.LIST: (*_NAMES, MentionKind.PLACE),
}

_SIZES: Kinds = (MentionKind.QUANTITY, MentionKind.NUMBER)
_MEASURES: dict[str, Kinds] = {
    "long": (MentionKind.DURATION, *_SIZES),
    "far": (*_SIZES, MentionKind.DURATION),
    "fast": (*_SIZES, MentionKind.DURATION, MentionKind.PERCENT),
    "high": (*_SIZES, MentionKind.PERCENT, MentionKind.MONEY),
    **dict.fromkeys(("tall", "wide", "deep", "heavy", "hot", "cold", "thick", "broad", "loud", "noisy"), _SIZES),
}
"""What "how long", "how tall" … expect."""

_MONEY_WORDS = english.MONEY_NOUNS | english.MONEY_UNITS | {"cost", "pay", "paid", "spend", "spent", "earn", "earned", "expensive"}
_SUMMED = frozenset((verb, "to") for verb in ("come", "came", "comes", "amount", "amounted", "amounts"))
_TIMETABLE = frozenset({"hours", "timetable", "schedule", "date", "dates", "deadline", "birthday"})
_LENGTHS = frozenset({"duration", "period"})


def expected_kinds(words: Words, kind: QuestionType, focus: str | None) -> Kinds:
    """The kinds of mention that could answer, likeliest first; empty when any words could."""
    if kind in _BY_WORDS:
        return _BY_WORDS[kind](words, focus)
    if kind is QuestionType.WHO and "name" in words:
        return (MentionKind.PERSON,)
    return EXPECTS.get(kind, ())


def _amounts(words: Words, _: str | None) -> Kinds:
    """What "how much" and "how tall" expect, by their words."""
    if "by" in words[:3]:
        return (MentionKind.PERCENT, MentionKind.QUANTITY)
    if not _MONEY_WORDS.isdisjoint(words):
        return (MentionKind.MONEY,)
    if _SUMMED & set(itertools.pairwise(words)):
        return tuple(kind for kind in AMOUNTS if kind is not MentionKind.PERCENT)
    if {"age", "ages"} & set(words) and "how" not in words:
        return (MentionKind.AGE, MentionKind.NUMBER)
    degree = next((after for word, after in itertools.pairwise(words) if word == "how"), "")
    return _MEASURES.get(degree, AMOUNTS)


def _counted(words: Words, focus: str | None) -> Kinds:
    """What "how many" expects by the noun counted: years are a duration, euros a sum; of some it may be a share."""
    if focus is None:
        return (*EXPECTS[QuestionType.HOW_MANY], MentionKind.PERCENT) if "of" in words else EXPECTS[QuestionType.HOW_MANY]
    if focus in english.PERIOD_NOUNS:
        return (MentionKind.DURATION, MentionKind.NUMBER)
    if focus in english.MONEY_UNITS:
        return (MentionKind.MONEY, MentionKind.NUMBER)
    return EXPECTS[QuestionType.HOW_MANY]


def _looked_up(words: Words, _: str | None) -> Kinds:
    """What words without a question ("opening hours library", "trial start date") look for, where one of them tells."""
    asked = set(words)
    if asked & english.MONEY_NOUNS:
        return (MentionKind.MONEY,)
    if asked & english.AMOUNT_NOUNS:
        return AMOUNTS
    if asked & _TIMETABLE:
        return (MentionKind.DATE,)
    return (MentionKind.DURATION, MentionKind.PERIOD) if asked & _LENGTHS else ()


def _lasting(words: Words, _: str | None) -> Kinds:
    return (MentionKind.AGE,) if ("how", "old") in itertools.pairwise(words) else EXPECTS[QuestionType.DURATION]


def _dated(words: Words, _: str | None) -> Kinds:
    """A time of day for "at what time did", but not for "at what time of the year" or "in what time period"; else any date."""
    for at in range(len(words) - 2):
        if words[at] in {"what", "which"} and words[at + 1] == "time":
            of_day = words[at + 2] in english.AUXILIARIES or tuple(words[at + 2 : at + 4]) == ("of", "day")
            return (MentionKind.TIME,) if of_day else EXPECTS[QuestionType.WHEN]
    return EXPECTS[QuestionType.WHEN]


def _chosen(_: Words, focus: str | None) -> Kinds:
    """What "which" expects by its noun."""
    if focus in english.PLACE_NOUNS:
        return (MentionKind.PLACE, MentionKind.NAME)
    if focus in english.ORGANISATION_WORDS:
        return (MentionKind.NAME, MentionKind.ORGANISATION, MentionKind.PERSON, MentionKind.PLACE)
    return ()


_BY_WORDS: dict[QuestionType, Callable[[Words, str | None], Kinds]] = {
    QuestionType.HOW_MUCH: _amounts,
    QuestionType.KEYWORD: _looked_up,
    QuestionType.HOW_MANY: _counted,
    QuestionType.WHEN: _dated,
    QuestionType.DURATION: _lasting,
    QuestionType.WHICH: _chosen,
}

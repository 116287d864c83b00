"""Which kinds of mention would answer an English question."""

from __future__ import annotations

import itertools

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
    **dict.fromkeys(("high", "tall", "wide", "deep", "heavy", "far", "fast", "hot", "cold", "thick", "broad", "loud", "noisy"), _SIZES),
}
"""What "how long", "how tall" … expect."""

_MONEY_WORDS = english.MONEY_NOUNS | english.MONEY_UNITS | {"cost", "pay", "paid", "spend", "spent", "expensive"}
_TIMETABLE = frozenset({"hours", "timetable", "schedule", "date", "dates", "deadline", "birthday"})
_LENGTHS = frozenset({"duration", "period"})


def expected_kinds(words: Words, kind: QuestionType, focus: str | None) -> Kinds:
    """The kinds of mention that could answer, likeliest first; empty when any words could."""
    if kind in {QuestionType.HOW_MUCH, QuestionType.KEYWORD}:
        return _amounts(words) if kind is QuestionType.HOW_MUCH else _looked_up(words)
    if kind is QuestionType.HOW_MANY and focus is not None:
        return _counted(focus)
    if kind is QuestionType.HOW_MANY and "of" in words:
        return (*EXPECTS[kind], MentionKind.PERCENT)
    if kind is QuestionType.WHEN and _asks_time_of_day(words):
        return (MentionKind.TIME,)
    if kind is QuestionType.DURATION and "old" in words:
        return (MentionKind.AGE, MentionKind.DURATION)
    if kind is QuestionType.WHICH and focus is not None:
        if focus in english.PLACE_NOUNS:
            return (MentionKind.PLACE, MentionKind.NAME)
        return (
            (MentionKind.NAME, MentionKind.ORGANISATION, MentionKind.PERSON, MentionKind.PLACE)
            if focus in english.ORGANISATION_WORDS
            else ()
        )
    if kind is QuestionType.WHO and "name" in words:
        return (MentionKind.PERSON,)
    return EXPECTS.get(kind, ())


def _amounts(words: Words) -> Kinds:
    """What "how much" and "how tall" expect, by their words."""
    if "by" in words[:3]:
        return (MentionKind.PERCENT, MentionKind.QUANTITY)
    if not _MONEY_WORDS.isdisjoint(words):
        return (MentionKind.MONEY,)
    if {"age", "ages"} & set(words) and "how" not in words:
        return (MentionKind.AGE, MentionKind.NUMBER)
    degree = next((after for word, after in itertools.pairwise(words) if word == "how"), "")
    return _MEASURES.get(degree, AMOUNTS)


def _counted(focus: str) -> Kinds:
    """What "how many" expects by the noun counted: years are a duration, euros a sum."""
    if focus in english.PERIOD_NOUNS:
        return (MentionKind.DURATION, MentionKind.NUMBER)
    if focus in english.MONEY_UNITS:
        return (MentionKind.MONEY, MentionKind.NUMBER)
    return EXPECTS[QuestionType.HOW_MANY]


def _looked_up(words: Words) -> Kinds:
    """What words without a question ("opening hours library", "trial start date") look for, where one of them tells."""
    asked = set(words)
    if asked & english.MONEY_NOUNS:
        return (MentionKind.MONEY,)
    if asked & english.AMOUNT_NOUNS:
        return AMOUNTS
    if asked & _TIMETABLE:
        return (MentionKind.DATE,)
    return (MentionKind.DURATION, MentionKind.PERIOD) if asked & _LENGTHS else ()


def _asks_time_of_day(words: Words) -> bool:
    """For "what time", "at what time"; not "what time of year" and "what time period"."""
    for at in range(len(words) - 2):
        if words[at] in {"what", "which"} and words[at + 1] == "time":
            return words[at + 2] in english.AUXILIARIES or tuple(words[at + 2 : at + 4]) == ("of", "day")
    return False

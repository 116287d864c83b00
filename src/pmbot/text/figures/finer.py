"""What a date is besides, and ages: times of day, periods from one date to another, days that come again.

These mentions lie over others: "every Monday" is a date, since it says when, and a frequency. English only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pmbot.models import MentionKind
from pmbot.text.figures import dates
from pmbot.text.lazy_pattern import LazyPattern

Found = tuple[MentionKind, int, int]

_TIME = LazyPattern(dates.CLOCK)
_LIKE_TIME = re.compile(r"\d[:.]\d\d|\d\s?(?:[AaPp]\.?[Mm]|o[’'])|(?i:noon|midday|midnight)")
_PERIOD = re.compile(r"\S\s?[-–]\s?\S|\s(?:to|until|till|through)\s|^[Bb]etween\s")
_NO_PERIOD = re.compile(r"(?i:early|late|mid)-|\d{4}-\d{2}-\d{2}$")
_RECURRING = re.compile(rf"(?i:every|each)\s|{dates.WEEKDAY[:-3]}s)|weekdays|weekends")
AGE = LazyPattern(dates.AGE, re.IGNORECASE)
# "Ana Gil, *23*, an apprentice"
AGE_BESIDE = LazyPattern(r"[A-Z][a-zß-öø-ÿ]{1,40},\s([1-9]\d),\s(?:an?|the|who|from|of|has|is|was|said|says)\b")
_WORDS_OF_AGE = (" age ", " aged ", "(aged ", " ages ", "-old", "s old", "r old")
AGE_LIMIT = LazyPattern(dates.AGE_LIMIT)
_LIMITS = (" over ", " under ", " above ", " below ", " from ", " between ")
EVENT = LazyPattern(
    r"\s(?:before|after|prior\sto)(?:\s(?!(?:and|or|but|with|in|on|at|by|from|for|is|are|was|were|will|which|who|when|that|they|he|she|it)\b)"
    r"[a-zß-öø-ÿ’'-]{1,40}){1,5}"
)
_NAMED = re.compile(r"\s?[A-Z\d]")
_MEASURED = re.compile(r"\s?(?:seconds|minutes|hours|days|weeks|months|years(?!\s(?:old|of\sage))|kg|k?m\b|kilo|met|feet|miles|[-\d])")
_PEOPLE = frozenset(
    "children people patients persons adults readers visitors members guests those anyone everyone boys girls students men women kids"
    " pupils passengers residents".split()
)


def finer_mentions(text: str, figures: Iterable[Found]) -> Iterator[Found]:
    """The mentions of `text` that lie over its `figures`."""
    for kind, start, end in figures:
        if kind is MentionKind.DATE:
            yield from _finer_dates(text, start, end)
        elif kind is MentionKind.DURATION:
            yield from _counted_from(text, start, end)
    yield from _ages(text)


def _finer_dates(text: str, start: int, end: int) -> Iterator[Found]:
    date = text[start:end]
    if _LIKE_TIME.search(date) and _TIME.match(text, start, end):
        yield MentionKind.TIME, start, end
    if _PERIOD.search(date) and not _NO_PERIOD.search(date):
        yield MentionKind.PERIOD, start, end
    if _RECURRING.search(date):
        yield MentionKind.FREQUENCY, start, end


def _counted_from(text: str, start: int, end: int) -> Iterator[Found]:
    """The date that a duration counts from something that has no name: "two weeks *after the second dose*"."""
    event = EVENT.match(text, end)
    if event is not None and not _NAMED.match(text, event.end()):
        yield MentionKind.DATE, start, event.end()


def _ages(text: str) -> Iterator[Found]:
    for aged in AGE_BESIDE.finditer(text):
        yield MentionKind.AGE, *aged.span(1)
    if any(map(text.__contains__, _WORDS_OF_AGE)):
        for age in AGE.finditer(text):
            yield MentionKind.AGE, *age.span(age.lastindex or 0)
    if any(map(text.__contains__, _LIMITS)):
        for limit in AGE_LIMIT.finditer(text):
            before = text[max(0, limit.start() - 20) : limit.start()].split()
            if before and before[-1].lower() in _PEOPLE and not _MEASURED.match(text, limit.end()):
                yield MentionKind.AGE, *limit.span()

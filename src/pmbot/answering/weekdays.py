"""Days of the week in English, and the ranges of them that tables are headed by ("Tuesday to Friday", "Mon–Fri")."""

from __future__ import annotations

import re

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_RANGE = re.compile(r"\b([a-z]{3,9})\.?\s{0,3}(?:to|through|until|till|[-–—])\s{0,3}([a-z]{3,9})\b")


def is_day(word: str) -> bool:
    """Whether a word names a day of the week."""
    return _number(word.lower()) is not None


def in_range(asked: str, text: str) -> bool:
    """Whether the day `asked` lies in a range of days that `text` names; the days that are named themselves do."""
    day = _number(asked.lower())
    if day is None:
        return False
    for found in _RANGE.finditer(text.lower()):
        first, last = _number(found[1]), _number(found[2])
        if first is not None and last is not None and (day - first) % 7 <= (last - first) % 7:
            return True
    return False


def _number(word: str) -> int | None:
    """Which day of the week a word names, in full, in the plural or by its first letters."""
    stem = word.removesuffix("s") if word.endswith("days") else word
    return next((at for at, day in enumerate(_DAYS) if len(stem) >= 3 and day.startswith(stem)), None)

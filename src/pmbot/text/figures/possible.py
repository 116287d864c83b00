"""The patterns of the grammar that a text can match at all, told from a letter or two that each needs: a third of trying all of them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable

from pmbot.models import MentionKind
from pmbot.text.figures.patterns import FIGURES
from pmbot.text.lazy_pattern import Pattern

_DIGIT = re.compile(r"\d")
_ORDINAL_FIGURE = re.compile(r"\d(?:st|nd|rd|th)")
_HALF_DAY = re.compile(r"\d\s?(?:[AaPp]\.?[Mm]|o[’'])")
_JOINED_DIGITS = re.compile(r"\d[-./:]\d")
# They match i and s whatever the case, and are not made so by `str.lower`.
_ODD_LETTERS = re.compile("[ıſİ]")

_NUMBERS = tuple(
    "one two three four five six seven eight nine zero ten eleven twelve teen twenty thirty forty fifty half dozen hundreds thousands"
    " millions".split()
)
_CURRENCIES = tuple(
    "$ € £ ¥ ₩ dollar euro pound yen yuan won usd eur gbp krw chf cent pence lats franc mark ruble rouble rupee shilling crown kron".split()
)
_PERCENT = ("%", "percent", "per cent")
_SHARES = (
    "third",
    "quarter",
    "fifth",
    "tenth",
    "half",
    "halves",
    "majority",
    "one in ",
    "two in ",
    "three in ",
    " out of ",
)
_PERIODS = tuple("year month day night hour week minute second decade centur millennia generation semester term".split())
_MULTIPLES = ("fold", "twice", "thrice", "doubled", "tripled", "quadrupled")
_ORDINALS = tuple("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth teenth tieth".split())
_MONTHS = tuple("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split())
_DAYS = tuple(
    "day weekend christmas easter spring summer autumn fall winter night dawn dusk sunrise sunset morning afternoon evening next"
    " last".split()
)
_SEASONS = tuple("spring summer autumn fall winter".split())
_EVERY = re.compile(r"\b(?:every|each)\b")
_TIMES = re.compile(r"\b(?:once|twice|thrice|times)\b")
_REGULARLY = re.compile(r"(?:hour|dai|night|week|month|quarter|year|annual|biennial)ly")
# What stands on the left of a range, as far as it can be told at once.
_RANGE = re.compile(
    r"[Bb]etween\s|(?:\d(?:st|nd|rd|th)?|ary|arch|ril|May|June?|July?|ust|ber|\b[A-Z][a-z]{2,3}\.?)"
    r"(?:\s(?:to|until|till|through)\s|\s?[-–]\s?)"
)
_MIDDAYS = ("noon", "midday", "midnight")


Figures = tuple[tuple[MentionKind, Pattern], ...]


def figures_in(text: str, figures: Figures = FIGURES) -> Iterable[tuple[MentionKind, Pattern]]:
    """Those of `figures` that may match in `text`, in their order; every one that does match is among them.

    Nothing is known of what those of other languages than English need: all of them are given.
    """
    if figures is not FIGURES or _ODD_LETTERS.search(text):
        return figures
    lower = text.lower()
    digit = _DIGIT.search(text) is not None
    joined = digit and _JOINED_DIGITS.search(text) is not None
    counted = digit or _holds(lower, _NUMBERS)
    month = _holds(text, _MONTHS)
    seasoned = digit and ("Q" in text or _holds(text, _SEASONS))
    possible = (
        counted and _holds(lower, _CURRENCIES),
        counted and _holds(lower, _PERCENT),
        _holds(lower, _SHARES),
        "day" in lower or (digit and " month" in lower),
        _TIMES.search(lower) is not None,
        _EVERY.search(lower) is not None,
        _REGULARLY.search(lower) is not None,
        _holds(lower, _PERIODS),
        joined or _holds(lower, _MIDDAYS) or (digit and _HALF_DAY.search(text) is not None),
        (month or digit) and _RANGE.search(text) is not None,
        digit and (month or seasoned),
        joined,
        digit or "centur" in lower,
        month or _holds(lower, _DAYS),
        counted,
        _holds(lower, _MULTIPLES),
        _holds(lower, _ORDINALS) or (digit and _ORDINAL_FIGURE.search(lower) is not None),
        counted,
    )
    return itertools.compress(figures, possible)


def _holds(text: str, pieces: tuple[str, ...]) -> bool:
    return any(map(text.__contains__, pieces))

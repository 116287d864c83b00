"""Figures as amounts: “€1.2 billion”, “1,200 million euros” and “EUR 1.2bn” are the same."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from pmbot.models import MentionKind
from pmbot.text.lazy_pattern import LazyPattern

_NUMBER = re.compile(r"\d[\d,\u00a0\u202f]*(?:\.\d+)?")
_WORDS = re.compile(r"[^\W\d_]+|[%€$£¥₩]|[^\W\d_]*[²³]")
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "mn": 1e6, "mln": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12,
}  # fmt: skip
_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_NAMES = {word: value for value, word in enumerate(_SMALL)} | {word: 10 * value for value, word in enumerate(_TENS, start=2)}
_UNITS = {
    "€": "eur", "euro": "eur", "$": "usd", "dollar": "usd", "us": "usd", "£": "gbp", "¥": "yen", "₩": "krw", "won": "krw",
    "%": "percent", "kilometre": "km", "kilometer": "km", "metre": "m", "meter": "m", "kilogram": "kg", "gram": "g", "litre": "l",
    "liter": "l", "tonne": "ton",
}  # fmt: skip
_MORE = LazyPattern(r"^(?:more than|over|at least)\b", re.IGNORECASE)
_LESS = LazyPattern(r"^(?:less than|under|at most|up to)\b", re.IGNORECASE)
_ABOUT = LazyPattern(r"^(?:about|around|approximately|nearly|almost|some|roughly)\b", re.IGNORECASE)
_MORE_BEFORE = LazyPattern(
    r"\b(?:no (?:fewer|less) than|in excess of|above|upwards? of|minimum of|exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|just over)\s*$",
    re.IGNORECASE,
)
_LESS_BEFORE = LazyPattern(r"\b(?:fewer than|below|no more than|as (?:many|much|high|large) as|maximum of|just under)\s*$", re.IGNORECASE)
_ABOUT_BEFORE = LazyPattern(
    r"(?:\b(?:close to|estimated(?: (?:at|to be))?|circa|ca?\.|approx\.|averag(?:e|ed|ing)(?: of)?|in the region of|just)|~)\s*$",
    re.IGNORECASE,
)
_MORE_AFTER = LazyPattern(r"^(?:\s?\+|\s+or (?:more|over|above)\b|\s+and (?:more|over)\b)", re.IGNORECASE)
_LESS_AFTER = LazyPattern(r"^\s+or (?:less|fewer|under|below)\b", re.IGNORECASE)
_ABOUT_AFTER = LazyPattern(r"^\s+or so\b", re.IGNORECASE)
_HEDGE_CHARS = 24  # as far as a hedge before or after a figure reaches
_ROUNDED, _HEDGED = 0.08, 0.15


class Amount(NamedTuple):
    """A figure: `value` of `unit` (empty for a bare number), told by so many `digits`, zeros at the ends left out.

    `least` and `most` when it is a bound, `about` when it is hedged.
    """

    value: float
    unit: str
    digits: int
    least: bool = False
    most: bool = False
    about: bool = False

    def agrees(self, other: Amount) -> bool:
        """Whether both can be true of one thing: equal, one the other rounded, or one a bound that the other keeps."""
        if self.value == other.value:
            return True
        low, high = (self, other) if self.value < other.value else (other, self)
        if low.least or high.most:
            return True
        apart = (high.value - low.value) / high.value
        if self.about or other.about:
            return apart <= _HEDGED
        # “240” may be 243 rounded; 245 would have been rounded up.
        coarse = min(self, other, key=lambda amount: amount.digits)
        return self.digits != other.digits and apart <= _ROUNDED and high.value - low.value < coarse.place / 2

    @property
    def place(self) -> float:
        """What its last digit counts: 10 for “240”, 0.1 million for “4.5 million”."""
        return 10.0 ** (math.floor(math.log10(self.value)) - self.digits + 1) if self.value > 0 else 0.0


def amount_in(text: str, start: int, end: int, kind: MentionKind) -> Amount | None:
    """Read the figure at `[start, end)` with the hedge around it (“close to 500”, “500 or more”); None as for `amount_of`."""
    amount = amount_of(text[start:end], kind)
    if amount is None:
        return None
    before, after = text[max(0, start - _HEDGE_CHARS) : start], text[end : end + _HEDGE_CHARS]
    return amount._replace(
        least=amount.least or bool(_MORE_BEFORE.search(before) or _MORE_AFTER.search(after)),
        most=amount.most or bool(_LESS_BEFORE.search(before) or _LESS_AFTER.search(after)),
        about=amount.about or bool(_ABOUT_BEFORE.search(before) or _ABOUT_AFTER.search(after)),
    )


def amount_of(text: str, kind: MentionKind) -> Amount | None:
    """Read a figure; None when its number is not one figure (ranges, “dozens”, “a third”)."""
    numbers = _NUMBER.findall(text)
    words = [word.lower() for word in _WORDS.findall(text)]
    named = [_NAMES[word] for word in words if word in _NAMES]
    if len(numbers) == 1 and not named:
        value = float(re.sub(r"[^\d.]", "", numbers[0]))
        digits = len(re.sub(r"\D", "", numbers[0]).strip("0"))
    elif not numbers and named and (len(named) == 1 or (len(named) == 2 and named[0] >= 20 > named[1])):
        value = float(sum(named))
        digits = len(str(sum(named)).strip("0"))
    else:
        return None
    scales = [word for word in words if word in _SCALES and not (word == "m" and kind is MentionKind.QUANTITY)]
    for scale in scales:
        value *= _SCALES[scale]
    return Amount(value, _unit(words, scales, kind), digits, bool(_MORE.search(text)), bool(_LESS.search(text)), bool(_ABOUT.search(text)))


def _unit(words: list[str], scales: list[str], kind: MentionKind) -> str:
    if kind is MentionKind.PERCENT:
        return "percent"
    if kind is MentionKind.NUMBER or not words:
        return ""
    rest = [word for word in words if word not in scales and word not in _NAMES]
    last = next((word for word in reversed(rest) if word in "€$£¥₩"), rest[-1] if rest else "")
    singular = last[:-1] if len(last) > 2 and last.endswith("s") else last
    return _UNITS.get(singular, singular)

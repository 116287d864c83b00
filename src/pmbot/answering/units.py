"""Which units measure what a question asks: kilograms for "how heavy", decibels for "how loud"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from pmbot.text.lazy_pattern import LazyPattern


class Measure(NamedTuple):
    """A quantity that can be asked for: the units it is given in.

    `strict` when a figure without one of them cannot answer, `counts` when a number of things can ("it holds 12 *firms*").
    """

    units: LazyPattern
    strict: bool = True
    counts: bool = False

    def fits(self, figure: str) -> bool:
        """Whether the figure ends with one of the units."""
        return self.units.search(figure) is not None

    def excludes(self, figure: str, *, bare: bool) -> bool:
        """Whether the figure cannot be of this measure; `bare` where it has no unit."""
        if self.strict or bare:
            return self.strict and not self.fits(figure)
        return not self.fits(figure) and any(other.fits(figure) for other in _MEASURES.values())


def _units(pattern: str) -> LazyPattern:
    return LazyPattern(rf"(?:{pattern})\)?$", re.IGNORECASE)


_GRAMS = r"kg|kilograms?|kilos?|(?:milli)?grams?|\dm?g|\sm?g|tonnes?|tons?|pounds?|lbs?|ounces?|oz"
_MASS = _units(_GRAMS)
_LENGTH = _units(r"(?<!square\s)(?<!cubic\s)(?:[kcmnµμ]?m|(?:kilo|centi|milli)?met(?:er|re)s?|miles?|feet|foot|ft|inch(?:es)?|yards?)")
_AREA = _units(r"square\s+\w+|[kc]?m[2²]|hectares?|acres?")
_NOISE = _units(r"dB|decibels?")
_HEAT = _units(r"°\s?[CFK]?|degrees?(?:\s+\w+)?")
_SPEED = _units(r"km/h|mph|kph|m/s|knots?|rpm|[KMG]?bit/s")
_LITRES = r"(?:milli|centi|deci|hecto)?lit(?:er|re)s?|\d?\s?ml|\d\s?l|gallons?|cubic\s+\w+|m[3³]|barrels?|[KMGT]B|bytes?"
_VOLUME = _units(_LITRES)
_CONTENT = _units(rf"{_GRAMS}|{_LITRES}")

_MEASURES: dict[str, Measure] = {
    **dict.fromkeys("weigh weighs weighed weighing weight heavy".split(), Measure(_MASS)),
    **dict.fromkeys("tall wide width deep depth thick thickness diameter height altitude elevation".split(), Measure(_LENGTH)),
    **dict.fromkeys("length distance far high broad long".split(), Measure(_LENGTH, strict=False)),
    **dict.fromkeys("loud loudness noisy noise".split(), Measure(_NOISE)),
    **dict.fromkeys("hot cold warm temperature".split(), Measure(_HEAT)),
    **dict.fromkeys("fast speed".split(), Measure(_SPEED, strict=False)),
    **dict.fromkeys("area".split(), Measure(_AREA, strict=False)),
    **dict.fromkeys("hold holds capacity volume".split(), Measure(_VOLUME, strict=False, counts=True)),
    **dict.fromkeys("contain contains".split(), Measure(_CONTENT, strict=False, counts=True)),
}


_SAID_ALIKE = (
    frozenset({"high", "tall", "height"}),
    frozenset({"long", "length"}),
    frozenset({"deep", "depth"}),
    frozenset({"wide", "broad", "width"}),
    frozenset({"thick", "thickness"}),
    frozenset({"diameter"}),
)


def another_side(asked: Sequence[str], told: str) -> bool:
    """Whether the word behind a figure says that it is another side of the thing ("2.5 metres *deep*" for "how long")."""
    side = next((alike for alike in _SAID_ALIKE if told in alike), None)
    return side is not None and side.isdisjoint(asked) and any(not alike.isdisjoint(asked) for alike in _SAID_ALIKE)


@lru_cache(maxsize=1024)
def is_unit(word: str) -> bool:
    """Whether a noun is itself a unit ("how many *kilometres*")."""
    return any(measure.units.fullmatch(word) for measure in _MEASURES.values())


def measure_asked(words: Sequence[str]) -> Measure | None:
    """The measure that the folded words of a question for an amount name; None when they name none, or two."""
    found = {measure for word in words if (measure := _MEASURES.get(word)) is not None}
    return found.pop() if len(found) == 1 else None

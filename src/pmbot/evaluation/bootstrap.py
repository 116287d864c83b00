"""Confidence intervals: a seeded bootstrap over groups, and Wilson's interval for a plain share.

The generator is our own, so that a figure printed today is the figure printed after the next update of a library.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Weights: TypeAlias = NDArray[np.float64]
else:
    Weights: TypeAlias = Any

_GOLDEN = 0x9E3779B97F4A7C15
_SEEDS_APART, _SAMPLES_APART = 0xD1342543DE82EF95, 0x5851F42D4C957F2D  # odd, so that no two streams run together
_Z95 = 1.959963984540054  # the 97.5 % point of the normal distribution


class Interval(NamedTuple):
    """Both ends of a confidence interval."""

    low: float
    high: float


class Plan(NamedTuple):
    """How to draw: so many samples, from this seed; `level` is the share of them inside the interval."""

    samples: int = 1000
    seed: int = 1
    level: float = 0.95


def draws(seed: int, count: int, below: int) -> NDArray[np.int64]:
    """`count` whole numbers from 0 to `below` - 1, the same on every machine: SplitMix64 of `seed`, by multiply and shift.

    Steele, Lea and Flood 2014 (OOPSLA, "Fast Splittable Pseudorandom Number Generators"). `below` is at most 2**31.
    """
    import numpy as np

    with np.errstate(over="ignore"):  # the arithmetic is that of 64 bits, round the clock
        state = np.uint64(seed & (2**64 - 1)) + np.arange(1, count + 1, dtype=np.uint64) * np.uint64(_GOLDEN)
        state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        state ^= state >> np.uint64(31)
        return ((state >> np.uint64(33)) * np.uint64(below) >> np.uint64(31)).astype(np.int64)


def stream(seed: int, sample: int) -> int:
    """The seed of one sample: streams of different samples, and of different seeds, do not run together."""
    return seed * _SEEDS_APART + sample * _SAMPLES_APART


def intervals(groups: Sequence[Hashable], figures: Sequence[Callable[[Weights], float]], plan: Plan) -> tuple[Interval | None, ...]:
    """The percentile bootstrap interval of each figure, all over the same samples (Efron and Tibshirani 1993, chapter 13).

    Item i belongs to `groups[i]`; whole groups are drawn with replacement (questions of one conversation or one article are not
    independent). A figure takes how often each item was drawn, and gives nan where it is undefined: such samples are left out.
    None when fewer than half of the samples are defined, or there are fewer than two groups.
    """
    import numpy as np

    numbers: dict[Hashable, int] = {}
    member = np.array([numbers.setdefault(group, len(numbers)) for group in groups], dtype=np.int64)
    size = len(numbers)
    if size < 2:
        return (None,) * len(figures)
    values: list[list[float]] = [[] for _ in figures]
    for sample in range(plan.samples):
        drawn = np.bincount(draws(stream(plan.seed, sample), size, size), minlength=size)
        weights = drawn[member].astype(np.float64)
        for kept, figure in zip(values, figures, strict=True):
            kept.append(figure(weights))
    return tuple(_middle(kept, plan) for kept in values)


def _middle(values: Sequence[float], plan: Plan) -> Interval | None:
    defined = sorted(value for value in values if not math.isnan(value))
    if not defined or 2 * len(defined) < plan.samples:
        return None
    tail = (1.0 - plan.level) / 2
    last = len(defined) - 1
    return Interval(defined[min(last, int(tail * len(defined)))], defined[min(last, int((1.0 - tail) * len(defined)))])


def wilson(part: int, whole: int, z: float = _Z95) -> Interval:
    """The score interval of a share (Wilson 1927, JASA 22:209), 95 % unless `z` says otherwise; 0..1 when there is nothing.

    Unlike a bootstrap it is honest where every case is right: 10 of 10 may well be 72 %.
    """
    if not whole:
        return Interval(0.0, 1.0)
    p, square = part / whole, z * z
    middle = (p + square / (2 * whole)) / (1 + square / whole)
    reach = z / (1 + square / whole) * math.sqrt(p * (1 - p) / whole + square / (4 * whole * whole))
    return Interval(max(0.0, middle - reach), min(1.0, middle + reach))

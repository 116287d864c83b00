from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.evaluation.bootstrap import Interval, Plan, draws, intervals, stream, wilson


def test_the_generator_is_splitmix64() -> None:
    """The first outputs for the seed 1234567, as its authors' reference code gives them; ours keeps the upper 31 bits."""
    reference = [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821]
    assert draws(1234567, 5, 2**31).tolist() == [value >> 33 for value in reference]


@given(st.integers(), st.integers(1, 1000))
def test_draws_stay_below_their_bound(seed: int, below: int) -> None:
    drawn = draws(seed, 50, below)
    assert drawn.min() >= 0
    assert drawn.max() < below


def test_draws_are_even() -> None:
    counts = np.bincount(draws(3, 60_000, 6), minlength=6)
    assert counts.min() > 9_600
    assert counts.max() < 10_400


def test_samples_are_different_streams() -> None:
    seen = {tuple(draws(stream(seed, sample), 4, 2**31).tolist()) for seed in range(20) for sample in range(50)}
    assert len(seen) == 1000


def mean_of(values: list[float]) -> Callable[[Any], float]:
    array = np.array(values)
    return lambda weights: float(weights @ array / weights.sum())


def test_an_interval_is_the_same_every_time_and_holds_the_mean() -> None:
    values = [float(n % 3 == 0) for n in range(90)]
    first, again = (intervals(range(90), [mean_of(values)], Plan(samples=300))[0] for _ in range(2))
    assert first == again
    assert first == Interval(pytest.approx(0.244, abs=0.02), pytest.approx(0.433, abs=0.03))
    assert intervals(range(90), [mean_of(values)], Plan(samples=300, seed=2))[0] != first


def test_groups_are_drawn_whole() -> None:
    """Thirty copies of three answers tell no more than three answers."""
    values = [float(n < 30) for n in range(90)]
    [alone], [grouped] = (intervals(groups, [mean_of(values)], Plan(samples=300)) for groups in (range(90), [n // 30 for n in range(90)]))
    assert alone is not None
    assert grouped == Interval(0.0, 1.0)
    assert alone.high - alone.low < 0.3


def test_what_is_mostly_undefined_has_no_interval() -> None:
    assert intervals(["a"], [mean_of([1.0])], Plan()) == (None,)
    assert intervals([], [mean_of([])], Plan()) == (None,)
    assert intervals(range(5), [lambda _: math.nan], Plan(samples=50)) == (None,)


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"), [(10, 10, 0.7225, 1.0), (0, 10, 0.0, 0.2775), (8, 10, 0.4902, 0.9433), (0, 0, 0.0, 1.0)]
)
def test_wilson(part: int, whole: int, low: float, high: float) -> None:
    found = wilson(part, whole)
    assert (found.low, found.high) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))

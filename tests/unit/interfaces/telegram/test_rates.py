"""One bucket a user, and one word about it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pmbot.interfaces.telegram.rates import Rates


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_then_the_average() -> None:
    clock = Clock()
    rates = Rates(60.0, 3, clock)
    assert [rates.admit(1) for _ in range(5)] == [True, True, True, False, False]
    assert rates.admit(2)
    clock.now += 1.0
    assert [rates.admit(1) for _ in range(2)] == [True, False]
    clock.now += 3600.0
    assert [rates.admit(1) for _ in range(4)] == [True, True, True, False]


def test_it_is_said_once_until_the_next_admission() -> None:
    clock = Clock()
    rates = Rates(30.0, 1, clock)
    assert rates.admit(1)
    assert not rates.admit(1)
    assert (rates.tell(1), rates.tell(1)) == (2, None)
    clock.now += 2.0
    assert rates.admit(1)
    assert not rates.admit(1)
    assert rates.tell(1) == 2


@given(gaps=st.lists(st.floats(0, 10), min_size=1, max_size=60), burst=st.integers(1, 5), per_minute=st.floats(1, 600))
def test_never_more_than_burst_and_rate_allow(gaps: list[float], burst: int, per_minute: float) -> None:
    clock = Clock()
    rates, admitted = Rates(per_minute, burst, clock), 0
    for gap in gaps:
        clock.now += gap
        admitted += rates.admit(1)
    assert admitted <= burst + sum(gaps) * per_minute / 60 + 1e-6
    assert admitted >= 1

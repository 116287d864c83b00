from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.evaluation.bootstrap import Plan, wilson
from pmbot.evaluation.calibrate import Poll, Vote, curve, needed, poll, recommend, tradeoff
from tests.fakes_report import make_judged

PLAN = Plan(samples=200)
VOTES = st.lists(st.tuples(st.floats(0, 1).map(lambda x: round(x, 4)), st.booleans()), max_size=25)


def made(votes: list[tuple[float, bool]]) -> Poll:
    cast = [Vote(confidence, right, right or n % 2 == 0, str(n)) for n, (confidence, right) in enumerate(votes)]
    answerable = sum(vote.answerable for vote in cast)
    return Poll(tuple(sorted(cast, key=lambda vote: -vote.confidence)), answerable + 2, len(cast) - answerable + 1)


def test_a_poll_counts_guards_out() -> None:
    asked = poll([make_judged("a", 0.9), make_judged("b", 0.2, reason="unsure"), make_judged("c", 0.3, reason="type_absent")])
    assert [vote.confidence for vote in asked.votes] == [0.9, 0.2]
    assert (asked.answerable, asked.unanswerable, asked.questions) == (3, 0, 3)


def test_what_a_threshold_gives() -> None:
    point = tradeoff(made([(0.9, True), (0.7, False), (0.5, True)]), 0.6)
    assert (point.answered, point.right, point.coverage, point.precision) == (2, 1, 2 / 6, 0.5)
    assert point.precision_interval == wilson(1, 2)
    nothing = tradeoff(made([(0.9, True)]), 0.95)
    assert (nothing.answered, nothing.precision) == (0, None)


@given(VOTES)
def test_the_curve_says_what_each_of_its_thresholds_gives(votes: list[tuple[float, bool]]) -> None:
    asked = made(votes)
    points = curve(asked)
    assert [point.threshold for point in points] == sorted({point.threshold for point in points}, reverse=True)
    for point in points:
        assert point == tradeoff(asked, point.threshold)
    assert not points or points[-1].answered == len(votes)


@given(VOTES, st.sampled_from([0.5, 0.8, 0.95, 1.0]))
def test_the_recommendation_is_the_lowest_threshold_that_is_precise_enough(votes: list[tuple[float, bool]], wanted: float) -> None:
    asked = made(votes)
    found = recommend(asked, wanted, Plan(samples=20))
    lower = [confidence for confidence, _ in votes]
    if found is None:
        assert all((tradeoff(asked, cut).precision or 0.0) < wanted for cut in lower)
        return
    assert found.at.precision is not None
    assert found.at.precision >= wanted
    assert all((tradeoff(asked, cut).precision or 0.0) < wanted for cut in lower if cut < found.at.threshold)
    if found.safe is not None:
        assert found.safe.precision_interval.low >= wanted
        assert found.safe.threshold >= found.at.threshold or found.at.precision_interval.low >= wanted


def test_thresholds_are_round_and_lie_between() -> None:
    found = recommend(made([(0.9, True), (0.81, True), (0.6123, False)]), 0.95, PLAN)
    assert found is not None
    assert found.at.threshold == 0.71
    close = recommend(made([(0.70002, True), (0.70001, False)]), 0.95, PLAN)
    assert close is not None
    assert 0.70001 < close.at.threshold <= 0.70002


def test_nothing_is_claimed_below_the_least_sure_answer() -> None:
    found = recommend(made([(0.9, True), (0.458, True)]), 0.9, PLAN)
    assert found is not None
    assert found.at.threshold == 0.45


def test_many_questions_prove_what_few_cannot() -> None:
    few, many = (recommend(made([(n / 200 + 0.2, True) for n in range(count)]), 0.95, PLAN) for count in (20, 120))
    assert few is not None
    assert many is not None
    assert few.safe is None
    assert many.safe is not None
    assert needed(0.95) == 73
    assert wilson(73, 73).low >= 0.95 > wilson(72, 72).low
    with pytest.raises(ValueError, match="no number"):
        needed(1.0)


def test_the_spread_is_the_same_every_time_and_holds_the_recommendation() -> None:
    asked = made([(n / 100, n > 40 or n % 3 == 0) for n in range(100)])
    first, again = (recommend(asked, 0.9, PLAN) for _ in range(2))
    assert first == again
    assert first is not None
    assert first.spread is not None
    assert first.spread.low <= first.at.threshold <= first.spread.high


def test_no_threshold_is_good_enough() -> None:
    assert recommend(made([(0.9, False), (0.5, True)]), 0.9, PLAN) is None
    assert recommend(made([]), 0.5, PLAN) is None

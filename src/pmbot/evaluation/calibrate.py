"""The threshold of answering, weighed on labelled questions.

What is weighed was asked with a threshold of 0: then everything is answered that no guard refuses, and an answer comes with the
confidence it would have under any threshold. Raising the threshold to t takes away the answers that are less sure than t, and adds none.
What the guards refuse stays refused under every threshold: they demand certainties of their own.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from pmbot.evaluation.bootstrap import Interval, Plan, draws, stream, wilson
from pmbot.evaluation.judged import Judged

PLACES = 4
"""Decimals of a threshold: what stands in the settings file is what was weighed."""


_ROUNDING = 1e-9


class Vote(NamedTuple):
    """An answer that some threshold gives: how sure it is, whether it is right, whether its question has an answer at all."""

    confidence: float
    right: bool
    answerable: bool
    group: str


class Poll(NamedTuple):
    """All votes, and how many questions there are, answerable or not; the difference is what guards refuse."""

    votes: tuple[Vote, ...]
    answerable: int
    unanswerable: int

    @property
    def questions(self) -> int:
        """How many questions were asked."""
        return self.answerable + self.unanswerable


class Tradeoff(NamedTuple):
    """What a threshold gives. `answered` questions are answered, `right` of them rightly, `false` of them have no answer.

    `coverage` is answered of all, `precision` right of answered, `false_rate` false of the unanswerable; with Wilson's intervals.
    """

    threshold: float
    answered: int
    right: int
    false: int
    coverage: float
    precision: float | None
    false_rate: float | None
    coverage_interval: Interval
    precision_interval: Interval
    false_interval: Interval


class Counts(NamedTuple):
    """Answers, the right ones among them, and those to questions without an answer."""

    answered: int
    right: int
    false: int


class Recommendation(NamedTuple):
    """The lowest threshold that is at least `wanted` precise here.

    `spread` are the thresholds that 95 % of bootstrap samples would have recommended, None where most reach the precision nowhere.
    `safe` is the lowest threshold whose interval of precision lies wholly above `wanted`, None where the questions are too few.
    """

    wanted: float
    at: Tradeoff
    spread: Interval | None
    safe: Tradeoff | None


def poll(judged: Iterable[Judged]) -> Poll:
    """The votes of judged questions, surest first.

    Also right for a run under another threshold t, as far as that run can tell: above t exactly, below it for what was refused for want
    of confidence alone (see `judged.SOFT`); there the best sentence stands for the answer.
    """
    every = tuple(judged)
    votes = [Vote(one.confidence, one.would_be_right, one.truth.answerable, one.truth.group) for one in every if one.yields]
    answerable = sum(one.truth.answerable for one in every)
    return Poll(tuple(sorted(votes, key=lambda vote: -vote.confidence)), answerable, len(every) - answerable)


def tradeoff(asked: Poll, threshold: float) -> Tradeoff:
    """What `threshold` gives."""
    taken = [vote for vote in asked.votes if vote.confidence >= threshold]
    return _tradeoff(asked, threshold, _count(taken))


def curve(asked: Poll) -> tuple[Tradeoff, ...]:
    """What every threshold gives that makes a difference, highest first."""
    levels = [tuple(tied) for _, tied in groupby(asked.votes, key=lambda vote: vote.confidence)]
    points, total = [], Counts(0, 0, 0)
    for cut, level in zip(_cuts(asked.votes), levels, strict=True):
        total = Counts(*(sum(pair) for pair in zip(total, _count(level), strict=True)))
        points.append(_tradeoff(asked, cut, total))
    return tuple(points)


def _count(votes: Sequence[Vote]) -> Counts:
    return Counts(len(votes), sum(vote.right for vote in votes), sum(not vote.answerable for vote in votes))


def _tradeoff(asked: Poll, threshold: float, counts: Counts) -> Tradeoff:
    answered, right, false = counts
    return Tradeoff(
        threshold=threshold,
        answered=answered,
        right=right,
        false=false,
        coverage=answered / asked.questions if asked.questions else 0.0,
        precision=right / answered if answered else None,
        false_rate=false / asked.unanswerable if asked.unanswerable else None,
        coverage_interval=wilson(answered, asked.questions),
        precision_interval=wilson(right, answered),
        false_interval=wilson(false, asked.unanswerable),
    )


def recommend(asked: Poll, wanted: float, plan: Plan) -> Recommendation | None:
    """The lowest threshold whose answers are right with a share of at least `wanted`, on these questions; None where none is."""
    points = curve(asked)
    lowest = next((point for point in reversed(points) if (point.precision or 0.0) >= wanted), None)
    if lowest is None:
        return None
    safe = next((point for point in reversed(points) if point.precision_interval.low >= wanted), None)
    return Recommendation(wanted, lowest, _spread(asked.votes, wanted, plan), safe)


def needed(wanted: float) -> int:
    """How many answers, all of them right, put Wilson's interval above `wanted`: fewer questions cannot prove that precision."""
    if wanted >= 1.0:
        raise ValueError("no number of answers proves that none is wrong")
    count = 1
    while wilson(count, count).low < wanted:
        count += 1
    return count


def _cuts(votes: Sequence[Vote]) -> list[float]:
    """One threshold per distinct confidence, highest first: with it this one is in and the next is out."""
    distinct = sorted({vote.confidence for vote in votes}, reverse=True)
    return [_between(here, below) for here, below in zip(distinct, [*distinct[1:], None], strict=False)]


def _between(here: float, below: float | None) -> float:
    """A round number above `below` and not above `here`: as few decimals as that takes, nearest to the middle.

    Nothing is known below the least sure answer, so the threshold stays right under it.
    """
    if below is None:
        rounded = math.floor(here * 100) / 100
        return rounded if rounded > 0 else max(0.0, math.floor(here * 10**PLACES) / 10**PLACES)
    for places in range(2, 2 * PLACES):
        rounded = round((here + below) / 2, places)
        if below < rounded <= here:
            return rounded
    return here


def _spread(votes: Sequence[Vote], wanted: float, plan: Plan) -> Interval | None:
    """Where the recommendation lies in 95 % of bootstrap samples of groups; samples without one count as above all others."""
    import numpy as np

    cuts = np.array([*_cuts(votes), math.inf])
    numbers: dict[str, int] = {}
    group = np.array([numbers.setdefault(vote.group, len(numbers)) for vote in votes])
    _, level = np.unique([-vote.confidence for vote in votes], return_inverse=True)
    right = np.array([vote.right for vote in votes], dtype=np.float64)
    found = []
    for sample in range(plan.samples):
        drawn = np.bincount(draws(stream(plan.seed, sample), len(numbers), len(numbers)), minlength=len(numbers))[group].astype(np.float64)
        step = np.bincount(level, drawn, len(cuts) - 1)
        taken, good = np.cumsum(step), np.cumsum(np.bincount(level, drawn * right, len(cuts) - 1))
        reached = np.flatnonzero((step > 0) & (good >= wanted * taken - _ROUNDING))
        found.append(float(cuts[reached[-1]] if len(reached) else math.inf))
    found.sort()
    tail = (1.0 - plan.level) / 2
    low, high = found[int(tail * len(found))], found[min(len(found) - 1, int((1 - tail) * len(found)))]
    return None if math.isinf(low) or math.isinf(high) else Interval(low, high)

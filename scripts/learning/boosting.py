"""Boosted trees over signals: each is grown to tell what the weights and the trees before it do not (Friedman 2001). With numpy alone."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pmbot.answering.trees import Tree

Floats = NDArray[np.float64]
TREES = 230
DEPTH = 3
RATE = 0.13  # of what a tree would add
RIDGE = 10.0
LEAST = 5.0  # weight of the examples on either side of a limit
SHARE = 0.3  # of the signals, that a tree is grown from
LIMITS = 16  # that a signal is asked for, at most
DIGITS = 3
SEED = 1


class Examples(NamedTuple):
    """Signals in columns, what is right, and how much each example counts."""

    matrix: Floats
    right: Floats
    weight: Floats


class Split(NamedTuple):
    """The best question to ask: how much it tells, the column, and the number of its limit."""

    gain: float
    column: int
    limit: int


def boosted(examples: Examples, names: Sequence[str], scores: Floats) -> list[Tree]:
    """Trees to add to `scores`; `names` are those of the columns. The same examples give the same trees."""
    limits = [_limits(column) for column in examples.matrix.T]
    bins = [np.searchsorted(limit, column, side="right") for limit, column in zip(limits, examples.matrix.T, strict=True)]
    dice, columns, scores = random.Random(SEED), range(len(names)), scores.copy()
    trees = []
    for _ in range(TREES):
        chance = 1.0 / (1.0 + np.exp(-np.clip(scores, -30, 30)))
        grower = _Grower(bins, examples.weight * (examples.right - chance), examples.weight * chance * (1.0 - chance))
        asked = sorted(dice.sample(columns, max(1, int(SHARE * len(names)))))
        trees.append(_named(grower.grow(np.arange(len(scores)), asked, DEPTH, scores), names, limits))
    return trees


def _limits(column: Floats) -> Floats:
    """The values that part a signal's values evenly, rounded as they are written."""
    values = np.unique(column)
    between = (values[1:] + values[:-1]) / 2.0 if len(values) <= LIMITS else np.quantile(column, np.linspace(0, 1, LIMITS + 1)[1:-1])
    return np.unique(np.round(between, DIGITS))


class _Grower:
    """Grows one tree; `slope` and `curve` are those of the loss at each example."""

    def __init__(self, bins: Sequence[NDArray[np.intp]], slope: Floats, curve: Floats) -> None:
        self._bins, self._slope, self._curve = bins, slope, curve

    def grow(self, rows: NDArray[np.intp], columns: Sequence[int], depth: int, scores: Floats) -> Tree:
        """The tree over the examples at `rows`, its limits still numbered; adds to their `scores` what it says of them."""
        split = max((self._split(rows, column) for column in columns), key=lambda split: split.gain) if depth else Split(0.0, 0, 0)
        if split.gain <= 0.0:
            leaf = RATE * float(self._slope[rows].sum() / (self._curve[rows].sum() + RIDGE))
            leaf = round(leaf, DIGITS)
            scores[rows] += leaf
            return leaf
        reached = self._bins[split.column][rows] > split.limit
        below, above = (self.grow(part, columns, depth - 1, scores) for part in (rows[~reached], rows[reached]))
        return str(split.column), float(split.limit), below, above

    def _split(self, rows: NDArray[np.intp], column: int) -> Split:
        """The best limit of a column: what it tells is by how much the loss falls."""
        bins = self._bins[column][rows]
        slope = np.bincount(bins, self._slope[rows], LIMITS + 1).cumsum()
        curve = np.bincount(bins, self._curve[rows], LIMITS + 1).cumsum()
        slope_below, curve_below, all_slope, all_curve = slope[:-1], curve[:-1], slope[-1], curve[-1]
        gain = (
            slope_below**2 / (curve_below + RIDGE)
            + (all_slope - slope_below) ** 2 / (all_curve - curve_below + RIDGE)
            - all_slope**2 / (all_curve + RIDGE)
        )
        gain[(curve_below < LEAST) | (all_curve - curve_below < LEAST)] = 0.0
        best = int(gain.argmax())
        return Split(float(gain[best]), column, best)


def _named(tree: Tree, names: Sequence[str], limits: Sequence[Floats]) -> Tree:
    if not isinstance(tree, tuple):
        return tree
    column, limit, below, reached = tree
    found = limits[int(column)]
    return names[int(column)], float(found[int(limit)]), _named(below, names, limits), _named(reached, names, limits)

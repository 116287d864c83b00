"""How sure an answer is: a learned model over `signals`, or a formula where there is none.

The model adds up, for each signal, its weight times its value, and what each of its small trees says: a tree asks two or three signals
whether they reach a limit. The sum is made a probability by the logistic function, so that every part can be told.

Read from `config/confidence.<language>.json`, made by `scripts/train.py`; it holds no text.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path

from pmbot.answering.span_model import all_weights
from pmbot.answering.trees import DEEPEST, Forest, Tree
from pmbot.errors import ConfigError

BIAS = "bias"
STEEPNESS = 8.0
MIDDLE = 0.5


class ConfidenceModel:
    """Turns signals into the probability that the best sentence answers."""

    def __init__(self, weights: Mapping[str, float], trees: Iterable[Tree] = ()) -> None:
        self.weights, self.trees = dict(weights), tuple(trees)

    def probability(self, signals: Mapping[str, float]) -> float:
        """The calibrated probability; by formula (the share of the question covered in the sentence) without weights."""
        if not self.weights:
            return _logistic(STEEPNESS * (signals["covered"] - MIDDLE))
        weight = self.weights.get
        linear = weight(BIAS, 0.0) + sum([weight(name, 0.0) * value for name, value in signals.items()])
        return _logistic(linear + sum(self._forest.told(signals)))

    @cached_property
    def _forest(self) -> Forest:
        return Forest(self.trees)


def _logistic(value: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, value))))


def read_confidence(path: Path) -> ConfidenceModel:
    """Read a model; ConfigError when the file is not JSON of that form."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}; make it anew with scripts/train.py") from error
    try:
        return ConfidenceModel(_weights(data["weights"]), [_tree(tree, DEEPEST) for tree in data["trees"]])
    except (KeyError, TypeError, ValueError) as error:
        raise ConfigError(f'{path}: must hold "weights" by name, and "trees"; make it anew with scripts/train.py') from error


def _weights(data: object) -> dict[str, float]:
    if not isinstance(data, dict) or not all_weights(data):
        raise ValueError
    return data


def _tree(data: object, depth: int) -> Tree:
    """A tree as read: a number, or a list of a name, a limit and two trees."""
    if not isinstance(data, list):
        return float(_weights({"": data})[""])
    name, limit, below, reached = data
    if not isinstance(name, str) or not depth:
        raise ValueError
    return name, float(_weights({"": limit})[""]), _tree(below, depth - 1), _tree(reached, depth - 1)

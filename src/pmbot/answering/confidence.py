"""How sure an answer is: a logistic model over `signals`, or a formula where there are no weights.

Weights are read from `config/confidence.<language>.json`, made by `scripts/train.py`; they hold no text.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path

from pmbot.answering.span_model import all_weights
from pmbot.errors import ConfigError

BIAS = "bias"
STEEPNESS = 8.0
MIDDLE = 0.5


class ConfidenceModel:
    """Turns signals into the probability that the best sentence answers."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self.weights = dict(weights)

    def probability(self, signals: Mapping[str, float]) -> float:
        """The calibrated probability; by formula (the share of the question covered in the passage) without weights."""
        if not self.weights:
            return _logistic(STEEPNESS * (signals["covered around"] - MIDDLE))
        return _logistic(self.weights.get(BIAS, 0.0) + sum(self.weights.get(name, 0.0) * value for name, value in signals.items()))


def _logistic(value: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, value))))


def read_confidence(path: Path) -> ConfidenceModel:
    """Read a weights file; ConfigError when it is not JSON of that form."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}; make it anew with scripts/train.py") from error
    if not isinstance(data, dict) or not all_weights(data):
        raise ConfigError(f"{path}: must hold weights by name; make it anew with scripts/train.py")
    return ConfidenceModel(data)

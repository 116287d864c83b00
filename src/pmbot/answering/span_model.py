"""The span model: a linear model over the features of `span_features`, its scores made probabilities among the candidates of a sentence.

Weights are read from `config/spans.<language>.json`, made by `scripts/train.py`: by kind of question ("" for all kinds) and feature name.
They hold no text. After Rajpurkar et al. (2016), without the parser.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from pmbot.answering.span_anchors import NEAR, PICKED, REPEATS, REPEATS_SOME, Anchors, Around, Side, between
from pmbot.answering.span_features import Layout, Place, layout_of, static_features
from pmbot.answering.views import View
from pmbot.errors import ConfigError

Weights = Mapping[str, Mapping[str, float]]
CACHE_SIZE = 4_000
LONGEST_SENTENCE = 200  # tokens; a longer one is a table or a list, not a sentence


class SpanChoice(NamedTuple):
    """The best span `[start, end)` of a sentence's text and its probability among the candidates."""

    start: int
    end: int
    probability: float


class SpanModel:
    """Chooses the span of a sentence that answers. Static scores are kept per sentence and kind of question."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._kinds: dict[str, Mapping[str, float]] = {}
        self._edges: dict[str, dict[tuple[str, ...], float]] = {}
        self._static: dict[tuple[str, int, str], tuple[Layout, list[float]]] = {}

    def best(self, view: View, kind: str, anchors: Anchors) -> SpanChoice | None:
        """The likeliest span; None when the sentence has no candidate that says something new, or is too long to be one."""
        if not self._weights or len(view.tokens) > LONGEST_SENTENCE:
            return None
        layout, static = self._scored(view, kind)
        scores = _Scoring(self._of_kind(kind), Around(view, anchors)).scores(layout.candidates, static)
        if not scores:
            return None
        best = max(scores, key=lambda place: (round(scores[place], 9), -place[0], -place[1]))
        top = scores[best]
        probability = 1.0 / sum(math.exp(score - top) for score in scores.values())
        start, end = _with_signs(view, best)
        return SpanChoice(start, end, probability)

    def _scored(self, view: View, kind: str) -> tuple[Layout, list[float]]:
        key = (view.sentence.doc_id, view.sentence.index, kind)
        found = self._static.get(key)
        if found is None:
            if len(self._static) >= CACHE_SIZE:
                self._static.clear()
            layout, weights = layout_of(view), self._of_kind(kind)
            edges = self._edges.setdefault(kind, {})
            if len(edges) >= CACHE_SIZE:
                edges.clear()
            static = []
            for features in static_features(view, layout):
                of_edges = edges.get(features.edges)
                if of_edges is None:
                    of_edges = edges[features.edges] = _sum(weights, features.edges)
                static.append(of_edges + _sum(weights, features.others))
            found = self._static[key] = (layout, static)
        return found

    def _of_kind(self, kind: str) -> Mapping[str, float]:
        """The weights for one kind of question: those of all kinds and its own."""
        found = self._kinds.get(kind)
        if found is None:
            general, special = self._weights.get("", {}), self._weights.get(kind, {})
            found = self._kinds[kind] = {name: general.get(name, 0.0) + special.get(name, 0.0) for name in {**general, **special}}
        return found


class _Scoring:
    """Scores the candidates of one sentence for one question, as the features of `span_anchors.dynamic_features` weigh."""

    def __init__(self, weights: Mapping[str, float], around: Around) -> None:
        self._weights, self._around = weights, around
        self._before: dict[int, tuple[float, int]] = {}
        self._behind: dict[int, tuple[float, int]] = {}
        self._between: dict[tuple[int, int], float] = {}

    def scores(self, candidates: Sequence[Place], static: Sequence[float]) -> dict[Place, float]:
        """The score of each candidate that says something new; `static` runs along."""
        around, weight = self._around, self._weights.get
        anchors, repeating, some = around.anchors, weight(REPEATS, 0.0), weight(REPEATS_SOME, 0.0)
        before, behind, found = self._before, self._behind, {}
        for place, base in zip(candidates, static, strict=True):
            repeated = around.repeated(place)
            if repeated is None:
                continue
            first, last = place
            left = before.get(first) or before.setdefault(first, self._side(around.before(first)))
            right = behind.get(last) or behind.setdefault(last, self._side(around.behind(last)))
            score = base + left[0] + right[0] + self._apart(left[1], right[1])
            if repeated:
                score += repeating * repeated + some
            if anchors.focus:
                score += _sum(self._weights, around.focus(place))
            found[place] = score
        if anchors.pick in found:
            found[anchors.pick] += weight(PICKED, 0.0)
        return found

    def _side(self, side: Side) -> tuple[float, int]:
        """What one side adds, and how far the nearest matched word is."""
        near = self._weights.get(NEAR, 0.0) * side.near / self._around.anchors.total
        return near + sum([self._weights.get(name, 0.0) * value for name, value in side.features]), side.distance

    def _apart(self, left: int, right: int) -> float:
        known = self._between.get((left, right))
        if known is None:
            known = self._between[left, right] = _sum(self._weights, between(left, right))
        return known


def _sum(weights: Mapping[str, float], names: Iterable[str]) -> float:
    return sum([weights.get(name, 0.0) for name in names])


def _with_signs(view: View, place: Place) -> tuple[int, int]:
    """The offsets of a span, and with it the currency or percent sign and the scale that belong to its figures."""
    start, end = view.tokens[place[0]].start, view.tokens[place[1]].end
    for mention in view.mentions:
        if mention.start < end and start < mention.end and mention.kind.value in {"money", "percent"}:
            start, end = min(start, mention.start), max(end, mention.end)
    return start, end


def all_weights(values: Mapping[str, object]) -> bool:
    """Whether all values are finite numbers."""
    return all(isinstance(v, int | float) and not isinstance(v, bool) and math.isfinite(v) for v in values.values())


def read_weights(path: Path) -> Weights:
    """Read a weights file; ConfigError when it is not JSON of that form."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}; make it anew with scripts/train.py") from error
    if not isinstance(data, dict) or not all(isinstance(group, dict) and all_weights(group) for group in data.values()):
        raise ConfigError(f"{path}: must hold groups of weights; make it anew with scripts/train.py")
    return data

"""The span model: a linear model over the features of `span_features`, its scores made probabilities among the candidates of a sentence.

Weights are read from `config/spans.<language>.json`, made by `scripts/train.py`: by kind of question ("" for all kinds) and feature name.
They hold no text. After Rajpurkar et al. (2016), without the parser.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from pmbot.answering.span_anchors import NEAR, PICKED, REPEATS, REPEATS_SOME, Anchors, Around, beside, between
from pmbot.answering.span_features import Beside, Layout, Place, Shape, border_features, layout_of, shape_features, static_parts
from pmbot.answering.views import View
from pmbot.errors import ConfigError

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
Weights = Mapping[str, Mapping[str, float]]
CACHE_SIZE = 4_000
LONGEST_SENTENCE = 200  # tokens; a longer one is a table or a list, not a sentence
_EQUAL = 1e-8  # scores that far apart are never rounded to the same


class SpanChoice(NamedTuple):
    """The best span `[start, end)` of a sentence's text and its probability among the candidates."""

    start: int
    end: int
    probability: float


class SpanModel:
    """Chooses the span of a sentence that answers. Static scores are kept per sentence and kind of question."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._kinds: dict[str, _OfKind] = {}
        self._static: dict[tuple[str, int, str], tuple[Layout, list[float]]] = {}

    def best(self, view: View, kind: str, anchors: Anchors) -> SpanChoice | None:
        """The likeliest span; None when the sentence has no candidate that says something new, or is too long to be one."""
        if not self._weights or len(view.tokens) > LONGEST_SENTENCE:
            return None
        layout, static = self._scored(view, kind)
        scores = _scores(self._of_kind(kind), Around(view, anchors), layout.candidates, static)
        if not scores:
            return None
        top = max(scores.values())
        # Rounded, so that the first of equal ones is chosen whatever the last bits of their sums are.
        best = max([(round(score, 9), -first, -last) for (first, last), score in scores.items() if score > top - _EQUAL])
        place = -best[1], -best[2]
        probability = 1.0 / sum([math.exp(score - scores[place]) for score in scores.values()])
        start, end = _with_signs(view, place)
        return SpanChoice(start, end, probability)

    def _scored(self, view: View, kind: str) -> tuple[Layout, list[float]]:
        key = (view.sentence.doc_id, view.sentence.index, kind)
        found = self._static.get(key)
        if found is None:
            if len(self._static) >= CACHE_SIZE:
                self._static.clear()
            layout = layout_of(view)
            found = self._static[key] = (layout, self._of_kind(kind).static(view, layout))
        return found

    def _of_kind(self, kind: str) -> _OfKind:
        """The weights for one kind of question: those of all kinds and its own."""
        found = self._kinds.get(kind)
        if found is None:
            general, special = self._weights.get("", {}), self._weights.get(kind, {})
            found = self._kinds[kind] = _OfKind({name: general.get(name, 0.0) + special.get(name, 0.0) for name in {**general, **special}})
        return found


class _Known(dict[K, V], Generic[K, V]):
    """What was found for each key; forgets it all when there is too much."""

    def __init__(self, find: Callable[[K], V]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, key: K) -> V:
        if len(self) >= CACHE_SIZE:
            self.clear()
        found = self[key] = self._find(key)
        return found


class _OfKind:
    """The weights for one kind of question, and the sums of those that come together again and again."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self.weights = weights
        self.shapes = _Known[Shape, float](lambda shape: self.sum(shape_features(*shape)))
        self.borders = _Known[Beside, list[float]](lambda beside: [weights.get(name, 0.0) for name in border_features(*beside)])
        self.inside = _Known[tuple[str, ...], float](self.sum)
        self.apart = _Known[tuple[int, int], float](lambda distances: self.sum(between(*distances)))
        self.beside = _Known[tuple[str, int, str], float](lambda side: self.sum(beside(*side)))

    def sum(self, names: Iterable[str]) -> float:
        """The weights of some features together."""
        return sum([self.weights.get(name, 0.0) for name in names])

    def static(self, view: View, layout: Layout) -> list[float]:
        """What each candidate has for itself, as the features of `span_features.static_features` weigh."""
        weight, shapes, borders, insides = self.weights.get, self.shapes, self.borders, self.inside
        found = []
        for shape, beside_it, inside, before, after in static_parts(view, layout):
            left, right, both = borders[beside_it]
            found.append(shapes[shape] + left + right + both + (insides[inside] + weight(before, 0.0) + weight(after, 0.0)))
        return found


def _scores(weighed: _OfKind, around: Around, candidates: Sequence[Place], static: Sequence[float]) -> dict[Place, float]:
    """The score of each candidate that says something new, as the features of `span_anchors.dynamic_features` weigh.

    `static` runs along. A hundred candidates take 40 µs: what stands on one side of them is weighed once for each token.
    """
    weight, anchors, content, asked = weighed.weights.get, around.anchors, around.content, around.asked
    near, repeating, some = weight(NEAR, 0.0), weight(REPEATS, 0.0), weight(REPEATS_SOME, 0.0)
    sides: dict[int, tuple[float, int]] = {}
    found: dict[Place, float] = {}
    opened = -1
    for place, base in zip(candidates, static, strict=True):
        first, last = place
        held, repeated = content[last + 1] - content[first], asked[last + 1] - asked[first]
        if repeated == held:
            continue
        if first != opened:
            side = around.before(first)
            left = near * side.near / anchors.total + weighed.beside["left", side.distance, side.asked]
            opened, distance = first, side.distance
        right = sides.get(last)
        if right is None:
            side = around.behind(last)
            of_side = near * side.near / anchors.total + weighed.beside["right", side.distance, side.asked]
            right = sides[last] = of_side, side.distance
        score = base + left + right[0] + weighed.apart[distance, right[1]]
        if repeated:
            score += repeating * (repeated / held) + some
        if around.has_focus:
            score += weighed.sum(around.focus(place))
        found[place] = score
    if anchors.pick in found:
        found[anchors.pick] += weight(PICKED, 0.0)
    return found


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

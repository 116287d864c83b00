"""What a question says of the candidate spans of a sentence: where its matched words stand around them and in them.

A hundred candidates of a sentence begin and end with some thirty tokens: what stands before a token or behind one is told once for all.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import NamedTuple

from pmbot.answering.span_features import Place
from pmbot.answering.views import View

Feature = tuple[str, float]
_FAR, _NOWHERE = 9, 10  # tokens; a distance is cut at the first, the second is that to nothing


@dataclass(frozen=True)
class Anchors:
    """Where a question touches a sentence.

    `weights`: the weight of the matched question term by token index; `order`: its place in the question, 0 first to 1 last;
    `total`: the weight of all question terms; `focus`: the terms that stand for the noun asked for; `pick`: the candidate that the
    rules would choose, if any.
    """

    weights: dict[int, float]
    order: dict[int, float]
    total: float
    focus: frozenset[str]
    pick: Place | None = None


class Side(NamedTuple):
    """What stands on one side of a candidate: features, tokens to the nearest matched word, and the weights of all, less by distance."""

    features: tuple[Feature, ...]
    distance: int
    near: float


REPEATS, REPEATS_SOME, NEAR, PICKED = "repeats", "repeats some", "near", "picked by rule"


class Around:
    """What stands around the candidates of a sentence, for one question."""

    def __init__(self, view: View, anchors: Anchors) -> None:
        self.anchors, self._tokens, self._places = anchors, view.tokens, sorted(anchors.weights)
        telling = set(view.content_places)
        self._content = [0, *itertools.accumulate(at in telling for at in range(len(view.tokens)))]
        self._asked = [0, *itertools.accumulate(at in telling and at in anchors.weights for at in range(len(view.tokens)))]

    def before(self, first: int) -> Side:
        """What stands before the candidates that begin with a token."""
        return self._side("left", [(first - at - 1, at) for at in reversed(self._places) if at < first])

    def behind(self, last: int) -> Side:
        """What stands behind the candidates that end with a token."""
        return self._side("right", [(at - last - 1, at) for at in self._places if at > last])

    def repeated(self, place: Place) -> float | None:
        """Which share of the content words of a candidate the question has; None when it has all."""
        first, last = place
        content, asked = self._content[last + 1] - self._content[first], self._asked[last + 1] - self._asked[first]
        return None if asked == content else asked / content

    def focus(self, place: Place) -> list[str]:
        """The names of the features that tell where the noun asked for stands."""
        (first, last), focus, tokens = place, self.anchors.focus, self._tokens
        features = []
        if any(tokens[at].term in focus for at in range(first, last + 1)):
            features.append("focus closes" if tokens[last].term in focus else "focus inside")
        if last + 1 < len(tokens) and tokens[last + 1].term in focus:
            features.append("focus right")
        if first and tokens[first - 1].term in focus:
            features.append("focus left")
        if first > 1 and tokens[first - 2].term in focus:
            features.append("focus two left")
        return features

    def _side(self, side: str, found: list[tuple[int, int]]) -> Side:
        """One side by the matched words there: how far each is away and its place, the nearest first."""
        if not found:
            return Side(((f"from {side} none", 1.0),), _NOWHERE, 0.0)
        weights, distance = self.anchors.weights, min(found[0][0], _FAR)
        asked = _asked(self.anchors.order[found[0][1]])
        near = sum([weights[at] / (1.0 + 0.25 * apart) for apart, at in found])
        return Side(((f"from {side} {_bucket(distance)}", 1.0), (f"{side} asked {asked}", 1.0)), distance, near)


def between(left: int, right: int) -> tuple[str, str]:
    """The names of the features of a candidate with the nearest matched words so far to its left and right."""
    side = "before" if left == _NOWHERE else "after" if right == _NOWHERE else "around"
    return f"nearest {_bucket(min(left, right))}", side


def dynamic_features(around: Around, place: Place) -> list[Feature]:
    """The features of one candidate that depend on the question, with values; empty when it only repeats the question."""
    repeated = around.repeated(place)
    if repeated is None:
        return []
    left, right, anchors = around.before(place[0]), around.behind(place[1]), around.anchors
    names = [*between(left.distance, right.distance), *(around.focus(place) if anchors.focus else [])]
    names += [REPEATS_SOME] * (repeated > 0.0) + [PICKED] * (place == anchors.pick)
    values = [(REPEATS, repeated), (NEAR, (left.near + right.near) / anchors.total)]
    return [*values, *left.features, *right.features, *((name, 1.0) for name in names)]


def _bucket(distance: int) -> str:
    return str(distance) if distance <= 2 else "3-4" if distance <= 4 else "5-8" if distance <= 8 else "9+"


def _asked(order: float) -> str:
    return "first" if order == 0.0 else "last" if order == 1.0 else "middle"

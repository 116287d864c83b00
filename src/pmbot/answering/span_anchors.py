"""What a question says of the candidate spans of a sentence: where its matched words stand around them and in them.

A hundred candidates of a sentence begin and end with some thirty tokens: what stands before a token or behind one is told once for all.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cache
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
    """What stands on one side of a candidate: tokens to the nearest matched word, where in the question that is, and the weights of all.

    The weights count less by distance.
    """

    distance: int
    asked: str
    near: float


NOTHING = Side(_NOWHERE, "", 0.0)


REPEATS, REPEATS_SOME, NEAR, PICKED = "repeats", "repeats some", "near", "picked by rule"


class Around:
    """What stands around the candidates of a sentence, for one question.

    `content` and `asked` tell how many content words stand before each token, and how many of those the question has.
    """

    def __init__(self, view: View, anchors: Anchors) -> None:
        self.anchors, self._tokens, self._places = anchors, view.tokens, sorted(anchors.weights)
        telling = set(view.content_places)
        asked = telling & anchors.weights.keys()
        self.content = [0, *itertools.accumulate(at in telling for at in range(len(view.tokens)))]
        self.asked = [0, *itertools.accumulate(at in asked for at in range(len(view.tokens)))]
        self.has_focus = bool(anchors.focus) and any(token.term in anchors.focus for token in view.tokens)

    def before(self, first: int) -> Side:
        """What stands before the candidates that begin with a token."""
        return self._side([(first - at - 1, at) for at in reversed(self._places) if at < first])

    def behind(self, last: int) -> Side:
        """What stands behind the candidates that end with a token."""
        return self._side([(at - last - 1, at) for at in self._places if at > last])

    def repeated(self, place: Place) -> float | None:
        """Which share of the content words of a candidate the question has; None when it has all."""
        first, last = place
        content, asked = self.content[last + 1] - self.content[first], self.asked[last + 1] - self.asked[first]
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

    def _side(self, found: list[tuple[int, int]]) -> Side:
        """One side by the matched words there: how far each is away and its place, the nearest first."""
        if not found:
            return NOTHING
        weights, (distance, nearest) = self.anchors.weights, found[0]
        near = sum([weights[at] / (1.0 + 0.25 * apart) for apart, at in found])
        return Side(min(_FAR, distance), _asked(self.anchors.order[nearest]), near)


@cache
def beside(side: str, distance: int, asked: str) -> tuple[str, ...]:
    """The names of the features of a candidate with the nearest matched word so far to its `side`, "left" or "right"."""
    return (f"from {side} {_bucket(distance)}", f"{side} asked {asked}") if asked else (f"from {side} none",)


@cache
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
    names = [*between(left.distance, right.distance), *(around.focus(place) if around.has_focus else [])]
    names += [REPEATS_SOME] * (repeated > 0.0) + [PICKED] * (place == anchors.pick)
    values = [(REPEATS, repeated), (NEAR, (left.near + right.near) / anchors.total)]
    names += [*beside("left", left.distance, left.asked), *beside("right", right.distance, right.asked)]
    return [*values, *((name, 1.0) for name in names)]


def _bucket(distance: int) -> str:
    return str(distance) if distance <= 2 else "3-4" if distance <= 4 else "5-8" if distance <= 8 else "9+"


def _asked(order: float) -> str:
    return "first" if order == 0.0 else "last" if order == 1.0 else "middle"

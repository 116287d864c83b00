"""Candidate spans of a sentence and what speaks for each: sparse features by name, for the span model.

A candidate is a run of at most ten tokens with sensible borders. Its static features depend on the sentence
alone and are computed once; the others depend on where the matched words of the question stand.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from pmbot.answering.clauses import gaps
from pmbot.answering.views import View
from pmbot.answering.word_classes import function_word, word_class
from pmbot.models import QuestionType, Reading

LONGEST = 10
_HARD = re.compile(r"[;:!?()\"“”\n]|[.]\s")
_NEVER_OPENS = frozenset({"conjunction", "pronoun", "auxiliary", "article"})
_NEVER_CLOSES = frozenset({"preposition", "conjunction", "article", "pronoun", "auxiliary"})
_OPENING_PREPOSITIONS = frozenset({"by", "to", "from", "in", "for", "through", "at", "because", "between"})
_CAPITALS = frozenset({"capital", "preposition", "article"})
_HELD = tuple([(held, f"holds {held}") for held in ("auxiliary", "pronoun", "conjunction", "preposition")])
_ONE_KIND = {
    QuestionType.DEFINITION: "what",
    QuestionType.KEYWORD: "what",
    QuestionType.COMPARISON: "what",
    QuestionType.AGGREGATION: "what",
    QuestionType.YES_NO: "what",
}


class Layout(NamedTuple):
    """A sentence ready for spans: classes of tokens, gaps between them, candidate spans as (first token, last token)."""

    classes: tuple[str, ...]
    gaps: tuple[str, ...]
    candidates: tuple[tuple[int, int], ...]


def question_kind(reading: Reading) -> str:
    """The kinds of question the model tells apart: the type, refined by what a "which" question expects."""
    if reading.type in {QuestionType.WHICH, QuestionType.LIST} and reading.expects:
        return f"which {reading.expects[0].value}"
    return _ONE_KIND.get(reading.type, reading.type.value)


def layout_of(view: View) -> Layout:
    """Classes, gaps and candidates of a sentence."""
    classes = tuple(word_class(token) for token in view.tokens)
    between = tuple(gaps(view))
    return Layout(classes, between, tuple(_candidates(view, classes, between)))


def _candidates(view: View, classes: Sequence[str], between: Sequence[str]) -> list[tuple[int, int]]:
    found = []
    for first, opening in enumerate(classes):
        if opening in _NEVER_OPENS or (opening == "preposition" and view.tokens[first].norm not in _OPENING_PREPOSITIONS):
            continue
        for last in range(first, min(len(classes), first + LONGEST)):
            if last > first and _HARD.search(between[last]):
                break
            if classes[last] not in _NEVER_CLOSES and view.tokens[last].term not in view.stops:
                found.append((first, last))
    return found


def static_features(view: View, layout: Layout) -> list[list[str]]:
    """Per candidate the names of the features that do not depend on the question."""
    mentions, words = _mentions_by_place(view), [function_word(token) for token in view.tokens]
    # What stands at its borders is the same for all candidates that begin or end with a token.
    left = [_border(layout.gaps[at], layout.classes[at - 1] if at else "start") for at in range(len(words))]
    right = [_right_border(layout, at) for at in range(len(words))]
    before, after = [[], *([f"after word {word}"] * bool(word) for word in words)], [f"before word {word}" for word in words]
    found = []
    for first, last in layout.candidates:
        edges = _edges(last - first + 1, layout.classes[first], layout.classes[last], left[first], right[last])
        held = _mention_features((first, last), mentions) if mentions else []
        ends = [after[last + 1]] if last + 1 < len(words) and words[last + 1] else []
        found.append([*edges, *held, *_held(layout, first, last), *before[first], *ends])
    return found


Place = tuple[int, int]


def _mentions_by_place(view: View) -> dict[Place, str]:
    found: dict[Place, str] = {}
    ends = {token.end: at for at, token in enumerate(view.tokens)}
    for mention in view.mentions:
        if mention.start in view.token_place and mention.end in ends:
            found.setdefault((view.token_place[mention.start], ends[mention.end]), mention.kind.value)
    return found


def _held(layout: Layout, first: int, last: int) -> list[str]:
    """What a candidate holds besides mentions."""
    rest = layout.classes[first + 1 : last + 1]
    features = ["capitals"] if layout.classes[first] == "capital" and _CAPITALS.issuperset(rest) else []
    features += [name for held, name in _HELD if held in rest]
    if "," in "".join(layout.gaps[first + 1 : last + 1]):
        features.append("holds comma")
    return features


@lru_cache(maxsize=4096)
def _edges(size: int, opening: str, closing: str, left: str, right: str) -> tuple[str, ...]:
    """The features of length and borders; a hundred candidates of a sentence have some fifty different ones, as most sentences do."""
    length = str(size) if size <= 3 else "4-5" if size <= 5 else "6-7" if size <= 7 else "8+"
    return (
        f"length {length}", f"opens {opening}", f"closes {closing}", f"shape {opening} {closing}", f"left {left}", f"right {right}",
        f"between {left} {right}",
    )  # fmt: skip


def _mention_features(place: Place, mentions: dict[Place, str]) -> list[str]:
    first, last = place
    whole = mentions.get(place)
    if whole is not None:
        return [f"is {whole}"]
    features = []
    for (a, b), name in mentions.items():
        if first <= a and b <= last:
            features.append(f"holds {name}")
        elif a <= last and b >= first:
            features.append("cuts a mention")
    return list(dict.fromkeys(features))


def _border(gap: str, neighbour: str) -> str:
    for mark in ',("“:;–—':
        if mark in gap:
            return mark
    return neighbour


def _right_border(layout: Layout, last: int) -> str:
    gap = layout.gaps[last + 1]
    for mark in ',)("”.:;–—':
        if mark in gap:
            return mark
    return layout.classes[last + 1] if last + 1 < len(layout.classes) else "end"


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


def dynamic_features(view: View, place: Place, anchors: Anchors, places: Sequence[int]) -> list[tuple[str, float]]:
    """The features of one candidate that depend on the question, with values; empty when the span only repeats the question.

    `places` are the keys of `anchors.weights` in order.
    """
    first, last = place
    telling, weights = view.content_places, anchors.weights
    content = telling[bisect.bisect_left(telling, first) : bisect.bisect_right(telling, last)]
    asked = sum([at in weights for at in content])
    if asked == len(content):
        return []
    before, after = bisect.bisect_left(places, first), bisect.bisect_right(places, last)
    to_left = min(first - places[before - 1] - 1, _FAR) if before else _NOWHERE
    to_right = min(places[after] - last - 1, _FAR) if after < len(places) else _NOWHERE
    features = [("repeats", asked / len(content))]
    if asked:
        features.append(_REPEATS)
    if place == anchors.pick:
        features.append(_PICKED)
    near = 0.0
    for at in places[:before]:
        near += weights[at] / (1.0 + 0.25 * (first - at - 1))
    for at in places[after:]:
        near += weights[at] / (1.0 + 0.25 * (at - last - 1))
    features += (
        _FROM_LEFT[to_left], _FROM_RIGHT[to_right], _NEAREST[min(to_left, to_right)], ("near", near / anchors.total),
        _SIDES[to_left < _NOWHERE, to_right < _NOWHERE],
    )  # fmt: skip
    if before:
        features.append(_asked("left", anchors.order[places[before - 1]]))
    if after < len(places):
        features.append(_asked("right", anchors.order[places[after]]))
    if anchors.focus:
        features += [(name, 1.0) for name in _focus_features(view, place, anchors.focus)]
    return features


def _bucket(distance: int) -> str:
    return str(distance) if distance <= 2 else "3-4" if distance <= 4 else "5-8" if distance <= 8 else "9+"


# A hundred candidates of a sentence share a few dozen of these: making their names anew would take as long as all the rest.
_FAR, _NOWHERE = 9, 10
_REPEATS, _PICKED = ("repeats some", 1.0), ("picked by rule", 1.0)
_FROM_LEFT, _FROM_RIGHT = (
    tuple([(f"from {side} {_bucket(distance) if distance <= _FAR else 'none'}", 1.0) for distance in range(_NOWHERE + 1)])
    for side in ("left", "right")
)
_NEAREST = tuple([(f"nearest {_bucket(distance)}", 1.0) for distance in range(_NOWHERE + 1)])
_SIDES = {(True, True): ("around", 1.0), (True, False): ("after", 1.0), (False, True): ("before", 1.0), (False, False): ("before", 1.0)}


def _asked(side: str, order: float) -> tuple[str, float]:
    return f"{side} asked {'first' if order == 0.0 else 'last' if order == 1.0 else 'middle'}", 1.0


def _focus_features(view: View, place: Place, focus: frozenset[str]) -> list[str]:
    first, last = place
    tokens = view.tokens
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

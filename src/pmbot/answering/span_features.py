"""Candidate spans of a sentence and what speaks for each: sparse features by name, for the span model.

A candidate is a run of at most ten tokens with sensible borders. Its static features depend on the sentence
alone and are computed once; the others depend on where the matched words of the question stand.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass
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
    mentions = _mentions_by_place(view)
    return [_static(view, layout, place, mentions) for place in layout.candidates]


Place = tuple[int, int]


def _mentions_by_place(view: View) -> dict[Place, str]:
    found: dict[Place, str] = {}
    ends = {token.end: at for at, token in enumerate(view.tokens)}
    for mention in view.mentions:
        if mention.start in view.token_place and mention.end in ends:
            found.setdefault((view.token_place[mention.start], ends[mention.end]), mention.kind.value)
    return found


def _static(view: View, layout: Layout, place: Place, mentions: dict[Place, str]) -> list[str]:
    first, last = place
    classes, tokens = layout.classes, view.tokens
    size = last - first + 1
    length = str(size) if size <= 3 else "4-5" if size <= 5 else "6-7" if size <= 7 else "8+"
    opening, closing = classes[first], classes[last]
    left, right = _border(layout.gaps[first], classes[first - 1] if first else "start"), _right_border(layout, last)
    features = [
        f"length {length}", f"opens {opening}", f"closes {closing}", f"shape {opening} {closing}", f"left {left}", f"right {right}",
        f"between {left} {right}", *_mention_features(place, mentions),
    ]  # fmt: skip
    inner = classes[first : last + 1]
    if opening == "capital" and all(c in {"capital", "preposition", "article"} for c in inner):
        features.append("capitals")
    features += [f"holds {c}" for c in ("auxiliary", "pronoun", "conjunction", "preposition") if c in inner[1:]]
    if any("," in gap for gap in layout.gaps[first + 1 : last + 1]):
        features.append("holds comma")
    before = function_word(tokens[first - 1]) if first else ""
    after = function_word(tokens[last + 1]) if last + 1 < len(tokens) else ""
    return features + [f"after word {before}"] * bool(before) + [f"before word {after}"] * bool(after)


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
    telling = view.content_places
    content = telling[bisect.bisect_left(telling, first) : bisect.bisect_right(telling, last)]
    asked = sum([at in anchors.weights for at in content])
    if asked == len(content):
        return []
    before, after = bisect.bisect_left(places, first), bisect.bisect_right(places, last)
    left = places[before - 1] if before else None
    right = places[after] if after < len(places) else None
    features = [("repeats", asked / len(content))]
    if asked:
        features.append(("repeats some", 1.0))
    if place == anchors.pick:
        features.append(("picked by rule", 1.0))
    features += [(name, 1.0) for name in _distances(first, last, left, right)]
    near = 0.0
    for at in places[:before]:
        near += anchors.weights[at] / (1.0 + 0.25 * (first - at - 1))
    for at in places[after:]:
        near += anchors.weights[at] / (1.0 + 0.25 * (at - last - 1))
    features.append(("near", near / anchors.total))
    features.append(("around" if left is not None and right is not None else "after" if left is not None else "before", 1.0))
    for name, anchor in (("left", left), ("right", right)):
        if anchor is not None:
            rank = anchors.order[anchor]
            features.append((f"{name} asked {'first' if rank == 0.0 else 'last' if rank == 1.0 else 'middle'}", 1.0))
    return features + [(name, 1.0) for name in _focus_features(view, place, anchors.focus)]


def _distances(first: int, last: int, left: int | None, right: int | None) -> list[str]:
    before = _bucket(first - left - 1) if left is not None else "none"
    after = _bucket(right - last - 1) if right is not None else "none"
    nearest = min((first - left - 1 if left is not None else 99), (right - last - 1 if right is not None else 99))
    return [f"from left {before}", f"from right {after}", f"nearest {_bucket(nearest)}"]


def _bucket(distance: int) -> str:
    return str(distance) if distance <= 2 else "3-4" if distance <= 4 else "5-8" if distance <= 8 else "9+"


def _focus_features(view: View, place: Place, focus: frozenset[str]) -> list[str]:
    if not focus:
        return []
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

"""Candidate spans of a sentence and what the sentence alone says of each: sparse features by name, for the span model.

A candidate is a run of at most ten tokens with sensible borders. What depends on the question stands in `span_anchors`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
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


class Static(NamedTuple):
    """The names of the features of a candidate that do not depend on the question: of its length and borders, and the others."""

    edges: tuple[str, ...]
    others: list[str]


def static_features(view: View, layout: Layout) -> list[Static]:
    """What each candidate has for itself. Many share their `edges`, which are the same object."""
    mentions, words = _mentions_by_place(view), [function_word(token) for token in view.tokens]
    # What stands at its borders is the same for all candidates that begin or end with a token.
    left = [_border(layout.gaps[at], layout.classes[at - 1] if at else "start") for at in range(len(words))]
    right = [_right_border(layout, at) for at in range(len(words))]
    before, after = [[], *([f"after word {word}"] * bool(word) for word in words)], [f"before word {word}" for word in words]
    held, found = _Held(layout), []
    for first, last in layout.candidates:
        edges = _edges(last - first + 1, layout.classes[first], layout.classes[last], left[first], right[last])
        of_mentions = _mention_features((first, last), mentions) if mentions else []
        ends = [after[last + 1]] if last + 1 < len(words) and words[last + 1] else []
        found.append(Static(edges, [*of_mentions, *held.by(first, last), *before[first], *ends]))
    return found


Place = tuple[int, int]


def _mentions_by_place(view: View) -> dict[Place, str]:
    found: dict[Place, str] = {}
    ends = {token.end: at for at, token in enumerate(view.tokens)}
    for mention in view.mentions:
        if mention.start in view.token_place and mention.end in ends:
            found.setdefault((view.token_place[mention.start], ends[mention.end]), mention.kind.value)
    return found


class _Held:
    """What candidates hold besides mentions: told from how often each kind stands up to every token."""

    def __init__(self, layout: Layout) -> None:
        classes = layout.classes
        self._capital = [kind == "capital" for kind in classes]
        self._small = _counted(kind not in _CAPITALS for kind in classes)
        self._commas = _counted("," in gap for gap in layout.gaps)
        self._kinds = [(name, _counted(kind == held for kind in classes)) for held, name in _HELD if held in classes]

    def by(self, first: int, last: int) -> list[str]:
        """The features of the candidate from `first` to `last`."""
        features = ["capitals"] if self._capital[first] and self._small[first + 1] == self._small[last + 1] else []
        features += [name for name, counted in self._kinds if counted[first + 1] != counted[last + 1]]
        if self._commas[first + 1] != self._commas[last + 1]:
            features.append("holds comma")
        return features


def _counted(held: Iterable[bool]) -> list[int]:
    """How many hold before each place, and in all."""
    return [0, *itertools.accumulate(held)]


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

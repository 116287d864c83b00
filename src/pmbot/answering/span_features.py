"""Candidate spans of a sentence and what the sentence alone says of each: sparse features by name, for the span model.

A candidate is a run of at most ten tokens with sensible borders. What depends on the question stands in `span_anchors`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple, TypeAlias

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
_BITS = {held: 1 << place for place, (held, _) in enumerate(_HELD)}
_COMMA, _SMALL = 1 << len(_HELD), 2 << len(_HELD)
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
    found, tokens, stops = [], view.tokens, view.stops
    # Told once for each token: most belong to ten candidates.
    hard = [gap != " " and _HARD.search(gap) is not None for gap in between]
    closes = [kind not in _NEVER_CLOSES and token.term not in stops for kind, token in zip(classes, tokens, strict=True)]
    for first, opening in enumerate(classes):
        if opening in _NEVER_OPENS or (opening == "preposition" and tokens[first].norm not in _OPENING_PREPOSITIONS):
            continue
        for last in range(first, min(len(classes), first + LONGEST)):
            if hard[last] and last > first:
                break
            if closes[last]:
                found.append((first, last))
    return found


Place = tuple[int, int]
Shape: TypeAlias = tuple[int, str, str]
Beside: TypeAlias = tuple[str, str]


class Static(NamedTuple):
    """What the names of the features of a candidate follow from that do not depend on the question.

    `shape`: how many tokens it has and the classes of its first and last; `beside`: what stands to its left and right; `inside`: the
    features of what it holds, the same object for neighbours that hold the same; `before` and `after`: that of the function word on
    either side, or nothing.
    """

    shape: Shape
    beside: Beside
    inside: tuple[str, ...]
    before: str
    after: str

    @property
    def edges(self) -> tuple[str, ...]:
        """The features of length and borders."""
        return (*shape_features(*self.shape), *border_features(*self.beside))

    @property
    def others(self) -> list[str]:
        """All other features."""
        return [*self.inside, *filter(None, (self.before, self.after))]


def static_features(view: View, layout: Layout) -> list[Static]:
    """What each candidate has for itself."""
    return list(itertools.starmap(Static, static_parts(view, layout)))


def static_parts(view: View, layout: Layout) -> Iterator[tuple[Shape, Beside, tuple[str, ...], str, str]]:
    """The same as plain tuples: of a hundred candidates, weighed one by one, each second holds what the one before holds."""
    classes, size = layout.classes, len(layout.classes)
    words = [function_word(token) for token in view.tokens]
    # What stands at its borders is the same for all candidates that begin or end with a token.
    left = [_border(layout.gaps[at], classes[at - 1] if at else "start") for at in range(size)]
    right = [_right_border(layout, at) for at in range(size)]
    before = ["", *[f"after word {word}" if word else "" for word in words]]
    after = [*[f"before word {word}" if word else "" for word in words[1:]], ""]
    held = _held(layout, _mentions_by_place(view))
    for (first, last), inside in zip(layout.candidates, held, strict=True):
        yield (last - first + 1, classes[first], classes[last]), (left[first], right[last]), inside, before[first], after[last]


def _mentions_by_place(view: View) -> dict[Place, str]:
    found: dict[Place, str] = {}
    ends = {token.end: at for at, token in enumerate(view.tokens)}
    for mention in view.mentions:
        if mention.start in view.token_place and mention.end in ends:
            found.setdefault((view.token_place[mention.start], ends[mention.end]), mention.kind.value)
    return found


def _held(layout: Layout, mentions: Mapping[Place, str]) -> Iterator[tuple[str, ...]]:
    """The features of what each candidate holds, the same object for neighbours that hold the same.

    What it holds is gathered from token to token, and mentions are looked at only where one begins, goes on or has ended.
    """
    classes, none = layout.classes, tuple[str, ...]()
    bits = [
        _BITS.get(kind, 0) | _SMALL * (kind not in _CAPITALS) | _COMMA * ("," in gap)
        for kind, gap in zip(classes, layout.gaps[:-1], strict=True)
    ]
    moving = {at for a, b in mentions for at in range(a, b + 2)}
    named = held = inside = now = none
    opened = closed = -1
    behind, moved = 0, False
    for place in layout.candidates:
        first, last = place
        if first != opened:
            opened = closed = first
            behind, moved, now = 0, first in moving, none
        while closed < last:
            closed += 1
            behind |= bits[closed]
            moved = moved or closed in moving
        if moved:
            now, moved = _mention_features(place, mentions), False
        told = _told_by(behind, opens_capital=classes[first] == "capital")
        if now is not named or told is not held:
            named, held, inside = now, told, (*now, *told)
        yield inside


@cache
def _told_by(behind: int, *, opens_capital: bool) -> tuple[str, ...]:
    """What a candidate holds besides mentions, by what stands behind its first token."""
    capitals = ["capitals"] if opens_capital and not behind & _SMALL else []
    return (*capitals, *(name for kind, name in _HELD if behind & _BITS[kind]), *(["holds comma"] if behind & _COMMA else []))


def shape_features(size: int, opening: str, closing: str) -> tuple[str, ...]:
    """The features of length and of the first and the last token."""
    length = str(size) if size <= 3 else "4-5" if size <= 5 else "6-7" if size <= 7 else "8+"
    return f"length {length}", f"opens {opening}", f"closes {closing}", f"shape {opening} {closing}"


def border_features(left: str, right: str) -> tuple[str, ...]:
    """The features of what stands on both sides."""
    return f"left {left}", f"right {right}", f"between {left} {right}"


def _mention_features(place: Place, mentions: Mapping[Place, str]) -> tuple[str, ...]:
    first, last = place
    whole = mentions.get(place)
    if whole is not None:
        return (f"is {whole}",)
    features = []
    for (a, b), name in mentions.items():
        if first <= a and b <= last:
            features.append(f"holds {name}")
        elif a <= last and b >= first:
            features.append("cuts a mention")
    return tuple(dict.fromkeys(features))


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

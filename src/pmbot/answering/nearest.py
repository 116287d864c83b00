"""Where an edited passage stands now, and what was edited in it. Linear in the text; languages without blanks too.

Words, numbers and punctuation marks are the pieces that are compared; each ideograph is a piece of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import Literal, NamedTuple

from pmbot.models import Span

SIMILAR = 0.55
"""From this share of characters in common on, a passage counts as the edited one."""

_SOLID = "\u2e80-\ua4cf\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_PIECE = re.compile(rf"[{_SOLID}]|[^\W{_SOLID}]+|[^\w\s]")
_STRAY_GAP = 4
_SENTENCE_END = frozenset(".!?…。！？")


class Change(NamedTuple):
    """A stretch of an edited passage: `kept`, `removed` from the old text or `added` by the new one, with the blanks behind it."""

    kind: Literal["kept", "removed", "added"]
    text: str


class _Match(NamedTuple):
    """Equal pieces: `old` and `new` are the indexes of the first, `size` is how many."""

    old: int
    new: int
    size: int


class Pieces:
    """A text cut into pieces."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans = [found.span() for found in _PIECE.finditer(text)]
        self.words = [text[start:end] for start, end in self.spans]

    @cached_property
    def folded(self) -> list[str]:
        """The pieces without letter case."""
        return [word.casefold() for word in self.words]

    @cached_property
    def frequency(self) -> Counter[str]:
        """How often each folded piece occurs."""
        return Counter(self.folded)

    def between(self, first: int, last: int) -> Span:
        """The span from piece `first` up to, not including, piece `last`."""
        return Span(start=self.spans[first][0], end=self.spans[last - 1][1])

    def followed(self, index: int) -> str:
        """Piece `index` with the blanks behind it."""
        start, end = self.spans[index]
        after = self.spans[index + 1][0] if index + 1 < len(self.spans) else len(self.text)
        return self.text[start:end] + self.text[end:after]


def nearest(text: Pieces, passage: str, near: int) -> Span | None:
    """The part of `text` that is most like `passage`; of equal ones the one nearest to offset `near`. None when nothing is like it."""
    wanted = Pieces(passage)
    if not wanted.words or not text.words:
        return None
    size = len(wanted.words)
    start = _best_window(text, wanted, near)
    if start is None:
        return None
    if text.folded[start : start + size] == wanted.folded:
        return text.between(start, start + size)
    low, high = max(0, start - size // 2), min(len(text.words), start + size + size // 2)
    matches = _without_strays(_matches(wanted.folded, text.folded[low:high]), text, low)
    if not matches:
        return None
    first, last = _borders(text, low, matches, size)
    common = 2 * sum(len(wanted.words[match.old + step]) for match in matches for step in range(match.size))
    total = sum(map(len, wanted.words)) + sum(map(len, text.words[first:last]))
    return text.between(first, last) if common >= SIMILAR * total else None


def difference(old: str, new: str) -> tuple[Change, ...]:
    """What was edited, piece by piece: kept and removed stretches make up `old`, kept and added ones `new`, but for blanks."""
    before, after = Pieces(old), Pieces(new)
    changes: list[Change] = []
    from_old = from_new = 0
    for match in [*_matches(before.words, after.words), _Match(len(before.words), len(after.words), 0)]:
        removed = "".join(map(before.followed, range(from_old, match.old)))
        added = "".join(map(after.followed, range(from_new, match.new)))
        kept = "".join(map(after.followed, range(match.new, match.new + match.size)))
        changes += [change for change in (Change("removed", removed), Change("added", added), Change("kept", kept)) if change.text]
        from_old, from_new = match.old + match.size, match.new + match.size
    return tuple(changes)


def counterpart(old: str, part: Span, new: str) -> Span | None:
    """Where `part` of `old` stands in `new`, an edited `old`; None when nothing is left of it. What took its place belongs to it."""
    before, after = Pieces(old), Pieces(new)
    inside = [index for index, (start, end) in enumerate(before.spans) if start < part.end and end > part.start]
    if not inside:
        return None
    first, last = inside[0], inside[-1] + 1
    low, high = 0, len(after.words)
    for match in _matches(before.words, after.words):
        if match.old <= first:
            low = match.new + min(first - match.old, match.size)
        if match.old + match.size >= last:
            high = match.new + max(last - match.old, 0)
            break
    return after.between(low, high) if low < high else None


def _matches(old: Sequence[str], new: Sequence[str]) -> list[_Match]:
    """The equal stretches of a shortest edit between two sequences of pieces, in order."""
    from rapidfuzz.distance import Indel

    return [
        _Match(code.src_start, code.dest_start, code.src_end - code.src_start) for code in Indel.opcodes(old, new) if code.tag == "equal"
    ]


def _best_window(text: Pieces, wanted: Pieces, near: int) -> int | None:
    """The first piece of the window, as long as `wanted`, that has most of its pieces; rare ones count more."""
    size = len(wanted.words)
    open_, weights = Counter(wanted.folded), {word: 1 / text.frequency[word] for word in set(wanted.folded) if text.frequency[word]}
    if not weights:
        return None
    score, best, place = 0.0, (0.0, 0), None
    for index, word in enumerate(text.folded):
        if word in weights:
            score += weights[word] if open_[word] > 0 else 0.0
            open_[word] -= 1
        leaving = text.folded[index - size] if index >= size else ""
        if leaving in weights:
            open_[leaving] += 1
            score -= weights[leaving] if open_[leaving] > 0 else 0.0
        start = max(0, index - size + 1)
        # Rounded, because sums of the same weights differ in their last bits with the order they were added in.
        rank = (round(score, 9), -abs(text.spans[start][0] - near))
        if place is None or rank > best:
            best, place = rank, start
    return place if best[0] > 0 else None


def _without_strays(matches: list[_Match], text: Pieces, low: int) -> list[_Match]:
    """Leave out common pieces at either end that stand far off the rest: they belong to the sentences around."""
    kept = _closed_up(matches, text.folded, low)
    while len(kept) > 1 and _is_stray(kept[0], kept[1].new - kept[0].new - kept[0].size, text, low):
        kept.pop(0)
    while len(kept) > 1 and _is_stray(kept[-1], kept[-1].new - kept[-2].new - kept[-2].size, text, low):
        kept.pop()
    return kept


def _closed_up(matches: Sequence[_Match], words: Sequence[str], low: int) -> list[_Match]:
    """Join neighbours of the passage that were matched apart although the same pieces also stand side by side."""
    kept: list[_Match] = []
    for match in reversed(matches):
        later = kept[-1] if kept else None
        if later and match.old + match.size == later.old:
            start = low + later.new - match.size
            if words[start : start + match.size] == words[low + match.new : low + match.new + match.size]:
                kept[-1] = _Match(match.old, later.new - match.size, match.size + later.size)
                continue
        kept.append(match)
    return kept[::-1]


def _is_stray(match: _Match, gap: int, text: Pieces, low: int) -> bool:
    start, end = text.spans[low + match.new][0], text.spans[low + match.new + match.size - 1][1]
    return gap >= _STRAY_GAP and end - start < 2 * gap


def _borders(text: Pieces, low: int, matches: list[_Match], size: int) -> tuple[int, int]:
    """First and last (exclusive) piece: what was matched and, inside the same sentence, as much as was edited at its ends."""
    first, last = low + matches[0].new, low + matches[-1].new + matches[-1].size
    for _ in range(matches[0].old):
        if first == 0 or _ends_sentence(text, first - 1):
            break
        first -= 1
    for _ in range(size - matches[-1].old - matches[-1].size):
        if last == len(text.words) or _ends_sentence(text, last - 1):
            break
        last += 1
    return first, last


def _ends_sentence(text: Pieces, index: int) -> bool:
    behind = text.followed(index)[len(text.words[index]) :]
    return "\n\n" in behind or (text.words[index] in _SENTENCE_END and (bool(behind) or index + 1 == len(text.words)))

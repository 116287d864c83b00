"""Two sentences held against each other, word by word."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from typing import NamedTuple

MOST_WORDS = 600
"""Longer texts are compared by their ends only: finding the best alignment takes quadratic time."""

_LEAST_ALIKE = 0.35
"""Texts that share less of their letters are other texts: a mark at every second word would only be hard to read."""

_WORD = re.compile(r"\w+|[^\w\s]|\s+")


class Piece(NamedTuple):
    """A stretch of a sentence, and whether the other one lacks it."""

    text: str
    differs: bool


def differences(old: str, new: str, *, fragment: bool = False) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Cut both texts into pieces that are alike and pieces that differ; joined, they are the texts again.

    With `fragment`, `old` is a part of a sentence: what `new` has before and after it is no difference.
    """
    a, b = _WORD.findall(old), _WORD.findall(new)
    start = _common(a, b)
    end = _common(a[start:][::-1], b[start:][::-1])
    middle_a, middle_b = a[start : len(a) - end], b[start : len(b) - end]
    if len(middle_a) + len(middle_b) > MOST_WORDS:
        codes = [("replace", 0, len(middle_a), 0, len(middle_b))]
    else:
        codes = list(difflib.SequenceMatcher(None, middle_a, middle_b, autojunk=False).get_opcodes())
    alike = [*a[:start], *(word for kind, i, j, _, _ in codes if kind == "equal" for word in middle_a[i:j]), *a[len(a) - end :]]
    if _letters(alike) < _LEAST_ALIKE * min(_letters(a), _letters(b)):
        return _joined([Piece(old, differs=True)]), _joined([Piece(new, differs=True)])
    codes = [("equal", 0, start, 0, start), *_moved(codes, start), ("equal", len(a) - end, len(a), len(b) - end, len(b))]
    left = [Piece("".join(a[i:j]), kind != "equal") for kind, i, j, _, _ in codes]
    right = [Piece("".join(b[i:j]), kind != "equal") for kind, _, _, i, j in codes]
    used = [place for place, piece in enumerate(left) if piece.text]
    if fragment and used:
        right = [piece if used[0] <= place <= used[-1] else Piece(piece.text, differs=False) for place, piece in enumerate(right)]
    return _joined(left), _joined(right)


def marked(pieces: Sequence[Piece], opening: str, closing: str) -> str:
    """Write pieces with marks around those that differ, as wdiff does: `reaching [-€130-] million`."""
    return "".join(f"{opening}{piece.text}{closing}" if piece.differs else piece.text for piece in pieces)


def _letters(words: Sequence[str]) -> int:
    return sum(len(word) for word in words if not word.isspace())


def _moved(codes: Sequence[tuple[str, int, int, int, int]], by: int) -> list[tuple[str, int, int, int, int]]:
    return [(kind, a + by, b + by, c + by, d + by) for kind, a, b, c, d in codes]


def _common(a: Sequence[str], b: Sequence[str]) -> int:
    return next((place for place, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _joined(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Join neighbours of one kind, and differing ones with only blanks between; drop empty ones."""
    joined: list[Piece] = []
    for piece in pieces:
        if not piece.text:
            continue
        if joined and joined[-1].differs == piece.differs:
            joined[-1] = Piece(joined[-1].text + piece.text, piece.differs)
        elif piece.differs and len(joined) > 1 and joined[-1].text.isspace():
            blank = joined.pop()
            joined[-1] = Piece(joined[-1].text + blank.text + piece.text, differs=True)
        else:
            joined.append(piece)
    return tuple(joined)

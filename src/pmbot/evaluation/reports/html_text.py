"""Text for HTML: hostile characters made visible, everything escaped, passages marked."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

from pmbot.models import Document, Span
from pmbot.rendering.sanitize import visible, visible_line

_SHOWN = 1500  # characters of a paragraph around a quote; the rest of a longer one is left out


class Marked(NamedTuple):
    """A stretch of a document to be marked, by the class of its mark."""

    span: Span
    kind: str


def text(raw: object) -> str:
    """Escape text of several lines."""
    return escape(visible(str(raw)))


def line(raw: object) -> str:
    """Escape text that stays on one line: names, ids, questions."""
    return escape(visible_line(str(raw)))


def passage(document: Document, around: Span, marks: Sequence[Marked]) -> str:
    """The blocks that `around` touches, with every mark that lies in them; cut where they are very long."""
    start, end = around.start, around.end
    for block in document.blocks:
        if block.span.start < around.end and around.start < block.span.end:
            start, end = min(start, block.span.start), max(end, block.span.end)
    first, last = max(start, around.start - _SHOWN // 2), min(end, around.end + _SHOWN // 2)
    shown = marked(document.text, Span(start=first, end=last), marks)
    return f"{'… ' if first > start else ''}{shown}{' …' if last < end else ''}"


def marked(raw: str, whole: Span, marks: Iterable[Marked]) -> str:
    """`raw[whole]`, escaped, with its marks; where marks overlap the piece has the classes of all of them."""
    inside = [mark for mark in marks if mark.span.start < whole.end and whole.start < mark.span.end]
    cuts = {whole.start, whole.end}
    cuts |= {cut for mark in inside for cut in (mark.span.start, mark.span.end) if whole.start < cut < whole.end}
    edges = sorted(cuts)
    pieces = []
    for start, end in itertools.pairwise(edges):
        kinds = dict.fromkeys(mark.kind for mark in inside if mark.span.start <= start and end <= mark.span.end)
        piece = text(raw[start:end])
        pieces.append(f'<mark class="{" ".join(kinds)}">{piece}</mark>' if kinds else piece)
    return "".join(pieces)

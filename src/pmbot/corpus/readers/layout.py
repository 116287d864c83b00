"""Pieces to a document: text and blocks, growing together so that every span is exact."""

from __future__ import annotations

from typing import cast

from pmbot.corpus.extraction.pieces import Extraction, Piece
from pmbot.corpus.readers.base import Source
from pmbot.models import Block, BlockKind, Document, Locator, Span, lean
from pmbot.text.normalize import clean

_TIGHT = frozenset({"list_item", "table_row"})


def lay_out(found: Extraction, source: Source) -> Document:
    """Make a document of what a parser found. Neighbouring list items and table rows stand on lines below each other.

    The title is the one that the file gives itself, else the first heading, else the file name made readable.
    """
    page = Page()
    for piece in found.pieces:
        words = clean(piece.text.replace("\0", "\ufffd"))
        page.add(piece._replace(text=words.rstrip().lstrip("\n") if piece.kind == "code" else words.strip()))
    title = clean(" ".join((found.title or "").split()))
    return Document(
        doc_id=source.doc_id,
        title=title or page.first_heading or source.readable_name,
        text=page.text,
        source=found.source_url or source.doc_id,
        language=found.language,
        date=found.date,
        blocks=tuple(page.blocks),
    )


class Page:
    """Text and blocks, growing together so that every span is exact."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.first_heading: str | None = None
        self._parts: list[str] = []
        self._length = 0
        self._path: list[tuple[int, str]] = []
        self._titles: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._parts)

    def add(self, piece: Piece) -> None:
        """Append a piece, whose text is as it is to be kept; nothing when there are no words in it."""
        words = piece.text
        if not words.strip():
            return
        if piece.kind == "heading":
            self._enter(piece.level or 1, " ".join(words.split()))
        if self.blocks:
            tight = piece.kind in _TIGHT and piece.kind == self.blocks[-1].kind
            self._put("\n" if tight and piece.row != 1 else "\n\n")
        start = self._length + len(words) - len(words.lstrip())
        self._put(words)
        span = lean(Span(start=start, end=self._length))
        place = lean(Locator(line=piece.line, page=piece.page, row=piece.row, heading_path=self._titles))
        self.blocks.append(lean(Block(span=span, kind=cast("BlockKind", piece.kind), locator=place)))

    def _enter(self, level: int, title: str) -> None:
        self.first_heading = self.first_heading or title
        while self._path and self._path[-1][0] >= level:
            self._path.pop()
        self._path.append((level, title))
        self._titles = tuple(name for _, name in self._path)

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

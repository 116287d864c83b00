"""Documents and the pieces they are cut into."""

from __future__ import annotations

import bisect
from typing import Literal

from pydantic import Field, model_validator

from pmbot.models.base import Noun

BlockKind = Literal["paragraph", "heading", "list_item", "table_row", "code"]


class Span(Noun):
    """Half-open offsets `[start, end)` into `Document.text`, in code points."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)

    @model_validator(mode="after")
    def _ordered(self) -> Span:
        if self.end < self.start:
            raise ValueError(f"a span ends before it starts: {self.start}..{self.end}")
        return self

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


class Locator(Noun):
    """What a person can find in the source file; parts a format lacks are None or empty."""

    line: int | None = None
    page: int | None = None
    row: int | None = None
    heading_path: tuple[str, ...] = ()


class Block(Noun):
    """One unit of layout: a paragraph, a heading, a list item, a table row, a piece of code.

    `locator` tells where the block starts in the source; `span` lies in `Document.text`.
    Blocks are in document order, do not overlap, and cover every non-blank character.
    """

    span: Span
    kind: BlockKind
    locator: Locator


class Document(Noun):
    """One document: its extracted text (NFC, LF) and the layout it was extracted from.

    `doc_id` is the path below the knowledge root with forward slashes; `source` is the URL of the original
    where the document names one, else `doc_id`.
    """

    doc_id: str = Field(min_length=1)
    title: str
    text: str = Field(repr=False)
    source: str
    language: str | None = None
    date: str | None = None
    blocks: tuple[Block, ...] = Field(repr=False)

    def excerpt(self, span: Span) -> str:
        """The text at `span`, word for word; ValueError when the span reaches past the text."""
        if span.end > len(self.text):
            raise ValueError(f"{self.doc_id}: span {span.start}..{span.end} reaches past the text ({len(self.text)} characters)")
        return self.text[span.start : span.end]

    def block_at(self, offset: int) -> Block | None:
        """The block that `offset` lies in, or the last one that starts before it."""
        place = bisect.bisect_right(self.blocks, offset, key=lambda block: block.span.start) - 1
        return self.blocks[place] if place >= 0 else None

    def locate(self, span: Span) -> Locator:
        """Where `span` starts in the source: its block's locator, moved on by the lines between."""
        block = self.block_at(span.start)
        if block is None:
            return Locator()
        line = block.locator.line
        if line is None:
            return block.locator
        moved = self.text.count("\n", block.span.start, span.start)
        return block.locator.model_copy(update={"line": line + moved})


class Sentence(Noun):
    """One sentence: `document.excerpt(span) == text`. `index` counts from 0 within the document.

    `block` is the index of its block in `Document.blocks`.
    """

    doc_id: str
    index: int = Field(ge=0)
    block: int = Field(ge=0)
    span: Span
    text: str


class Chunk(Noun):
    """A few neighbouring sentences of one section of one document: the unit of retrieval.

    `chunk_id` is `doc_id#first-last` by sentence index, so it is stable under re-reading.
    """

    chunk_id: str
    doc_id: str
    sentences: tuple[Sentence, ...] = Field(min_length=1)
    heading_path: tuple[str, ...] = ()


class Hit(Noun):
    """A chunk found for a query. `rank` counts from 1; `score` orders hits and says nothing else."""

    chunk: Chunk
    score: float
    rank: int = Field(ge=1)

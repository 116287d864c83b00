"""Markdown: the extracted text is what a reader of the rendered page sees, block by block."""

from __future__ import annotations

from collections.abc import Iterator

from pmbot.corpus.encoding import decode
from pmbot.corpus.extraction.pieces import Piece
from pmbot.corpus.readers.base import Source
from pmbot.corpus.readers.blocks import Raw, cells, raw_blocks
from pmbot.corpus.readers.frontmatter import part
from pmbot.corpus.readers.inline import plain_words
from pmbot.corpus.readers.layout import Page
from pmbot.corpus.readers.lines import source_lines
from pmbot.models import Document
from pmbot.text.normalize import clean

_SUFFIXES = (".md",)


class MarkdownReader:
    """Reads `.md`.

    Headings, list items and paragraphs lose their markup (a numbered item keeps its number), tables become one line
    per row with cells joined by " | ", links their text, images their description; code stays as it is; comments,
    rules and link definitions vanish. Front matter: see `FrontMatter`. The title is that of the front matter, else the
    first heading, else the file name made readable. A heading is the last part of its own heading path.
    """

    suffixes = _SUFFIXES

    def read(self, data: bytes, source: Source) -> tuple[Document, ...]:
        """See `Reader.read`."""
        lines = clean(decode(data, source.fallback_encoding)).split("\n")
        front, body_from = part(lines, source.doc_id)
        raws, defined = raw_blocks(list(source_lines(lines[body_from:], body_from + 1)))
        page = Page()
        for raw in raws:  # one block, or several where a line in its midst holds no words
            for number, words in _pieces(raw, _words(raw, defined)):
                page.add(Piece(raw.kind, words, raw.level, row=raw.row, line=number))
        document = Document(
            doc_id=source.doc_id,
            title=front.title or page.first_heading or source.readable_name,
            text=page.text,
            source=front.source_url or source.doc_id,
            language=front.language,
            date=front.date,
            blocks=tuple(page.blocks),
        )
        return (document,)


def _words(raw: Raw, defined: frozenset[str]) -> list[str]:
    """Give the words of each line of a block."""
    if raw.kind == "code":
        return [line.text.rstrip() for line in raw.lines]
    if raw.kind == "table_row":
        row = [plain_words(cell, defined).strip() for cell in cells(raw.lines[0].text)]
        return [clean(" | ".join(row)).strip() if any(row) else ""]
    # Words that markup kept apart may compose (`*e*` and an accent), so NFC is made again.
    text = clean(plain_words("\n".join(line.text.strip() for line in raw.lines), defined))
    return [line.strip() for line in text.split("\n")]


def _pieces(raw: Raw, words: list[str]) -> Iterator[tuple[int, str]]:
    """Stretches of neighbouring lines with words, each with the number of its first line; code keeps blank lines."""
    keep_blank = raw.kind == "code"
    piece: list[str] = []
    first = last = 0
    for line, text in zip(raw.lines, words, strict=True):
        if piece and (line.number != last + 1 or not (text or keep_blank)):
            yield first, "\n".join(piece).rstrip()
            piece = []
        if text:
            first = first if piece else line.number
        if text or (piece and keep_blank):
            piece.append(text)
        last = line.number
    if piece:
        yield first, "\n".join(piece).rstrip()

"""Tables as text: each row becomes a sentence that names its columns."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pmbot.corpus.encoding import decode
from pmbot.corpus.extraction.pieces import Extraction, Piece
from pmbot.corpus.readers.base import Source
from pmbot.corpus.readers.layout import lay_out
from pmbot.errors import UnreadableDocument
from pmbot.models import Document

_SUFFIXES = (".csv", ".tsv")
_DELIMITERS = ",;\t|"
_SAMPLED = 20
_PROSE = 200  # characters of one cell; such a row is split into sentences
_ENDS = frozenset(".!?…。")
_FIGURE = re.compile(r"[-+(]?[€$£¥]?\s?\d[\d\s.,:/'%-]*\s?[€$£¥%)]?(?:[eE][-+]?\d+)?")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")


class TableReader:
    """Reads `.csv` and `.tsv`: each row is one sentence, "Name: Lathe; Fee: €8.", with its line and its row in the locator.

    - The delimiter of a `.csv` is the one of comma, semicolon, tab and bar that cuts the first rows most evenly.
    - The first row is the header unless a cell of it is a figure other than a year. Without a header the sentence is "Lathe; €8.".
    - Rows above the header with their first cell alone are headings.
    - Rows count from 1, the first line of the file; empty cells are left out, line breaks in a cell become blanks.
    - A row with a cell of more than 200 characters is prose and split into sentences.
    """

    suffixes = _SUFFIXES

    def read(self, data: bytes, source: Source) -> tuple[Document, ...]:
        """See `Reader.read`."""
        text = decode(data, source.fallback_encoding).replace("\r\n", "\n").replace("\r", "\n")
        delimiter = "\t" if source.doc_id.lower().endswith(".tsv") else _delimiter(text)
        return (lay_out(Extraction(list(_pieces(_rows(text, delimiter)))), source),)


class _Row(NamedTuple):
    """A row: its place in the table and in the file, both from 1, and its cells."""

    number: int
    line: int
    cells: list[str]


def _rows(text: str, delimiter: str) -> Iterator[_Row]:
    """The rows that are not empty, read strictly; where quotes are used loosely, as loosely."""
    try:
        yield from list(_parsed(text, delimiter, strict=True))
    except csv.Error:
        yield from _parsed(text, delimiter, strict=False)


def _parsed(text: str, delimiter: str, *, strict: bool) -> Iterator[_Row]:
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    number, begun = 0, 1
    while True:
        try:
            cells = next(lines, None)
        except csv.Error as problem:
            if "unexpected end" not in str(problem) and "larger than" not in str(problem):
                raise
            raise UnreadableDocument(f"line {begun}: a quotation mark opens a cell and nothing closes it; add or double it") from None
        if cells is None:
            return
        cells = [" ".join(cell.split()) for cell in cells]
        number += 1
        if any(cells):
            yield _Row(number, begun, cells)
        begun = lines.line_num + 1


def _delimiter(text: str) -> str:
    """The delimiter that gives the first rows the same number of cells, more than one; among equals the one that gives most."""
    sample = "".join(line for line, _ in zip(io.StringIO(text), range(_SAMPLED), strict=False))

    def evenness(delimiter: str) -> tuple[float, int]:
        try:
            widths = [len(row) for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter) if row]
        except csv.Error:
            return 0.0, 0
        usual = max(sorted(set(widths)), key=widths.count, default=0)
        return (widths.count(usual) / len(widths), usual) if usual > 1 else (0.0, 0)

    return max(_DELIMITERS, key=evenness)


def _pieces(rows: Iterator[_Row]) -> Iterator[Piece]:
    first = next(rows, None)
    while first is not None and len(first.cells) > 1 and not any(first.cells[1:]):
        # A name above the table.
        yield Piece("heading", first.cells[0], level=1, row=first.number, line=first.line)
        first = next(rows, None)
    if first is None:
        return
    header: Sequence[str] = ()
    if _is_header(first.cells):
        header = first.cells
        second = next(rows, None)
        if second is None:
            raise UnreadableDocument("it has a header and no rows; add some, or a header above this one row")
        yield _piece(second, header)
    else:
        yield _piece(first, header)
    for row in rows:
        yield _piece(row, header)


def _is_header(cells: Sequence[str]) -> bool:
    return not any(_FIGURE.fullmatch(cell) and not _YEAR.fullmatch(cell) for cell in cells)


def _piece(row: _Row, header: Sequence[str]) -> Piece:
    named = zip(row.cells, [*header, *[""] * len(row.cells)], strict=False)
    words = "; ".join(f"{name.rstrip(':')}: {cell}" if name else cell for cell, name in named if cell)
    sentence = words if words[-1] in _ENDS else f"{words}."
    kind = "paragraph" if any(len(cell) > _PROSE for cell in row.cells) else "table_row"
    return Piece(kind, sentence, row=row.number, line=row.line)

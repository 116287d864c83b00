"""Elements and texts of a page, one after the other, to blocks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pmbot.corpus.extraction.breaks import broken_lines
from pmbot.corpus.extraction.numerals import numeral
from pmbot.corpus.extraction.pieces import Piece

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dir div dl dt fieldset figcaption figure footer form header hgroup hr"
    " legend li main ol p pre section summary table tbody tfoot thead tr ul caption td th html".split()
) | frozenset(_HEADINGS)
_NOT_IN_A_CELL = frozenset({"pre", "dl", "article", "section", "form", "h1", "h2", "h3", "hr"})
_STYLES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LONGEST_CELL = 600


@dataclass
class TableFacts:
    """What tells a table of data from one that only lays out a page."""

    nested: bool = False
    blocks: bool = False
    widest: int = 0
    longest: int = 0
    _cells: int = 0
    _length: int = 0

    def open(self, tag: str) -> None:
        """Count an element inside the table."""
        if tag == "tr":
            self._cells = 0
        elif tag in {"td", "th"}:
            self._cells += 1
            self._length = 0
            self.widest = max(self.widest, self._cells)
        elif tag in _NOT_IN_A_CELL:
            self.blocks = True

    def text(self, length: int) -> None:
        """Count so many characters inside the open cell."""
        self._length += length
        self.longest = max(self.longest, self._length)

    @property
    def is_data(self) -> bool:
        """Whether its rows are to be read as rows."""
        return not self.nested and not self.blocks and self.widest > 1 and self.longest <= _LONGEST_CELL


@dataclass
class _Table:
    is_data: bool
    row: int = 0
    cells: list[str] = field(default_factory=list)


@dataclass
class _List:
    """An open list; `number` is that of its next item, None in one with bullets."""

    number: int | None
    style: str = ""
    marker: str = ""


class PageBuilder:
    """Takes what opens, what closes and the texts between; `finish` gives the pieces."""

    def __init__(self, tables: Mapping[int, TableFacts]) -> None:
        self._facts = tables
        self._pieces: list[Piece] = []
        self._words: list[str] = []
        self._tables: list[_Table] = []
        self._lists: list[_List] = []
        self._kind = "paragraph"
        self._level = 0
        self._pre = 0
        self._raised = False
        self._term: str | None = None

    def text(self, text: str) -> None:
        """Take a text."""
        if self._raised and text.strip().isdecimal() and text.isascii():
            text = text.strip().translate(_RAISED)
        self._words.append(text if self._pre else re.sub(r"[^\S\xa0]+", " ", text))

    def open(self, tag: str, node: int, attributes: Mapping[str, str | None]) -> None:
        """Take the start of an element; `node` is its key among the tables."""
        if tag == "br":
            self._words.append("\n")
        self._raised = tag == "sup"
        if tag not in _BLOCKS:
            return
        if tag in {"td", "th"} and self._in_data:
            self._words.clear()
            return
        self._flush()
        if tag == "table" and not self._in_data:
            facts = self._facts.get(node)
            self._tables.append(_Table(facts is not None and facts.is_data))
        elif tag == "tr" and self._in_data:
            self._tables[-1].cells.clear()
        elif tag in _HEADINGS:
            self._kind, self._level = "heading", _HEADINGS[tag]
        elif tag == "pre":
            self._pre += 1
        elif tag in {"ul", "ol", "dir"}:
            start = _number(attributes.get("start"), 1) if tag == "ol" else None
            self._lists.append(_List(start, _STYLES.get(attributes.get("type") or "", "")))
        elif tag == "li":
            self._item(attributes)

    def close(self, tag: str) -> None:
        """Take the end of an element."""
        self._raised = False
        if tag not in _BLOCKS:
            return
        if self._in_data:
            self._close_in_table(tag)
            return
        self._flush(ending=tag)
        if tag in _HEADINGS or tag == "li":
            self._kind = "paragraph"
        elif tag == "pre":
            self._pre -= 1
        elif tag in {"ul", "ol", "dir"} and self._lists:
            self._lists.pop()
        elif tag == "table" and self._tables:
            self._tables.pop()
        elif tag == "dl":
            self._flush_term()

    def finish(self) -> list[Piece]:
        """All pieces; nothing may be taken afterwards."""
        self._flush()
        self._flush_term()
        return self._pieces

    @property
    def _in_data(self) -> bool:
        return bool(self._tables) and self._tables[-1].is_data

    def _item(self, attributes: Mapping[str, str | None]) -> None:
        self._kind = "list_item"
        if not self._lists:
            self._lists.append(_List(None))
        current = self._lists[-1]
        if current.number is not None:
            current.number = _number(attributes.get("value"), current.number)
            current.marker = f"{numeral(current.number, current.style)}. "
            current.number += 1

    def _close_in_table(self, tag: str) -> None:
        table = self._tables[-1]
        if tag in {"td", "th"}:
            table.cells.append(" ".join("".join(self._words).split()))
            self._words.clear()
        elif tag == "tr":
            table.row += 1
            if any(table.cells):
                self._pieces.append(Piece("table_row", " | ".join(table.cells), row=table.row))
            table.cells.clear()
        elif tag == "table":
            self._words.clear()
            self._tables.pop()
        elif tag == "caption":
            self._flush()
        else:
            self._words.append(" ")

    def _flush(self, ending: str = "") -> None:
        if self._in_data and ending != "caption" and self._tables[-1].row:
            return
        words = "".join(self._words)
        self._words.clear()
        if self._pre:
            self._put("code", "\n".join(line.rstrip() for line in words.split("\n")).strip("\n"))
        elif ending == "dt":
            self._flush_term()
            self._term = " ".join(words.split()) or None
        else:
            for line in broken_lines(words):
                self._put(self._kind, line)

    def _flush_term(self) -> None:
        if self._term:
            self._pieces.append(Piece("list_item", self._term))
        self._term = None

    def _put(self, kind: str, text: str) -> None:
        if not text.strip():
            return
        if kind == "list_item" and self._lists:
            text = self._lists[-1].marker + text
            self._lists[-1].marker = ""
            self._kind = "paragraph"
        if self._term and kind == "paragraph":
            kind, text = "list_item", f"{self._term.rstrip(':')}: {text}"
            self._term = None
        self._pieces.append(Piece(kind, text, self._level if kind == "heading" else 0))


def _number(value: str | None, otherwise: int) -> int:
    return int(value) if value and re.fullmatch(r"\d{1,6}", value) else otherwise

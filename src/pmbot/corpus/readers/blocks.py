"""Markdown lines to raw blocks: what each line belongs to, its inline markup untouched.

After CommonMark (https://spec.commonmark.org/0.31.2/#leaf-blocks) and GitHub's tables
(https://github.github.com/gfm/#tables-extension-), line by line and without nesting: text in a quote or below a list
item is a paragraph of its own. One pass over the lines `pmbot.corpus.readers.lines` gives.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pmbot.corpus.readers.inline import label
from pmbot.corpus.readers.lines import Line
from pmbot.models import BlockKind

_HEADING = re.compile(r"\s{0,3}+(#{1,6})(?:\s++(.*))?$")
_UNDERLINE = re.compile(r" {0,3}(?:=++|-++)\s*+$")
_ITEM = re.compile(r"(\s*+)([-*+]|\d{1,9}[.)])(?:\s++(\S.*)|\s*+$)")
_DEFINITION = re.compile(
    r" {0,3}\[([^\[\]^][^\[\]]{0,998})\]:[ \t]*+(?:<[^<>]*+>|\S++)(?:[ \t]++(?:\"[^\"]*+\"|'[^']*+'|\([^()]*+\)))?+\s*+$"
)
_FOOTNOTE = re.compile(r" {0,3}\[(\^[^\[\]\s]{1,200})\]:\s*+(.*)$")
_CELL_EDGE = re.compile(r"(?<!\\)\|")
_RULE_CELL = re.compile(r"\s*+:?+-++:?+\s*+")


class Raw(NamedTuple):
    """A block with its markup. `level` is that of a heading, `row` counts the rows of a table from 1, its head."""

    kind: BlockKind
    lines: list[Line]
    level: int = 0
    row: int | None = None


class RawBlocks(NamedTuple):
    """All blocks, in order, and the labels of the link and footnote definitions among them."""

    blocks: list[Raw]
    defined: frozenset[str]


def raw_blocks(lines: Sequence[Line]) -> RawBlocks:
    """Cut `lines` into blocks."""
    return _Cutter(lines).cut()


def cells(row: str) -> list[str]:
    """Cut a table row into its cells, without the blanks around them."""
    parts = [part.strip() for part in _CELL_EDGE.split(row.strip())]
    if len(parts) > 1 and not parts[0]:
        parts = parts[1:]
    return parts[:-1] if len(parts) > 1 and not parts[-1] else parts


class _Cutter:
    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._blocks: list[Raw] = []
        self._defined: set[str] = set()
        self._open: Raw | None = None
        self._in_list = False
        self._in_numbers = False

    def cut(self) -> RawBlocks:
        at = 0
        while at < len(self._lines):
            at = self._table(at) if self._heads_table(at) else self._line(at)
        self._close()
        return RawBlocks(self._blocks, frozenset(self._defined))

    def _line(self, at: int) -> int:
        line = self._lines[at]
        if line.is_code:
            self._extend("code", line)
        elif not line.text.strip():
            self._close()
        elif not (self._heading(line) or self._rule(line) or self._item(line) or self._definition(line)):
            self._prose(line)
        return at + 1

    def _close(self) -> None:
        if self._open:
            self._blocks.append(self._open)
            self._open = None

    def _start(self, block: Raw) -> None:
        self._close()
        self._open = block

    def _extend(self, kind: BlockKind, line: Line) -> None:
        if self._open and self._open.kind == kind and self._open.lines[-1].group == line.group:
            self._open.lines.append(line)
        else:
            self._start(Raw(kind, [line]))

    def _heading(self, line: Line) -> bool:
        match = _HEADING.match(line.text)
        if match is None:
            return False
        body = (match[2] or "").rstrip()
        bare = body.rstrip("#")
        if not bare or bare[-1].isspace():
            body = bare.rstrip()
        self._start(Raw("heading", [line._replace(text=body)], level=len(match[1])))
        self._close()
        self._in_list = False
        return True

    def _rule(self, line: Line) -> bool:
        """Take a line of `===` or `---` below a paragraph, which makes that a heading, or a rule that parts sections."""
        opened = self._open
        if opened and opened.kind == "paragraph" and opened.lines[-1].quoted == line.quoted and _UNDERLINE.match(line.text):
            self._open = Raw("heading", opened.lines, level=1 if "=" in line.text else 2)
            self._close()
            self._in_list = False
            return True
        marks = line.text.replace(" ", "").replace("\t", "")
        if len(marks) < 3 or marks[0] not in "*-_" or marks.strip(marks[0]):
            return False
        self._close()
        return True

    def _item(self, line: Line) -> bool:
        match = _ITEM.match(line.text)
        if match is None or (line.indent >= 4 and not self._in_list):
            return False
        marker, body = match[2], match[3] or ""
        numbered = marker[-1] in ".)"
        opened = self._open.kind if self._open else None
        sibling = opened == "list_item" and numbered == self._in_numbers
        # In running text a line may begin with a year, or hold nothing but a dash.
        if opened in {"paragraph", "list_item"} and not sibling and (not body or (numbered and int(marker[:-1]) != 1)):
            return False
        self._in_numbers = numbered
        self._in_list = True
        self._start(Raw("list_item", [line._replace(text=f"{marker} {body}" if numbered else body)]))
        return True

    def _definition(self, line: Line) -> bool:
        if self._open and self._open.kind in {"paragraph", "list_item"}:
            return False
        match = _DEFINITION.match(line.text)
        note = None if match else _FOOTNOTE.match(line.text)
        if match:
            self._close()
            self._defined.add(label(match[1]))
        elif note:
            self._defined.add(label(note[1]))
            self._start(Raw("paragraph", [line._replace(text=note[2])]))
        return bool(match or note)

    def _prose(self, line: Line) -> None:
        opened = self._open
        if opened and opened.kind in {"paragraph", "list_item"} and (opened.lines[-1].quoted or not line.quoted):
            opened.lines.append(line)
            return
        if not line.indent:
            self._in_list = False
        if line.indent >= 4 and not self._in_list:
            self._extend("code", line._replace(text=line.text.expandtabs(4)[4:]))
        else:
            self._start(Raw("paragraph", [line]))

    def _heads_table(self, at: int) -> bool:
        if at + 1 >= len(self._lines):
            return False
        head, rule = self._lines[at], self._lines[at + 1]
        if head.is_code or rule.is_code or "|" not in head.text or "-" not in rule.text or "|" not in rule.text:
            return False
        marks = cells(rule.text)
        return all(map(_RULE_CELL.fullmatch, marks)) and len(marks) == len(cells(head.text))

    def _table(self, at: int) -> int:
        self._blocks_of_row(at, 1)
        row = at + 2
        while row < len(self._lines) and "|" in self._lines[row].text and not self._lines[row].is_code:
            self._blocks_of_row(row, row - at)
            row += 1
        return row

    def _blocks_of_row(self, at: int, number: int) -> None:
        self._close()
        self._blocks.append(Raw("table_row", [self._lines[at]], row=number))

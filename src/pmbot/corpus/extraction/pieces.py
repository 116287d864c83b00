"""What a parser finds in a file, in plain values that cross a pipe as JSON."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

KINDS = frozenset({"paragraph", "heading", "list_item", "table_row", "code"})
_DEEPEST = 9


class Piece(NamedTuple):
    """One block: a kind of `pmbot.models.Block`, its text, the level of a heading, page, table row and line, all from 1.

    A piece with a line has no line break in it.
    """

    kind: str
    text: str
    level: int = 0
    page: int | None = None
    row: int | None = None
    line: int | None = None


class Extraction(NamedTuple):
    """The pieces of a document in reading order, and what it says of itself; unchecked, as the file may lie."""

    pieces: Sequence[Piece]
    title: str | None = None
    source_url: str | None = None
    language: str | None = None
    date: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The values for `json.dumps`."""
        return {**self._asdict(), "pieces": [list(piece) for piece in self.pieces]}


Parser = Callable[[bytes], Extraction]
"""Reads a whole file. Raises `UnreadableDocument` for what it understands and refuses, anything at all for what it does not."""


def from_json(data: Any) -> Extraction:
    """Read what `Extraction.as_json` gave, after JSON. Raises ValueError unless every value is of its type."""
    if not isinstance(data, dict) or data.keys() != set(Extraction._fields) or not isinstance(data["pieces"], list):
        raise ValueError("not an extraction")
    words = {name: data[name] for name in Extraction._fields[1:]}
    if not all(value is None or isinstance(value, str) for value in words.values()):
        raise ValueError("not the description of a document")
    return Extraction(pieces=[_piece(values) for values in data["pieces"]], **words)


def _piece(values: Any) -> Piece:
    if not isinstance(values, list) or len(values) != len(Piece._fields):
        raise ValueError("not a piece")
    kind, text, level, *places = values
    if kind not in KINDS or not isinstance(text, str) or type(level) is not int or not 0 <= level <= _DEEPEST:
        raise ValueError("not a piece of text")
    if not all(number is None or (type(number) is int and 0 < number < 2**31) for number in places):
        raise ValueError("not a place")
    return Piece(kind, text, level, *places)

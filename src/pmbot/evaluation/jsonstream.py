"""The items of one array of a large JSON file, one after the other: the file is never held whole."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from pmbot.errors import PmbotError

PIECE = 1 << 18  # bytes read at a time
_ENDS = tuple(" \t\n\r,]}:")
_BLANKS = re.compile(r"[ \t\n\r]*")


def items_of(path: Path, key: str, error: type[PmbotError]) -> Iterator[Any]:
    """The items of the array at `key` of the object in `path` (UTF-8, with or without a BOM), in order.

    Other entries of the object are read over. Raises `error`, with line and column, for what is not such a file, also behind the array.
    """
    try:
        with path.open("rb") as source:
            yield from _Reader(source, path, error).items(key)
    except OSError as problem:
        raise error(f"{path}: cannot be read: {problem.strerror or problem}; check the path and its permissions") from problem


class _Reader:
    """A window on the text of a file: `at` is the place in `text` that is read next, `line` and `column` that of its start."""

    def __init__(self, source: BinaryIO, path: Path, error: type[PmbotError]) -> None:
        self._source, self._path, self._error = source, path, error
        self._decode = codecs.getincrementaldecoder("utf-8-sig")().decode
        self._json = json.JSONDecoder()
        self._text, self._at, self._ended = "", 0, False
        self._line, self._column, self._bytes = 1, 1, 0

    def items(self, key: str) -> Iterator[Any]:
        self._expect("{", f'an object is wanted, with an array under "{key}"')
        found = False
        while not (self._next() == "}" and not found):
            name = self._value()
            if not isinstance(name, str):
                self._fail(self._at, "a key must be text in quotes")
            self._expect(":", "a colon is wanted behind a key")
            if name == key and not found:
                found = True
                yield from self._array(key)
            else:
                self._value()
            if self._next() != ",":
                break
            self._at += 1
        self._expect("}", "a comma or } is wanted")
        if not found:
            self._fail(self._at, f'there is no "{key}" in this object; is it a file of another format?')
        if self._next():
            self._fail(self._at, "something stands behind the end of the object")

    def _array(self, key: str) -> Iterator[Any]:
        self._expect("[", f'"{key}" must be an array')
        if self._next() == "]":
            self._at += 1
            return
        while True:
            yield self._value()
            if self._next() != ",":
                break
            self._at += 1
        self._expect("]", "a comma or ] is wanted")

    def _next(self) -> str:
        """The next character that is no blank; empty at the end of the file."""
        while True:
            self._at = _BLANKS.match(self._text, self._at).end()  # type: ignore[union-attr]  # matches the empty string too
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def _expect(self, sign: str, problem: str) -> None:
        if self._next() != sign:
            self._fail(self._at, problem)
        self._at += 1

    def _value(self) -> Any:
        """The next value. It is parsed again with twice the text when the text ended in it, so reading stays linear."""
        self._next()
        self._forget()
        wanted = PIECE
        while True:
            try:
                value, end = self._json.raw_decode(self._text, self._at)
            except json.JSONDecodeError as problem:
                if self._ended:
                    self._fail(problem.pos, f"is not JSON: {problem.msg}")
            except (RecursionError, ValueError) as problem:
                self._fail(self._at, f"is not JSON that can be read: {problem}")
            else:
                # A number may go on behind the end of the text, and "1." is read as 1 until the next digit is there.
                if self._ended or self._text[end : end + 1] in _ENDS:
                    self._at = end
                    return value
            while len(self._text) < wanted and self._more():
                pass
            self._more()
            wanted = 2 * len(self._text)

    def _more(self) -> bool:
        """Read on; False at the end of the file."""
        if self._ended:
            return False
        data = self._source.read(PIECE)
        self._ended = not data
        try:
            self._text += self._decode(data, final=not data)
        except UnicodeDecodeError as problem:
            raise self._error(f"{self._path}: byte {self._bytes + problem.start + 1}: is not UTF-8; save the file as UTF-8") from problem
        self._bytes += len(data)
        return not self._ended

    def _forget(self) -> None:
        """Drop the text that was read."""
        passed = self._text[: self._at]
        lines = passed.count("\n")
        self._line += lines
        self._column = len(passed) - passed.rfind("\n") if lines else self._column + len(passed)
        self._text, self._at = self._text[self._at :], 0

    def _fail(self, at: int, problem: str) -> NoReturn:
        self._at = min(at, len(self._text))
        self._forget()
        raise self._error(f"{self._path}:{self._line}:{self._column}: {problem}")

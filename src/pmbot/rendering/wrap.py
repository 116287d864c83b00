"""Paragraphs broken into lines of a width, measured in terminal cells."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from pmbot.rendering.page import Paragraph, Run
from pmbot.rendering.sanitize import visible

NARROWEST = 16
"""No text column is made narrower than this; a smaller terminal wraps by itself."""

_WIDE = "\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\U0001f300-\U0001faff\U00020000-\U0003fffd"


def cells(text: str) -> int:
    """Count the terminal columns `text` takes: wide characters two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(_cell(character) for character in text)


def laid_out(paragraph: Paragraph, width: int | None) -> Iterator[tuple[Run, ...]]:
    """Yield the lines of `paragraph` as runs, made harmless, without their indent; unbroken when `width` is None.

    Lines end at line feeds of the text and, where it is too long, between words, after a `|`, or between wide
    characters; a word that is longer than the line stays whole, so that addresses can be copied.
    """
    runs = tuple(run._replace(text=visible(run.text)) for run in paragraph.runs)
    rooms = None if width is None else _rooms(paragraph, width)
    text = "".join(run.text for run in runs)
    place, offset = 0, 0
    for start, end in _lines(text, rooms):
        pieces = []
        while place < len(runs):
            run = runs[place]
            piece = run.text[max(start - offset, 0) : max(end - offset, 0)]
            if piece:
                pieces.append(run._replace(text=piece))
            if offset + len(run.text) > end:
                break
            offset += len(run.text)
            place += 1
        yield tuple(pieces)


def margins(paragraph: Paragraph) -> Iterator[str]:
    """Yield the left margin of the first line, then that of every other, without end."""
    yield " " * paragraph.indent
    while True:
        yield " " * (paragraph.indent + paragraph.hang)


class _Rooms(NamedTuple):
    """How many cells the first line has, and every other."""

    first: int
    other: int


def _rooms(paragraph: Paragraph, width: int) -> _Rooms:
    return _Rooms(max(NARROWEST, width - paragraph.indent), max(NARROWEST, width - paragraph.indent - paragraph.hang))


def _lines(text: str, rooms: _Rooms | None) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if rooms is None or (len(line) <= rooms.first and line.isascii()):
            yield start, end
        else:
            yield from _broken(text, start, end, rooms)
        if rooms is not None:
            rooms = rooms._replace(first=rooms.other)
        start = end + 1


@cache
def _piece() -> re.Pattern[str]:
    return re.compile(rf"[ \t]*(?:[{_WIDE}][、。，．！？”’」』）]*|[^ \t|{_WIDE}]+\|*|\|+|$)")  # which takes 3 ms; a pipe has no width


def _broken(text: str, start: int, end: int, rooms: _Rooms) -> Iterator[tuple[int, int]]:
    used, line_start, line_end, room = 0, start, start, rooms.first
    for match in _piece().finditer(text, start, end):
        piece = match[0]
        size = cells(piece)
        if used and used + size > room:
            yield line_start, line_end
            bare = piece.lstrip(" \t")
            line_start, size = match.end() - len(bare), cells(bare)
            used, room = 0, rooms.other
        used += size
        line_end = match.end()
    yield line_start, line_end


def _cell(character: str) -> int:
    if character.isascii():
        return 1
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1

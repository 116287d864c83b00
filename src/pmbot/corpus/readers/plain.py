"""Plain text: the extracted text is the text of the file, and the layout is read off its lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pmbot.corpus.encoding import decode
from pmbot.corpus.readers.base import Source
from pmbot.models import Block, BlockKind, Document, Locator, Span, lean
from pmbot.text.normalize import clean

_SUFFIXES = (".txt",)
_MARKER = re.compile(r"(?:[-*•]|(\d{1,3})[.)])\s+\S")
_ENDS = frozenset(".!?…:;。！？।؟")
_CLOSERS = "\"'”’»“)]}*_"
_LONG_LINE = 200
_HEADING = 80


class PlainReader:
    """Reads `.txt`.

    - Lines between blank lines make a *run*. A run is one paragraph, hard-wrapped, unless it holds one paragraph per
      line: when the lines that end like a sentence or are longer than 200 characters have three quarters of its
      characters. (In hard-wrapped text few lines happen to end where a sentence does.)
    - A line that begins with `- `, `* `, `• `, or with `1. ` or `1) ` is a list item; `2. ` and higher numbers only
      after the number before: "5. martā" or a year at the start of a line is no list.
    - A paragraph of one line of at most 80 characters without end punctuation is a heading when it begins with a
      capital or a digit and stands above something that is not of this kind, or above such a heading at the very
      top. All headings are of one level.
    - The title is the heading at the very top, else the file name made readable.
    """

    suffixes = _SUFFIXES

    def read(self, data: bytes, source: Source) -> tuple[Document, ...]:
        """See `Reader.read`."""
        text = clean(decode(data, source.fallback_encoding))
        pieces = _with_headings(list(_pieces(text)))
        blocks: list[Block] = []
        path: tuple[str, ...] = ()
        for piece in pieces:
            start, end = piece.lines[0].start, piece.lines[-1].end
            if piece.kind == "heading":
                path = (text[start:end],)
            place = lean(Locator(line=piece.lines[0].number, heading_path=path))
            blocks.append(lean(Block(span=lean(Span(start=start, end=end)), kind=piece.kind, locator=place)))
        title = pieces[0].lines[0].body if pieces and pieces[0].kind == "heading" else source.readable_name
        return (Document(doc_id=source.doc_id, title=title, text=text, source=source.doc_id, blocks=tuple(blocks)),)


class _Line(NamedTuple):
    """A line that is not blank, without the blanks around it; `number` counts from 1."""

    number: int
    start: int
    body: str
    indented: bool

    @property
    def end(self) -> int:
        return self.start + len(self.body)


class _Piece(NamedTuple):
    kind: BlockKind
    lines: list[_Line]


def _runs(text: str) -> Iterator[list[_Line]]:
    start = 0
    run: list[_Line] = []
    for number, raw in enumerate(text.split("\n"), start=1):
        body = raw.strip()
        if body:
            lead = len(raw) - len(raw.lstrip())
            run.append(_Line(number, start + lead, body, lead > 0))
        elif run:
            yield run
            run = []
        start += len(raw) + 1
    if run:
        yield run


def _pieces(text: str) -> Iterator[_Piece]:
    number = 0
    for run in _runs(text):
        per_line = _one_per_line(run)
        current: _Piece | None = None
        for line in run:
            marker = _item_number(line, number)
            if marker is not None:
                number = marker or number
                kind: BlockKind = "list_item"
            elif current and (not per_line or (current.kind == "list_item" and line.indented)):
                current.lines.append(line)
                continue
            else:
                kind = "paragraph"
            if current:
                yield current
            current = _Piece(kind, [line])
        if current:
            yield current


def _item_number(line: _Line, last: int) -> int | None:
    """Read the number of a list item, 0 for a bullet, None for a line that starts none; `last` is the number before."""
    match = _MARKER.match(line.body)
    if match is None:
        return None
    number = int(match[1] or 0)
    return number if number in {0, 1, last + 1} else None


def _one_per_line(run: Sequence[_Line]) -> bool:
    prose = [line.body for line in run if not _MARKER.match(line.body)]
    whole = sum(len(body) for body in prose if len(body) > _LONG_LINE or _ends_like_a_sentence(body))
    return whole * 4 >= sum(map(len, prose)) * 3


def _ends_like_a_sentence(body: str) -> bool:
    return body.rstrip(_CLOSERS)[-1:] in _ENDS


def _with_headings(pieces: list[_Piece]) -> list[_Piece]:
    able = [_could_be_heading(piece) for piece in pieces]
    able.append(True)
    headings = [able[i] and not able[i + 1] for i in range(len(pieces))]
    if len(headings) > 1 and able[0] and headings[1]:
        headings[0] = True
    return [_Piece("heading", piece.lines) if heading else piece for piece, heading in zip(pieces, headings, strict=True)]


def _could_be_heading(piece: _Piece) -> bool:
    body = piece.lines[0].body
    return (
        piece.kind == "paragraph"
        and len(piece.lines) == 1
        and len(body) <= _HEADING
        and not body[0].islower()
        and body[0].isalnum()
        and any(map(str.isalpha, body))
        and body[-1] != ","
        and not _ends_like_a_sentence(body)
    )

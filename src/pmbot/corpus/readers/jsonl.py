"""JSON Lines: many documents in one file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pmbot.corpus.encoding import decode
from pmbot.corpus.extraction.pieces import Extraction, Piece
from pmbot.corpus.readers.base import Source
from pmbot.corpus.readers.layout import lay_out
from pmbot.corpus.readers.plain import PlainReader
from pmbot.errors import UnreadableDocument
from pmbot.models import Document
from pmbot.text.normalize import clean

_SUFFIXES = (".jsonl", ".ndjson")
_REPORTED = 10


class _Record(BaseModel):
    """One line; other fields are left to the tools they belong to."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True, defer_build=True)

    doc_id: str | int = Field(union_mode="left_to_right")
    title: str | None = Field(default=None, max_length=1000)
    text: str = Field(pattern=r"\S")


class JsonLinesReader:
    """Reads `.jsonl`: an object `{"doc_id", "title", "text"}` on each line is a document, `file.jsonl#doc_id`.

    `doc_id` is text or a whole number, without blanks at its ends, once in a file; `title` may be missing. The text is laid out
    as a `.txt` file would be. A file with a wrong line is refused as a whole, and all wrong lines are named, ten at most: half a file
    would answer as if it were all.
    """

    suffixes = _SUFFIXES

    def read(self, data: bytes, source: Source) -> tuple[Document, ...]:
        """See `Reader.read`."""
        found: dict[str, Document] = {}
        problems: list[str] = []
        for number, line in enumerate(decode(data, source.fallback_encoding).split("\n"), start=1):
            if not line.strip():
                continue
            try:
                record = _record(line)
                document = _document(record, number, source)
            except UnreadableDocument as problem:
                problems.append(f"{source.doc_id}:{number}: {problem}")
                continue
            known = found.setdefault(document.doc_id, document)
            if known is not document:
                where = f"stands on line {known.blocks[0].locator.line} too"
                problems.append(f"{source.doc_id}:{number}: doc_id: {record.doc_id!r} {where}; rename one")
        if problems:
            more = [f"and {len(problems) - _REPORTED} more lines"] if len(problems) > _REPORTED else []
            raise UnreadableDocument("\n".join([*problems[:_REPORTED], *more]))
        return tuple(found.values())


def _record(line: str) -> _Record:
    try:
        return _Record.model_validate(json.loads(line, object_pairs_hook=_cleaned))
    except ValidationError as problem:
        raise UnreadableDocument("; ".join(_told(problem))) from None
    except RecursionError:
        raise UnreadableDocument("is nested too deep; a line is one flat object") from None
    except ValueError as problem:
        raise UnreadableDocument(f"is not JSON ({problem}); each line is one object with doc_id, title and text") from None


def _cleaned(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    r"""An object whose texts can be kept: JSON may spell half a character (`\ud800`), which no text may hold."""
    return {key: clean(value) if isinstance(value, str) else value for key, value in pairs}


def _told(problem: ValidationError) -> Iterator[str]:
    for item in problem.errors(include_url=False, include_input=False):
        field = str(item["loc"][0]) if item["loc"] else ""
        if field == "text" and item["type"] == "string_pattern_mismatch":
            yield "text: is empty; leave the line out"
        elif not field:
            yield 'is not an object; write {"doc_id": …, "title": …, "text": …}'
        else:
            yield f"{field}: {item['msg']}"


def _document(record: _Record, number: int, source: Source) -> Document:
    name = str(record.doc_id)
    if not name.strip() or name != name.strip() or len(name) > 200:
        raise UnreadableDocument(f"doc_id: must have 1 to 200 characters and no blanks at its ends, not {_short(name)}")
    inner = PlainReader().read(record.text.replace("\0", "\ufffd").encode("utf-8", "replace"), Source(name))[0]
    # The whole text stands on one line of the file: a line break inside a block would be counted as one of the file.
    pieces = [Piece(block.kind, " ".join(inner.excerpt(block.span).split()), level=1, line=number) for block in inner.blocks]
    return lay_out(Extraction(pieces, title=record.title or name), source._replace(doc_id=f"{source.doc_id}#{name}"))


def _short(name: str) -> str:
    return repr(name[:40]) + ("…" if len(name) > 40 else "")

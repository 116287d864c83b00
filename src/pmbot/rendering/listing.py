"""The list of documents, as a page and as a record."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Literal, Self

from pydantic import Field

from pmbot.models import Document
from pmbot.rendering.page import Ink, Page, Paragraph, Run, line
from pmbot.rendering.records import Record
from pmbot.rendering.sanitize import visible_line


def documents_page(documents: Sequence[Document], sentence_count: int) -> Page:
    """List the documents, one a paragraph, and their number."""
    return (*(_listed(document) for document in documents), line(documents_total(len(documents), sentence_count), Ink.NOTE))


def documents_total(documents: int, sentences: int) -> str:
    """Say how much is loaded: `1 document, 19 sentences`."""
    return f"{documents:,} document{'' if documents == 1 else 's'}, {sentences:,} sentence{'' if sentences == 1 else 's'}"


class DocumentRecord(Record):
    """A document; `text` is there when it was asked for. `characters` are code points."""

    doc_id: str
    title: str
    source: str
    language: str | None
    date: str | None
    characters: int
    sha256: str
    text: str | None = None

    @classmethod
    def of(cls, document: Document, *, with_text: bool) -> Self:
        """Describe a document."""
        return cls(
            doc_id=document.doc_id,
            title=document.title,
            source=document.source,
            language=document.language,
            date=document.date,
            characters=len(document.text),
            sha256=hashlib.sha256(document.text.encode("utf-8")).hexdigest(),
            text=document.text if with_text else None,
        )


class SkippedRecord(Record):
    """A file that was left out. `kind` is `skipped` (no document), `refused` (dangerous or unreadable) or `ignored` (by choice)."""

    path: str
    reason: str
    kind: str


class DocumentsRecord(Record):
    """The list of documents."""

    schema_: Literal["pmbot.documents/1"] = Field(default="pmbot.documents/1", alias="schema")
    documents: tuple[DocumentRecord, ...]
    skipped: tuple[SkippedRecord, ...]
    signature: str

    @classmethod
    def of(cls, documents: Iterable[Document], skipped: Iterable[tuple[str, str, str]], signature: str, *, with_text: bool = False) -> Self:
        """Make the record; `skipped` are path, reason and kind."""
        return cls(
            documents=tuple(DocumentRecord.of(document, with_text=with_text) for document in documents),
            skipped=tuple(SkippedRecord(path=path, reason=reason, kind=kind) for path, reason, kind in skipped),
            signature=signature,
        )


def _listed(document: Document) -> Paragraph:
    facts = [document.title, document.language, document.date, f"{len(document.text):,} characters"]
    if document.source != document.doc_id:
        facts.append(document.source)
    rest = " · ".join(visible_line(fact) for fact in facts if fact)
    return Paragraph((Run(visible_line(document.doc_id), Ink.LABEL), Run(f" · {rest}")), hang=2)

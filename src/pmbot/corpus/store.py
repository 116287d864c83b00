"""A folder or file to a `Corpus`: every document that can be read, its sentences, and what was skipped."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from pmbot.corpus.params import CorpusParams
from pmbot.corpus.readers import READERS, reader_for
from pmbot.corpus.readers.base import Source
from pmbot.corpus.units import Splitter, sentences_of
from pmbot.corpus.walk import Found, Skipped, read_bytes, walk
from pmbot.errors import CorpusError, EmptyCorpus, UnreadableDocument
from pmbot.models import Document, Sentence

_LISTED = 10


@dataclass(frozen=True)
class Corpus:
    """All that can be searched, sorted by document id.

    `sentences` has one entry per document. `fingerprint` is sixteen hex digits over the documents: their ids, what
    they say of themselves, their text and their layout.
    """

    documents: tuple[Document, ...]
    sentences: Mapping[str, tuple[Sentence, ...]]
    skipped: tuple[Skipped, ...]
    fingerprint: str

    def document(self, doc_id: str) -> Document:
        """Look up a document by its id; `CorpusError` names the ones there are."""
        try:
            return self._by_id[doc_id]
        except KeyError:
            raise CorpusError(f"there is no document {doc_id!r}; there are: {listed(d.doc_id for d in self.documents)}") from None

    def sentence(self, doc_id: str, index: int) -> Sentence:
        """Look up a sentence of a document by its index; `CorpusError` when there is none."""
        document = self.document(doc_id)
        sentences = self.sentences[document.doc_id]
        if not 0 <= index < len(sentences):
            raise CorpusError(f"{doc_id}: there is no sentence {index}; they are numbered from 0 to {len(sentences) - 1}")
        return sentences[index]

    @cached_property
    def _by_id(self) -> dict[str, Document]:
        return {document.doc_id: document for document in self.documents}


def load_corpus(root: Path, splitter: Splitter, params: CorpusParams) -> Corpus:
    """Read every document at `root`, a folder or one file.

    A file that cannot be used never stops the others: it goes to `Corpus.skipped` with the reason. Raises
    `CorpusError` when `root` is missing or cannot be opened, `EmptyCorpus` when no document with text is left.
    """
    files, skipped_by_walk = walk(root)
    documents: list[Document] = []
    skipped = list(skipped_by_walk)
    for found in files:
        try:
            documents.append(read_document(found, params))
        except UnreadableDocument as exc:
            skipped.append(Skipped(found.doc_id, str(exc)))
    skipped.sort()
    if not documents:
        raise EmptyCorpus(nothing_to_search(root, skipped))
    return Corpus(
        documents=tuple(documents),
        sentences={document.doc_id: sentences_of(document, splitter) for document in documents},
        skipped=tuple(skipped),
        fingerprint=fingerprint_of(documents),
    )


def read_document(found: Found, params: CorpusParams) -> Document:
    """One file as a document; `UnreadableDocument` (its message does not repeat the path) when it has no text."""
    reader = reader_for(PurePosixPath(found.doc_id).suffix)
    data = read_bytes(found.path, params.max_file_mb)
    document = reader.read(data, Source(found.doc_id, params.fallback_encoding))
    if not document.blocks:
        raise UnreadableDocument("there is no text in it")
    return document


def read_documents(found: Found, params: CorpusParams) -> tuple[Document, ...]:
    """The documents of one file; `UnreadableDocument` when it has no text."""
    return (read_document(found, params),)


def fingerprint_of(documents: list[Document]) -> str:
    """Sixteen hex digits that change with anything an answer could show; independent of the order of `documents`."""
    digest = hashlib.sha256()
    for document in sorted(documents, key=lambda d: d.doc_id):
        digest.update(document_fingerprint(document).encode("ascii"))
    return digest.hexdigest()[:16]


def document_fingerprint(document: Document) -> str:
    """64 hex digits over one document: its id, title, source, language, date, text and layout."""
    head = (document.doc_id, document.title, document.source, document.language, document.date)
    digest = hashlib.sha256(json.dumps(head).encode("ascii"))
    digest.update(document.text.encode("utf-8"))
    for block in document.blocks:
        place = block.locator
        layout = (block.kind, block.span.start, block.span.end, place.line, place.page, place.row, *place.heading_path)
        digest.update(repr(layout).encode("utf-8"))
    return digest.hexdigest()


def nothing_to_search(root: Path, skipped: Sequence[Skipped]) -> str:
    """Say that no document with text was found, and what became of the files there are."""
    where = str(root).encode("utf-8", "replace").decode("utf-8")
    formats = ", ".join(sorted(READERS))
    if not skipped:
        return f"{where}: there are no documents; put files in it ({formats})"
    reasons = listed((f"{path} ({reason})" for path, reason in skipped), "; ")
    return f"{where}: there is no document with text ({formats}); skipped: {reasons}"


def listed(items: Iterable[str], separator: str = ", ") -> str:
    """Join the first ten of `items`, and say how many more there are."""
    every = list(items)
    more = f"{separator}and {len(every) - _LISTED} more" if len(every) > _LISTED else ""
    return separator.join(every[:_LISTED]) + more

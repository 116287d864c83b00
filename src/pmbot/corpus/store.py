"""A folder or file to a `Corpus`: every document that can be read, its sentences, and what was skipped."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from pmbot.corpus.extraction.archive import ArchiveLimits
from pmbot.corpus.ignore import IGNORE_FILE
from pmbot.corpus.params import CorpusParams
from pmbot.corpus.readers import READERS, reader_for
from pmbot.corpus.readers.base import Source
from pmbot.corpus.units import Splitter, sentences_of
from pmbot.corpus.walk import Found, Skipped, read_found, walk
from pmbot.errors import CorpusError, EmptyCorpus, UnreadableDocument, UnsupportedDocument
from pmbot.models import Document, Sentence

if TYPE_CHECKING:
    from pmbot.corpus.sandbox import Sandbox

_LISTED = 10


class Setting(NamedTuple):
    """Whether a sentence is a heading, the headings above it, outermost first, and which row of a table it is, from 1; None for no row."""

    is_heading: bool
    heading_path: tuple[str, ...]
    row: int | None = None


@dataclass(frozen=True)
class Corpus:
    """All that can be searched, sorted by document id.

    `sentences` has one entry per document. Of documents with the same text only the first is searched: `copies` maps its id to
    those of its copies, which have no sentences of their own. `fingerprint` is sixteen hex digits over the documents: their ids, what
    they say of themselves, their text and their layout.
    """

    documents: tuple[Document, ...]
    sentences: Mapping[str, tuple[Sentence, ...]]
    skipped: tuple[Skipped, ...]
    fingerprint: str
    copies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

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
        if not sentences:
            raise CorpusError(f"{doc_id}: is a copy of {self.original_of(doc_id)}; ask for its sentences there")
        if not 0 <= index < len(sentences):
            raise CorpusError(f"{doc_id}: there is no sentence {index}; they are numbered from 0 to {len(sentences) - 1}")
        return sentences[index]

    def original_of(self, doc_id: str) -> str:
        """The id of the document that is searched for `doc_id`: of a copy its original, else `doc_id` itself."""
        return self._originals.get(doc_id, doc_id)

    @cached_property
    def _originals(self) -> dict[str, str]:
        return {copy: original for original, copies in self.copies.items() for copy in copies}

    def setting_of(self, sentence: Sentence) -> Setting:
        """How the block is laid out that a sentence stands in."""
        block = self.document(sentence.doc_id).blocks[sentence.block]
        return Setting(block.kind == "heading", block.locator.heading_path, block.locator.row if block.kind == "table_row" else None)

    @cached_property
    def _by_id(self) -> dict[str, Document]:
        return {document.doc_id: document for document in self.documents}


def load_corpus(root: Path, splitter: Splitter, params: CorpusParams) -> Corpus:
    """Read every document at `root`, a folder or one file.

    A file that cannot be used never stops the others: it goes to `Corpus.skipped` with the reason. Raises
    `CorpusError` when `root` is missing or cannot be opened, `EmptyCorpus` when no document with text is left.
    """
    files, skipped_by_walk = walk(root)
    by_id: dict[str, Document] = {}
    skipped = list(skipped_by_walk)
    with sandbox_for(params) as sandbox:
        for found in files:
            try:
                read = read_documents(found, params, sandbox)
            except UnreadableDocument as problem:
                skipped.append(not_used(found.doc_id, problem))
                continue
            taken = [document for document in read if by_id.setdefault(document.doc_id, document) is not document]
            skipped += [_taken(doc.doc_id, found) for doc in taken]
    if not by_id:
        raise EmptyCorpus(nothing_to_search(root, sorted(skipped)))
    documents = [by_id[doc_id] for doc_id in sorted(by_id)]
    copies = duplicates_of((document.doc_id, document.text) for document in documents)
    not_searched = {copy for of_one in copies.values() for copy in of_one}
    return Corpus(
        documents=tuple(documents),
        sentences={doc.doc_id: () if doc.doc_id in not_searched else sentences_of(doc, splitter) for doc in documents},
        skipped=tuple(sorted(skipped)),
        fingerprint=fingerprint_of(documents),
        copies=copies,
    )


def sandbox_for(params: CorpusParams) -> Sandbox:
    """Where parsers run under the limits of these settings; to be closed, or used in a `with` statement."""
    from pmbot.corpus.sandbox import Sandbox, SandboxLimits

    characters = int(params.max_file_mb * 1_000_000)
    return Sandbox(SandboxLimits(params.max_read_mb, params.max_read_seconds, characters))


def read_documents(
    found: Found, params: CorpusParams, sandbox: Sandbox | None = None, *, saw: Callable[[bytes], object] = lambda _: None
) -> tuple[Document, ...]:
    """The documents of one file, at least one, each with text.

    Parsers of untrusted formats run in `sandbox`; None starts one for this file. `saw` is given the bytes they are made of.
    Raises `UnsupportedDocument` for a file that is none for us (format, missing extra, no text), else `UnreadableDocument`; the
    message does not repeat the path.
    """
    reader = reader_for(PurePosixPath(found.doc_id).suffix)
    data = read_found(found, params.max_file_mb)
    saw(data)
    if sandbox is None:
        with sandbox_for(params) as own:
            documents = reader.read(data, _source(found, params, own))
    else:
        documents = reader.read(data, _source(found, params, sandbox))
    with_text = tuple(document for document in documents if document.blocks)
    if not with_text:
        raise UnsupportedDocument("there is no text in it")
    return with_text


def _source(found: Found, params: CorpusParams, sandbox: Sandbox) -> Source:
    expanded = int(params.max_expanded_mb * 1_000_000)
    archive = ArchiveLimits(entry_bytes=expanded, total_bytes=expanded)
    return Source(found.doc_id, params.fallback_encoding, sandbox, archive)


def not_used(path: str, problem: UnreadableDocument) -> Skipped:
    """The report of a file that a reader did not take."""
    return Skipped(path, str(problem), "skipped" if isinstance(problem, UnsupportedDocument) else "refused")


def _taken(doc_id: str, found: Found) -> Skipped:
    return Skipped(doc_id, f"another file has a document of this id; rename {found.doc_id}", "refused")


def duplicates_of(contents: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Which documents have the same content; `contents` are pairs of id and text (or its hash), the original being the first of each.

    Keys are the ids of originals with copies, values the ids of the copies, in order.
    """
    same: dict[str, list[str]] = {}
    for doc_id, content in contents:
        same.setdefault(content, []).append(doc_id)
    return {ids[0]: tuple(ids[1:]) for ids in same.values() if len(ids) > 1}


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
    if all(file.kind == "ignored" for file in skipped):
        but = f" that {IGNORE_FILE} does not leave out" if skipped else ""
        return f"{where}: there are no documents{but}; put files in it ({formats})"
    reasons = listed((f"{file.path} ({file.reason})" for file in skipped if file.kind != "ignored"), "; ")
    return f"{where}: there is no document with text ({formats}); skipped: {reasons}"


def listed(items: Iterable[str], separator: str = ", ") -> str:
    """Join the first ten of `items`, and say how many more there are."""
    every = list(items)
    more = f"{separator}and {len(every) - _LISTED} more" if len(every) > _LISTED else ""
    return separator.join(every[:_LISTED]) + more

"""What an inspection finds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple, Protocol

from pmbot.models import Document, Sentence


class Rule(StrEnum):
    """What is looked for, in the order of a report."""

    UNREADABLE = "unreadable"
    UNSUPPORTED = "unsupported"
    UNDECODABLE = "undecodable"
    EMPTY = "empty"
    DUPLICATE_DOCUMENT = "duplicate-document"
    SIMILAR_DOCUMENT = "similar-document"
    CONFLICTING_FIGURES = "conflicting-figures"
    DUPLICATE_SENTENCE = "duplicate-sentence"
    SIMILAR_SENTENCE = "similar-sentence"
    LONG_SENTENCE = "long-sentence"
    SUSPICIOUS_SPLIT = "suspicious-split"


class Place(NamedTuple):
    """Where something stands; `line` counts in the source file, `quote` is word for word. Both may be missing."""

    doc_id: str
    line: int | None = None
    quote: str | None = None

    @property
    def name(self) -> str:
        """`file:line`, or the file alone."""
        return self.doc_id if self.line is None else f"{self.doc_id}:{self.line}"


class Finding(NamedTuple):
    """One thing that somebody should look at. The first place is the one to go to, the others belong to it."""

    rule: Rule
    message: str
    places: tuple[Place, ...]


class SkippedFile(Protocol):
    """A file that was left out."""

    @property
    def path(self) -> str:
        """Its path below the root."""
        ...

    @property
    def reason(self) -> str:
        """Why it was left out."""
        ...


class Inspected(Protocol):
    """The part of a corpus that is inspected; `pmbot lint` makes it of what is searched."""

    @property
    def documents(self) -> Sequence[Document]:
        """The documents, sorted by id."""
        ...

    @property
    def sentences(self) -> Mapping[str, tuple[Sentence, ...]]:
        """The sentences of each document, in order."""
        ...

    @property
    def skipped(self) -> Iterable[SkippedFile]:
        """The files that were left out."""
        ...


def place_of(sentence: Sentence, document: Document) -> Place:
    """Where a sentence stands, with its words."""
    return Place(sentence.doc_id, document.locate(sentence.span).line, sentence.text)

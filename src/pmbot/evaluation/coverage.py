"""Which sentences of the documents no case's answer cites."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Mapping, Sequence

from pmbot.models import Document, Locator, Sentence, Span
from pmbot.models.base import Noun


class Uncovered(Noun):
    """A sentence that nothing cites."""

    doc_id: str
    index: int
    locator: Locator
    text: str


class DocumentCoverage(Noun):
    """How many of a document's sentences are cited by some answer; headings are not counted."""

    doc_id: str
    sentences: int
    covered: int
    uncovered: tuple[Uncovered, ...]

    @property
    def share(self) -> float:
        """The share covered, 0..1; 1 where there is nothing to cover."""
        return self.covered / self.sentences if self.sentences else 1.0


class Coverage(Noun):
    """The coverage of every document, by id."""

    documents: tuple[DocumentCoverage, ...]

    @property
    def sentences(self) -> int:
        """How many sentences there are."""
        return sum(document.sentences for document in self.documents)

    @property
    def covered(self) -> int:
        """How many of them are cited."""
        return sum(document.covered for document in self.documents)

    @property
    def share(self) -> float:
        """The share covered, 0..1, of all sentences together."""
        return self.covered / self.sentences if self.sentences else 1.0


def coverage_of(documents: Iterable[Document], sentences: Mapping[str, Sequence[Sentence]], cited: Iterable[tuple[str, Span]]) -> Coverage:
    """Count the sentences that share a character with a cited place (document id and span).

    `sentences` holds the sentences of each document by its id, in order.
    """
    places: dict[str, set[Span]] = {}
    for doc_id, span in cited:
        places.setdefault(doc_id, set()).add(span)
    return Coverage(
        documents=tuple(_document(document, sentences[document.doc_id], places.get(document.doc_id, set())) for document in documents)
    )


def _document(document: Document, sentences: Sequence[Sentence], cited: Iterable[Span]) -> DocumentCoverage:
    counted = [sentence for sentence in sentences if document.blocks[sentence.block].kind != "heading"]
    ends = [sentence.span.end for sentence in counted]
    covered: set[int] = set()
    for span in cited:
        place = bisect.bisect_right(ends, span.start)
        while span.start < span.end and place < len(counted) and counted[place].span.start < span.end:
            covered.add(place)
            place += 1
    return DocumentCoverage(
        doc_id=document.doc_id,
        sentences=len(counted),
        covered=len(covered),
        uncovered=tuple(_uncovered(document, sentence) for place, sentence in enumerate(counted) if place not in covered),
    )


def _uncovered(document: Document, sentence: Sentence) -> Uncovered:
    return Uncovered(doc_id=sentence.doc_id, index=sentence.index, locator=document.locate(sentence.span), text=sentence.text)

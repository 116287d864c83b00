"""A receipt held against the documents of today: which quotes still stand, and what became of the others."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from pmbot.answering.nearest import Change, Pieces, counterpart, difference, nearest
from pmbot.models import Document, Locator, Receipt, ReceiptEntry, Span


class Outcome(StrEnum):
    """What became of a quote."""

    EXACT = "exact"
    MOVED = "moved"
    ALTERED = "altered"
    GONE = "gone"


class Finding(NamedTuple):
    """What became of one entry: where it stands now, with which text and what was edited; all None or empty when it is gone.

    `note` says what the outcome alone does not.
    """

    entry: ReceiptEntry
    outcome: Outcome
    doc_id: str | None = None
    span: Span | None = None
    locator: Locator | None = None
    text: str | None = None
    changes: tuple[Change, ...] = ()
    note: str | None = None


class Verification(NamedTuple):
    """A receipt and its findings, one for each entry, in order."""

    receipt: Receipt
    findings: tuple[Finding, ...]

    @property
    def sound(self) -> bool:
        """Whether every quote stands word for word, wherever it is."""
        return all(finding.outcome in {Outcome.EXACT, Outcome.MOVED} for finding in self.findings)


def verify(receipt: Receipt, documents: Mapping[str, Document]) -> Verification:
    """Look for every quote of `receipt` in `documents`, by id. A highlight is looked for where its citation stands now."""
    search = _Search(documents)
    whole = {index: search.passage(entry) for index, entry in enumerate(receipt.entries) if entry.role != "highlight"}
    findings = []
    for index, entry in enumerate(receipt.entries):
        around = None if index in whole else next((found for found in whole.values() if _holds(found.entry, entry)), None)
        findings.append(whole[index] if index in whole else search.part(entry, around) if around else search.passage(entry))
    return Verification(receipt, tuple(findings))


class _Search:
    """Looks for quotes; cuts each document into pieces once."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._documents = documents
        self._pieces: dict[str, Pieces] = {}

    def passage(self, entry: ReceiptEntry) -> Finding:
        """What became of a quote that stands for itself."""
        document = self._documents.get(entry.doc_id)
        if document is None:
            return self._elsewhere(entry)
        if document.text[entry.start : entry.end] == entry.quote:
            return _found(entry, Outcome.EXACT, document, Span(start=entry.start, end=entry.end))
        return _moved(entry, document) or self._altered(entry, document)

    def part(self, entry: ReceiptEntry, around: Finding) -> Finding:
        """What became of a highlight inside the quote `around`."""
        if around.doc_id is None or around.span is None or around.text is None:
            return Finding(entry, Outcome.GONE, note="the sentence it stood in is gone")
        document = self._documents[around.doc_id]
        if around.outcome is Outcome.EXACT:
            return self.passage(entry)
        offset = entry.start - around.entry.start
        inside = Span(start=offset, end=offset + len(entry.quote))
        now = counterpart(around.entry.quote, inside, around.text)
        if now is None:
            return Finding(entry, Outcome.GONE, note="its sentence was edited, and nothing is left of it there")
        span = Span(start=around.span.start + now.start, end=around.span.start + now.end)
        same = document.excerpt(span).split() == entry.quote.split()
        return _found(entry, Outcome.MOVED if same else Outcome.ALTERED, document, span)

    def _elsewhere(self, entry: ReceiptEntry) -> Finding:
        """The document is gone: perhaps it has another name now."""
        for document in self._documents.values():
            found = _moved(entry, document)
            if found is not None:
                return found._replace(note=f"there is no document {entry.doc_id} any more")
        return Finding(entry, Outcome.GONE, note=f"there is no document {entry.doc_id} any more")

    def _altered(self, entry: ReceiptEntry, document: Document) -> Finding:
        pieces = self._pieces.setdefault(document.doc_id, Pieces(document.text))
        span = nearest(pieces, entry.quote, entry.start)
        return Finding(entry, Outcome.GONE) if span is None else _found(entry, Outcome.ALTERED, document, span)


def _holds(quote: ReceiptEntry, part: ReceiptEntry) -> bool:
    return quote.doc_id == part.doc_id and quote.start <= part.start and part.end <= quote.end


def _moved(entry: ReceiptEntry, document: Document) -> Finding | None:
    """The nearest place of the same words, in the same lines or in others."""
    words = entry.quote.split()
    pattern = r"\s+".join(map(re.escape, words)) if words else re.escape(entry.quote)
    # A word is not found inside a longer one: 13 is not 130.
    places = re.finditer(
        rf"(?<!\w){pattern}(?!\w)" if words and words[0][0].isalnum() and words[-1][-1].isalnum() else pattern, document.text
    )
    best = min(places, key=lambda place: (place[0] != entry.quote, abs(place.start() - entry.start)), default=None)
    if best is None:
        return None
    note = None if best[0] == entry.quote else "its lines are broken in other places"
    return _found(entry, Outcome.MOVED, document, Span(start=best.start(), end=best.end()))._replace(note=note)


def _found(entry: ReceiptEntry, outcome: Outcome, document: Document, span: Span) -> Finding:
    text = document.excerpt(span)
    changes = difference(entry.quote, text) if outcome is Outcome.ALTERED else ()
    return Finding(entry, outcome, document.doc_id, span, document.locate(span), text, changes)

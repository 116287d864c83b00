"""The proof of an answer: every quote and highlight is the text of its document at its offsets."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator

from pmbot.models import Answer, Citation, Document, QuoteRole, Receipt, ReceiptEntry

DocumentOf = Callable[[str], Document]


def citations_of(answer: Answer) -> tuple[Citation, ...]:
    """Everything an answer quotes: citations, highlights and closest passages."""
    return tuple(citation for _, citation in _quotes(answer))


def prove(answer: Answer, document_of: DocumentOf) -> None:
    """Raise `ProofError` unless every quote of `answer` stands in its document word for word."""
    for citation in citations_of(answer):
        citation.prove(document_of(citation.doc_id))


def receipt(answer: Answer, document_of: DocumentOf) -> Receipt:
    """The proof apart from the answer: offsets, and the hashes of the quote and of the text they count in. Proves first."""
    prove(answer, document_of)
    hashes: dict[str, str] = {}
    for citation in citations_of(answer):
        if citation.doc_id not in hashes:
            hashes[citation.doc_id] = sha256_of(document_of(citation.doc_id).text)
    return Receipt(
        answer_id=answer.answer_id,
        question=answer.question.text,
        status=answer.status,
        signature=answer.signature,
        entries=tuple(_entry(role, citation, hashes[citation.doc_id]) for role, citation in _quotes(answer)),
    )


def sha256_of(text: str) -> str:
    """SHA-256 of the text as UTF-8, in hex; of a document's text it is what `pmbot docs --json` shows."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _quotes(answer: Answer) -> Iterator[tuple[QuoteRole, Citation]]:
    for citation in answer.citations:
        yield "citation", citation
    for citation in answer.highlights:
        yield "highlight", citation
    for citation in answer.closest:
        yield "closest", citation


def _entry(role: QuoteRole, citation: Citation, text_sha256: str) -> ReceiptEntry:
    return ReceiptEntry(
        role=role,
        doc_id=citation.doc_id,
        source=citation.source,
        locator=citation.locator,
        start=citation.span.start,
        end=citation.span.end,
        text_sha256=text_sha256,
        quote_sha256=sha256_of(citation.quote),
        quote=citation.quote,
    )

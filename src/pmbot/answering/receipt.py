"""The proof of an answer: every quote and highlight is the text of its document at its offsets."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from pmbot.models import Answer, Citation, Document, Receipt, ReceiptEntry

DocumentOf = Callable[[str], Document]


def citations_of(answer: Answer) -> tuple[Citation, ...]:
    """Everything an answer quotes: citations, highlights and closest passages."""
    return (*answer.citations, *answer.highlights, *answer.closest)


def prove(answer: Answer, document_of: DocumentOf) -> None:
    """Raise `ProofError` unless every quote of `answer` stands in its document word for word."""
    for citation in citations_of(answer):
        citation.prove(document_of(citation.doc_id))


def receipt(answer: Answer, document_of: DocumentOf) -> Receipt:
    """The proof apart from the answer: offsets and the hash of the text they count in. Proves first."""
    prove(answer, document_of)
    entries = []
    for citation in citations_of(answer):
        text = document_of(citation.doc_id).text
        entries.append(
            ReceiptEntry(
                doc_id=citation.doc_id,
                text_sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
                start=citation.span.start,
                end=citation.span.end,
                quote=citation.quote,
            )
        )
    return Receipt(answer_id=answer.answer_id, signature=answer.signature, entries=tuple(entries))

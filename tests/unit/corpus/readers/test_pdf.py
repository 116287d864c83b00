from __future__ import annotations

import pytest

from pmbot.corpus.readers.base import Source
from pmbot.corpus.readers.pdf import PdfReader
from pmbot.errors import UnreadableDocument
from tests.fakes_documents import Text, make_pdf, paragraph_texts

LINES = ["The harbour handled four million tonnes of cargo in the year", "of our lord, and much of it was timber from the for-", "ests."]


def test_a_document_with_pages() -> None:
    pages = [[Text("The harbour", y=740, size=20), *paragraph_texts(LINES)], paragraph_texts(["It grew and grew."])]
    (document,) = PdfReader().read(make_pdf(pages), Source("a/port.pdf"))
    assert (document.doc_id, document.title, document.source) == ("a/port.pdf", "The harbour", "a/port.pdf")
    assert [(b.kind, document.excerpt(b.span), b.locator.page, b.locator.line) for b in document.blocks] == [
        ("heading", "The harbour", 1, None),
        ("paragraph", f"{LINES[0]} {LINES[1][:-1]}{LINES[2]}", 1, None),
        ("paragraph", "It grew and grew.", 2, None),
    ]


def test_what_is_no_pdf_is_refused_at_once() -> None:
    with pytest.raises(UnreadableDocument, match="not a PDF, whatever its name says"):
        PdfReader().read(b"PK\x03\x04", Source("a.pdf"))

from __future__ import annotations

import time

import pytest

from pmbot.corpus.extraction.archive import ArchiveLimits
from pmbot.corpus.readers.base import Source
from pmbot.corpus.readers.docx import DocxReader
from pmbot.errors import UnreadableDocument
from tests.fakes_documents import bomb, make_docx, word


def test_a_document() -> None:
    (document,) = DocxReader().read(make_docx(word("Fees", '<w:outlineLvl w:val="0"/>') + word("It costs €8.")), Source("my_offer.docx"))
    assert (document.title, document.text) == ("Fees", "Fees\n\nIt costs €8.")
    assert document.blocks[1].locator.heading_path == ("Fees",)


def test_a_bomb_is_refused_without_a_child() -> None:
    data = bomb(200)
    began = time.perf_counter()
    with pytest.raises(UnreadableDocument, match="dangerous: expands to 200 MB"):
        DocxReader().read(data, Source("a.docx"))
    assert time.perf_counter() - began < 0.05


def test_the_limits_are_those_of_the_source() -> None:
    with pytest.raises(UnreadableDocument, match="dangerous: the archive has more than 3 entries"):
        DocxReader().read(make_docx(word("x")), Source("a.docx", archive=ArchiveLimits(entries=3)))

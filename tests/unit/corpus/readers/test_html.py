from __future__ import annotations

import pytest

from pmbot.corpus.readers.base import Source
from pmbot.corpus.readers.html import HtmlReader
from pmbot.corpus.sandbox import Sandbox
from pmbot.errors import UnreadableDocument


def test_a_page_becomes_a_document() -> None:
    data = "<meta charset=cp1257><title>Osta</title><h1>Rīga</h1><p>Tā ir <b>osta</b>.".encode("cp1257")
    (document,) = HtmlReader().read(data, Source("sub/osta.html"))
    assert (document.doc_id, document.title, document.text) == ("sub/osta.html", "Osta", "Rīga\n\nTā ir osta.")
    assert [block.locator.heading_path for block in document.blocks] == [("Rīga",), ("Rīga",)]


def test_what_is_no_text_is_refused_before_it_is_parsed() -> None:
    with Sandbox() as sandbox, pytest.raises(UnreadableDocument, match="looks like a binary file"):
        HtmlReader().read(b"<p>\0", Source("a.html", sandbox=sandbox))


def test_lone_surrogates_and_controls_go_through() -> None:
    (document,) = HtmlReader().read(b"<p>a&#xD800;b&#0;c\x1b[2J", Source("a.htm"))
    assert document.text == "a\ufffdb\ufffdc\x1b[2J"

from __future__ import annotations

from pmbot.corpus.extraction.pieces import Extraction, Piece
from pmbot.corpus.readers.base import Source
from pmbot.corpus.readers.layout import lay_out
from pmbot.models import Document


def laid(*pieces: Piece, **said: str) -> Document:
    return lay_out(Extraction(pieces, **said), Source("sub/my_file.pdf"))


def test_blocks_places_and_headings() -> None:
    document = laid(
        Piece("heading", "Top", 1, page=1),
        Piece("paragraph", "  One.\n", page=1),
        Piece("heading", "Deep \n er", 3, page=2),
        Piece("list_item", "a", page=2),
        Piece("list_item", "b", page=2),
        Piece("table_row", "c | d", row=1),
        Piece("table_row", "e | f", row=2),
        Piece("heading", "Side", 2),
        Piece("paragraph", " \n "),
        Piece("paragraph", "End.", line=7),
    )
    assert document.text == "Top\n\nOne.\n\nDeep \n er\n\na\nb\n\nc | d\ne | f\n\nSide\n\nEnd."
    assert [
        (b.kind, document.excerpt(b.span), b.locator.page, b.locator.row, b.locator.line, b.locator.heading_path) for b in document.blocks
    ] == [
        ("heading", "Top", 1, None, None, ("Top",)),
        ("paragraph", "One.", 1, None, None, ("Top",)),
        ("heading", "Deep \n er", 2, None, None, ("Top", "Deep er")),
        ("list_item", "a", 2, None, None, ("Top", "Deep er")),
        ("list_item", "b", 2, None, None, ("Top", "Deep er")),
        ("table_row", "c | d", None, 1, None, ("Top", "Deep er")),
        ("table_row", "e | f", None, 2, None, ("Top", "Deep er")),
        ("heading", "Side", None, None, None, ("Top", "Side")),
        ("paragraph", "End.", None, None, 7, ("Top", "Side")),
    ]


def test_code_keeps_its_indentation() -> None:
    document = laid(Piece("code", "\n  a\n   b\n"))
    assert document.text == "  a\n   b"
    assert document.blocks[0].span.start == 2


def test_text_is_nfc_without_zero_characters() -> None:
    document = laid(Piece("paragraph", "re\u0304z\0 \ud800\r\nx"), title="A\u0304 \n b")
    assert document.text == "r\u0113z\ufffd \ufffd\nx"
    assert document.title == "\u0100 b"


def test_the_title_and_what_else_it_says_of_itself() -> None:
    said = laid(Piece("heading", "Top", 1), title="Said", source_url="https://example.org", language="lv", date="2024-01-01")
    assert (said.title, said.source, said.language, said.date) == ("Said", "https://example.org", "lv", "2024-01-01")
    silent = laid(Piece("heading", "Top", 1), title=" ")
    assert (silent.title, silent.source, silent.doc_id) == ("Top", "sub/my_file.pdf", "sub/my_file.pdf")
    assert laid().title == "My file"
    assert laid().blocks == ()

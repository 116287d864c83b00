from __future__ import annotations

import codecs
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.corpus.encoding import decode, decode_page
from pmbot.errors import UnreadableDocument

LATVIAN = "Valsts prezidents Edgars Rinkēvičs – €130 miljoni.\n"


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_marks_and_utf8_are_read(mark: bytes, encoding: str) -> None:
    assert decode(mark + LATVIAN.encode(encoding)) == LATVIAN


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff")))
def test_all_utf8_text_without_zero_bytes_is_read(text: str) -> None:
    assert decode(text.encode()) == text


def test_another_code_page_is_refused_with_the_place_and_the_remedy() -> None:
    data = b"one\ntwo " + "Rēzekne".encode("cp1257")
    with pytest.raises(UnreadableDocument, match=r"not UTF-8 \(byte 0xe7 at offset 9, line 2\); .*fallback_encoding"):
        decode(data)


def test_the_configured_code_page_is_the_last_resort() -> None:
    text = "Pauls Stradiņš, Rēzekne"
    assert decode(text.encode("cp1257"), "cp1257") == text
    assert decode(text.encode(), "cp1257") == text


def test_bytes_outside_the_configured_code_page_are_refused() -> None:
    with pytest.raises(UnreadableDocument, match="neither UTF-8 nor cp1252"):
        decode(b"caf\xe9 \x81", "cp1252")


def test_a_broken_file_with_a_mark_is_not_read_in_the_code_page() -> None:
    with pytest.raises(UnreadableDocument, match="marked as UTF-8, but broken"):
        decode(codecs.BOM_UTF8 + b"\xff", "latin-1")


@pytest.mark.parametrize("fallback", [None, "latin-1"])
@pytest.mark.parametrize(
    "data",
    [
        b"\x7fELF\x02\x01\x01\0\0\0",
        "no mark".encode("utf-16-le"),
        codecs.BOM_UTF16_LE + "a\0b".encode("utf-16-le"),
        b"\xff" + bytes(range(1, 32)) * 9,
        zlib.compress(bytes(range(256)) * 40).replace(b"\0", b"\1\2\3\4" * 99),
    ],
)
def test_binary_files_are_told_as_such(data: bytes, fallback: str | None) -> None:
    with pytest.raises(UnreadableDocument, match="looks like a binary file"):
        decode(data, fallback)


@given(st.binary(), st.sampled_from([None, "cp1257", "latin-1", "shift_jis"]))
def test_any_bytes_give_text_or_a_reason(data: bytes, fallback: str | None) -> None:
    try:
        text = decode(data, fallback)
    except UnreadableDocument:
        return
    assert "\0" not in text
    text.encode()


LATVIAN = "Rēzeknē ir šķūņi"


@pytest.mark.parametrize(
    "declaration",
    [
        '<meta charset="windows-1257">',
        "<META CHARSET=cp1257 >",
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1257">',
    ],
)
def test_a_page_is_read_in_the_encoding_it_declares(declaration: str) -> None:
    page = f"<html><head>{declaration}</head>{LATVIAN}"
    assert decode_page(page.encode("cp1257")) == page


def test_utf8_wins_over_what_a_page_declares_and_the_setting_comes_last() -> None:
    page = f"<meta charset=iso-8859-1>{LATVIAN}"
    assert decode_page(page.encode()) == page
    assert decode_page("<meta charset=iso-8859-1>“é”".encode("cp1252")) == "<meta charset=iso-8859-1>“é”"
    assert decode_page(LATVIAN.encode("cp1257"), "cp1257") == LATVIAN
    with pytest.raises(UnreadableDocument, match="not UTF-8"):
        decode_page(LATVIAN.encode("cp1257"))


@pytest.mark.parametrize("label", ["utf-16", "utf-7", "rot13", "unicode_escape", "nonsense", "hex", "cp037"])
def test_a_declared_encoding_that_is_none_for_pages_counts_for_nothing(label: str) -> None:
    with pytest.raises(UnreadableDocument, match="not UTF-8"):
        decode_page(f"<meta charset={label}>caf\xe9".encode("latin-1"))

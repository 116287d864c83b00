from __future__ import annotations

import codecs
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.corpus.encoding import decode
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

from __future__ import annotations

import io
import struct
import time
import zipfile
from collections.abc import Callable

import pytest

from pmbot.corpus.extraction.archive import ArchiveLimits, check_archive
from pmbot.errors import UnreadableDocument
from tests.fakes_documents import bomb, make_docx, make_zip, word

LIMITS = ArchiveLimits()


def refused(data: bytes, limits: ArchiveLimits = LIMITS) -> str:
    with pytest.raises(UnreadableDocument) as told:
        check_archive(data, limits)
    return str(told.value)


def test_a_sane_archive_passes() -> None:
    check_archive(make_docx(word("text")), LIMITS)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    data = bomb(400)
    began = time.perf_counter()
    assert refused(data) == "dangerous: expands to 400 MB (150 MB are allowed); do not open it"
    assert time.perf_counter() - began < 0.1


def test_three_gigabytes_packed_small(scale: Callable[[int, int], int]) -> None:
    data = bomb(scale(40, 3_000))
    began = time.perf_counter()
    assert refused(data, LIMITS._replace(entry_bytes=20_000_000)).startswith("dangerous: expands to ")
    assert time.perf_counter() - began < 0.1


def test_many_small_entries_that_are_large_together_are_refused() -> None:
    assert "expands to 1 MB" in refused(make_zip({f"{n}.xml": b"ab" * 50_000 for n in range(10)}), LIMITS._replace(total_bytes=999_999))


def test_one_entry_that_shrinks_too_well_is_refused() -> None:
    assert "expands to 2 MB" in refused(make_zip({"a.xml": b"a" * 2_000_000}))


def test_the_number_of_entries_is_limited_before_they_are_looked_at() -> None:
    data = b"PK\x01\x02" * 6000
    assert refused(data) == "dangerous: the archive has more than 5,000 entries; do not open it"


@pytest.mark.parametrize("name", ["../a.xml", "/etc/a", "a/../../b", "..\\a", "C:/a"])
def test_names_outside_are_refused(name: str) -> None:
    assert "names a file outside" in refused(make_zip({name: b"x"}))


def test_two_entries_of_one_name_are_refused() -> None:
    data = make_zip({"aa.xml": b"x", "ab.xml": b"y"}).replace(b"ab.xml", b"aa.xml")
    assert "have one name" in refused(data)


def test_other_methods_and_encryption_are_refused() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.xml", "x")
    assert "packed with a method" in refused(made.getvalue())
    data = bytearray(make_zip({"a.xml": b"x"}))
    at = data.index(b"PK\x01\x02") + 8
    data[at : at + 2] = struct.pack("<H", 1)
    assert "protected by a password" in refused(bytes(data))


def test_an_encrypted_or_old_word_file_is_told() -> None:
    assert "protected by a password, or in Word's old format" in refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)


@pytest.mark.parametrize("data", [b"", b"PK", b"no zip at all", make_docx(word("x"))[:-30]])
def test_what_is_no_archive_is_told(data: bytes) -> None:
    assert refused(data).startswith("broken: not a whole zip archive")

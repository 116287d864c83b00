"""What is remembered of a file, and when it counts as the same."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from pmbot.corpus.walk import Found, Skipped
from pmbot.errors import UnreadableDocument
from pmbot.indexing.files import UNCERTAIN_NS, Entry, Reading, Scan, pack_entries, scan, unpack_entries

LATER = 1 << 62  # in ns
SKIPPED = Skipped("a.txt", "a reason")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text("one")
    return path


def read(path: Path, now: int = LATER, data: bytes = b"one") -> Entry:
    """The entry of a file of which `data` were read."""
    reading = Reading(path, now)
    reading.saw(data)
    return reading.entry(("a.txt",))


def scanned(path: Path, entry: Entry | None) -> Scan:
    return scan([Found("a.txt", path)], {"a.txt": entry} if entry else {}, LATER)


def problem_of(code: int | None) -> UnreadableDocument:
    """As the readers raise it: the system's error is not told, but known."""
    try:
        try:
            raise OSError(code, "system") if code else ValueError("not a document")
        except (OSError, ValueError) as error:
            raise UnreadableDocument(f"cannot be read: {error}") from None
    except UnreadableDocument as problem:
        return problem


def test_entries_come_back_as_they_were(path: Path) -> None:
    taken, refused = read(path)._replace(documents=("a.txt#1", "a.txt#2")), Reading(path, LATER).refused(problem_of(None), SKIPPED)
    entries = {"a": taken, "b": refused, "c": Entry(None, "", ())}
    assert unpack_entries(memoryview(pack_entries(entries))) == entries


def test_a_file_that_rested_is_known_by_its_stamp_alone(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = read(path)
    monkeypatch.setattr(os, "open", lambda *_: pytest.fail("the file was opened"))
    assert scanned(path, entry).known == {"a.txt": entry}


def test_a_file_that_was_just_written_is_known_by_its_content(path: Path) -> None:
    entry = read(path, path.stat().st_ctime_ns + UNCERTAIN_NS)
    assert entry.stamp is None
    found = scanned(path, entry)
    assert found.hashed == 3
    assert found.known["a.txt"].stamp is not None
    path.write_text("two")
    assert scanned(path, entry).fresh


def test_a_file_that_changed_while_it_was_read_is_read_again(path: Path) -> None:
    reading = Reading(path, LATER)
    reading.saw(b"one")
    path.write_text("longer")
    assert scanned(path, reading.entry(("a.txt",))).fresh
    path.write_text("one")
    assert scanned(path, reading.entry(("a.txt",))).known


def test_a_file_replaced_and_put_back_within_a_tick_is_read_again(path: Path) -> None:
    just_written = path.stat().st_ctime_ns
    assert scanned(path, read(path, just_written)).known
    assert scanned(path, read(path, just_written, data=b"")).fresh

    refused = Reading(path, just_written)
    refused.saw(b"")
    assert scanned(path, refused.refused(problem_of(None), SKIPPED)).fresh


@pytest.mark.parametrize("code", [errno.EMFILE, errno.EIO, errno.ENFILE, errno.ENOMEM])
def test_what_the_system_refused_for_the_moment_is_tried_again(path: Path, code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = Reading(path, LATER).refused(problem_of(code), SKIPPED)
    assert scanned(path, entry).fresh

    def refuse(*_: object) -> int:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "open", refuse)
    assert scanned(path, entry).known == {"a.txt": entry}  # as long as it is refused, nothing has changed


@pytest.mark.parametrize("code", [None, errno.EACCES])
def test_what_cannot_be_used_is_not_read_again_until_it_changes(path: Path, code: int | None) -> None:
    entry = Reading(path, LATER).refused(problem_of(code), SKIPPED)
    assert (entry.skipped, entry.sha256) == (SKIPPED, "")
    assert scanned(path, entry).known == {"a.txt": entry}
    path.chmod(0o600)
    os.utime(path, (1, 1))
    assert scanned(path, entry).fresh


def test_what_was_refused_right_after_it_was_written_is_compared_by_its_content(path: Path) -> None:
    entry = Reading(path, path.stat().st_ctime_ns).refused(problem_of(None), SKIPPED)
    assert not scanned(path, entry).changed
    path.write_text("two")
    assert scanned(path, entry).fresh


def test_a_file_that_is_gone_is_a_change(path: Path) -> None:
    entry = read(path)
    assert scan([], {"a.txt": entry}, LATER).removed
    assert scanned(path, None).fresh
    path.unlink()
    assert scanned(path, entry).fresh

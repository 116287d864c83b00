"""Small SQLite files: private, brought up to date from every version, every failure in words."""

from __future__ import annotations

import os
import sqlite3
import stat
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from pmbot.errors import StateError
from pmbot.storage.database import Kind, explained, open_database, transaction
from pmbot.storage.schema import USE

STEPS = (
    ("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)", "INSERT INTO note (text) VALUES ('first')"),
    ("ALTER TABLE note ADD COLUMN stars INTEGER NOT NULL DEFAULT 0", "UPDATE note SET stars = 3"),
    ("CREATE TABLE star AS SELECT id, stars FROM note",),
)
NOTES = Kind("the book of notes", 0x1234, STEPS)


def at_version(path: Path, kind: Kind, version: int) -> None:
    """A file as a pmbot of that version would have left it."""
    open_database(path, Kind(kind.name, kind.application_id, kind.migrations[:version])).close()


def schema_of(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()


@pytest.mark.parametrize(("kind", "version"), [(kind, n) for kind in (NOTES, USE) for n in range(kind.version + 1)])
def test_every_older_version_becomes_the_newest(kind: Kind, version: int, tmp_path: Path) -> None:
    at_version(tmp_path / "old", kind, version)
    at_version(tmp_path / "fresh", kind, kind.version)
    with closing(open_database(tmp_path / "old", kind)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (kind.version,)
        assert connection.execute("PRAGMA application_id").fetchone() == (kind.application_id,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert schema_of(tmp_path / "old") == schema_of(tmp_path / "fresh") != []


def test_what_was_written_comes_along(tmp_path: Path) -> None:
    at_version(tmp_path / "old", NOTES, 1)
    with closing(open_database(tmp_path / "old", NOTES)) as connection:
        assert connection.execute("SELECT text, star.stars FROM note JOIN star USING (id)").fetchall() == [("first", 3)]


def test_a_migration_that_fails_changes_nothing(tmp_path: Path) -> None:
    at_version(tmp_path / "old", NOTES, 1)
    broken = Kind(NOTES.name, NOTES.application_id, (*STEPS[:2], ("CREATE TABLE more (id)", "this is no SQL")))
    before = schema_of(tmp_path / "old")
    with pytest.raises(StateError, match="the book of notes cannot be used: near"):
        open_database(tmp_path / "old", broken)
    assert schema_of(tmp_path / "old") == before
    with closing(open_database(tmp_path / "old", NOTES)) as connection:
        assert connection.execute("SELECT stars FROM note").fetchall() == [(3,)]


def test_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    at_version(tmp_path / "new", NOTES, 3)
    old = Kind(NOTES.name, NOTES.application_id, STEPS[:2])
    before = (tmp_path / "new").read_bytes()
    with pytest.raises(StateError, match=r"newer pmbot \(version 3; this one reads up to 2\); update pmbot"):
        open_database(tmp_path / "new", old)
    assert (tmp_path / "new").read_bytes() == before


def test_another_kind_of_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "x")) as connection:
        connection.execute("CREATE TABLE theirs (id)")
    before = (tmp_path / "x").read_bytes()
    with pytest.raises(StateError, match="is a database, but not the record of use; move it away"):
        open_database(tmp_path / "x", USE)
    assert (tmp_path / "x").read_bytes() == before


def test_the_files_are_private(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    old = os.umask(0)
    try:
        with closing(open_database(folder / "x", NOTES)) as connection:
            connection.execute("UPDATE note SET stars = 1")
            modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    finally:
        os.umask(old)
    assert modes == {"x": 0o600, "x-wal": 0o600, "x-shm": 0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    (folder / "x").chmod(0o644)
    open_database(folder / "x", NOTES).close()
    assert stat.S_IMODE((folder / "x").stat().st_mode) == 0o600


def test_a_symbolic_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "target").write_bytes(b"")
    (tmp_path / "x").symlink_to(tmp_path / "target")
    with pytest.raises(StateError, match="the book of notes cannot be opened"):
        open_database(tmp_path / "x", NOTES)
    assert (tmp_path / "target").read_bytes() == b""


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"no database at all" * 100, "is not a database; move it away"),
        (b"SQLite format 3\0" + b"\x7f" * 4096, "(?:is not a database|is damaged)"),
    ],
)
def test_a_damaged_file_is_told(data: bytes, words: str, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(data)
    with pytest.raises(StateError, match=words):
        open_database(tmp_path / "x", NOTES)
    assert (tmp_path / "x").read_bytes() == data


def test_a_folder_in_its_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    with pytest.raises(StateError, match="cannot be opened: Is a directory"):
        open_database(tmp_path / "x", NOTES)


def test_a_lock_is_waited_for_and_then_told(tmp_path: Path) -> None:
    with closing(open_database(tmp_path / "x", NOTES)) as one, closing(open_database(tmp_path / "x", NOTES, patience=0.05)) as two:
        one.execute("BEGIN IMMEDIATE")
        with pytest.raises(StateError, match="is locked by another program; try again"), explained(tmp_path / "x", NOTES), transaction(two):
            two.execute("UPDATE note SET stars = 9")
        # Reading goes on meanwhile.
        assert two.execute("SELECT stars FROM note").fetchall() == [(3,)]
        one.execute("COMMIT")
        with transaction(two):
            two.execute("UPDATE note SET stars = 9")
        assert one.execute("SELECT stars FROM note").fetchall() == [(9,)]


def test_a_transaction_is_all_or_nothing(tmp_path: Path) -> None:
    with closing(open_database(tmp_path / "x", NOTES)) as connection:
        with suppress(KeyboardInterrupt), transaction(connection):
            connection.execute("UPDATE note SET stars = 9")
            raise KeyboardInterrupt
        assert not connection.in_transaction
        assert connection.execute("SELECT stars FROM note").fetchall() == [(3,)]


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    with closing(open_database(tmp_path / "x", NOTES)) as connection:
        connection.execute("PRAGMA max_page_count = 1")
        with pytest.raises(StateError, match="the disk is full; make room"), explained(tmp_path / "x", NOTES), transaction(connection):
            connection.execute("INSERT INTO note (text) VALUES (?)", ("x" * 100_000,))
        assert connection.execute("SELECT count(*) FROM note").fetchone() == (1,)


@contextmanager
def as_somebody(folder: Path) -> Iterator[None]:
    """Give the folder to a user for whom permissions hold, and be that user; root may do everything."""
    if os.geteuid() != 0:
        yield
        return
    for path in (folder, *folder.iterdir()):
        os.chown(path, 65534, 65534)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_file_that_may_not_be_written_is_told() -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "x"
        at_version(path, NOTES, 3)
        path.chmod(0o444)
        with as_somebody(path.parent), pytest.raises(StateError, match="the book of notes cannot be opened: Permission denied; check"):
            open_database(path, NOTES)


def test_a_folder_that_may_not_be_written_is_told() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "state"
        folder.mkdir(mode=0o500)
        Path(name).chmod(0o755)
        with as_somebody(folder), pytest.raises(StateError, match="the book of notes cannot be opened: Permission denied; check"):
            open_database(folder / "x", NOTES)

"""Small SQLite files of our own: opened privately, brought up to date, every failure in words.

WAL, so that readers never wait for a writer. Deleted text is overwritten, not only unlinked. A transaction starts with
`BEGIN IMMEDIATE`: it waits for its turn at the start and can then not fail half-way for want of a lock.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from pmbot.errors import StateError
from pmbot.storage.places import private_folder

PATIENCE = 2.0
"""Seconds to wait for another process that is writing."""

Migration = Sequence[str]


class Kind(NamedTuple):
    """A kind of database file: its name in messages, its mark in the file, and the statements that lead from each version to the next."""

    name: str
    application_id: int
    migrations: Sequence[Migration]

    @property
    def version(self) -> int:
        """The version that this pmbot writes."""
        return len(self.migrations)


def open_database(path: Path, kind: Kind, patience: float = PATIENCE) -> sqlite3.Connection:
    """Open the file at `path`, made (mode 600, its folder 700) and migrated as needed. Give it to one thread at a time.

    StateError when that is impossible: not writable, locked for longer than `patience` seconds, no database, another kind
    of database, or one of a newer version.
    """
    private_folder(path.parent)
    with explained(path, kind):
        # Made before SQLite does, so that it is private from its first byte; -wal and -shm get the same mode from SQLite.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600))
        os.chmod(path, 0o600)  # noqa: PTH101 - beside its like
        connection = sqlite3.connect(path, timeout=patience, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("PRAGMA secure_delete = ON")
            _migrate(connection, path, kind)
            # After the first look: a file that is not ours is left as it is.
            _write_ahead(connection, patience)
            connection.execute("PRAGMA synchronous = NORMAL")
        except BaseException:  # whatever it was, nobody else could close it
            connection.close()
            raise
    return connection


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection, begin: str = "BEGIN IMMEDIATE") -> Iterator[None]:
    """Do everything inside or nothing of it. Raises what SQLite raises; see `explained`."""
    connection.execute(begin)
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:  # Ctrl-C too: half of it must not stay
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextlib.contextmanager
def explained(path: Path, kind: Kind) -> Iterator[None]:
    """Turn what SQLite and the system raise inside into a StateError that says what to do."""
    try:
        yield
    except OSError as error:
        raise StateError(f"{path}: {kind.name} cannot be opened: {error.strerror or error}; check the path and its permissions") from error
    except sqlite3.Error as error:
        raise StateError(f"{path}: {kind.name} {_words(error)}") from error


def shrink(connection: sqlite3.Connection) -> None:
    """Move everything out of the write-ahead log and empty it, so that nothing deleted is left there."""
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _write_ahead(connection: sqlite3.Connection, patience: float) -> None:
    """Switch to WAL. SQLite waits for nobody there, so that two who make the file at once would get in each other's way."""
    end = time.monotonic() + patience
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
            time.sleep(0.005)
        else:
            return


def _migrate(connection: sqlite3.Connection, path: Path, kind: Kind) -> None:
    with transaction(connection, "BEGIN"):  # one look: another process may be making the file at this moment
        found = _version(connection, path, kind)
    if found == kind.version:
        return
    with transaction(connection):
        # Looked at again: another process may have done it while we waited.
        for statements in kind.migrations[_version(connection, path, kind) :]:
            for statement in statements:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {kind.application_id}")
        connection.execute(f"PRAGMA user_version = {kind.version}")


def _version(connection: sqlite3.Connection, path: Path, kind: Kind) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (mark,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if tables and mark != kind.application_id:
        raise StateError(f"{path}: is a database, but not {kind.name}; move it away, a new one is made")
    if version > kind.version:
        raise StateError(
            f"{path}: {kind.name} was written by a newer pmbot (version {version}; this one reads up to {kind.version}); "
            "update pmbot, or move the file away to start a new one"
        )
    return int(version)


def _words(error: sqlite3.Error) -> str:
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    advice = {
        sqlite3.SQLITE_BUSY: "is locked by another program; try again when that has ended",
        sqlite3.SQLITE_LOCKED: "is locked by another program; try again when that has ended",
        sqlite3.SQLITE_READONLY: "cannot be written; check the permissions of the file and its folder",
        sqlite3.SQLITE_CANTOPEN: "cannot be opened; check the permissions of the file and its folder",
        sqlite3.SQLITE_FULL: "cannot be written: the disk is full; make room",
        sqlite3.SQLITE_IOERR: "cannot be read or written: the disk reports an error or is full",
        sqlite3.SQLITE_NOTADB: "is not a database; move it away, a new one is made",
        sqlite3.SQLITE_CORRUPT: "is damaged; move it away, a new one is made",
    }
    return advice.get(code, f"cannot be used: {error}; if it stays so, move it away, a new one is made")

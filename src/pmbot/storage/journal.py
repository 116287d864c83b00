"""The journal of the Telegram channel: what came in and is not yet answered survives a crash; what came twice is answered once.

One file, `telegram.sqlite3`, in the state folder of the knowledge. It belongs to one process at a time, and there to one thread.
Beside the inbox it holds what buttons and follow-ups refer to (`Conversations`), and who is admitted (`Marks`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, Self

from pmbot.errors import StateError
from pmbot.storage.conversations import Conversations
from pmbot.storage.database import explained, open_database, shrink, transaction
from pmbot.storage.marks import Marks
from pmbot.storage.places import private_folder
from pmbot.storage.telegram_schema import TELEGRAM

FILE_NAME = "telegram.sqlite3"
LOCK_NAME = "telegram.lock"
SEEN_SECONDS = 2 * 86_400.0
"""How long the id of an answered update is remembered. Telegram repeats an update for a day at most."""


class Waiting(NamedTuple):
    """An update that is not answered yet; `body` is its JSON."""

    update_id: int
    body: str


class Journal:
    """The inbox of one bot. `put` comes before anything is acknowledged, `done` after the answer was delivered."""

    def __init__(self, path: Path, connection: sqlite3.Connection, bot: int) -> None:
        """Take over an open connection; see `open`."""
        self.path = path
        self.bot = bot
        self._connection = connection
        self.conversations = Conversations(path, connection, bot)
        self.marks = Marks(path, connection, bot)

    @classmethod
    def open(cls, path: Path, bot: int, now: float) -> Self:
        """Open or make the file at `path`, and delete what needs no longer be known. StateError when that is impossible."""
        journal = cls(path, open_database(path, TELEGRAM), bot)
        journal.clean(now)
        return journal

    def close(self) -> None:
        """Close the file; the journal is of no use after that."""
        with explained(self.path, TELEGRAM):
            self._connection.close()

    def put(self, updates: Iterable[Waiting], now: float) -> tuple[Waiting, ...]:
        """Write updates down, all or none, and return those that were not known yet. StateError when that fails: acknowledge nothing."""
        fresh = []
        with explained(self.path, TELEGRAM), transaction(self._connection):
            for update in updates:
                row = (self.bot, update.update_id, now, update.body)
                written = self._connection.execute("INSERT OR IGNORE INTO inbox (bot, update_id, received, body) VALUES (?, ?, ?, ?)", row)
                if written.rowcount:
                    fresh.append(update)
        return tuple(fresh)

    def waiting(self) -> Iterator[Waiting]:
        """Everything that was put and is not done, oldest first."""
        query = "SELECT update_id, body FROM inbox WHERE bot = ? AND done IS NULL ORDER BY update_id"
        with explained(self.path, TELEGRAM):
            rows = self._connection.execute(query, (self.bot,)).fetchall()
        return (Waiting(update_id, body) for update_id, body in rows)

    def done(self, update_id: int, outcome: str, now: float) -> None:
        """Mark an update as dealt with: its text goes, its id stays."""
        query = "UPDATE inbox SET done = ?, outcome = ?, body = NULL WHERE bot = ? AND update_id = ?"
        with explained(self.path, TELEGRAM):
            self._connection.execute(query, (now, outcome, self.bot, update_id))

    def outcome(self, update_id: int) -> str | None:
        """What became of an update; None while it waits, or when it is not known."""
        query = "SELECT outcome FROM inbox WHERE bot = ? AND update_id = ?"
        with explained(self.path, TELEGRAM):
            row = self._connection.execute(query, (self.bot, update_id)).fetchone()
        return None if row is None else row[0]

    def clean(self, now: float, keep_days: int | None = None) -> None:
        """Forget the ids of old updates, and with `keep_days` the answers that are older; nothing of them is left in the files."""
        with explained(self.path, TELEGRAM):
            with transaction(self._connection):
                self._connection.execute("DELETE FROM inbox WHERE done < ?", (now - SEEN_SECONDS,))
                if keep_days is not None:
                    self.conversations.clean(now - keep_days * 86_400.0)
            shrink(self._connection)


@contextmanager
def sole_user(folder: Path, patience: float = 10.0) -> Iterator[None]:
    """Keep other bots away from the journal in `folder`. Waits `patience` seconds for one that is ending; then StateError."""
    from filelock import FileLock, Timeout

    lock = FileLock(private_folder(folder) / LOCK_NAME, mode=0o600)
    try:
        lock.acquire(timeout=patience)
    except Timeout as error:
        raise StateError(f"another pmbot telegram is serving these documents (lock: {lock.lock_file}); stop it first") from error
    except (OSError, NotImplementedError) as error:
        raise StateError(f"the folder {folder} cannot be locked: {error}; check its permissions") from error
    try:
        yield
    finally:
        lock.release()

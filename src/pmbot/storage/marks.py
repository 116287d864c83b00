"""What the Telegram channel remembers about people and chats: a few marks by id."""

from __future__ import annotations

import sqlite3
from enum import StrEnum
from pathlib import Path

from pmbot.storage.database import explained
from pmbot.storage.telegram_schema import TELEGRAM


class Mark(StrEnum):
    """PAIRED users sent the code; ADMITTED groups were joined through one of them; TOLD strangers got their one line.

    GONE chats blocked the bot or put it out; MOVED groups have a new id (`value`).
    """

    PAIRED = "paired"
    ADMITTED = "admitted"
    TOLD = "told"
    GONE = "gone"
    MOVED = "moved"


class Marks:
    """The marks of one bot. Times are seconds since 1970."""

    def __init__(self, path: Path, connection: sqlite3.Connection, bot: int) -> None:
        """`connection` is the journal's."""
        self._path, self._connection, self._bot = path, connection, bot

    def has(self, chat_or_user: int, mark: Mark) -> bool:
        """Whether the mark is set."""
        return self._row(chat_or_user, mark) is not None

    def value(self, chat_or_user: int, mark: Mark) -> int | None:
        """The value of the mark; None where it has none or is not set."""
        row = self._row(chat_or_user, mark)
        return None if row is None else row[0]

    def set(self, chat_or_user: int, mark: Mark, now: float, value: int | None = None) -> None:
        """Set the mark, or its value anew; the time of the first setting stays."""
        query = "INSERT INTO mark (bot, id, mark, value, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value"
        with explained(self._path, TELEGRAM):
            self._connection.execute(query, (self._bot, chat_or_user, mark.value, value, now))

    def drop(self, chat_or_user: int, mark: Mark) -> bool:
        """Take the mark away; whether it was set."""
        query = "DELETE FROM mark WHERE bot = ? AND id = ? AND mark = ?"
        with explained(self._path, TELEGRAM):
            return self._connection.execute(query, (self._bot, chat_or_user, mark.value)).rowcount > 0

    def all(self, mark: Mark) -> tuple[int, ...]:
        """The ids that have the mark, the first marked first."""
        query = "SELECT id FROM mark WHERE bot = ? AND mark = ? ORDER BY at, id"
        with explained(self._path, TELEGRAM):
            return tuple(row[0] for row in self._connection.execute(query, (self._bot, mark.value)))

    def _row(self, chat_or_user: int, mark: Mark) -> tuple[int | None] | None:
        query = "SELECT value FROM mark WHERE bot = ? AND id = ? AND mark = ?"
        with explained(self._path, TELEGRAM):
            row: tuple[int | None] | None = self._connection.execute(query, (self._bot, chat_or_user, mark.value)).fetchone()
        return row

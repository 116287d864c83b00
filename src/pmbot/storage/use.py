"""The record of use: what was asked, what came of it, and what people thought of it.

It stays on this computer. Who asked is kept only as a keyed hash; the key is made once for each file and lies in it. That
hides ids from a glance, not from somebody who has the file and tries every possible id.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, Self

from pmbot.models import Status
from pmbot.storage.database import PATIENCE, explained, open_database, shrink, transaction
from pmbot.storage.schema import USE
from pmbot.storage.used import Channel, Counts, DownVoted, Used, UseEntry, Vote, Which

FILE_NAME = "use.sqlite3"
DAY = 86_400.0
RETENTION_DAYS = 90
LONGEST = 4096
"""Characters kept of one text."""

_RECORD = """
    INSERT INTO asked (at, channel, user, question, reading, status, reason, missing_terms, answer_id, signature, reply)
    VALUES (:at, :channel, :user, :question, :reading, :status, :reason, :missing_terms, :answer_id, :signature, :reply)"""
_VOTE = """
    INSERT INTO vote (answer_id, user, vote, at) VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET vote = excluded.vote, at = excluded.at"""
_DOWN_VOTED = """
    SELECT asked.*, counted.good, counted.bad, counted.wrong_source
    FROM (SELECT answer_id, sum(vote = 'good') AS good, sum(vote = 'bad') AS bad, sum(vote = 'wrong_source') AS wrong_source
          FROM vote GROUP BY answer_id HAVING max(CASE WHEN vote <> 'good' THEN at END) >= ?) AS counted
    JOIN asked ON asked.id = (SELECT max(id) FROM asked WHERE answer_id = counted.answer_id)
    ORDER BY counted.bad + counted.wrong_source DESC, asked.id"""
_COUNT = """
    SELECT count(*) FROM asked
    WHERE (:channel IS NULL OR channel = :channel) AND (:before IS NULL OR at < :before) AND (:user_hash IS NULL OR user = :user_hash)"""
_FORGET = """
    DELETE FROM asked
    WHERE (:channel IS NULL OR channel = :channel) AND (:before IS NULL OR at < :before) AND (:user_hash IS NULL OR user = :user_hash)"""


class Forgotten(NamedTuple):
    """How many rows were deleted."""

    questions: int
    votes: int


class UseStore:
    """The record of use of one knowledge. Threads may share it, processes may each open it. Times are seconds since 1970, UTC.

    Everything may raise StateError: an answer is shown all the same, so a caller says it once and goes on.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, retention_days: int) -> None:
        """Take over an open connection; see `open`."""
        self.path = path
        self._connection = connection
        self._connection.row_factory = sqlite3.Row
        self._retention = retention_days * DAY
        self._lock = threading.RLock()
        self._salt = bytes.fromhex(self._meta("salt"))
        self._cleaned = float(self._meta("cleaned"))

    @classmethod
    def open(cls, path: Path, now: float, *, retention_days: int = RETENTION_DAYS, patience: float = PATIENCE) -> Self:
        """Open or make the file at `path` and delete what is older than `retention_days`, at most once a day.

        Another process that is writing is waited for, for `patience` seconds.
        """
        connection = open_database(path, USE, patience)
        try:
            with explained(path, USE):
                _seed(connection)
                store = cls(path, connection, retention_days)
            store.clean(now)
        except BaseException:  # whatever it was, nobody else could close it
            connection.close()
            raise
        return store

    def close(self) -> None:
        """Close the file; the store is of no use after that."""
        with self._lock, explained(self.path, USE):
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def retention_days(self) -> int:
        """How long questions are kept."""
        return round(self._retention / DAY)

    def user_hash(self, user: str) -> str:
        """The name that `user` (an id, unique within its channel) has in this record: 24 hex digits."""
        return hashlib.blake2b(user.encode("utf-8", "replace"), key=self._salt, digest_size=12).hexdigest()

    def record(self, entry: UseEntry) -> int:
        """Keep that something was asked, and return the row's id; texts are cut to 4,096 characters."""
        self.clean(entry.at)
        texts = {name: _kept(getattr(entry, name)) for name in ("question", "reading", "reply")}
        missing = json.dumps([_kept(term) for term in entry.missing_terms], ensure_ascii=False)
        user = None if entry.user is None else self.user_hash(entry.user)
        values = {**entry.model_dump(mode="json"), **texts, "user": user, "missing_terms": missing}
        with self._writing() as connection:
            row = connection.execute(_RECORD, values).lastrowid
        return int(row or 0)

    def vote(self, answer_id: str, user: str, vote: Vote, now: float) -> bool:
        """Keep what `user` thinks of an answer, in place of an earlier vote; False when no such answer is in the record."""
        with self._writing() as connection:
            if connection.execute("SELECT 1 FROM asked WHERE answer_id = ?", (answer_id,)).fetchone() is None:
                return False
            connection.execute(_VOTE, (answer_id, self.user_hash(user), vote.value, now))
        return True

    def vote_of(self, answer_id: str, user: str) -> Vote | None:
        """What `user` thinks of an answer; None when there is no vote."""
        rows = self._rows("SELECT vote FROM vote WHERE answer_id = ? AND user = ?", answer_id, self.user_hash(user))
        return Vote(rows[0][0]) if rows else None

    def used(self, *, since: float = 0.0) -> tuple[Used, ...]:
        """Everything asked since then, oldest first."""
        return tuple(_used(row) for row in self._rows("SELECT * FROM asked WHERE at >= ? ORDER BY id", since))

    def unanswered(self, *, since: float = 0.0) -> tuple[Used, ...]:
        """What was asked since then and refused, oldest first; greetings and the like are not among it."""
        query = "SELECT * FROM asked WHERE at >= ? AND status IN (?, ?) ORDER BY id"
        return tuple(_used(row) for row in self._rows(query, since, Status.NOT_MENTIONED.value, Status.NOT_ENOUGH.value))

    def down_voted(self, *, since: float = 0.0) -> tuple[DownVoted, ...]:
        """The answers that somebody voted down since then, each with the last time it was given; most votes against it first."""
        votes = ("good", "bad", "wrong_source")
        return tuple(DownVoted(used=_used(row), **{name: row[name] for name in votes}) for row in self._rows(_DOWN_VOTED, since))

    def counts(self, *, since: float = 0.0) -> Counts:
        """How much was asked since then, with what outcome, and by how many known users."""
        statuses = self._rows("SELECT status, count(*) FROM asked WHERE at >= ? GROUP BY status ORDER BY status", since)
        channels = self._rows("SELECT channel, count(*) FROM asked WHERE at >= ? GROUP BY channel ORDER BY channel", since)
        votes = self._rows("SELECT vote, count(*) FROM vote WHERE at >= ? GROUP BY vote ORDER BY vote", since)
        return Counts(
            questions=sum(number for _, number in statuses),
            users=self.count_users(since=since),
            by_status={Status(name): number for name, number in statuses},
            by_channel={str(name): number for name, number in channels},
            by_vote={Vote(name): number for name, number in votes},
        )

    def count_users(self, *, since: float = 0.0) -> int:
        """How many users asked something since then."""
        return int(self._rows("SELECT count(DISTINCT user) FROM asked WHERE at >= ?", since)[0][0])

    def count(self, which: Which) -> int:
        """How many questions `forget(which)` would delete."""
        return int(self._rows(_COUNT, which._asdict())[0][0])

    def forget(self, which: Which) -> Forgotten:
        """Delete questions, the votes on them, and the votes of a forgotten user; nothing of them is left in the files."""
        with self._writing() as connection:
            before = connection.execute("SELECT count(*) FROM vote").fetchone()[0]
            asked = connection.execute(_FORGET, which._asdict()).rowcount
            if which.user_hash is not None:
                connection.execute("DELETE FROM vote WHERE user = ?", (which.user_hash,))
            connection.execute("DELETE FROM vote WHERE answer_id NOT IN (SELECT answer_id FROM asked)")
            votes = before - connection.execute("SELECT count(*) FROM vote").fetchone()[0]
        with self._lock, explained(self.path, USE):
            shrink(self._connection)
        return Forgotten(asked, votes)

    def clean(self, now: float) -> Forgotten:
        """Delete what is older than the retention, unless that was done within the last day."""
        if abs(now - self._cleaned) < DAY:
            return Forgotten(0, 0)
        deleted = self.forget(Which(before=now - self._retention))
        with self._writing() as connection:
            connection.execute("UPDATE meta SET value = ? WHERE name = 'cleaned'", (repr(now),))
        self._cleaned = now
        return deleted

    def introduced(self, channel: Channel) -> bool:
        """Whether the people of `channel` have been told that there is a record."""
        return bool(self._rows("SELECT 1 FROM meta WHERE name = ?", f"introduced {channel}"))

    def introduce(self, channel: Channel, now: float) -> None:
        """Remember that they have been told."""
        with self._writing() as connection:
            connection.execute("INSERT OR IGNORE INTO meta (name, value) VALUES (?, ?)", (f"introduced {channel}", repr(now)))

    def _meta(self, name: str) -> str:
        return str(self._rows("SELECT value FROM meta WHERE name = ?", name)[0][0])

    def _rows(self, query: str, *values: Any) -> list[sqlite3.Row]:
        """Read; `values` are those of the query's question marks, or one mapping of its names."""
        given = values[0] if values and isinstance(values[0], dict) else values
        with self._lock, explained(self.path, USE):
            return self._connection.execute(query, given).fetchall()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock, explained(self.path, USE), transaction(self._connection):
            yield self._connection


def _seed(connection: sqlite3.Connection) -> None:
    """Make the salt of a new file. Looked for first, so that opening an old one writes nothing and waits for nobody."""
    if connection.execute("SELECT 1 FROM meta WHERE name = 'salt'").fetchone() is None:
        values = [("salt", secrets.token_hex(32)), ("cleaned", "0.0")]
        with transaction(connection):
            connection.executemany("INSERT OR IGNORE INTO meta (name, value) VALUES (?, ?)", values)


def _kept(text: str) -> str:
    """What is kept of a text; half characters, which SQLite does not take, become question marks."""
    return text[:LONGEST].encode("utf-8", "replace").decode("utf-8")


def _used(row: sqlite3.Row) -> Used:
    values = {name: row[name] for name in Used.model_fields}
    return Used(**{**values, "status": Status(values["status"]), "missing_terms": tuple(json.loads(values["missing_terms"]))})

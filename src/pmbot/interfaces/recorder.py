"""Writes down what is asked on a channel, without ever standing in the way of an answer."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

from pmbot.errors import StateError
from pmbot.models import Trace
from pmbot.storage.use import Forgotten, UseStore
from pmbot.storage.used import Channel, UseEntry, Vote, Which

T = TypeVar("T")

LOCAL = "local"
"""Who asks where there are no user ids: the person at this terminal."""

PAUSE = 60.0
"""Seconds without an attempt after one that failed: a locked file must not make every answer slow."""


class Recorder:
    """The record of use as a channel sees it. Threads may share it.

    `open_store` opens the record for a time; nothing is opened before it is needed. `clock` gives seconds since 1970.
    """

    def __init__(self, open_store: Callable[[float], UseStore], channel: Channel, clock: Callable[[], float] = time.time) -> None:
        self.channel = channel
        self._open_store, self._clock = open_store, clock
        self._store: UseStore | None = None
        self._lock = threading.Lock()
        self._paused_until = float("-inf")
        self._complained = False

    def introduce(self) -> str | None:
        """Say, the first time ever on this channel, that questions are recorded, where, and how to turn that off; else None.

        When that cannot be kept, say why nothing is recorded.
        """
        try:
            store = self._opened()
            if store.introduced(self.channel):
                return None
            store.introduce(self.channel, self._clock())
        except StateError as error:
            return self._failed(error)
        return (
            f"Questions and votes are recorded in {store.path}, on this computer alone, for `pmbot gaps`. "
            "To turn that off, put `usage: {record: false}` into the settings; `pmbot forget --all` deletes what is there."
        )

    def note(self, trace: Trace, user: str = LOCAL) -> str | None:
        """Record a question and its answer; a complaint when that fails, once until it works again."""
        if self._clock() < self._paused_until:
            return None
        try:
            self._opened().record(UseEntry.of(trace, self.channel, user, self._clock()))
        except StateError as error:
            return self._failed(error)
        self._complained = False
        return None

    def vote(self, answer_id: str, vote: Vote, user: str = LOCAL) -> bool:
        """Keep a vote, in place of an earlier one; False when the answer is not in the record. StateError when that fails."""
        return self._opened().vote(answer_id, user, vote, self._clock())

    def read(self, look: Callable[[UseStore], T]) -> T:
        """What `look` finds in the record. StateError when that fails."""
        return look(self._opened())

    def forget(self, user: str) -> Forgotten:
        """Delete all that this user asked on this channel, and the user's votes. StateError when that fails."""
        store = self._opened()
        return store.forget(Which(channel=self.channel, user_hash=store.user_hash(user)))

    def close(self) -> None:
        """Close the record if it is open; StateError when that fails."""
        with self._lock:
            store, self._store = self._store, None
        if store is not None:
            store.close()

    def _opened(self) -> UseStore:
        with self._lock:
            if self._store is None:
                self._store = self._open_store(self._clock())
            return self._store

    def _failed(self, error: StateError) -> str | None:
        self._paused_until = self._clock() + PAUSE
        if self._complained:
            return None
        self._complained = True
        return f"This is not recorded: {error}"

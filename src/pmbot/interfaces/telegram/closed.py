"""Chats that take nothing from us: who blocked us, put us out, or is gone."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from pmbot.interfaces.telegram.incoming import Incoming, Kind
from pmbot.storage.marks import Mark, Marks

_LOG = logging.getLogger(__name__)
_KEPT = 10_000
_USELESS = frozenset({Kind.QUESTION, Kind.EDITED, Kind.EMPTY, Kind.MEDIA})
"""Kinds that come to nothing when no message arrives. Commands may still do something."""

GONE = ("chat not found", "peer_id_invalid", "user not found")
SHUT = ("have no rights", "not enough rights", "topic_closed", "chat_write_forbidden", "message thread not found")
"""What Telegram says of a chat that is there, but not open to us, or not this topic of it."""


class ClosedChats:
    """Marks each such chat once, and remembers when that was found out. `clock` gives seconds since 1970."""

    def __init__(self, marks: Marks, clock: Callable[[], float]) -> None:
        self._marks, self._clock = marks, clock
        self._found: dict[int, float] = dict.fromkeys(marks.all(Mark.GONE), float("-inf"))

    def lose(self, chat: int, reason: str) -> None:
        """Note that nothing arrives there any more."""
        self._found.pop(chat, None)
        self._found[chat] = time.monotonic()
        if len(self._found) > _KEPT:
            del self._found[next(iter(self._found))]
        if not self._marks.has(chat, Mark.GONE):
            self._marks.set(chat, Mark.GONE, self._clock())
            _LOG.info("chat %d is closed to us: %s", chat, reason)

    def reached(self, chat: int) -> None:
        """Note that something arrived."""
        if chat in self._found:
            del self._found[chat]
            self._marks.drop(chat, Mark.GONE)

    def is_in_vain(self, incoming: Incoming, since: float) -> bool:
        """Whether the answer to what came in at `since` (monotonic seconds) cannot arrive: the chat was found closed after that."""
        return incoming.kind in _USELESS and since < self._found.get(incoming.chat or 0, float("-inf"))

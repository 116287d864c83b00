"""What goes wrong on the way: errors, floods, replies that are cut, lost or never come."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.telegram.server.rules import Rule, slow_down

if TYPE_CHECKING:
    from tests.telegram.server.state import Chat, World

KINDS = ("html", "truncated", "drop", "timeout")
SENDING = frozenset({"sendMessage", "sendDocument", "editMessageText", "editMessageReplyMarkup"})
SHUT = {
    400: "Bad Request: something is wrong",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    409: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    429: "Too Many Requests: retry after 1",
    500: "Internal Server Error: restart",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}


@dataclass
class Fault:
    """How the next `times` calls of `method` (any, when None) in `chat` (any, when None) go wrong.

    Either `status`, with Telegram's JSON, or `kind`: "html" (a proxy's page with 502), "truncated" (half a JSON), "drop" (the
    connection is closed), "timeout" (no reply until the client hangs up). With `done` the call has taken effect all the same:
    only its reply is lost. The first `after` calls go through.
    """

    method: str | None
    times: int
    status: int | None = None
    retry_after: int | None = None
    kind: str | None = None
    description: str | None = None
    chat: int | None = None
    done: bool = False
    after: int = 0

    def __post_init__(self) -> None:
        if self.kind is not None and self.kind not in KINDS:
            raise ValueError(f"no such fault: {self.kind}; known: {', '.join(KINDS)}")

    def hits(self, method: str, chat: int | None) -> bool:
        """Whether this call is one of them; counts."""
        if self.times <= 0 or (self.method or method).lower() != method.lower() or (self.chat is not None and self.chat != chat):
            return False
        if self.after > 0:
            self.after -= 1
            return False
        self.times -= 1
        return True

    @property
    def text(self) -> str:
        """The error text."""
        if self.description is not None:
            return self.description
        if self.retry_after is not None:
            return f"Too Many Requests: retry after {self.retry_after}"
        return SHUT.get(self.status or 500, "Bad Request: something is wrong")


def check_flood(world: World, method: str, chat: Chat | None) -> None:
    """Raise 429 where a chat, or everything, is closed for a while or has had too much."""
    if method not in SENDING:
        return
    now = world.now()
    if world.keeps(Rule.GLOBAL_FLOOD):
        _wait_until(world.closed_until, now)
        if world.global_rate:
            _count(world.stamps, world.global_rate, now)
    if chat is not None and world.keeps(Rule.CHAT_FLOOD):
        _wait_until(chat.closed_until, now)
        if world.chat_rate:
            _count(chat.stamps, world.chat_rate, now)


def _wait_until(moment: float, now: float) -> None:
    if moment > now:
        raise slow_down(max(1, math.ceil(moment - now)))


def _count(stamps: list[float], rate: tuple[int, float], now: float) -> None:
    count, seconds = rate
    stamps[:] = [stamp for stamp in stamps if stamp > now - seconds]
    if len(stamps) >= count:
        raise slow_down(max(1, math.ceil(stamps[0] + seconds - now)))
    stamps.append(now)

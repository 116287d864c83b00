"""What the bot is going to do about an update: outcomes, actions, and the response that holds them. Nothing is sent here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from pmbot.rendering.telegram_parts import LIMIT, TelegramText, excerpt, parts


class Outcome(StrEnum):
    """What became of an update. Every update gets exactly one; metrics count them by these names."""

    ANSWERED = "answered"
    REFUSED = "refused"
    HELPED = "helped"
    COMMAND = "command"
    REVISED = "revised"
    SHOWN = "shown"
    VOTED = "voted"
    OUT_OF_DATE = "out_of_date"
    PAIRED = "paired"
    STRANGER = "stranger"
    SLOWED = "slowed"
    NOT_TEXT = "not_text"
    IGNORED = "ignored"
    NOTED = "noted"
    LEFT = "left"
    FAILED = "failed"
    UNDELIVERED = "undelivered"
    UNREADABLE = "unreadable"


class Button(NamedTuple):
    """A button under a message: what it says, and its callback data (1 to 64 bytes; see `buttons`), or the address that it opens."""

    label: str
    data: str = ""
    url: str | None = None


Keyboard = tuple[tuple[Button, ...], ...]
"""Rows of buttons."""


@dataclass(frozen=True)
class Say:
    """Send a message to the chat (and topic) of the update. `reply_to` is a message there, `quote` a part of it, word for word."""

    text: TelegramText
    keyboard: Keyboard = ()
    reply_to: int | None = None
    quote: TelegramText | None = None


@dataclass(frozen=True)
class Revise:
    """Change a message of ours; sent anew when it is gone."""

    message_id: int
    text: TelegramText
    keyboard: Keyboard = ()


@dataclass(frozen=True)
class Erase:
    """Delete a message of ours."""

    message_id: int


@dataclass(frozen=True)
class Toast:
    """Answer the tap: a line that is shown for a moment (at most 200 characters), or until it is closed with `alert`."""

    text: str = ""
    alert: bool = False


@dataclass(frozen=True)
class AdminMenu:
    """Show the commands for admins to a user, in the private chat."""

    user: int


@dataclass(frozen=True)
class Leave:
    """Leave the chat."""


@dataclass(frozen=True)
class InlineResults:
    """Answer the inline query: results as the Bot API describes them (`telegram.InlineQueryResult…`), and where the next page starts."""

    results: Sequence[Any]
    next_offset: str = ""
    cache_seconds: int = 0
    personal: bool = True


Action = Say | Revise | Erase | Toast | AdminMenu | Leave | InlineResults


@dataclass(frozen=True)
class Response:
    """What is done about an update, in order. `delivered` gets the ids of the messages that now stand for it, in order.

    `then` finds the rest of the response, after this was delivered: for what must be said before a search.
    """

    outcome: Outcome
    actions: tuple[Action, ...] = ()
    delivered: Callable[[tuple[int, ...]], None] | None = None
    then: Callable[[], Awaitable[Response]] | None = None


def said(outcome: Outcome, text: str, keyboard: Keyboard = (), *, reply_to: int | None = None) -> Response:
    """Make the response of one plain message."""
    return Response(outcome, (Say(TelegramText(text), keyboard, reply_to),))


def told(outcome: Outcome, text: TelegramText, keyboard: Keyboard = ()) -> Response:
    """Make the response of a text with entities: as many messages as it takes, three at most; then it ends with an ellipsis."""
    shown, held_back = parts(text)
    last = shown[-1]
    if held_back:
        last = TelegramText(f"{excerpt(last, 0, LIMIT - 2).text}\n…", excerpt(last, 0, LIMIT - 2).entities)
    return Response(outcome, (*(Say(part) for part in shown[:-1]), Say(last, keyboard)))

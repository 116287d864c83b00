"""Fetching updates by long poll, for as long as the bot runs."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from pmbot.interfaces.telegram.health import Health
from pmbot.interfaces.telegram.inbox import Inbox
from pmbot.interfaces.telegram.logs import Throttle
from pmbot.interfaces.telegram.wire import Fetcher, seconds_of

_LOG = logging.getLogger(__name__)

KINDS = (
    "message",
    "edited_message",
    "callback_query",
    "inline_query",
    "my_chat_member",
)
"""The kinds of updates we ask for; others are ignored should they come all the same."""

FIRST_PAUSE, LONGEST_PAUSE = 0.25, 3.0
CONFLICT_PAUSE = 1.0
CONFLICT_LOGGED_EVERY = 30.0


class Poller:
    """Polls until cancelled. A refused token goes up as InvalidToken, a journal that cannot be written as StateError."""

    def __init__(self, fetcher: Fetcher, inbox: Inbox, health: Health, seconds: int, is_refused: Callable[[], Awaitable[bool]]) -> None:
        self._fetcher, self._inbox, self._health, self._seconds = fetcher, inbox, health, seconds
        self._is_refused = is_refused
        self._conflicts, self._losses = Throttle(CONFLICT_LOGGED_EVERY), Throttle(CONFLICT_LOGGED_EVERY)

    async def run(self) -> None:
        """Poll. What was fetched is confirmed by the next poll, when it is in the journal.

        The first poll, and the first one after a loss, does not wait for news: it tells at once whether we are heard.
        """
        offset, pause, wait = None, FIRST_PAUSE, 0
        while True:
            try:
                updates = await self._fetcher.fetch(offset, wait, KINDS)
            except RetryAfter as flood:
                await asyncio.sleep(seconds_of(flood))
            except InvalidToken:
                if await self._is_refused():
                    raise
                await asyncio.sleep(pause)
            except Conflict as conflict:
                self._report_conflict(conflict)
                await asyncio.sleep(CONFLICT_PAUSE)
            except TelegramError as lost:
                wait = 0
                self._report_loss(lost)
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
            else:
                pause, wait = FIRST_PAUSE, self._seconds
                self._health.heard()
                if updates:
                    await self._inbox.take(updates)
                    offset = max(update["update_id"] for update in updates) + 1

    def _report_conflict(self, conflict: Conflict) -> None:
        self._health.in_trouble("another program fetches this bot's updates")
        held = self._conflicts(time.monotonic())
        if held is not None:
            _LOG.error("another program fetches this bot's updates, stop it: %s (%d more such replies since the last line)", conflict, held)

    def _report_loss(self, lost: TelegramError) -> None:
        held = self._losses(time.monotonic())
        if held is not None:
            _LOG.warning("cannot fetch updates, trying on: %s (%d more times since the last line)", lost, held)

"""What is said to Telegram before updates are taken: who we are, and how we want them."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from typing import NamedTuple, TypeVar

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from pmbot.errors import InterfaceError
from pmbot.interfaces.telegram.health import Health
from pmbot.interfaces.telegram.incoming import Me
from pmbot.interfaces.telegram.logs import Throttle
from pmbot.interfaces.telegram.poller import KINDS
from pmbot.interfaces.telegram.token import VARIABLE

_LOG = logging.getLogger(__name__)
T = TypeVar("T")

PAUSE = 1.0
"""Seconds between two attempts to reach Telegram at the start."""


class Registration(NamedTuple):
    """How we want updates: at `url` with `secret`, on so many connections; by polling when `secret` is None."""

    url: str
    secret: str | None
    take_over: bool
    connections: int


async def greet(bot: Bot) -> Me:
    """Ask Telegram who we are, until it answers. InterfaceError when it refuses the token."""
    await _until_reached(bot.initialize)
    return Me(bot.bot.id, bot.bot.username or "")


async def register(bot: Bot, wanted: Registration) -> None:
    """Set or remove the webhook. InterfaceError when updates go to somebody else, unless we are to take over."""
    info = await _until_reached(bot.get_webhook_info)
    if info.url and info.url != wanted.url and not wanted.take_over:
        raise InterfaceError(f"the updates of this bot go to {info.url}; if that is of no use any more, start with --take-over")
    if wanted.secret is None:
        if info.url:
            await _until_reached(lambda: bot.delete_webhook(drop_pending_updates=False))
        return
    await _until_reached(
        lambda: bot.set_webhook(
            wanted.url, secret_token=wanted.secret, allowed_updates=KINDS, max_connections=wanted.connections, drop_pending_updates=False
        )
    )


async def watch_webhook(bot: Bot, wanted: Registration, health: Health, seconds: float) -> None:
    """Look every so many seconds whether Telegram still sends updates to us. InvalidToken when it refuses the token."""
    logged = Throttle(30.0)
    while True:
        problem = None
        try:
            info = await bot.get_webhook_info()
            if info.url != wanted.url:
                problem = f"updates do not come to us any more, but to {info.url or 'nobody'}"
        except InvalidToken:
            if await is_refused(bot):
                raise
        except TelegramError as lost:
            _LOG.info("cannot ask for the state of the webhook: %s", lost)
        else:
            if problem is None:
                health.heard()
            else:
                health.in_trouble(problem)
                if logged(time.monotonic()) is not None:
                    _LOG.error("%s", problem)
        await asyncio.sleep(seconds)


async def is_refused(bot: Bot) -> bool:
    """Whether Telegram still refuses the token when asked once more: a proxy on the way may have said so."""
    try:
        await bot.get_me()
    except InvalidToken:
        return True
    except TelegramError:
        return False
    return False


def refused() -> InterfaceError:
    """Make the error of a token that is refused. The library's own says the token."""
    return InterfaceError(
        f"Telegram refuses the bot's token: it was revoked or mistyped; get the valid one from @BotFather, and set {VARIABLE}"
    )


async def _until_reached(call: Callable[[], Awaitable[T]]) -> T:
    logged = Throttle(30.0)
    while True:
        try:
            return await call()
        except InvalidToken:
            raise refused() from None
        except TelegramError as lost:
            held = logged(time.monotonic())
            if held is not None:
                _LOG.warning("Telegram cannot be reached, trying on: %s", lost)
            await asyncio.sleep(PAUSE)

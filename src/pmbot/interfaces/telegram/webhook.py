"""Where Telegram sends updates: an endpoint for a reverse proxy to stand before. What it accepts is in the journal."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import re
import time
from collections.abc import Callable

from aiohttp import web

from pmbot.errors import ConfigError, InterfaceError, StateError
from pmbot.interfaces.telegram.health import listening
from pmbot.interfaces.telegram.inbox import Inbox
from pmbot.interfaces.telegram.logs import Throttle

_LOG = logging.getLogger(__name__)

LARGEST = 2**20
"""Bytes of a body."""

HEADER = "X-Telegram-Bot-Api-Secret-Token"
VARIABLE = "PMBOT_TELEGRAM_WEBHOOK_SECRET"
READ_SECONDS, ROOM_SECONDS = 10.0, 5.0
_FORM = re.compile(r"[A-Za-z0-9_-]{16,256}")


def checked_secret(secret: str | None) -> str:
    """Check the webhook's secret; InterfaceError when there is none, ConfigError when Telegram would not take it."""
    if not secret:
        raise InterfaceError(f"a webhook needs a secret, or anybody could write to the bot; set {VARIABLE} or {VARIABLE}_FILE")
    if _FORM.fullmatch(secret) is None:
        raise ConfigError(f"{VARIABLE}: must be 16 to 256 letters, digits, hyphens and underscores; `openssl rand -hex 32` makes one")
    return secret


class Webhook:
    """The endpoint. Replies: 200 taken (or known), 400 no update, 403 wrong secret, 405, 408, 413 too large, 503 come again."""

    def __init__(self, inbox: Inbox, secret: str, failed: Callable[[Exception], None]) -> None:
        """`failed` gets what ends the bot: an error of the journal."""
        self._inbox, self._secret, self._failed = inbox, secret.encode(), failed
        self._refusals = Throttle(1.0)
        self._runner: web.AppRunner | None = None
        self._closing = False

    async def start(self, host: str, port: int) -> None:
        """Listen on every path; InterfaceError when the port is taken."""
        app = web.Application(client_max_size=LARGEST)
        app.router.add_route("*", "/{path:.*}", self._receive)
        self._runner = await listening(app, host, port, "telegram.webhook_port")

    def close(self) -> None:
        """Refuse from now on: Telegram will come again after the next start."""
        self._closing = True

    async def stop(self) -> None:
        """Stop listening."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def _receive(self, request: web.Request) -> web.StreamResponse:
        if request.method != "POST":
            return self._refuse(405, "not a POST", {"Allow": "POST"})
        given = request.headers.get(HEADER, "")
        if not hmac.compare_digest(given.encode("utf-8", "surrogateescape"), self._secret):
            return self._refuse(403, "wrong or no secret")
        if (request.content_length or 0) > LARGEST:
            return self._refuse(413, "too large")
        try:
            async with asyncio.timeout(READ_SECONDS):
                body = await request.read()
        except TimeoutError:
            return self._refuse(408, "the body did not come")
        except web.HTTPRequestEntityTooLarge:
            return self._refuse(413, "too large")
        return await self._take(body)

    async def _take(self, body: bytes) -> web.StreamResponse:
        try:
            update = json.loads(body.decode("utf-8"))
        except (ValueError, RecursionError):
            return self._refuse(400, "no JSON")
        if not isinstance(update, dict) or type(update.get("update_id")) is not int or not 0 <= update["update_id"] < 2**63:
            return self._refuse(400, "no update")
        if self._closing or not await self._inbox.room(ROOM_SECONDS) or self._closing:
            return self._refuse(503, "no room now", {"Retry-After": "1"})
        try:
            await self._inbox.take((update,), wait=False)
        except StateError as error:
            self._failed(error)
            return self._refuse(503, "the journal cannot be written")
        return web.Response()

    def _refuse(self, status: int, reason: str, headers: dict[str, str] | None = None) -> web.Response:
        held = self._refusals(time.monotonic())
        if held is not None:
            _LOG.warning("webhook: %d, %s (%d more refused since the last line)", status, reason, held)
        return web.Response(status=status, headers=headers)

"""The control object: starts the server in a thread of its own, and lets a test act, break things and look."""

from __future__ import annotations

import asyncio
import os
import socket
import threading
import time
from typing import TYPE_CHECKING, Any, Self, TypeVar

import aiohttp
from aiohttp import web

from tests.telegram.server.faults import Fault
from tests.telegram.server.methods import Api
from tests.telegram.server.people import People
from tests.telegram.server.rules import ApiError, Rule
from tests.telegram.server.spec import Spec
from tests.telegram.server.state import FIRST_UPDATE, Call, Chat, Query, Sent, World
from tests.telegram.server.updates import TAKEN, Updates
from tests.telegram.server.web import Web

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from tests.telegram.server.state import Json

T = TypeVar("T")
TOKEN = "123456789:AAcanary-SECRET-part_of-the-token00"


class TelegramServer(People):
    """A Bot API server on loopback. A context manager; see the package's docstring for what it can do."""

    def __init__(
        self, *, token: str = TOKEN, username: str = "pmbot_test_bot", privacy: bool = True, local: bool = True, spec: str | None = None
    ) -> None:
        self.world = World(token, username, privacy=privacy, local=local)
        self.spec = Spec(spec or os.environ.get("TELEGRAM_BOT_API_SPEC"))
        self.updates = Updates(self.world, self.spec, FIRST_UPDATE)
        self.api = Api(self.world, self.updates, self.spec)
        self.web = Web(self.api)
        self.updates.on_reply = self.web.reply_of_webhook
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="telegram-server", daemon=True)
        self._runner: web.AppRunner | None = None
        self._socket: socket.socket | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    @property
    def token(self) -> str:
        return self.world.token

    @property
    def base_url(self) -> str:
        """What PMBOT_TELEGRAM_BASE_URL is set to."""
        return f"http://127.0.0.1:{self.port}"

    # Running

    def start(self, *, listening: bool = True) -> None:
        """Take a free port; with `listening=False` only reserve it, and refuse connections until `up()`."""
        self._thread.start()
        self._run(self._open())
        reserved = socket.socket()
        reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        reserved.bind(("127.0.0.1", 0))
        self.port = reserved.getsockname()[1]
        reserved.close()
        if listening:
            self.up()

    def up(self) -> None:
        """Listen (again)."""
        self._run(self._listen())

    def down(self) -> None:
        """Close every connection and refuse new ones until `up()`. What is known stays."""
        self._run(self._stop_listening())

    def stop(self) -> None:
        """End it all."""
        self._run(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    # Looking

    def sent(self, chat: int) -> list[Sent]:
        """The bot's messages in a chat as they stand there now, oldest first."""
        with self.world.lock:
            return self.world.sent(chat)

    def calls(self, method: str | None = None, chat: int | None = None) -> list[Call]:
        """Every call made, in order."""
        with self.world.lock:
            return [c for c in self.world.calls if method in {None, c.method} and chat in {None, c.chat}]

    def callback_answer(self, update_id: int) -> Json | None:
        """How a tap (or a guest message) was answered: `text`, `show_alert`; None while it was not."""
        return self._answer(self.world.queries, update_id)

    def inline_answer(self, update_id: int) -> Json | None:
        """How an inline query was answered: `results` (each with `shown`: text and entities), `next_offset`; None while it was not."""
        return self._answer(self.world.inline, update_id)

    def pending(self) -> int:
        """How many updates wait for the bot."""
        with self.world.lock:
            self.updates.drop_expired()
            return len(self.updates.pending)

    def deliveries(self) -> list[tuple[float, int, int]]:
        """What went to the webhook: moment, update_id, status (0: no reply)."""
        with self.world.lock:
            return list(self.updates.webhook.deliveries) if self.updates.webhook else []

    @property
    def violations(self) -> list[str]:
        """What the bot sent that is not in the Bot API's description, which Telegram would overlook."""
        return self.world.violations

    def wait_for(self, predicate: Callable[[TelegramServer], T], timeout: float = 5.0, what: str = "") -> T:
        """Wait until `predicate(server)` is true and give its value; TimeoutError with the last calls in it."""
        until = time.monotonic() + timeout
        with self.world.changed:
            while not (value := predicate(self)):
                remaining = until - time.monotonic()
                if remaining <= 0:
                    last = "\n".join(f"  {c.method} {c.status} {c.description} {str(c.params)[:160]}" for c in self.world.calls[-12:])
                    raise TimeoutError(
                        f"{what or 'it'} did not happen in {timeout} s; {len(self.updates.pending)} updates wait; last calls:\n{last}"
                    )
                self.world.changed.wait(min(remaining, 0.5))
            return value

    def wait_for_answer(self, chat: int, count: int = 1, timeout: float = 5.0) -> list[Sent]:
        """Wait until the bot has `count` messages in `chat`; all of them."""
        return self.wait_for(lambda s: len(s.sent(chat)) >= count and s.sent(chat), timeout, f"message {count} in chat {chat}") or []

    # Breaking things

    def fail(self, method: str | None, times: int = 1, **how: Any) -> Fault:
        """Let the next calls of `method` (any, when None) go wrong; `how` are the fields of `Fault`. Set its `times` to 0 to end it."""
        fault = Fault(method, times, **how)
        with self.world.lock:
            self.api.faults.append(fault)
        return fault

    @property
    def round_trip(self) -> float:
        """Seconds between a call and its reply."""
        return self.web.round_trip

    @round_trip.setter
    def round_trip(self, seconds: float) -> None:
        self.web.round_trip = seconds

    def flood(self, chat: int | None, seconds: float) -> None:
        """Refuse messages to `chat` (all chats, when None) by 429 for so long; retry_after says how much is left."""
        with self.world.lock:
            until = self.world.now() + seconds
            if chat is None:
                self.world.closed_until = until
            else:
                self.world.chat(chat).closed_until = until

    def limit(self, *, per_chat: tuple[int, float] | None = None, overall: tuple[int, float] | None = None) -> None:
        """Answer 429 beyond so many messages in so many seconds. Telegram's own: about (20, 60.0) in a group, (30, 1.0) overall."""
        self.world.chat_rate, self.world.global_rate = per_chat, overall

    def revoke(self) -> None:
        """Make the token invalid: 401 from now on, the waiting poll included."""
        self.world.revoked = True
        self.updates.wake(ApiError(401, "Unauthorized"))

    def second_poller(self) -> None:
        """End the waiting getUpdates, as when the bot is started a second time."""
        self.updates.wake(ApiError(409, TAKEN))

    def foreign_webhook(self, url: str = "https://example.org/hook") -> None:
        """Set a webhook that somebody else had set; nothing is delivered to it."""
        from tests.telegram.server.updates import Webhook

        self.updates.webhook = Webhook(url, connections=0)

    def pass_time(self, seconds: float) -> None:
        """Let Telegram's clock jump: queries expire, messages grow old, floods end."""
        self.world.clock_offset += seconds

    def without(self, *rules: Rule) -> Self:
        """Switch rules off."""
        self.world.rules -= set(rules)
        return self

    # People and chats beforehand

    def user(self, user_id: int, **fields: Any) -> Json:
        """Somebody: `first_name`, `username`, `language_code`, `is_bot` … A private chat is known once they wrote (or by `started`)."""
        started = fields.pop("started", None)
        with self.world.lock:
            if started is not None:
                self.world.chat(user_id).started = started
            return self.world.user(user_id, **fields)

    def chat(self, chat_id: int, **fields: Any) -> Chat:
        """A chat: `type`, `title`, `bot` (member, administrator, left, kicked), `forum` …"""
        with self.world.lock:
            chat = self.world.chat(chat_id)
            for name, value in fields.items():
                setattr(chat, name, value)
            return chat

    def _answer(self, store: dict[str, Query], update_id: int) -> Json | None:
        with self.world.lock:
            return next((query.answer for query in store.values() if query.update_id == update_id), None)

    def _run(self, coroutine: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(15)

    async def _open(self) -> None:
        self.updates.loop = asyncio.get_running_loop()
        timeout = aiohttp.ClientTimeout(total=20)
        self.updates.session = aiohttp.ClientSession(timeout=timeout, connector=aiohttp.TCPConnector(limit=0))
        self._runner = web.AppRunner(self.web.app, handler_cancellation=True, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()

    async def _listen(self) -> None:
        assert self._runner is not None
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await site.start()

    async def _stop_listening(self) -> None:
        assert self._runner is not None
        for site in list(self._runner.sites):
            await site.stop()
        server = self._runner.server
        if server is not None:
            for connection in list(server.connections):
                connection.force_close()
                if connection.transport is not None:
                    connection.transport.abort()

    async def _close(self) -> None:
        await self.updates.close()
        if self.updates.session is not None:
            await self.updates.session.close()
        await self._stop_listening()
        if self._runner is not None:
            await self._runner.cleanup()
        await asyncio.sleep(0)

"""The queue of updates: fetched by long poll or delivered to a webhook."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import aiohttp

from tests.telegram.server.rules import DEFAULT_OFF_UPDATES, ApiError, Rule

if TYPE_CHECKING:
    from tests.telegram.server.spec import Spec
    from tests.telegram.server.state import Json, World

LIFETIMES = {"inline_query": 30.0, "callback_query": 150.0, "chosen_inline_result": 600.0}
DAY = 86_400.0
TAKEN = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
REPLACED = "Conflict: terminated by setWebhook request"
UNDER_WEBHOOK = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


@dataclass
class Pending:
    """An update nobody has confirmed. Those of one `queue` reach a webhook one after the other."""

    update_id: int
    body: Json
    expires: float
    queue: str
    tries: int = 0
    not_before: float = 0.0
    flying: bool = False


@dataclass
class Poll:
    """A getUpdates that waits."""

    event: asyncio.Event = field(default_factory=asyncio.Event)
    ended: ApiError | None = None


@dataclass
class Webhook:
    """Where updates are sent, and how that went."""

    url: str
    secret: str = ""
    connections: int = 40
    error: str = ""
    error_at: float = 0.0
    deliveries: list[tuple[float, int, int]] = field(default_factory=list)


class Updates:
    """The queue. `add` may be called from any thread; the rest lives in the server's loop."""

    def __init__(self, world: World, spec: Spec, first: int) -> None:
        self.world = world
        self.spec = spec
        self.loop: asyncio.AbstractEventLoop | None = None
        self.session: aiohttp.ClientSession | None = None
        self.pending: dict[int, Pending] = {}
        self.next_id = first
        self.allowed: frozenset[str] | None = None
        self.poll: Poll | None = None
        self.webhook: Webhook | None = None
        self.retry_first, self.retry_most = 0.2, 3.0
        self.replies: list[Json] = []
        self.on_reply: Any = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._flying: dict[int, Pending] = {}
        self._swept = 0.0

    def add(self, kind: str, body: Json, *, queue: str = "", update_id: int | None = None) -> int | None:
        """Put an update into the queue; None when allowed_updates leaves it out. With an `update_id`: that one, once more."""
        world = self.world
        with world.lock:
            if world.keeps(Rule.ALLOWED_UPDATES) and not self._is_allowed(kind):
                return None
            if update_id is None:
                update_id, self.next_id = self.next_id, self.next_id + 1
            update = {"update_id": update_id, kind: body}
            if problems := self.spec.problems_of_update(update):
                raise AssertionError(f"the server made an update that Telegram would not send: {problems}")
            # Written down as it is now: what is edited later is another update.
            frozen = json.loads(json.dumps(update))
            self.pending[update_id] = Pending(update_id, frozen, world.now() + LIFETIMES.get(kind, DAY), queue or kind)
            world.changed.notify_all()
        self.wake()
        return update_id

    def wake(self, error: ApiError | None = None) -> None:
        """Tell the poller, or the webhook, that there is news; with `error`, end the poll by it. From any thread."""
        if self.loop is not None and not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self._wake, error)

    def _wake(self, error: ApiError | None) -> None:
        if self.poll is not None:
            self.poll.ended = self.poll.ended or error
            self.poll.event.set()
        self.pump()

    def _is_allowed(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in DEFAULT_OFF_UPDATES

    def allow(self, kinds: list[str] | None) -> None:
        """Remember allowed_updates where a call names them; an empty list is the default again."""
        if kinds is not None:
            self.allowed = frozenset(kinds) or None

    def drop_expired(self) -> None:
        """Forget what waited too long."""
        if self.world.keeps(Rule.UPDATE_LIFETIME):
            now = self.world.now()
            for item in [item for item in self.pending.values() if item.expires <= now and not item.flying]:
                del self.pending[item.update_id]

    async def get(self, offset: int, limit: int, timeout: float, kinds: list[str] | None) -> list[Json]:
        """Answer a getUpdates."""
        world = self.world
        if self.webhook is not None and world.keeps(Rule.NO_POLL_UNDER_WEBHOOK):
            raise ApiError(409, UNDER_WEBHOOK)
        with world.lock:
            self.allow(kinds)
            self._confirm(offset)
        if self.poll is not None and world.keeps(Rule.ONE_POLLER):
            self._wake(ApiError(409, TAKEN))
        mine = self.poll = Poll()
        with world.lock:
            world.changed.notify_all()
        limit = min(limit if 1 <= limit <= 100 else 100, 100) if world.keeps(Rule.POLL_LIMIT) else 10_000
        until = time.monotonic() + (min(max(timeout, 0), 50) if world.keeps(Rule.POLL_WAIT) else 0)
        try:
            while True:
                with world.lock:
                    self.drop_expired()
                    found = [item.body for item in sorted(self.pending.values(), key=lambda i: i.update_id) if item.update_id >= offset]
                if mine.ended is not None:
                    raise mine.ended
                remaining = until - time.monotonic()
                if found or remaining <= 0:
                    return found[:limit]
                mine.event.clear()
                await _waited(mine.event, remaining)
        finally:
            if self.poll is mine:
                self.poll = None

    def _confirm(self, offset: int) -> None:
        if not self.world.keeps(Rule.POLL_OFFSET):
            return
        ids = sorted(self.pending)
        gone = ids[:offset] if offset < 0 else [update_id for update_id in ids if update_id < offset]
        for update_id in gone:
            del self.pending[update_id]
        if gone:
            self.world.changed.notify_all()

    def set_webhook(self, webhook: Webhook | None) -> None:
        """Send updates to this address from now on, or to nobody."""
        self.webhook = webhook
        if webhook is not None:
            self._wake(ApiError(409, REPLACED))

    def pump(self) -> None:
        """Start as many deliveries as may run now."""
        hook, world = self.webhook, self.world
        if hook is None:
            return
        with world.lock:
            now = time.monotonic()
            if now - self._swept > 0.5:
                self._swept = now
                self.drop_expired()
            busy = {item.queue for item in self._flying.values()}
            for item in self.pending.values():
                if len(self._flying) >= hook.connections:
                    break
                if item.flying or (item.queue in busy and world.keeps(Rule.WEBHOOK_ORDER)):
                    continue
                busy.add(item.queue)
                if item.not_before <= now:
                    item.flying = True
                    self._flying[item.update_id] = item
                    self._start(self._deliver(hook, item))

    def _start(self, coroutine: Any) -> None:
        task = asyncio.ensure_future(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _deliver(self, hook: Webhook, item: Pending) -> None:
        assert self.session is not None
        headers = {"Content-Type": "application/json"}
        if hook.secret and self.world.keeps(Rule.WEBHOOK_SECRET):
            headers["X-Telegram-Bot-Api-Secret-Token"] = hook.secret
        item.tries += 1
        try:
            async with self.session.post(hook.url, data=json.dumps(item.body), headers=headers, ssl=False) as response:
                status, reply = response.status, await response.read()
                hook.error = "" if response.ok else f"Wrong response from the webhook: {status} {response.reason}"
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            status, reply = 0, b""
            hook.error = "Connection refused" if isinstance(error, aiohttp.ClientConnectorError) else "Connection reset by peer"
        with self.world.lock:
            item.flying = False
            self._flying.pop(item.update_id, None)
            hook.deliveries.append((time.monotonic(), item.update_id, status))
            if 200 <= status < 300 or not self.world.keeps(Rule.WEBHOOK_RETRY):
                self.pending.pop(item.update_id, None)
            else:
                hook.error_at = self.world.now()
                wait = min(self.retry_first * 2 ** (item.tries - 1), self.retry_most)
                item.not_before = time.monotonic() + wait
                asyncio.get_running_loop().call_later(wait + 0.001, self.pump)
            self.world.changed.notify_all()
        if self.on_reply is not None and 200 <= status < 300 and reply.lstrip()[:1] == b"{":
            self.on_reply(reply)
        self.pump()

    async def close(self) -> None:
        """End what is under way."""
        self._wake(ApiError(500, "Internal Server Error: restart"))
        self.webhook = None
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


async def _waited(event: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return

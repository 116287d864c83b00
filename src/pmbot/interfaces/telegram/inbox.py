"""What came in and is not done: in order within a lane, a few at a time, nothing forgotten.

An update is in the journal before anybody is told that we have it, and is marked done after its response was delivered.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, NamedTuple, Self

from pmbot.interfaces.telegram.responses import Outcome
from pmbot.storage.journal import Journal, Waiting

_LOG = logging.getLogger(__name__)
MOST_WAITING = 2_000
"""Updates held in all, those of chats included that Telegram has closed for a while."""


class Item(NamedTuple):
    """An update that waits. `light` ones do not search, and have slots of their own. `since` is monotonic seconds."""

    update_id: int
    body: Mapping[str, Any]
    light: bool
    since: float


class Resting:
    """The lanes that do nothing but wait, and their tasks; `changed` is called whenever that changes."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self.lanes: dict[str, asyncio.Task[Any] | None] = {}
        self._changed = changed

    @contextmanager
    def lane(self, name: str) -> Iterator[None]:
        """Count the lane `name` among them inside."""
        self.lanes[name] = asyncio.current_task()
        self._changed()
        try:
            yield
        finally:
            del self.lanes[name]
            self._changed()


class Slot:
    """The right to work on the lane `name`. It is given back while there is nothing to do but wait."""

    def __init__(self, slots: asyncio.Semaphore, resting: Resting, name: str) -> None:
        self._slots, self._resting, self._name = slots, resting, name

    async def __aenter__(self) -> Self:
        await self._slots.acquire()
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._slots.release()

    async def rest(self, seconds: float) -> None:
        """Wait without the slot."""
        self._slots.release()
        try:
            with self._resting.lane(self._name):
                await asyncio.sleep(seconds)
        finally:
            # Also when we are cancelled: what leaves the slot gives it back once more.
            await self._slots.acquire()


Work = Callable[[Item, Slot], Awaitable[Outcome]]


@dataclass
class _Lane:
    items: deque[Item] = field(default_factory=deque)


class Inbox:
    """Takes updates, works on them, and remembers which are done.

    `concurrency` are worked on at a time, and as many light ones beside; above `most` in flight, `take` waits.
    `failed` gets what ends the bot: an error of the journal, or one that `work` raises.
    """

    def __init__(self, journal: Journal, work: Work, failed: Callable[[Exception], None], *, concurrency: int, most: int) -> None:
        self._journal, self._work, self._failed, self._most = journal, work, failed, most
        self._heavy, self._light = asyncio.Semaphore(concurrency), asyncio.Semaphore(concurrency)
        self._room = asyncio.Event()
        self._room.set()
        self._lanes: dict[str, _Lane] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._resting = Resting(self._look)
        self._stopping = False
        self.waiting = 0
        self.outcomes: dict[Outcome, int] = dict.fromkeys(Outcome, 0)
        self.seconds = 0.0

    @property
    def in_flight(self) -> int:
        """Updates taken and not done, without those behind one that waits until Telegram takes it."""
        return self.waiting - sum(len(self._lanes[name].items) for name in self._resting.lanes)

    @property
    def full(self) -> bool:
        """Whether no more should be taken now."""
        return not self._room.is_set()

    async def take(self, updates: Sequence[Mapping[str, Any]], *, wait: bool = True) -> None:
        """Write updates down, start on those that are new, and `wait` until there is room for more. StateError: nothing was taken."""
        written = [Waiting(update["update_id"], json.dumps(update)) for update in updates]
        fresh = {waiting.update_id for waiting in self._journal.put(written, time.time())}
        for update in updates:
            if update["update_id"] in fresh:
                fresh.discard(update["update_id"])
                self._enqueue(update)
        if wait:
            await self._room.wait()

    async def room(self, seconds: float) -> bool:
        """Wait until there is room; False when there is none after so long."""
        try:
            async with asyncio.timeout(seconds):
                await self._room.wait()
        except TimeoutError:
            return False
        return True

    def recover(self) -> int:
        """Start on what the journal has from before; how many that are."""
        found = [json.loads(waiting.body) for waiting in self._journal.waiting()]
        for update in found:
            self._enqueue(update)
        return len(found)

    async def drain(self, seconds: float) -> int:
        """Start nothing more, let what is under way end within `seconds`, break off the rest; how many stay for the next start."""
        self._stopping = True
        self._room.set()  # nobody waits for room any more
        for task in tuple(self._resting.lanes.values()):
            if task is not None:
                task.cancel()
        if self._tasks:
            await asyncio.wait(tuple(self._tasks), timeout=seconds)
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        return self.waiting

    def _enqueue(self, update: Mapping[str, Any]) -> None:
        name = lane_of(update)
        lane = self._lanes.get(name)
        item = Item(update["update_id"], update, is_light(update), time.monotonic())
        self.waiting += 1
        self._look()
        if lane is not None:
            lane.items.append(item)
            return
        self._lanes[name] = _Lane(deque((item,)))
        task = asyncio.get_running_loop().create_task(self._run(name))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run(self, name: str) -> None:
        lane = self._lanes[name]
        while lane.items and not self._stopping:
            try:
                await self._do(lane.items[0], name)
            except Exception as error:  # noqa: BLE001 - whatever it was, such as a token refused: the bot ends and says why, else its chats would wait in silence
                self._failed(error)
                return
            lane.items.popleft()
        if not lane.items:
            del self._lanes[name]

    async def _do(self, item: Item, name: str) -> None:
        async with Slot(self._light if item.light else self._heavy, self._resting, name) as slot:
            if self._stopping:
                # Left in the journal; the loop in `_run` ends too.
                raise asyncio.CancelledError
            outcome = await self._work(item, slot)
        self._journal.done(item.update_id, outcome, time.time())
        self.outcomes[outcome] += 1
        self.seconds += time.monotonic() - item.since
        self.waiting -= 1
        self._look()

    def _look(self) -> None:
        if self._stopping:
            return
        if self.in_flight >= self._most or self.waiting >= MOST_WAITING:
            self._room.clear()
        else:
            self._room.set()


def lane_of(update: Mapping[str, Any]) -> str:
    """The lane of an update: those of one lane are worked on in order. Taps wait for no question, so they have their own."""
    for kind in ("callback_query", "inline_query", "chosen_inline_result"):
        if isinstance(update.get(kind), dict):
            return f"{kind}{_id(update[kind].get('from'))}"
    body = next((value for key, value in update.items() if key != "update_id" and isinstance(value, dict)), {})
    chat = body.get("chat")
    return f"chat{_id(chat)}" if chat else "other"


def is_light(update: Mapping[str, Any]) -> bool:
    """Whether it is worked on without a search, as far as can be seen from here: commands but /ask."""
    message = update.get("message")
    if not isinstance(message, dict):
        return "edited_message" not in update and "inline_query" not in update
    text = message.get("text")
    return not isinstance(text, str) or (text.startswith("/") and not text.startswith("/ask"))


def _id(value: Any) -> str:
    return str(value.get("id")) if isinstance(value, dict) else ""

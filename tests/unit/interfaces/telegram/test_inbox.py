"""Lanes keep their order, slots are given back while nothing happens, and what is known is not taken twice."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pmbot.errors import StateError
from pmbot.interfaces.telegram.inbox import Inbox, Item, Slot, is_light, lane_of
from pmbot.interfaces.telegram.responses import Outcome
from pmbot.storage.journal import Journal


def message(update_id: int, chat: int = 1, text: str = "x") -> dict[str, Any]:
    return {"update_id": update_id, "message": {"chat": {"id": chat}, "text": text}}


class Desk:
    """Notes what is worked on; `naps` says what an update does."""

    def __init__(self, path: Path, naps: Callable[[Item, Slot], Any] | None = None, **limits: int) -> None:
        self.journal = Journal.open(path / "telegram.sqlite3", 1, 0.0)
        self.naps, self.done, self.errors = naps, [], []
        self.inbox = Inbox(self.journal, self.work, self.errors.append, **{"concurrency": 2, "most": 50, **limits})

    async def work(self, item: Item, slot: Slot) -> Outcome:
        if self.naps is not None:
            await self.naps(item, slot)
        self.done.append(item.update_id)
        return Outcome.ANSWERED

    async def finished(self) -> None:
        while self.inbox.waiting and not self.errors:
            await asyncio.sleep(0.001)


def test_lanes_keep_their_order_and_run_beside_each_other(tmp_path: Path) -> None:
    async def run() -> list[int]:
        async def naps(item: Item, _slot: Slot) -> None:
            await asyncio.sleep(0.02 if item.update_id == 1 else 0)

        desk = Desk(tmp_path, naps)
        await desk.inbox.take([message(1, 1), message(2, 1), message(3, 2), message(3, 2)])
        await desk.inbox.take([message(2, 1)])
        await desk.finished()
        assert [desk.journal.outcome(number) for number in (1, 2, 3)] == ["answered"] * 3
        return desk.done

    assert asyncio.run(run()) == [3, 1, 2]


def test_who_rests_gives_the_slot_back(tmp_path: Path) -> None:
    async def run() -> list[int]:
        async def naps(item: Item, slot: Slot) -> None:
            if item.update_id < 5:
                await slot.rest(0.05)

        desk = Desk(tmp_path, naps, concurrency=1, most=3)
        async with asyncio.timeout(1):
            await desk.inbox.take([message(number, number) for number in range(1, 6)])
        assert 5 in desk.done or desk.inbox.in_flight < 3
        await desk.finished()
        return desk.done

    assert asyncio.run(run())[0] == 5


def test_a_full_inbox_makes_the_taker_wait(tmp_path: Path) -> None:
    async def run() -> None:
        gate = asyncio.Event()

        async def naps(_item: Item, _slot: Slot) -> None:
            await gate.wait()

        desk = Desk(tmp_path, naps, most=2)
        taking = asyncio.create_task(desk.inbox.take([message(1, 1), message(2, 2)]))
        await asyncio.sleep(0.01)
        assert desk.inbox.full
        assert not taking.done()
        assert not await desk.inbox.room(0.01)
        gate.set()
        await taking
        await desk.finished()
        assert not desk.inbox.full

    asyncio.run(run())


def test_what_is_broken_off_stays_for_the_next_start(tmp_path: Path) -> None:
    async def run() -> tuple[int, list[int]]:
        async def naps(item: Item, _slot: Slot) -> None:
            await asyncio.sleep(10 if item.update_id == 1 else 0)

        desk = Desk(tmp_path, naps)
        await desk.inbox.take([message(1, 1), message(2, 1), message(3, 2)])
        await asyncio.sleep(0.01)
        left = await desk.inbox.drain(0.02)
        desk.naps = None
        again = Inbox(desk.journal, desk.work, desk.errors.append, concurrency=2, most=50)
        assert again.recover() == left
        while again.waiting:
            await asyncio.sleep(0.001)
        return left, desk.done

    assert asyncio.run(run()) == (2, [3, 1, 2])


def test_an_error_of_the_work_ends_the_bot_and_keeps_the_update(tmp_path: Path) -> None:
    async def run() -> None:
        async def naps(_item: Item, _slot: Slot) -> None:
            raise StateError("the disk is full")

        desk = Desk(tmp_path, naps)
        await desk.inbox.take([message(1)])
        await desk.finished()
        assert [str(error) for error in desk.errors] == ["the disk is full"]
        assert [waiting.update_id for waiting in desk.journal.waiting()] == [1]

    asyncio.run(run())


@pytest.mark.parametrize(
    ("update", "lane", "light"),
    [
        (message(1, 7), "chat7", False),
        (message(1, 7, "/help"), "chat7", True),
        (message(1, 7, "/ask x"), "chat7", False),
        ({"update_id": 1, "edited_message": {"chat": {"id": 7}}}, "chat7", False),
        ({"update_id": 1, "message": {"chat": {"id": 7}, "photo": []}}, "chat7", True),
        ({"update_id": 1, "callback_query": {"from": {"id": 8}, "message": {"chat": {"id": 7}}}}, "callback_query8", True),
        ({"update_id": 1, "inline_query": {"from": {"id": 8}}}, "inline_query8", False),
        ({"update_id": 1, "poll_answer": {"user": {"id": 8}}}, "other", True),
        ({"update_id": 1, "message": None}, "other", True),
        ({"update_id": 1, "callback_query": {"from": []}}, "callback_query", True),
    ],
)
def test_lanes_and_slots(update: dict[str, Any], lane: str, light: bool) -> None:
    assert lane_of(update) == lane
    assert is_light(update) is light

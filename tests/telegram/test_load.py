"""P0 9: the loop stays free, the order within a chat is kept, and many are answered; the soak."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable

import pytest

from pmbot.rendering.telegram import cleaned
from tests.telegram.bots import until
from tests.telegram.conftest import Everyday, Starter
from tests.telegram.server import TelegramServer
from tests.telegram.special import hostile_sentences


def test_searches_do_not_hold_up_others(telegram: TelegramServer, start_bot: Starter, figure) -> None:
    start_bot()
    telegram.say(9, 9, "/help")
    telegram.wait_for_answer(9)
    for chat in range(1, 5):
        telegram.say(chat, chat, f"burn 0.5 {chat}")
    telegram.wait_for(lambda s: s.pending() == 0)
    asked = time.monotonic()
    telegram.say(9, 9, "/help")
    help_took = telegram.wait_for_answer(9, 2)[1].at - asked
    assert help_took < 0.5
    for chat in range(1, 5):
        telegram.wait_for_answer(chat, 1, 10)
    figure("/help beside 4 searches of 0.5 s", f"{help_took:.3f} s")


def test_all_slots_searching_do_not_hold_up_commands_and_taps(telegram: TelegramServer, start_bot: Starter, figure) -> None:
    start_bot()
    telegram.say(9, 9, "trade")
    [answer] = telegram.wait_for_answer(9)
    for chat in range(1, 13):
        telegram.say(chat + 100, chat + 100, f"sleep 0.8 {chat}")
    telegram.wait_for(lambda s: s.pending() == 0)
    asked = time.monotonic()
    telegram.say(9, 9, "/help")
    tap = telegram.tap(9, 9, answer.message_id, button="👍")
    assert tap is not None
    help_took = telegram.wait_for_answer(9, 2)[1].at - asked
    telegram.wait_for(lambda s: s.callback_answer(tap) is not None, 1)
    tap_took = time.monotonic() - asked
    assert help_took < 0.5
    assert tap_took < 1
    figure("/help and a tap beside 12 searches", f"{help_took:.3f} s, {tap_took:.3f} s")


def test_the_order_within_a_chat_is_kept(everyday: Everyday) -> None:
    """Fast questions behind slow ones wait for them; other chats do not. A batch of 100 comes out once each."""
    telegram, chats = everyday.server, [everyday.fresh() for _ in range(5)]
    wanted = [f"line {number}" if number % 3 else f"sleep 0.0{number % 7}" for number in range(20)]
    sentences = hostile_sentences()
    for text in wanted:
        for chat in chats:
            telegram.say(chat, chat, text)
    expected = [[cleaned(sentences[number])] if number % 3 else [] for number in range(20)]
    for chat in chats:
        answers = telegram.wait_for_answer(chat, 20, 10)
        assert [answer.slices("blockquote", "expandable_blockquote") for answer in answers] == expected


def test_answers_per_second(telegram: TelegramServer, start_bot: Starter, scale: Callable[[int, int], int], figure) -> None:
    """At a round trip of 50 ms; and the processor time of an answer beside that of the library's own bare reply."""
    count = scale(200, 2000)
    telegram.round_trip = 0.05
    bot = start_bot()
    for number in range(count):
        telegram.say(100 + number % 50, 100 + number % 50, f"trade {number}")
    first = telegram.wait_for(lambda s: s.calls("sendMessage"), 10)[0].at
    cpu = bot.cpu()
    telegram.wait_for(lambda s: len(s.calls("sendMessage")) >= count, 60)
    calls = telegram.calls("sendMessage")
    rate = (len(calls) - 1) / (calls[-1].at - first)
    ours = (bot.cpu() - cpu) / count * 1000
    theirs = asyncio.run(_bare(telegram, scale(150, 1000))) * 1000
    assert rate >= 60
    figure("answers per second", f"{rate:.0f}")
    figure("processor time per answer, bare reply by the library, ratio", f"{ours:.2f} ms, {theirs:.2f} ms, {ours / theirs:.2f}")


async def _bare(telegram: TelegramServer, count: int) -> float:
    """Seconds of processor time that the library takes to get an update and send a text, in this thread."""
    from telegram import Bot, Update

    async with Bot(telegram.token, base_url=f"{telegram.base_url}/bot") as bot:
        update = {"update_id": 1, "message": telegram.world.chats[100].messages[max(telegram.world.chats[100].messages)]}
        telegram.round_trip = 0.0
        await bot.send_message(100, "x")
        start = time.thread_time()
        for _ in range(count):
            parsed = Update.de_json(update, bot)
            assert parsed is not None
            await bot.send_message(100, "x")
        return (time.thread_time() - start) / count


FAULTS = (
    {"method": "sendMessage", "status": 502},
    {"method": "sendMessage", "retry_after": 1},
    {"method": "sendMessage", "kind": "drop"},
    {"method": "sendMessage", "kind": "html"},
    {"method": "sendMessage", "kind": "truncated", "done": True},
    {"method": "getUpdates", "status": 502},
    {"method": "getUpdates", "kind": "drop"},
    {"method": "getUpdates", "kind": "truncated"},
)


@pytest.mark.slow
def test_soak(telegram: TelegramServer, start_bot: Starter, scale: Callable[[int, int], int], figure) -> None:
    """Updates from 200 chats under random faults: 0 lost, and memory stays flat."""
    count, chats, chance = scale(200, 20_000), scale(50, 200), random.Random(3)
    bot = start_bot(log_level="warning", ready=False)
    until(bot.healthy, 20)
    told: list[tuple[int, float]] = []
    for number in range(count):
        if number % 50 == 0:
            fault = dict(chance.choice(FAULTS))
            telegram.fail(fault.pop("method"), 1, **fault)
        chat = 100 + number % chats
        telegram.say(chat, chat, chance.choice(("trade", "/help", "?", "France", "explode", f"line {number % 5000}")))
        if number % 200 == 199:
            until(lambda: telegram.pending() < 200, 60)
            told.append((number + 1, bot.memory()))
            telegram.world.calls.clear()
    until(lambda: telegram.pending() == 0 and all(len(telegram.sent(100 + chat)) >= count // chats for chat in range(chats)), 120)
    until(lambda: "in_flight 0.0" in bot.get("/metrics")[1], 20)
    sent = sum(len(telegram.sent(100 + chat)) for chat in range(chats))
    memory = bot.memory()
    settled = told[len(told) // 4][1]
    assert memory < 100
    assert memory < settled * 1.05 + 1
    assert bot.terminate()[0] == 0
    figure(
        "soak: updates, lost, twice, memory at a quarter and at the end", f"{count}, 0, {sent - count}, {settled:.0f} and {memory:.0f} MB"
    )

"""P0 6: nothing is lost, and nothing is answered twice but what was in flight when the process was killed."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable

import pytest

from tests.telegram.bots import until
from tests.telegram.conftest import Starter
from tests.telegram.server import TelegramServer

WAITING = 200
CHATS = 40


def ask(server: TelegramServer) -> None:
    for number in range(WAITING):
        server.say(100 + number % CHATS, 100 + number % CHATS, f"sleep 0.01 {number}")


def answered(server: TelegramServer) -> int:
    return sum(len(server.sent(100 + chat)) for chat in range(CHATS))


def per_chat(server: TelegramServer) -> list[int]:
    return [len(server.sent(100 + chat)) for chat in range(CHATS)]


@pytest.mark.parametrize("options", [(), ("--webhook",)], ids=["polling", "webhook"])
def test_killed_with_200_waiting(options: tuple[str, ...], telegram: TelegramServer, start_bot: Starter, figure) -> None:
    telegram.round_trip = 0.02
    bot = start_bot(*options)
    ask(telegram)
    telegram.wait_for(lambda s: answered(s) >= 30, 10)
    bot.kill()
    before = answered(telegram)
    assert before < WAITING
    bot.start().ready()
    telegram.wait_for(lambda s: min(per_chat(s)) >= WAITING // CHATS, 30)
    until(lambda: "in_flight 0.0" in bot.get("/metrics")[1])
    twice = answered(telegram) - WAITING
    assert 0 <= twice <= 8
    figure("killed after, answered, twice", f"{before}, {min(per_chat(telegram)) * CHATS} of {WAITING}, {twice}")


@pytest.mark.parametrize("options", [(), ("--webhook",)], ids=["polling", "webhook"])
def test_told_to_end_with_200_waiting(
    options: tuple[str, ...], telegram: TelegramServer, start_bot: Starter, request: pytest.FixtureRequest, figure
) -> None:
    if options:
        request.getfixturevalue("full_only")
    telegram.round_trip = 0.02
    bot = start_bot(*options)
    ask(telegram)
    telegram.wait_for(lambda s: answered(s) >= 30, 10)
    code, seconds = bot.terminate()
    assert (code, seconds < 5) == (0, True)
    before = answered(telegram)
    assert before < WAITING
    bot.start().ready()
    telegram.wait_for(lambda s: min(per_chat(s)) >= WAITING // CHATS, 30)
    until(lambda: "in_flight 0.0" in bot.get("/metrics")[1])
    assert per_chat(telegram) == [WAITING // CHATS] * CHATS
    figure("ended after, seconds, answered", f"{before}, {seconds:.2f} s, {answered(telegram)} of {WAITING}, none twice")


def test_a_second_signal_ends_at_once(telegram: TelegramServer, start_bot: Starter, figure) -> None:
    bot = start_bot(search_threads=4)
    for chat in range(1, 5):
        telegram.say(chat, chat, f"sleep 2 {chat}")
    telegram.say(9, 9, "trade")
    telegram.wait_for(lambda s: s.pending() == 0)
    time.sleep(0.3)
    bot.process.send_signal(signal.SIGTERM)
    bot.wait_for_output("told to end")
    start = time.monotonic()
    bot.process.send_signal(signal.SIGTERM)
    assert bot.end() == 128 + signal.SIGTERM
    seconds = time.monotonic() - start
    assert seconds < 0.5
    bot.start().ready()
    telegram.wait_for_answer(9, 1, timeout=25)
    for chat in range(1, 5):
        telegram.wait_for_answer(chat, 1, timeout=25)
    figure("second SIGTERM", f"{seconds:.3f} s, none lost")


@pytest.mark.usefixtures("full_only")
def test_a_search_that_does_not_end_does_not_keep_us(telegram: TelegramServer, start_bot: Starter, figure) -> None:
    bot = start_bot()
    telegram.say(1, 1, "sleep 30")
    telegram.wait_for(lambda s: s.pending() == 0)
    time.sleep(0.2)
    code, seconds = bot.terminate()
    assert code == 0
    assert seconds < 5
    assert "1 updates stay for the next start" in bot.output
    figure("SIGTERM beside a search of 30 s", f"{seconds:.2f} s")


def test_an_update_that_comes_again_is_answered_once(telegram: TelegramServer, start_bot: Starter) -> None:
    bot = start_bot()
    update = telegram.say(42, 42, "trade")
    telegram.wait_for_answer(42)
    assert update is not None
    bot.terminate()
    message = telegram.world.chats[42].messages[1]
    telegram.updates.add("message", message, queue="chat42", update_id=update)
    bot.start().ready()
    telegram.say(43, 43, "trade")
    telegram.wait_for_answer(43)
    assert len(telegram.sent(42)) == 1


def test_two_bots_do_not_share_a_journal(telegram: TelegramServer, start_bot: Starter) -> None:
    """The second waits for the first to end, and takes its place."""
    first = start_bot()
    second = start_bot(ready=False)
    time.sleep(1.5)
    assert second.process.poll() is None
    assert telegram.calls("getMe")[1:] == []
    first.terminate()
    telegram.wait_for(lambda s: len(s.calls("getMe")) == 2, 10)


def test_kills_at_random(telegram: TelegramServer, start_bot: Starter, scale: Callable[[int, int], int], figure) -> None:
    telegram.round_trip = 0.01
    kills, bot = scale(2, 40), start_bot()
    for number in range(kills):
        for chat in range(1, 21):
            telegram.say(chat, chat, f"sleep 0.01 {number}")
        time.sleep(0.05 + (number * 37 % 50) / 250)
        os.kill(bot.process.pid, signal.SIGKILL)
        bot.process.wait()
        bot.start().ready()
    telegram.wait_for(lambda s: all(len(s.sent(chat)) >= kills for chat in range(1, 21)), 30)
    until(lambda: "in_flight 0.0" in bot.get("/metrics")[1])
    twice = sum(len(telegram.sent(chat)) - kills for chat in range(1, 21))
    assert twice <= 8 * kills
    figure("kills, lost, twice", f"{kills}, 0, {twice}")

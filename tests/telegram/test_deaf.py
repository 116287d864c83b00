"""P0 7 and 8: the bot is never deaf without saying so, and it starts whatever the state of Telegram."""

from __future__ import annotations

import json
import time

import pytest

from tests.telegram.bots import until
from tests.telegram.conftest import Starter
from tests.telegram.server import TelegramServer


def test_a_token_that_is_revoked_ends_the_bot(telegram: TelegramServer, start_bot: Starter, figure) -> None:
    bot = start_bot()
    telegram.wait_for(lambda s: s.updates.poll is not None)
    start = time.monotonic()
    telegram.revoke()
    assert bot.end() == 5
    took = time.monotonic() - start
    assert took < 5
    assert bot.output.count("Telegram refuses the bot's token") == 1
    assert "Traceback" not in bot.output
    figure("exit 5 after 401", f"{took:.2f} s")


def test_revoked_under_a_webhook(telegram: TelegramServer, start_bot: Starter) -> None:
    bot = start_bot("--webhook", poll_seconds=1)
    telegram.revoke()
    assert bot.end() == 5
    assert "Telegram refuses the bot's token" in bot.output


@pytest.mark.usefixtures("full_only")
def test_revoked_while_answering_loses_nothing(telegram: TelegramServer, start_bot: Starter) -> None:
    bot = start_bot(poll_seconds=50)
    telegram.round_trip = 0.02
    telegram.say(1, 1, "sleep 0.3")
    telegram.wait_for(lambda s: s.pending() == 0)
    telegram.revoke()
    assert bot.end() == 5
    telegram.world.revoked = False
    bot.start().ready()
    telegram.wait_for_answer(1)


def test_a_proxy_that_says_401_once_does_not_end_it(telegram: TelegramServer, start_bot: Starter) -> None:
    start_bot()
    telegram.fail("getUpdates", 1, status=401)
    telegram.fail("sendMessage", 1, status=401)
    telegram.say(1, 1, "trade")
    telegram.wait_for_answer(1)


def test_a_second_poller(telegram: TelegramServer, start_bot: Starter, figure) -> None:
    bot = start_bot(poll_seconds=1)
    until(bot.healthy)
    conflict = telegram.fail("getUpdates", 999, status=409)
    telegram.second_poller()
    until(lambda: not bot.healthy(), 3)
    assert json.loads(bot.get("/healthz")[1])["problem"] == "another program fetches this bot's updates"
    telegram.wait_for(lambda s: len([c for c in s.calls("getUpdates") if c.status == 409]) >= 2, 8)
    lines = bot.output.count("another program fetches this bot's updates")
    assert lines == 1
    conflict.times = 0
    until(bot.healthy, 5)
    telegram.say(1, 1, "trade")
    telegram.wait_for_answer(1)
    figure("409 replies, log lines", f"2 and more, {lines}")


@pytest.mark.usefixtures("full_only")
def test_silence_is_red_and_green_again(telegram: TelegramServer, start_bot: Starter, figure) -> None:
    """No good poll for longer than 3 times the time-out of one second."""
    bot = start_bot(poll_seconds=1)
    until(bot.healthy)
    telegram.down()
    start = time.monotonic()
    until(lambda: not bot.healthy(), 8)
    red = time.monotonic() - start
    assert 2 < red < 5.5
    assert "nothing heard for" in bot.get("/healthz")[1]
    assert "pmbot_telegram_healthy 0.0" in bot.get("/metrics")[1]
    telegram.up()
    start = time.monotonic()
    until(bot.healthy, 6)
    green = time.monotonic() - start
    telegram.say(1, 1, "trade")
    telegram.wait_for_answer(1)
    assert bot.output.count("cannot fetch updates") == 1
    figure("red after, green after", f"{red:.1f} s, {green:.1f} s")


def test_the_api_is_down_at_the_start(telegram: TelegramServer, start_bot: Starter, scale, figure) -> None:
    telegram.say(1, 1, "trade")
    telegram.down()
    bot = start_bot(ready=False)
    bot.wait_for_output("Telegram cannot be reached")
    assert not bot.healthy()
    time.sleep(scale(1, 10))
    telegram.up()
    start = time.monotonic()
    telegram.wait_for_answer(1)
    took = time.monotonic() - start
    assert took < 5
    assert bot.output.count("Telegram cannot be reached") == 1
    figure("answer after the API came up", f"{took:.2f} s")


def test_a_menu_that_cannot_be_set_is_a_warning(telegram: TelegramServer, start_bot: Starter) -> None:
    telegram.fail("setMyCommands", 9, status=400)
    bot = start_bot()
    telegram.say(1, 1, "trade")
    telegram.wait_for_answer(1)
    assert "WARNING pmbot.interfaces.telegram.menu" in bot.wait_for_output("menu of commands is not set")


def test_a_foreign_webhook_is_left_alone(telegram: TelegramServer, start_bot: Starter) -> None:
    telegram.foreign_webhook()
    bot = start_bot(ready=False)
    assert bot.end() == 5
    assert "start with --take-over" in bot.output
    assert telegram.calls("deleteWebhook") == []
    again = start_bot("--take-over")
    assert len(telegram.calls("deleteWebhook")) == 1
    assert again.process.poll() is None


@pytest.mark.usefixtures("full_only")
def test_from_webhook_to_polling_and_back(telegram: TelegramServer, start_bot: Starter) -> None:
    bot = start_bot("--webhook")
    bot.terminate()
    bot.with_options().start().ready().terminate()
    bot.with_options("--webhook").start().ready()
    telegram.say(1, 1, "trade")
    telegram.wait_for_answer(1)


def test_a_port_that_is_taken(telegram: TelegramServer, start_bot: Starter) -> None:
    bot = start_bot(ready=False, health_port=telegram.port)
    assert bot.end() == 5
    assert f"cannot listen on 127.0.0.1:{telegram.port}" in bot.output
    assert "telegram.health_port" in bot.output
    assert len(bot.output.splitlines()) == 1

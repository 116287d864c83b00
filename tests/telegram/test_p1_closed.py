"""P1 20: chats that are closed to us are marked once, cost one call, and disturb nobody."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.telegram.bots import until
from tests.telegram.conftest import Everyday
from tests.telegram.server import BOT_ID

CLOSED: dict[str, dict[str, Any]] = {
    "blocked": {"status": 403, "description": "Forbidden: bot was blocked by the user"},
    "deactivated": {"status": 403, "description": "Forbidden: user is deactivated"},
    "not found": {"status": 400, "description": "Bad Request: chat not found"},
    "peer": {"status": 400, "description": "Bad Request: PEER_ID_INVALID"},
}


@pytest.mark.parametrize("name", CLOSED)
def test_a_closed_chat_is_marked_once(everyday: Everyday, name: str, figure) -> None:
    """Ten questions wait while the first is searched for; then the chat turns out to be closed."""
    server, bot, user = everyday.server, everyday.bot, everyday.fresh()
    closed = server.fail("sendMessage", 99, chat=user, **CLOSED[name])
    server.say(user, user, "sleep 0.3")
    updates = [server.say(user, user, f"trade {number}") for number in range(10)]
    until(lambda: f"update {updates[-1]}: question, undelivered" in bot.output)
    assert len(server.calls("sendMessage", user)) == 1
    assert bot.output.count(f"chat {user} is closed to us") == 1
    closed.times = 0
    server.say(user, user, "trade")
    assert "€130 million" in server.wait_for_answer(user)[0].text
    figure(f"calls for 11 questions, {name}", 1)


def test_who_blocks_and_comes_back(everyday: Everyday) -> None:
    server, bot, user = everyday.server, everyday.bot, everyday.fresh()
    server.say(user, user, "sleep 0.3")
    time.sleep(0.1)
    server.block(user)
    until(lambda: f"chat {user} is closed to us" in bot.output)
    server.unblock(user)
    server.say(user, user, "trade")
    assert "€130 million" in server.wait_for_answer(user)[0].text


def test_a_group_that_puts_the_bot_out(everyday: Everyday) -> None:
    server, bot, group, user = everyday.server, everyday.bot, everyday.supergroup(), everyday.fresh()
    server.say(group, user, "sleep 0.3 @pmbot_test_bot")
    time.sleep(0.1)
    server.member(group, BOT_ID, "kicked", "member")
    until(lambda: f"chat {group} is closed to us" in bot.output)
    assert bot.output.count(f"chat {group} is closed to us") == 1
    assert [call.status for call in server.calls("sendMessage", group)] == [403]


def test_a_conflict_while_sending_is_tried_again(everyday: Everyday) -> None:
    server, user = everyday.server, everyday.fresh()
    server.fail("sendMessage", 2, chat=user, status=409)
    server.say(user, user, "trade")
    assert "€130 million" in server.wait_for_answer(user)[0].text
    assert len(server.calls("sendMessage", user)) == 3


def test_where_the_bot_may_not_write_it_keeps_silent(everyday: Everyday) -> None:
    server, bot, group, user = everyday.server, everyday.bot, everyday.supergroup(), everyday.fresh()
    denied = "Bad Request: not enough rights to send text messages to the chat"
    server.fail("sendMessage", 1, chat=group, status=400, description=denied)
    update = server.say(group, user, "/ask trade")
    until(lambda: f"update {update}: command, undelivered" in bot.output)
    assert len(server.calls("sendMessage", group)) == 1
    server.say(group, user, "/ask trade")
    server.wait_for_answer(group)

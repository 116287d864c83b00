"""`pmbot doctor --online` asks Telegram whose token it is, and never shows it."""

from __future__ import annotations

import pytest

from pmbot.cli.checkup import State, telegram_online
from tests.telegram.server import TelegramServer


def environ(server: TelegramServer, token: str | None = None) -> dict[str, str]:
    return {"PMBOT_TELEGRAM_TOKEN": token or server.token, "PMBOT_TELEGRAM_BASE_URL": server.base_url}


def test_a_token_that_telegram_knows(telegram: TelegramServer) -> None:
    found = telegram_online(environ(telegram))
    assert found.state is State.OK
    assert found.found.startswith("the token is that of @")
    assert telegram.token not in repr(found)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_what_is_wrong_is_said(telegram: TelegramServer) -> None:
    other = "123456789:" + "x" * 35
    refused = telegram_online(environ(telegram, other))
    assert (refused.state, refused.found) == (State.FAILED, "Telegram refuses the token")
    assert other not in repr(refused)
    telegram.down()
    assert "cannot talk to Telegram" in telegram_online(environ(telegram)).found
    assert "there is no bot token" in telegram_online({}).found

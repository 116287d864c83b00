"""The server and the bot, for the tests of the Telegram channel."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.telegram.bots import BotProcess
from tests.telegram.server import TelegramServer

Starter = Callable[..., BotProcess]


@pytest.fixture
def telegram() -> Iterator[TelegramServer]:
    """A Bot API server."""
    with TelegramServer() as running:
        yield running
        assert running.violations == []


@pytest.fixture
def start_bot(telegram: TelegramServer, tmp_path: Path) -> Iterator[Starter]:
    """Start a bot on that server and wait until it is ready; see `BotProcess`."""
    with ExitStack() as stack:

        def start(*options: str, ready: bool = True, **settings: Any) -> BotProcess:
            bot = stack.enter_context(BotProcess(telegram, tmp_path, *options, **settings))
            return bot.ready() if ready else bot

        yield start


@pytest.fixture
def figure(record_property: Callable[[str, object], None]) -> Callable[[str, object], None]:
    """Note what was measured; `pytest -s` shows it."""

    def note(name: str, value: object) -> None:
        record_property(name, value)
        sys.stdout.write(f"\n[figure] {name}: {value}\n")

    return note

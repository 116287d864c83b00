"""The server and the bot, for the tests of the Telegram channel."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

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


ADMIN = 4711


class Everyday(NamedTuple):
    """A public bot with the special knowledge that many tests share; each takes people and chats of its own by `fresh`."""

    server: TelegramServer
    bot: BotProcess
    numbers: Iterator[int]

    def fresh(self) -> int:
        """The id of somebody new; minus it is a new group."""
        return next(self.numbers)

    def supergroup(self, **fields: Any) -> int:
        """A new supergroup."""
        chat = -1_000_000_000_000 - self.fresh()
        self.server.chat(chat, **fields)
        return chat


@pytest.fixture(scope="session")
def _everyday(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Everyday]:
    with TelegramServer() as server, BotProcess(server, tmp_path_factory.mktemp("everyday"), admins=[ADMIN]) as bot:
        bot.ready()
        yield Everyday(server, bot, count(10_000, 100))
        assert server.violations == []
        assert "Traceback" not in bot.output


@pytest.fixture
def everyday(_everyday: Everyday) -> Iterator[Everyday]:
    """See `Everyday`; what the bot wrote comes with a failure."""
    try:
        yield _everyday
    finally:
        # Before the next test: rules and faults that a test has set.
        _everyday.server.api.faults.clear()
        _everyday.server.round_trip = 0.0
        sys.stderr.write(_everyday.bot.output[-3000:])


@pytest.fixture
def full_only(request: pytest.FixtureRequest) -> None:
    """Skip the test unless --full is given: it is slow, and like another one that is not."""
    if not request.config.getoption("--full"):
        pytest.skip("slow; runs with --full")


@pytest.fixture
def figure(record_property: Callable[[str, object], None]) -> Callable[[str, object], None]:
    """Note what was measured; `pytest -s` shows it."""

    def note(name: str, value: object) -> None:
        record_property(name, value)
        sys.stdout.write(f"\n[figure] {name}: {value}\n")

    return note

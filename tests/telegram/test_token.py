"""P0 1: the token's secret part is never seen, whatever goes wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmbot.cli import main
from pmbot.interfaces.telegram.logs import HIDDEN, LineFormatter, Redactor
from tests.fakes_api import make_console
from tests.telegram.bots import BotProcess
from tests.telegram.conftest import Starter
from tests.telegram.server import TOKEN, TelegramServer
from tests.telegram.special import special_load

SECRET_PART = TOKEN.partition(":")[2]


def leaks(bot: BotProcess) -> int:
    argv = Path(f"/proc/{bot.process.pid}/cmdline")
    return (bot.output + (argv.read_text() if argv.exists() else "")).count(SECRET_PART)


def test_at_debug_in_use_and_with_a_traceback(telegram: TelegramServer, start_bot: Starter) -> None:
    bot = start_bot(log_level="debug")
    telegram.fail("sendMessage", 1, kind="truncated")
    telegram.say(42, 42, "explode")
    telegram.say(43, 43, "trade")
    telegram.wait_for_answer(42)
    telegram.wait_for_answer(43)
    bot.wait_for_output("Traceback")
    assert bot.terminate()[0] == 0
    assert "sendMessage" in bot.output
    assert leaks(bot) == 0


def test_refused_at_the_start(telegram: TelegramServer, start_bot: Starter) -> None:
    telegram.revoke()
    bot = start_bot(ready=False)
    assert bot.end() == 5
    assert "Telegram refuses the bot's token" in bot.output
    assert leaks(bot) == 0
    assert len(bot.output.splitlines()) == 1


@pytest.mark.parametrize("mode", ["", "1"])
def test_a_crash_of_the_process(mode: str, telegram: TelegramServer, start_bot: Starter) -> None:
    """Something that nobody catches, with the address in its message: not even then."""
    bot = start_bot(ready=False, environment={"TEST_CRASH": TOKEN, "PYTHONDEVMODE": mode})
    assert bot.end() != 0
    assert ("Traceback" in bot.output) == bool(mode)
    assert "/bot123456789:" in bot.output
    assert leaks(bot) == 0


def test_a_server_that_is_down(telegram: TelegramServer, start_bot: Starter) -> None:
    telegram.down()
    bot = start_bot(ready=False, log_level="debug")
    bot.wait_for_output("cannot be reached")
    assert bot.terminate()[0] == 0
    assert leaks(bot) == 0


@pytest.mark.parametrize(
    ("environment", "code", "said"),
    [
        ({}, 5, "there is no bot token; get one from @BotFather"),
        ({"PMBOT_TELEGRAM_TOKEN": SECRET_PART}, 2, "copy it from @BotFather whole"),
        ({"PMBOT_TELEGRAM_TOKEN": f"bot{TOKEN}"}, 2, "copy it from @BotFather whole"),
        ({"PMBOT_TELEGRAM_TOKEN": TOKEN, "PMBOT_TELEGRAM_TOKEN_FILE": "/nonexistent"}, 2, "both set"),
        ({"PMBOT_TELEGRAM_TOKEN_FILE": "/nonexistent"}, 2, "/nonexistent: cannot be read"),
        ({"PMBOT_TELEGRAM_TOKEN": TOKEN, "PMBOT_TELEGRAM_TOKN": "x"}, 2, "PMBOT_TELEGRAM_TOKN: is not a known variable"),
        ({"PMBOT_TELEGRAM_TOKEN": TOKEN, "PMBOT_TELEGRAM_BASE_URL": "127.0.0.1:8081"}, 2, "must be the root of a Bot API server"),
        ({"PMBOT_TELEGRAM_TOKEN": TOKEN, "PMBOT_TELEGRAM_ACCESS": "everybody"}, 2, "neither pairing, nor public, nor ids"),
    ],
)
def test_a_wrong_start_is_one_line(environment: dict[str, str], code: int, said: str) -> None:
    console = make_console(environ=environment)
    assert main(["telegram"], load=special_load, console=console) == code
    [line] = console.stderr.getvalue().splitlines()  # type: ignore[attr-defined]
    assert said in line
    assert SECRET_PART not in line


def test_a_token_from_a_file_is_not_handed_on(telegram: TelegramServer, start_bot: Starter, tmp_path: Path) -> None:
    """The special knowledge answers `environment` with the names of the variables that a child would get."""
    path = tmp_path / "token.txt"
    path.write_text(f"{TOKEN}\n")
    bot = start_bot(environment={"PMBOT_TELEGRAM_TOKEN": None, "PMBOT_TELEGRAM_TOKEN_FILE": str(path)})
    telegram.say(42, 42, "environment")
    [answer] = telegram.wait_for_answer(42)
    assert "XDG_STATE_HOME" in answer.text
    assert "SECRET" not in answer.text
    bot.terminate()
    bot.with_environment(PMBOT_TELEGRAM_TOKEN=TOKEN, PMBOT_TELEGRAM_TOKEN_FILE=None).start().ready()
    telegram.say(42, 42, "environment")
    assert "PMBOT_TELEGRAM_TOKEN" not in telegram.wait_for_answer(42, 2)[1].text


def test_lines_are_redacted_before_they_are_cut() -> None:
    import logging

    formatter = LineFormatter(Redactor((SECRET_PART,)), "text")
    for length in range(380, 480):
        record = logging.LogRecord("x", logging.INFO, "x", 1, "a" * length + TOKEN, None, None)
        line = formatter.format(record)
        assert SECRET_PART[:6] not in line
        assert len(line) < 500
    assert Redactor((SECRET_PART,))(f"/bot{TOKEN.replace(':', '%3A')}/") == f"/bot123456789%3A{HIDDEN}/"


def test_the_library_does_not_show_it() -> None:
    from pmbot.interfaces.telegram.bot import make_bot
    from pmbot.interfaces.telegram.token import token_of
    from pmbot.interfaces.telegram.wire import Wire

    token = token_of(TOKEN)
    shown = f"{token!r} {token} {make_bot(token, 'http://127.0.0.1:1', Wire(1, 1.0))!r}"
    assert SECRET_PART not in shown

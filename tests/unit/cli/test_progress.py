"""The progress bar."""

from __future__ import annotations

import io
import re
import threading
import time
from collections.abc import Mapping
from dataclasses import replace

import pytest

from pmbot.cli import progress as module
from pmbot.cli.console import Console
from pmbot.cli.progress import progress, rate
from tests.fakes_api import make_console


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def console_on(stream: io.StringIO, environ: Mapping[str, str]) -> Console:
    return replace(make_console(), stderr=stream, environ={"COLUMNS": "100", **environ})


def shown(stream: io.StringIO) -> str:
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", stream.getvalue())


def work(console: Console, what: str = "indexing", total: int | None = 40) -> None:
    with progress(console, what, total) as advance:
        for _ in range(20):
            time.sleep(0.01)
            advance()
        advance(5)
        time.sleep(0.12)


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.0)


def test_a_terminal_sees_how_far_how_fast_and_how_long() -> None:
    stream = Terminal()
    console = console_on(stream, {"TERM": "xterm-256color"})
    work(console)
    assert re.search(r"indexing .*\b25/40 +\d+(\.\d)? documents/s +00:0\d", shown(stream))
    assert isinstance(console.stdout, io.StringIO)
    assert console.stdout.getvalue() == ""


def interrupted(console: Console) -> None:
    with progress(console, "indexing", 3) as advance:
        time.sleep(0.15)
        advance()
        raise KeyboardInterrupt


def test_the_bar_goes_and_the_cursor_comes_back() -> None:
    stream = Terminal()
    with pytest.raises(KeyboardInterrupt):
        interrupted(console_on(stream, {"TERM": "xterm"}))
    assert stream.getvalue().rindex("\x1b[?25h") > stream.getvalue().rindex("\x1b[?25l")
    assert stream.getvalue().endswith("\x1b[2K")
    assert not any(isinstance(thread, threading.Timer) for thread in threading.enumerate())


@pytest.mark.parametrize("environ", [{"TERM": "dumb"}, {"TERM": ""}, {}])
def test_a_dumb_terminal_sees_nothing(environ: dict[str, str]) -> None:
    stream = Terminal()
    work(console_on(stream, environ), total=3)
    assert stream.getvalue() == ""


def test_a_pipe_sees_nothing() -> None:
    stream = io.StringIO()
    work(console_on(stream, {"TERM": "xterm"}), total=3)
    assert stream.getvalue() == ""


def test_short_work_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE", 60)
    stream = Terminal()
    with progress(console_on(stream, {"TERM": "xterm"}), "indexing", 3) as advance:
        advance(3)
    assert stream.getvalue() == ""


def test_no_color_is_respected() -> None:
    colours = re.compile(r"\x1b\[[0-9;]*3\d[0-9;]*m")
    plain, coloured = Terminal(), Terminal()
    work(console_on(plain, {"TERM": "xterm-256color", "NO_COLOR": "1"}))
    work(console_on(coloured, {"TERM": "xterm-256color"}))
    assert colours.search(coloured.getvalue())
    assert not colours.search(plain.getvalue())


def test_what_is_done_is_data() -> None:
    stream = Terminal()
    work(console_on(stream, {"TERM": "xterm"}), what="[red]a\x1b]0;title\x07 :smile:")
    assert "[red]a␛]0;title␇ :smile:" in shown(stream)
    assert "\x07" not in stream.getvalue()


def test_an_unknown_total() -> None:
    stream = Terminal()
    work(console_on(stream, {"TERM": "xterm"}), total=None)
    assert "25/?" in shown(stream)


@pytest.mark.parametrize(("speed", "text"), [(None, ""), (0.25, "0.2 cases/s"), (9.94, "9.9 cases/s"), (12345.6, "12,346 cases/s")])
def test_rates(speed: float | None, text: str) -> None:
    assert rate(speed, "cases") == text

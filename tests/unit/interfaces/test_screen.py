"""Which screen suits which stream."""

from __future__ import annotations

import io

import pytest

from pmbot.interfaces.screen import WIDEST, Screen
from pmbot.rendering.page import Ink, line
from tests.fakes_api import Tty

LONG = (line("word " * 60, Ink.ANSWER),)


def shown(stream: io.StringIO, environ: dict[str, str]) -> str:
    Screen.on(stream, environ).show(LONG)
    return stream.getvalue()


def test_a_pipe_is_plain_and_unbroken() -> None:
    assert shown(io.StringIO(), {"TERM": "xterm-256color"}) == "word " * 60 + "\n"


def test_a_terminal_has_colour_and_a_width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    lines = shown(Tty(), {"TERM": "xterm"}).splitlines()
    assert lines[0] == "\x1b[1mword word word word word word word word\x1b[0m"


@pytest.mark.parametrize("environ", [{"TERM": "xterm", "NO_COLOR": "1"}, {"TERM": "dumb"}, {}])
def test_no_colour(environ: dict[str, str]) -> None:
    assert "\x1b" not in shown(Tty(), environ)


def test_an_empty_no_color_does_not_count() -> None:
    assert "\x1b" in shown(Tty(), {"TERM": "xterm", "NO_COLOR": ""})


def test_a_wide_terminal_is_not_filled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    assert max(map(len, shown(Tty(), {"TERM": "dumb"}).splitlines())) <= WIDEST

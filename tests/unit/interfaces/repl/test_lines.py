"""Where lines come from: pipes, dumb terminals, capable ones."""

from __future__ import annotations

import io

import pytest

from pmbot.interfaces.repl.lines import LineReader, StreamLines, choose_lines
from tests.fakes_api import Tty


def never() -> LineReader:
    raise AssertionError("no editor is wanted here")


class Interrupting(io.StringIO):
    def readline(self, size: int | None = -1, /) -> str:
        raise KeyboardInterrupt


def test_a_pipe_is_echoed_after_the_prompt_but_not_its_blank_lines() -> None:
    out = io.StringIO()
    lines = StreamLines(io.StringIO("one\r\n\n  \ntwo\x1b"), out)
    assert [lines.read() for _ in range(5)] == ["one", "", "  ", "two\x1b", None]
    assert out.getvalue() == "> one\n> two␛\n"
    assert not lines.interactive


def test_a_dumb_terminal_gets_a_bare_prompt() -> None:
    out = Tty()
    lines = choose_lines(Tty("one\n"), out, {"TERM": "dumb"}, never)
    assert [lines.read(), lines.read()] == ["one", None]
    assert out.getvalue() == "> > \n"
    assert lines.interactive


def test_ctrl_c_on_a_dumb_terminal_ends_the_line() -> None:
    out = io.StringIO()
    with pytest.raises(KeyboardInterrupt):
        StreamLines(Interrupting(), out, interactive=True, echo=False).read()
    assert out.getvalue() == "> \n"


@pytest.mark.parametrize(
    ("source", "output", "interactive"),
    [(io.StringIO(), Tty(), False), (Tty(), io.StringIO(), True), (io.StringIO(), io.StringIO(), False)],
)
def test_anything_but_a_terminal_on_both_sides_is_a_stream(source: io.StringIO, output: io.StringIO, interactive: bool) -> None:
    lines = choose_lines(source, output, {"TERM": "xterm"}, never)
    assert isinstance(lines, StreamLines)
    assert lines.interactive is interactive


def test_a_terminal_gets_editing() -> None:
    editor = StreamLines(io.StringIO(), io.StringIO())
    assert choose_lines(Tty(), Tty(), {"TERM": "xterm"}, lambda: editor) is editor

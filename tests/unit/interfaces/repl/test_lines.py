"""Where lines come from: pipes, dumb terminals, and real keys through prompt_toolkit."""

from __future__ import annotations

import io

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from pmbot.interfaces.repl.lines import EditedLines, StreamLines, choose_lines
from tests.fakes_api import Tty


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
    lines = choose_lines(Tty("one\n"), out, {"TERM": "dumb"})
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
    lines = choose_lines(source, output, {"TERM": "xterm"})
    assert isinstance(lines, StreamLines)
    assert lines.interactive is interactive


def test_a_terminal_gets_editing() -> None:
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        assert isinstance(choose_lines(Tty(), Tty(), {"TERM": "xterm"}), EditedLines)


def test_keys() -> None:
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        lines = EditedLines()
        keys.send_text("trabe\x7f\x7fde?\r")
        assert lines.read() == "trade?"
        keys.send_text("\x1b[A\r")
        assert lines.read() == "trade?"
        keys.send_text("\x1b[200~pasted\nlines\x1b[201~\r")
        assert lines.read() == "pasted\nlines"
        keys.send_text("half\x03")
        with pytest.raises(KeyboardInterrupt):
            lines.read()
        keys.send_text("\x04")
        assert lines.read() is None

"""The line editor, driven by real keys through prompt_toolkit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.input.base import PipeInput
from prompt_toolkit.output import DummyOutput

from pmbot.interfaces.repl.editor import EditedLines, Editing
from pmbot.interfaces.repl.loop import terminal_registry
from pmbot.interfaces.session import Session
from tests.fakes_api import FakeKnowledge

UP, RIGHT, ESCAPE = "\x1b[A", "\x1b[C", "\x1b"


@pytest.fixture
def keys() -> Iterator[PipeInput]:
    with create_pipe_input() as given, create_app_session(input=given, output=DummyOutput()):
        yield given


@pytest.fixture
def typed(keys: PipeInput) -> Callable[[str, Editing], str | None]:
    def read(text: str, editing: Editing) -> str | None:
        keys.send_text(text)
        return EditedLines(Session(FakeKnowledge()), terminal_registry(), editing).read()

    return read


def test_keys(keys: PipeInput) -> None:
    lines = EditedLines(Session(FakeKnowledge()), terminal_registry(), Editing())
    keys.send_text("trabe\x7f\x7fde?\r")
    assert lines.read() == "trade?"
    keys.send_text(f"{UP}\r")
    assert lines.read() == "trade?"
    keys.send_text("\x1b[200~pasted\nlines\x1b[201~\r")
    assert lines.read() == "pasted\nlines"
    keys.send_text("one\x1b\rtwo\r")
    assert lines.read() == "one\ntwo"
    keys.send_text("half\x03")
    with pytest.raises(KeyboardInterrupt):
        lines.read()
    keys.send_text("\x04")
    assert lines.read() is None


def test_the_history_is_kept_for_this_user_alone(tmp_path: Path, typed: Callable[[str, Editing], str | None]) -> None:
    editing = Editing(tmp_path / "history")
    assert typed("How much trade?\r", editing) == "How much trade?"
    assert (tmp_path / "history").stat().st_mode & 0o777 == 0o600
    assert typed(f"{UP}\r", editing) == "How much trade?"


def test_without_a_file_nothing_is_kept(tmp_path: Path, typed: Callable[[str, Editing], str | None]) -> None:
    assert typed("one\r", Editing()) == "one"
    assert list(tmp_path.iterdir()) == []


def test_vi_keys(typed: Callable[[str, Editing], str | None]) -> None:
    assert typed(f"xtrade{ESCAPE}0x\r", Editing(vi=True)) == "trade"

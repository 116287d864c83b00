"""Whole conversations, as transcripts."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from syrupy.assertion import SnapshotAssertion

from pmbot.interfaces.repl.lines import StreamLines
from pmbot.interfaces.repl.loop import converse
from pmbot.interfaces.screen import Screen
from pmbot.interfaces.session import Session
from pmbot.models import Trace
from tests.fakes_api import FakeKnowledge

SESSIONS = {
    "ask, why, sources": "How much was the trade?\n:why\n:sources\n:quit\nnever read\n",
    "refusals": "Who is the president of France?\nHow is the weather in Seoul?\n:why\n",
    "follow-up": "How much was the trade?\nand the trade between them?\n:new\nand the trade between them?\n",
    "hostile": "What was the \x1b[31msale\x1b[0m worth?\n:\x9b2J\n\x00\x07\n",
    "small talk": "hi\n\n   \n?\nquit\n",
    "errors go on": "is it down?\nhow much trade?\n",
    "help and docs": ":help\n:docs\n:halp\nexit\n",
    "nothing": "",
    "no last line feed": "how much trade?",
}


class Keys:
    """Lines as a person types them; None is Ctrl-C, the end is Ctrl-D."""

    interactive = True

    def __init__(self, lines: Sequence[str | None]) -> None:
        self.lines = list(lines)

    def read(self) -> str | None:
        if not self.lines:
            return None
        line = self.lines.pop(0)
        if line is None:
            raise KeyboardInterrupt
        return line


class BrokenOff(FakeKnowledge):
    def trace(self, text: str, *, history: Sequence[str] = (), doc_id: str | None = None) -> Trace:
        raise KeyboardInterrupt


def transcript(text: str, knowledge: FakeKnowledge | None = None, width: int | None = None) -> str:
    out = io.StringIO()
    converse(Session(knowledge or FakeKnowledge()), StreamLines(io.StringIO(text), out), Screen(out, width=lambda: width), version="0")
    return out.getvalue()


@pytest.mark.parametrize("name", SESSIONS)
def test_piped(name: str, snapshot: SnapshotAssertion) -> None:
    shown = transcript(SESSIONS[name])
    assert shown == snapshot
    assert not set(shown) & {"\x1b", "\x9b", "\x00", "\x07", "\u202e"}


@pytest.mark.parametrize("name", ["ask, why, sources", "hostile", "help and docs"])
def test_forty_columns(name: str, snapshot: SnapshotAssertion) -> None:
    assert transcript(SESSIONS[name], width=40) == snapshot


def test_ctrl_c_clears_and_ctrl_d_leaves() -> None:
    out = io.StringIO()
    converse(Session(FakeKnowledge()), Keys([None, "trade?", None]), Screen(out), version="0")
    assert out.getvalue().count("€130 million.") == 1


def test_ctrl_c_breaks_an_answer_off() -> None:
    out = io.StringIO()
    converse(Session(BrokenOff()), Keys(["trade?", ":quit"]), Screen(out), version="0")
    assert "(broken off)" in out.getvalue()


def test_without_a_person_ctrl_c_ends_the_conversation() -> None:
    with pytest.raises(KeyboardInterrupt):
        transcript("trade?\n", BrokenOff())


def test_a_knowledge_without_examples_offers_none() -> None:
    class Bare(FakeKnowledge):
        def examples(self) -> tuple[str, ...]:
            return ()

    assert "for example" not in transcript("", Bare())

"""Whole conversations, as transcripts."""

from __future__ import annotations

import base64
import io
import itertools
from collections.abc import Sequence
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from pmbot.errors import CorpusError
from pmbot.interfaces.repl.lines import StreamLines
from pmbot.interfaces.repl.loop import converse
from pmbot.interfaces.screen import Screen
from pmbot.interfaces.session import Origin, Session
from pmbot.models import Changes, Trace
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
    "context of an answer, of a refusal, of small talk": ":context\nhow much trade?\n:context\nFrance?\n:context\nhi\n:context\n",
    "next": ":next\nhow much trade?\n:next\n:next\n:next\nthe trade again\n:next\n",
    "json": ":json\nhow much trade?\n:json\n",
    "settings": ":set\n:set doc pmnet\n:set doc pmnet.txt\n:set width 50\n:set\nhow much trade?\n:set doc all\n:set width auto\n:set\n",
    "wrong settings": ":set frob 1\n:set widht 3\n:set width 3\n:set width ²\n:set time maybe\n:set doc \x1b\n",
    "time": ":time\nhow much trade?\n:time\n:set time on\nhow much trade?\n",
    "open": ":open\n:open pmnt\n:open pmnet.txt\nhow much trade?\n:open\n:open notes/hostile.md\n",
    "copy without a clipboard": ":copy\nhow much trade?\n:copy\n",
    "reload without changes": "how much trade?\n:reload\n:why\n",
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
    session = Session(knowledge or FakeKnowledge(), clock=itertools.count(0, 0.25).__next__)
    converse(session, StreamLines(io.StringIO(text), out), Screen(out, width=lambda: width), version="0")
    return out.getvalue()


@pytest.mark.parametrize("name", SESSIONS)
def test_piped(name: str, snapshot: SnapshotAssertion) -> None:
    shown = transcript(SESSIONS[name])
    assert shown == snapshot
    assert not set(shown) & {"\x1b", "\x9b", "\x00", "\x07", "\u202e"}


@pytest.mark.parametrize("name", ["ask, why, sources", "hostile", "help and docs", "next", "settings"])
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


def test_a_reload_says_what_changed_and_forgets_the_last_answer(snapshot: SnapshotAssertion) -> None:
    knowledge = FakeKnowledge()
    knowledge.changes = Changes(added=tuple(f"{n}.md" for n in range(12)), changed=("pmnet.txt",), removed=("old\x1b.txt",))
    assert transcript("how much trade?\n:reload\n:why\n", knowledge) == snapshot


def test_a_reload_that_fails_is_told_and_the_conversation_goes_on() -> None:
    class Gone(FakeKnowledge):
        def reload(self) -> Changes:
            raise CorpusError("knowledge: no such folder")

    assert "pmbot: knowledge: no such folder\n\n> how much trade?\n€130 million.\n" in transcript(":reload\nhow much trade?\n", Gone())


def test_only_a_terminal_has_links(tmp_path: Path) -> None:
    out = io.StringIO()
    screen = Screen(out, colour=True)
    for screen.links in (False, True):
        session = Session(FakeKnowledge(), origin=Origin(tmp_path / "a b"))
        converse(session, Keys(["how much trade?", "what was the sale?"]), screen, version="0")
    without, _, shown = out.getvalue().rpartition("pmbot 0")
    assert "\x1b]8;;" not in without
    assert f"\x1b]8;;file://{tmp_path}/a%20b/pmnet.txt\x1b\\\x1b[2mpmnet.txt:1\x1b[0m\x1b]8;;\x1b\\" in shown
    assert "\x1b]8;;https://example.org/a#:~:text=" in shown
    assert shown.count("\x1b]8;;\x1b\\") == 2


def test_a_terminal_has_a_clipboard() -> None:
    out = io.StringIO()
    converse(Session(FakeKnowledge()), Keys(["how much trade?", ":copy"]), Screen(out, colour=True), version="0")
    data = out.getvalue().partition("\x1b]52;c;")[2].partition("\x07")[0]
    assert base64.b64decode(data).decode().startswith("€130 million.\n\n  “With trade")
    assert "Copied." in out.getvalue()


def test_a_document_is_read_in_the_pager(capfd: pytest.CaptureFixture[str]) -> None:
    screen = Screen(io.StringIO())
    screen.pager = ("cat",)
    converse(Session(FakeKnowledge()), Keys([":open notes/hostile.md"]), screen, version="0")
    shown = capfd.readouterr().out
    assert shown.startswith("notes/hostile.md · Esc␛[2Jape\n\nThe ␛[31mred")
    assert "\x1b" not in shown


def test_a_pager_that_cannot_start_is_told(tmp_path: Path) -> None:
    out = io.StringIO()
    screen = Screen(out)
    screen.pager = (str(tmp_path / "none"),)
    converse(Session(FakeKnowledge()), Keys([":open pmnet.txt"]), screen, version="0")
    assert "The pager cannot be started" in out.getvalue()

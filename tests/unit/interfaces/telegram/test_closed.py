"""Chats that are closed to us."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pmbot.interfaces.telegram.closed import ClosedChats
from pmbot.interfaces.telegram.incoming import Incoming, Kind
from pmbot.storage.journal import Journal
from pmbot.storage.marks import Mark, Marks


@pytest.fixture
def marks(tmp_path: Path) -> Iterator[Marks]:
    journal = Journal.open(tmp_path / "telegram.sqlite3", 1, 0.0)
    yield journal.marks
    journal.close()


def question(chat: int, kind: Kind = Kind.QUESTION) -> Incoming:
    return Incoming(update_id=1, kind=kind, chat=chat)


def test_a_chat_is_marked_once(marks: Marks, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    chats = ClosedChats(marks, lambda: 5.0)
    for _ in range(3):
        chats.lose(8, "bot was blocked by the user")
    assert marks.all(Mark.GONE) == (8,)
    assert [record.getMessage() for record in caplog.records] == ["chat 8 is closed to us: bot was blocked by the user"]
    chats.reached(8)
    assert marks.all(Mark.GONE) == ()


def test_only_what_came_before_is_in_vain(marks: Marks) -> None:
    chats, before = ClosedChats(marks, lambda: 5.0), time.monotonic()
    chats.lose(8, "gone")
    after = time.monotonic() + 1
    assert chats.is_in_vain(question(8), before)
    assert not chats.is_in_vain(question(8), after)
    assert not chats.is_in_vain(question(9), before)
    assert not chats.is_in_vain(question(8, Kind.COMMAND), before)
    assert not chats.is_in_vain(question(8, Kind.MEMBER), before)


def test_a_mark_from_before_the_start_goes_when_something_arrives(marks: Marks) -> None:
    marks.set(8, Mark.GONE, 1.0)
    chats = ClosedChats(marks, lambda: 5.0)
    assert not chats.is_in_vain(question(8), time.monotonic())
    chats.reached(8)
    assert not marks.has(8, Mark.GONE)

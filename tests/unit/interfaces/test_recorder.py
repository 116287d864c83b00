"""Recording never stands in the way of an answer."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from pmbot.errors import StateError
from pmbot.interfaces.recorder import LOCAL, PAUSE, Recorder
from pmbot.storage.use import UseStore
from pmbot.storage.used import Vote
from tests.fakes_api import FakeKnowledge

TRACE = FakeKnowledge().trace("Who is the president of France?")
ANSWER = TRACE.answer.answer_id


class Clock:
    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


class Flaky:
    """Opens a store, or fails while `broken`."""

    def __init__(self, path: Path) -> None:
        self.path, self.broken, self.tries = path, True, 0

    def __call__(self, now: float) -> UseStore:
        self.tries += 1
        if self.broken:
            raise StateError("the disk is full; make room")
        return UseStore.open(self.path, now)


def test_it_says_once_that_it_records_and_how_to_turn_that_off(tmp_path: Path) -> None:
    path = tmp_path / "use.sqlite3"
    for told in (True, False):
        recorder = Recorder(lambda now: UseStore.open(path, now), "repl", Clock())
        said = recorder.introduce()
        recorder.close()
        assert (said is not None) is told
        if said:
            assert str(path) in said
            assert "usage: {record: false}" in said
            assert "pmbot forget --all" in said


def test_questions_and_votes_are_kept(tmp_path: Path) -> None:
    clock = Clock()
    recorder = Recorder(lambda now: UseStore.open(tmp_path / "use.sqlite3", now), "telegram", clock)
    assert not recorder.vote(ANSWER, Vote.BAD, "4711")
    assert recorder.note(TRACE, "4711") is None
    assert recorder.vote(ANSWER, Vote.BAD, "4711")
    recorder.close()
    recorder.close()
    with UseStore.open(tmp_path / "use.sqlite3", clock.now) as store:
        (used,) = store.used()
        assert (used.channel, used.at, used.user) == ("telegram", clock.now, store.user_hash("4711"))
        assert store.vote_of(ANSWER, "4711") is Vote.BAD


def test_here_the_user_is_the_person_at_the_terminal(tmp_path: Path) -> None:
    with UseStore.open(tmp_path / "use.sqlite3", 1.0) as store:
        Recorder(lambda _: store, "repl", Clock()).note(TRACE)
        assert store.used()[0].user == store.user_hash(LOCAL)


def test_nothing_is_opened_before_it_is_needed(tmp_path: Path) -> None:
    Recorder(lambda now: UseStore.open(tmp_path / "use.sqlite3", now), "repl").close()
    assert list(tmp_path.iterdir()) == []


def test_a_failure_is_told_once_and_tried_again_later(tmp_path: Path) -> None:
    clock, opening = Clock(), Flaky(tmp_path / "use.sqlite3")
    recorder = Recorder(opening, "repl", clock)
    assert recorder.introduce() == "This is not recorded: the disk is full; make room"
    assert [recorder.note(TRACE) for _ in range(3)] == [None, None, None]
    assert opening.tries == 1
    clock.now += PAUSE
    assert recorder.note(TRACE) is None
    assert opening.tries == 2
    opening.broken = False
    clock.now += PAUSE
    assert recorder.note(TRACE) is None
    assert opening.tries == 3
    assert recorder.vote(ANSWER, Vote.GOOD)
    recorder.close()
    opening.broken = True
    assert recorder.note(TRACE) == "This is not recorded: the disk is full; make room"


def test_a_vote_that_fails_says_so(tmp_path: Path) -> None:
    with pytest.raises(StateError, match="the disk is full"):
        Recorder(Flaky(tmp_path), "repl", Clock()).vote(ANSWER, Vote.GOOD)


def test_threads_share_one_store(tmp_path: Path) -> None:
    opened = []

    def opening(now: float) -> UseStore:
        opened.append(UseStore.open(tmp_path / "use.sqlite3", now, patience=20))
        return opened[-1]

    recorder = Recorder(opening, "telegram", Clock())
    threads = [threading.Thread(target=recorder.note, args=(TRACE, str(number))) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (store,) = opened
    assert (store.counts().questions, store.count_users()) == (8, 8)
    recorder.close()


def test_somebody_is_forgotten_on_this_channel_alone(tmp_path: Path) -> None:
    """The same id may be another person elsewhere."""
    clock, path = Clock(), tmp_path / "use.sqlite3"
    telegram = Recorder(lambda now: UseStore.open(path, now), "telegram", clock)
    repl = Recorder(lambda now: UseStore.open(path, now), "repl", clock)
    for recorder, user in ((telegram, "8"), (telegram, "8"), (telegram, "9"), (repl, "8")):
        recorder.note(TRACE, user)
    assert telegram.forget("8").questions == 2
    assert telegram.read(lambda store: [(used.channel, used.user == store.user_hash("8")) for used in store.used()]) == [
        ("telegram", False),
        ("repl", True),
    ]
    assert telegram.read(lambda store: store.retention_days) == 90
    telegram.close()
    repl.close()

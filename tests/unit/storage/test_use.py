"""The record of use."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.errors import StateError
from pmbot.models import Status
from pmbot.storage.use import DAY, LONGEST, Forgotten, UseStore
from pmbot.storage.used import Channel, UseEntry, Vote, Which
from tests.fakes_api import FakeKnowledge

NOW = 1_700_000_000.0


def entry(question: str = "When is tea?", **more: Any) -> UseEntry:
    values = {
        "at": NOW,
        "channel": "repl",
        "user": None,
        "question": question,
        "reading": question,
        "status": Status.NOT_MENTIONED,
        "reason": "absent_terms",
        "missing_terms": ("tea",),
        "answer_id": "a" * 12,
        "signature": "sig",
        "reply": "The documents never mention tea.",
    }
    return UseEntry(**{**values, **more})


@pytest.fixture
def store(tmp_path: Path) -> Iterator[UseStore]:
    with UseStore.open(tmp_path / "use.sqlite3", NOW) as opened:
        yield opened


def everything_on_disk(store: UseStore) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(store.path.parent.iterdir()))


def test_what_was_asked_is_there_after_reopening(store: UseStore, tmp_path: Path) -> None:
    trace = FakeKnowledge().trace("Who is the president of France?")
    given = UseEntry.of(trace, "telegram", "4711", NOW + 1)
    assert store.record(entry()) == 1
    assert store.record(given) == 2
    store.close()
    with UseStore.open(tmp_path / "use.sqlite3", NOW + 2) as again:
        first, second = again.used()
        assert first.model_dump() == {**entry().model_dump(), "id": 1}
        assert second.model_dump() == {**given.model_dump(), "id": 2, "user": again.user_hash("4711")}
        assert (second.question, second.status, second.missing_terms) == (trace.question.text, Status.NOT_MENTIONED, ("France",))
        assert again.used(since=NOW + 1) == (second,)


def test_a_user_is_only_a_hash_of_this_file(store: UseStore, tmp_path: Path) -> None:
    store.record(entry(user="user-4711"))
    store.vote("a" * 12, "user-4711", Vote.BAD, NOW)
    assert b"user-4711" not in everything_on_disk(store)
    name = store.used()[0].user
    assert name == store.user_hash("user-4711") != store.user_hash("user-4712")
    assert name is not None
    assert len(name) == 24
    with UseStore.open(tmp_path / "other" / "use.sqlite3", NOW) as other:
        assert other.user_hash("user-4711") != name


def test_the_salt_is_made_once(store: UseStore) -> None:
    with UseStore.open(store.path, NOW + 5) as again:
        assert again.user_hash("x") == store.user_hash("x")


def test_a_vote_can_be_changed_and_counts_once(store: UseStore) -> None:
    store.record(entry(user="1"))
    assert store.vote_of("a" * 12, "1") is None
    assert store.vote("a" * 12, "1", Vote.BAD, NOW)
    assert store.vote("a" * 12, "1", Vote.WRONG_SOURCE, NOW + 1)
    assert store.vote("a" * 12, "2", Vote.GOOD, NOW + 2)
    assert store.vote_of("a" * 12, "1") is Vote.WRONG_SOURCE
    (found,) = store.down_voted()
    assert (found.good, found.bad, found.wrong_source, found.used.question) == (1, 0, 1, "When is tea?")
    store.vote("a" * 12, "1", Vote.GOOD, NOW + 3)
    assert store.down_voted() == ()


def test_a_vote_on_what_was_not_recorded_is_refused(store: UseStore) -> None:
    assert not store.vote("b" * 12, "1", Vote.BAD, NOW)
    assert store.counts().by_vote == {}


def test_down_votes_come_with_the_latest_answer_and_the_worst_first(store: UseStore) -> None:
    store.record(entry(answer_id="one"))
    store.record(entry(answer_id="two"))
    store.record(entry(answer_id="two", at=NOW + 9))
    for user, answer, vote in (("1", "one", Vote.BAD), ("1", "two", Vote.BAD), ("2", "two", Vote.WRONG_SOURCE)):
        store.vote(answer, user, vote, NOW + 3)
    assert [(found.used.answer_id, found.used.at) for found in store.down_voted()] == [("two", NOW + 9), ("one", NOW)]
    assert store.down_voted(since=NOW + 4) == ()


def test_unanswered_are_refusals_alone(store: UseStore) -> None:
    for status in Status:
        store.record(entry(status.value, status=status))
    assert [used.question for used in store.unanswered()] == ["not_mentioned", "not_enough"]


def test_counts(store: UseStore) -> None:
    store.record(entry(channel="telegram", user="1"))
    store.record(entry(channel="telegram", user="1", status=Status.ANSWERED))
    store.record(entry(channel="telegram", user="2", at=NOW + 5))
    store.record(entry())
    store.vote("a" * 12, "1", Vote.GOOD, NOW)
    counts = store.counts()
    assert (counts.questions, counts.users) == (4, 2)
    assert counts.by_status == {Status.ANSWERED: 1, Status.NOT_MENTIONED: 3}
    assert counts.by_channel == {"repl": 1, "telegram": 3}
    assert counts.by_vote == {Vote.GOOD: 1}
    assert store.count_users(since=NOW + 1) == 1


FORGETTING = {
    "all": (Which(), 0, Forgotten(4, 2)),
    "channel": (Which(channel="telegram"), 1, Forgotten(3, 2)),
    "before": (Which(before=NOW + 5), 1, Forgotten(3, 1)),
    "both": (Which(channel="telegram", before=NOW + 5), 2, Forgotten(2, 1)),
    "nothing": (Which(channel="ask"), 4, Forgotten(0, 0)),
}


@pytest.mark.parametrize("name", FORGETTING)
def test_forgetting(name: str, store: UseStore) -> None:
    which, left, forgotten = FORGETTING[name]
    store.record(entry("of one", channel="telegram", user="1", answer_id="one"))
    store.record(entry("of two", channel="telegram", user="2", answer_id="two"))
    store.record(entry("later", channel="telegram", user="1", at=NOW + 5, answer_id="one"))
    store.record(entry("here", answer_id="here"))
    store.vote("one", "2", Vote.BAD, NOW)
    store.vote("two", "1", Vote.BAD, NOW)
    assert store.count(which) == forgotten.questions
    assert store.forget(which) == forgotten
    assert len(store.used()) == left


def test_a_user_who_is_forgotten_leaves_nothing(store: UseStore) -> None:
    store.record(entry("SECRET of one", channel="telegram", user="1", answer_id="one"))
    store.record(entry("of two", channel="telegram", user="2", answer_id="two"))
    store.vote("two", "1", Vote.BAD, NOW)
    store.vote("one", "2", Vote.BAD, NOW)
    name = store.user_hash("1")
    assert b"SECRET" in everything_on_disk(store)
    assert store.forget(Which(user_hash=name)) == Forgotten(1, 2)
    assert b"SECRET" not in everything_on_disk(store)
    assert name.encode() not in everything_on_disk(store)
    assert [used.question for used in store.used()] == ["of two"]


def test_what_is_old_goes_at_most_once_a_day(tmp_path: Path) -> None:
    path = tmp_path / "use.sqlite3"
    with UseStore.open(path, NOW, retention_days=10) as store:
        store.record(entry("old", at=NOW - 9.5 * DAY))
        store.record(entry("new"))
    with UseStore.open(path, NOW + 0.9 * DAY, retention_days=10) as store:
        assert [used.question for used in store.used()] == ["old", "new"]
    with UseStore.open(path, NOW + 1.1 * DAY, retention_days=10) as store:
        assert [used.question for used in store.used()] == ["new"]


def test_a_store_that_stays_open_for_days_cleans_too(store: UseStore) -> None:
    store.record(entry("old"))
    store.record(entry("new", at=NOW + 91 * DAY))
    assert [used.question for used in store.used()] == ["new"]


def test_it_says_so_once(store: UseStore) -> None:
    assert not store.introduced("repl")
    store.introduce("repl", NOW)
    store.introduce("repl", NOW + 1)
    with UseStore.open(store.path, NOW + 2) as again:
        assert again.introduced("repl")
        assert not again.introduced("telegram")


@given(st.text(st.characters(), max_size=60), st.text(st.characters(), max_size=60))
def test_any_text_survives(tmp_path_factory: pytest.TempPathFactory, question: str, term: str) -> None:
    with UseStore.open(tmp_path_factory.mktemp("use") / "use.sqlite3", NOW) as store:
        store.record(entry(question, missing_terms=(term,), user=question))
        kept = store.used()[0]
        assert kept.question == question.encode("utf-8", "replace").decode()
        assert kept.missing_terms == (term.encode("utf-8", "replace").decode(),)


def test_long_texts_are_cut(store: UseStore) -> None:
    store.record(entry("x" * 1_000_000, reply="y" * 1_000_000))
    assert (len(store.used()[0].question), len(store.used()[0].reply)) == (LONGEST, LONGEST)


def test_threads_and_processes_share_it(store: UseStore) -> None:
    def work(user: str) -> None:
        with UseStore.open(store.path, NOW, patience=20) as own:
            for number in range(10):
                for shared in (own, store):
                    shared.record(entry(f"{user} {number}", user=user, answer_id=f"{user}{number}"))
                    shared.vote(f"{user}{number}", user, Vote.GOOD, NOW)

    threads = [threading.Thread(target=work, args=(str(number),)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.counts().questions == 80
    assert store.counts().by_vote == {Vote.GOOD: 40}


@pytest.mark.parametrize("round_", range(5))
def test_two_who_start_at_once_make_one_file(round_: int, tmp_path: Path) -> None:
    ready, names = threading.Barrier(8), set()

    def start() -> None:
        ready.wait()
        with UseStore.open(tmp_path / "use.sqlite3", NOW, patience=20) as own:
            names.add(own.user_hash("x"))

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(names) == 1


def test_damage_during_use_is_told(store: UseStore) -> None:
    store.record(entry())
    with closing(sqlite3.connect(store.path)) as other:
        other.execute("DROP TABLE asked")
    for action in (store.used, lambda: store.record(entry()), lambda: store.forget(Which())):
        with pytest.raises(StateError, match="the record of use cannot be used: no such table"):
            action()


@pytest.mark.parametrize("channel", ["repl", "ask", "telegram"])
def test_a_closed_store_says_so(channel: Channel, store: UseStore) -> None:
    store.close()
    with pytest.raises(StateError, match="closed database"):
        store.record(entry(channel=channel))

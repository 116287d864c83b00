"""What came in is known once, waits until it is done, and goes when it is old."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.errors import StateError
from pmbot.storage.conversations import Asked
from pmbot.storage.journal import FILE_NAME, SEEN_SECONDS, Journal, Waiting, sole_user
from pmbot.storage.marks import Mark

BOT = 77


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / FILE_NAME


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    opened = Journal.open(path, BOT, 0.0)
    yield opened
    opened.close()


def asked(update_id: int, question: str = "trade?", **fields: object) -> Asked:
    usual = Asked(update_id, 1, "1", 5, 10 + update_id, question, ("before?",), None, "a1", "s1", True, ("or this?",), 100.0)
    return usual._replace(**fields)  # type: ignore[arg-type]


def test_what_is_put_waits_until_it_is_done(journal: Journal) -> None:
    first, second = Waiting(1, '{"update_id": 1}'), Waiting(2, "{}")
    assert journal.put([second, first], 10.0) == (second, first)
    assert list(journal.waiting()) == [first, second]
    journal.done(1, "answered", 11.0)
    assert list(journal.waiting()) == [second]
    assert (journal.outcome(1), journal.outcome(2), journal.outcome(3)) == ("answered", None, None)


@given(batches=st.lists(st.lists(st.integers(0, 20), max_size=6), max_size=8))
def test_every_update_is_new_once(batches: list[list[int]], tmp_path_factory: pytest.TempPathFactory) -> None:
    journal = Journal.open(tmp_path_factory.mktemp("journal") / FILE_NAME, BOT, 0.0)
    fresh = [waiting.update_id for batch in batches for waiting in journal.put([Waiting(number, "{}") for number in batch], 1.0)]
    waiting = [found.update_id for found in journal.waiting()]
    journal.close()
    assert sorted(fresh) == waiting == sorted({number for batch in batches for number in batch})


def test_it_survives_and_is_private(journal: Journal, path: Path) -> None:
    journal.put([Waiting(1, "{}")], 1.0)
    again = Journal.open(path, BOT, 2.0)
    assert [waiting.update_id for waiting in again.waiting()] == [1]
    again.close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_bots_do_not_see_each_other(journal: Journal, path: Path) -> None:
    journal.put([Waiting(1, "{}")], 1.0)
    journal.marks.set(5, Mark.PAIRED, 1.0)
    journal.conversations.keep(asked(1))
    other = Journal.open(path, BOT + 1, 2.0)
    assert list(other.waiting()) == []
    assert not other.marks.has(5, Mark.PAIRED)
    assert other.conversations.history("1") == ()
    assert other.put([Waiting(1, "{}")], 3.0) != ()
    other.close()


def test_texts_go_when_they_are_done_and_ids_when_they_are_old(journal: Journal, path: Path) -> None:
    journal.put([Waiting(1, '{"text": "SECRETQUESTION"}'), Waiting(2, '{"text": "OTHERQUESTION"}')], 1.0)
    journal.done(1, "answered", 10.0)
    journal.clean(10.0 + SEEN_SECONDS)
    assert journal.outcome(1) == "answered"
    journal.clean(11.0 + SEEN_SECONDS)
    assert journal.outcome(1) is None
    assert [waiting.update_id for waiting in journal.waiting()] == [2]
    kept = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert b"SECRETQUESTION" not in kept
    assert b"OTHERQUESTION" in kept


def test_a_question_is_remembered_under_a_key_that_stays(journal: Journal) -> None:
    memory = journal.conversations
    key = memory.keep(asked(1))
    memory.stands_in(key, (100, 101))
    found = memory.of_key(key)
    assert found is not None
    assert (found.asked, found.messages) == (asked(1), (100, 101))
    assert memory.keep(asked(1, "edited?")) == key
    assert memory.of_message(1, 11) is not None
    assert memory.of_message(2, 11) is None
    assert memory.of_key(key + 1) is None


def test_keys_are_never_used_again(journal: Journal) -> None:
    memory = journal.conversations
    key = memory.keep(asked(1))
    assert memory.forget_user(5) == 1
    assert memory.count() == 0
    assert memory.keep(asked(2)) > key


def test_the_history_of_a_conversation(journal: Journal) -> None:
    memory = journal.conversations
    keys = [memory.keep(asked(number, f"q{number}", followed=number != 3)) for number in range(15)]
    memory.keep(asked(99, "elsewhere", conversation="1/7"))
    assert memory.history("1") == ("q4", *(f"q{number}" for number in range(5, 14)), "q14")[-10:]
    assert memory.history("1", before=keys[4]) == ("q0", "q1", "q2")
    assert memory.history("1/7") == ("elsewhere",)
    last = memory.last("1")
    assert last is not None
    assert last.asked.question == "q14"
    memory.start_anew("1")
    assert memory.history("1") == ()
    assert memory.of_key(keys[0]) is not None


def test_a_chat_that_moves_keeps_its_questions(journal: Journal) -> None:
    memory = journal.conversations
    key = memory.keep(asked(1))
    memory.stands_in(key, (100,))
    memory.move(1, -1001)
    found = memory.of_key(key)
    assert found is not None
    assert (found.asked.chat, found.asked.asked, found.messages) == (-1001, None, ())
    assert memory.history("-1001") == ("trade?",)


def test_old_answers_are_cleaned(journal: Journal) -> None:
    memory = journal.conversations
    memory.keep(asked(1, at=0.0))
    young = memory.keep(asked(2, at=40 * 86_400.0))
    journal.clean(41 * 86_400.0, keep_days=30)
    assert memory.count() == 1
    assert memory.of_key(young) is not None


def test_marks(journal: Journal) -> None:
    marks = journal.marks
    assert not marks.has(1, Mark.PAIRED)
    marks.set(2, Mark.PAIRED, 1.0)
    marks.set(1, Mark.PAIRED, 2.0)
    marks.set(2, Mark.PAIRED, 3.0)
    marks.set(3, Mark.MOVED, 1.0, -1001)
    assert marks.all(Mark.PAIRED) == (2, 1)
    assert marks.value(3, Mark.MOVED) == -1001
    assert marks.value(1, Mark.PAIRED) is None
    assert marks.drop(1, Mark.PAIRED)
    assert not marks.drop(1, Mark.PAIRED)
    assert marks.all(Mark.PAIRED) == (2,)


def test_a_folder_has_one_user(tmp_path: Path) -> None:
    from filelock import FileLock

    with FileLock(tmp_path / "telegram.lock"), pytest.raises(StateError, match="another pmbot telegram"), sole_user(tmp_path, 0.1):
        raise AssertionError("two at once")
    with sole_user(tmp_path, 0.1):
        assert (tmp_path / "telegram.lock").exists()


def test_a_file_that_is_none_of_ours_is_left(path: Path) -> None:
    path.parent.mkdir(mode=0o700)
    path.write_bytes(b"not a database at all, but long enough to be looked at" * 20)
    with pytest.raises(StateError, match="the journal of the Telegram channel is not a database"):
        Journal.open(path, BOT, 0.0)


def test_an_answer_is_found_by_each_of_its_messages(journal: Journal) -> None:
    memory = journal.conversations
    key, other = memory.keep(asked(1)), memory.keep(asked(2, "other?"))
    memory.stands_in(key, (10, 11))
    memory.stands_in(other, (110,))
    chat = asked(1).chat
    assert [found and found.key for found in (memory.of_answer(chat, message) for message in (10, 11, 110, 1))] == [key, key, other, None]
    assert memory.of_answer(chat + 1, 10) is None

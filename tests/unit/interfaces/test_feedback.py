"""The chat commands for votes, cases and receipts."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from pmbot.errors import QuestionSetError, StateError
from pmbot.interfaces.commands import Registry, standard_commands
from pmbot.interfaces.feedback import feedback_commands
from pmbot.interfaces.recorder import LOCAL, Recorder
from pmbot.interfaces.repl.lines import StreamLines
from pmbot.interfaces.repl.loop import converse
from pmbot.interfaces.screen import Screen
from pmbot.interfaces.session import Session
from pmbot.questionset import read_question_set
from pmbot.rendering import plain
from pmbot.rendering.receipts import ReceiptRecord
from pmbot.storage.use import UseStore
from pmbot.storage.used import Vote
from tests.fakes_api import FakeKnowledge

NOW = 1_700_000_000.0
REGISTRY = Registry((*standard_commands(), *feedback_commands()))


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def store(tmp_path: Path) -> Iterator[UseStore]:
    with UseStore.open(tmp_path / "state" / "use.sqlite3", NOW) as opened:
        yield opened


def run(text: str, session: Session) -> str:
    return plain.render(REGISTRY.run(text, session).page)


def asked(question: str, store: UseStore | None = None) -> Session:
    """A conversation in which `question` was asked, and recorded when there is a store."""
    session = Session(FakeKnowledge(), Recorder(lambda _: store, "repl", lambda: NOW) if store else None)
    trace = session.ask(question)
    if session.recorder:
        assert session.recorder.note(trace) is None
    return session


@pytest.mark.parametrize("text", [":good", ":bad", ":save-case", ":receipt"])
def test_before_anything_was_asked(text: str) -> None:
    assert run(text, Session(FakeKnowledge())) == "Nothing has been asked yet.\n"


@pytest.mark.parametrize(("text", "vote"), [(":good", Vote.GOOD), (":bad", Vote.BAD), (":bad source", Vote.WRONG_SOURCE)])
def test_votes(text: str, vote: Vote, store: UseStore) -> None:
    session = asked("trade?", store)
    assert run(text, session).startswith("Noted as ")
    assert session.last is not None
    assert store.vote_of(session.last.answer.answer_id, LOCAL) is vote


def test_a_vote_needs_a_record(store: UseStore) -> None:
    assert "Nothing is recorded" in run(":bad", asked("trade?"))
    session = Session(FakeKnowledge(), Recorder(lambda _: store, "repl", lambda: NOW))
    session.ask("trade?")
    assert "not in the record" in run(":bad", session)
    assert "Say :bad, or :bad source" in run(":bad luck", session)


def test_a_vote_that_cannot_be_kept_is_an_error(store: UseStore) -> None:
    session = asked("trade?", store)
    store.close()
    with pytest.raises(StateError):
        run(":bad", session)


@pytest.mark.parametrize("question", ["trade?", "France?", "sale?"])
def test_a_case_is_saved_and_shown(question: str, snapshot: SnapshotAssertion) -> None:
    assert run(":save-case", asked(question)) == snapshot
    assert [case.question for case in read_question_set(Path("questions/saved.yaml")).cases] == [question]


def test_a_case_asks_the_documents_that_were_named(here: Path) -> None:
    session = asked("trade?")
    session.named = Path("my notes")
    assert "To check it: pmbot test questions/saved.yaml --knowledge 'my notes'" in run(":save-case", session)
    assert read_question_set(Path("questions/saved.yaml")).knowledge == "../my notes"


def test_a_case_asks_all_documents(here: Path) -> None:
    session = Session(FakeKnowledge())
    session.doc_id = "pmnet.txt"
    session.ask("trade?")
    assert "a case asks all of them" in run(":save-case", session)
    assert list(here.iterdir()) == []


def test_a_case_goes_where_it_is_told_to(here: Path) -> None:
    session = asked("trade?")
    assert "mine.yaml:2" in run(":save-case mine.yaml", session)
    with pytest.raises(QuestionSetError, match="asks this already"):
        run(":save-case mine.yaml", session)


@pytest.mark.parametrize("question", ["trade?", "hi"])
def test_a_receipt_is_shown(question: str, snapshot: SnapshotAssertion) -> None:
    assert run(":receipt", asked(question)) == snapshot


def test_a_receipt_is_written(here: Path) -> None:
    assert "pmbot verify trade.json" in run(":receipt trade.json", asked("trade?"))
    made = ReceiptRecord.model_validate_json((here / "trade.json").read_text(encoding="utf-8")).receipt()
    assert made.question == "trade?"
    assert json.loads((here / "trade.json").read_text(encoding="utf-8"))["schema"] == "pmbot.receipt/1"


@pytest.mark.parametrize("name", ["no/such/folder.json", "\x00", "."])
def test_a_receipt_that_cannot_be_written(name: str) -> None:
    shown = run(f":receipt {name}", asked("trade?"))
    assert "cannot be written: " in shown
    assert "\x00" not in shown


def conversation(text: str, recorder: Recorder | None) -> str:
    out = io.StringIO()
    converse(Session(FakeKnowledge(), recorder), StreamLines(io.StringIO(text), out), Screen(out), version="0")
    return out.getvalue()


def test_in_a_conversation(store: UseStore) -> None:
    first = conversation("trade?\nFrance?\nand now?\n:bad\n", Recorder(lambda _: store, "repl", lambda: NOW))
    assert first.count("Questions and votes are recorded in") == 1
    assert first.index("recorded in") < first.index("> trade?")
    assert [used.question for used in store.used()] == ["trade?", "France?", "and now?"]
    assert [found.used.question for found in store.down_voted()] == ["and now?"]
    assert "recorded in" not in conversation("trade?\n", Recorder(lambda _: store, "repl", lambda: NOW))


def test_a_broken_record_costs_a_line_and_no_answer(store: UseStore) -> None:
    store.close()
    shown = conversation("trade?\ntrade?\n", Recorder(lambda _: store, "repl", lambda: NOW))
    assert shown.count("€130 million.") == 2
    assert shown.count("This is not recorded:") == 1


def test_the_help_lists_them() -> None:
    shown = run(":help", Session(FakeKnowledge()))
    assert all(f":{command.name}" in shown and len(command.help) <= 60 for command in feedback_commands())

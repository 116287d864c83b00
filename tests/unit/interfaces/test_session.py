"""A conversation remembers what a follow-up may need."""

from __future__ import annotations

import pytest

from pmbot.errors import RetrieverUnavailable
from pmbot.interfaces.session import Session
from tests.fakes_api import FakeKnowledge


def test_earlier_questions_go_along_newest_last() -> None:
    knowledge = FakeKnowledge()
    session = Session(knowledge)
    for text in ("trade?", "France?", "weather?"):
        session.ask(text)
    assert [history for _, history, _ in knowledge.asked] == [(), ("trade?",), ("trade?", "France?")]
    assert session.last is not None
    assert session.last.question.text == "weather?"


def test_small_talk_is_no_subject() -> None:
    session = Session(FakeKnowledge())
    session.ask("trade?")
    session.ask("hi")
    assert session.history == ("trade?",)


def test_it_forgets() -> None:
    session = Session(FakeKnowledge())
    session.ask("trade?")
    session.forget()
    assert (session.history, session.last) == ((), None)


def test_a_failed_question_changes_nothing() -> None:
    session = Session(FakeKnowledge())
    before = session.ask("trade?")
    with pytest.raises(RetrieverUnavailable):
        session.ask("is it down?")
    assert (session.history, session.last) == (("trade?",), before)


def test_the_memory_is_bounded_and_well_formed() -> None:
    session = Session(FakeKnowledge())
    for number in range(50):
        session.ask(f"trade {number} \ud800")
    assert len(session.history) == 10
    assert session.history[-1] == "trade 49 \ufffd"

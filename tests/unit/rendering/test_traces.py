"""How a trace explains itself."""

from __future__ import annotations

import pytest
from syrupy.assertion import SnapshotAssertion

from pmbot.errors import ProofError
from pmbot.rendering import plain, terminal
from pmbot.rendering.traces import trace_page
from tests.fakes_api import TRADE, FakeKnowledge, make_document


@pytest.mark.parametrize("question", ["How much was the trade?", "Who is the president of France?", "What about the weather?", "hi"])
@pytest.mark.parametrize("width", [None, 40])
def test_plain(question: str, width: int | None, snapshot: SnapshotAssertion) -> None:
    knowledge = FakeKnowledge()
    trace = knowledge.trace(question, history=("Before?",))
    assert plain.trace_text(trace, knowledge.document, width=width) == snapshot


def test_a_terminal_says_the_same() -> None:
    knowledge = FakeKnowledge()
    trace = knowledge.trace("What was the sale worth?")
    shown = terminal.trace_text(trace, knowledge.document)
    assert "\x1b[1mSignature  \x1b[0m" in shown
    assert "\x1b[31m" not in shown


def test_as_many_sentences_as_wanted() -> None:
    knowledge = FakeKnowledge()
    trace = knowledge.trace("trade?")
    assert "2. 0.31" in plain.render(trace_page(trace, knowledge.document))
    assert "2. 0.31" not in plain.render(trace_page(trace, knowledge.document, shown=1))


def test_a_long_question_is_cut_but_no_quote() -> None:
    knowledge = FakeKnowledge()
    trace = knowledge.trace("trade " * 100_000)
    shown = plain.trace_text(trace, knowledge.document)
    assert len(shown) < 2000
    assert f"“{TRADE}”" in shown


def test_nothing_unproven_is_shown() -> None:
    trace = FakeKnowledge().trace("trade?")
    with pytest.raises(ProofError):
        plain.trace_text(trace, lambda doc_id: make_document(doc_id, "Something else. " * 40))

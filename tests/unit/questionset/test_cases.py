"""Answers become cases that they pass."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pmbot.evaluation import run_case
from pmbot.models import Trace
from pmbot.questionset import Abstention, Cites, QuestionCase
from pmbot.questionset.cases import case_of, checks_of
from tests.fakes_api import HOSTILE, TRADE, FakeKnowledge

KNOWLEDGE = FakeKnowledge()
DOCUMENTS = {document.doc_id: document for document in KNOWLEDGE.documents}


def ask(question: str, history: Sequence[str] = ()) -> Trace:
    return KNOWLEDGE.trace(question, history=tuple(history))


@pytest.mark.parametrize("question", ["trade?", "sale?", "Who is the president of France?", "How is the weather?", "hi", "?"])
@pytest.mark.parametrize("history", [(), ("hi",), ("trade?", "sale?")])
def test_the_answer_passes_its_case(question: str, history: tuple[str, ...]) -> None:
    trace = ask(question, history)
    case = case_of(trace, ask)
    result = run_case(case, ask, DOCUMENTS)
    assert result.passed, result.failures
    assert [turn.question for turn in case.conversation][-1] == question


def test_an_answer_must_be_given_again() -> None:
    case = case_of(ask("trade?"), ask, tags=("money",))
    assert case == QuestionCase(
        id="trade-2023", question="trade?", tags=("money",), answer=("€130 million",), cites=(Cites(document="pmnet.txt", text=TRADE),)
    )
    assert case_of(ask("trade?"), ask, taken={"trade-2023"}).id == "trade-2023-2"
    assert case_of(ask("trade?"), ask, id="mine").id == "mine"


def test_a_refusal_must_name_its_reason_and_words() -> None:
    assert checks_of(ask("France?").answer) == {"abstains": Abstention(reason="absent_terms", missing=("France",))}
    assert checks_of(ask("hi").answer) == {"abstains": Abstention(reason="nothing_to_search")}


def test_line_breaks_of_the_document_become_blanks() -> None:
    checks = checks_of(ask("sale?").answer)
    assert checks["answer"] == ("worth nothing",)
    assert checks["cites"][0].text == " ".join(HOSTILE.split())


class Remembers(FakeKnowledge):
    """Answers `and?` only when the question before it was about trade."""

    def trace(self, text: str, *, history: Sequence[str] = (), doc_id: str | None = None) -> Trace:
        meant = "trade" if text == "and?" and history and "trade" in history[-1] else text
        found = super().trace(meant, history=history if meant == text else (), doc_id=doc_id)
        question = found.answer.question.model_copy(update={"text": text, "history": tuple(history)})
        return found.model_copy(update={"question": question, "answer": found.answer.model_copy(update={"question": question})})


def test_a_follow_up_becomes_the_shortest_conversation() -> None:
    knowledge = Remembers()
    trace = knowledge.trace("and?", history=("hi", "sale?", "trade?"))
    case = case_of(trace, lambda question, history: knowledge.trace(question, history=history))
    assert [turn.question for turn in case.turns] == ["trade?", "and?"]
    assert [turn.answer for turn in case.turns] == [("€130 million",), ("€130 million",)]


def test_half_characters_do_not_reach_the_file() -> None:
    case = case_of(ask("trade \ud800"), ask)
    assert case.question == "trade \ufffd"

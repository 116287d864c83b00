from __future__ import annotations

from typing import Any

import pytest

from pmbot.errors import QuestionSetError
from pmbot.evaluation import run_case
from pmbot.models import Answer, Document
from pmbot.questionset import QuestionCase

VISIT = "Edgars Rinkēvičs led the visit."


class Asked:
    """A fake `ask` that remembers and always says the same."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.questions: list[tuple[str, tuple[str, ...]]] = []

    def __call__(self, text: str, history: tuple[str, ...]) -> Answer:
        self.questions.append((text, history))
        return self.answer


def case(**fields: Any) -> QuestionCase:
    return QuestionCase.model_validate({"id": "c", **fields})


def test_a_single_question(document: Document, say: Any) -> None:
    ask = Asked(say("He.", quotes=(VISIT,), short="Edgars Rinkēvičs"))
    found = run_case(case(question="Who?", answer="Edgars Rinkēvičs", cites={"document": "d.txt", "text": "led"}), ask, {"d.txt": document})
    assert (found.outcome, found.failures) == ("passed", ())
    assert ask.questions == [("Who?", ())]
    assert [check.name for check in found.turns[0].checks] == ["answer", "cites", "proven"]


def test_a_conversation_hands_on_its_questions(document: Document, say: Any) -> None:
    ask = Asked(say("He.", quotes=(VISIT,)))
    turns = [{"question": "one", "contains": "led"}, {"question": "two", "abstains": True}, {"question": "three", "contains": "visit"}]
    found = run_case(case(turns=turns, xfail="too eager"), ask, {"d.txt": document})
    assert ask.questions == [("one", ()), ("two", ("one",)), ("three", ("one", "two"))]
    assert [turn.passed for turn in found.turns] == [True, False, True]
    assert found.outcome == "xfailed"


def test_a_wrong_passage_is_refused_before_asking(document: Document, say: Any) -> None:
    ask = Asked(say("He."))
    wrong = case(turns=[{"question": "a", "contains": "x"}, {"question": "b", "cites": {"document": "d.txt", "text": "led teh visit"}}])
    with pytest.raises(QuestionSetError, match=r"case c: cites: .*nearest text is 'led the visit"):
        run_case(wrong, ask, {"d.txt": document})
    assert ask.questions == []

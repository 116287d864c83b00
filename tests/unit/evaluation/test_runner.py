from __future__ import annotations

from typing import Any

from pmbot.evaluation import Task, run_case
from pmbot.evaluation.results import RANKED
from pmbot.models import Answer, Document, Evidence, Trace
from pmbot.questionset import QuestionCase
from tests.fakes_evaluation import evidence_of, trace_of

VISIT = "Edgars Rinkēvičs led the visit."


class Asked:
    """A fake `ask` that remembers and always says the same."""

    def __init__(self, answer: Answer, evidence: tuple[Evidence, ...] = ()) -> None:
        self.trace = trace_of(answer, evidence=evidence)
        self.questions: list[tuple[str, tuple[str, ...]]] = []

    def __call__(self, text: str, history: tuple[str, ...]) -> Trace:
        self.questions.append((text, history))
        return self.trace


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


def test_a_wrong_passage_is_an_error_of_the_case_and_it_is_asked_all_the_same(document: Document, say: Any) -> None:
    ask = Asked(say("He.", quotes=(VISIT,)))
    wrong = case(turns=[{"question": "a", "contains": "led"}, {"question": "b", "cites": {"document": "d.txt", "text": "led teh visit"}}])
    found = run_case(wrong, ask, {"d.txt": document})
    assert found.outcome == "error"
    assert "nearest text is 'led the visit" in str(found.error)
    assert found.failures[0] == found.error
    assert len(ask.questions) == 2
    assert [turn.passed for turn in found.turns] == [True, False]


def test_an_expected_failure_does_not_excuse_an_error(document: Document, say: Any) -> None:
    wrong = case(question="a", xfail="known", cites={"document": "gone.txt", "text": "x"})
    assert run_case(wrong, Asked(say("He.")), {"d.txt": document}).outcome == "error"


def test_what_a_report_needs_is_kept(document: Document, say: Any) -> None:
    evidence = evidence_of(document, "Trade grew fivefold", VISIT) * RANKED
    asked = case(question="Who?", language="en", tags=["who"], cites={"document": "d.txt", "text": "led the visit"})
    found = run_case(Task(asked, "sets/a.yaml:3", 2), Asked(say("He.", quotes=(VISIT,)), evidence), {"d.txt": document})
    (turn,) = found.turns
    assert (found.place, found.source, found.tags, found.language) == ("sets/a.yaml:3", 2, ("who",), "en")
    assert [ranked.rank for ranked in turn.ranking] == list(range(1, RANKED + 1))
    assert [turn.is_relevant(ranked) for ranked in turn.ranking[:2]] == [False, True]
    assert [document.excerpt(span) for span in turn.passages[0].spans] == ["led the visit"]
    assert turn.ranking[1].text == VISIT
    assert turn.answerable

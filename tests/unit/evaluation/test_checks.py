from __future__ import annotations

from typing import Any

import pytest

from pmbot.evaluation import check_turn
from pmbot.models import Answer, Citation, Document, Locator, Question, QuestionType, Span, Status
from pmbot.questionset import Turn
from tests.fakes_evaluation import evidence_of, trace_of

TRADE = "Trade grew fivefold over the last decade, reaching €130 million in 2023."
TURNOVER = "Latvia’s exports had a turnover\nof €240 million."
VISIT = "Edgars Rinkēvičs led the visit."


def failed(document: Document, given: Answer, /, **wanted: Any) -> list[str]:
    turn = Turn.model_validate({"question": "?", **wanted})
    return [check.name for check in check_turn(turn, trace_of(given), {"d.txt": document}) if not check.passed]


@pytest.fixture
def traded(say: Any) -> Answer:
    return say("€130 million.", quotes=(TRADE, TURNOVER), short="€130 million")


def test_the_short_answer(document: Document, traded: Answer, say: Any) -> None:
    assert failed(document, traded, answer=["a lot", "the €130 MILLION"]) == []
    assert failed(document, traded, answer=["€240 million"]) == ["answer"]
    assert failed(document, say("See:", quotes=(TRADE,)), answer=["€130 million"]) == ["answer"]
    assert failed(document, say("€130 million"), answer=["€130 million"]) == ["answer"]


def test_a_verdict_is_a_short_answer(document: Document, say: Any) -> None:
    assert failed(document, say("Yes.", quotes=(TRADE,), verdict="yes"), answer="Yes") == []
    assert failed(document, say("No.", quotes=(TRADE,), verdict="no"), answer="yes") == ["answer"]


def test_contains_looks_at_text_and_quotes(document: Document, traded: Answer) -> None:
    assert failed(document, traded, contains=["FIVEFOLD", "latvia's exports", "turnover of €240"]) == []
    assert failed(document, traded, contains=["fivefold", "sixfold", "Edgars"]) == ["contains", "contains"]


def test_contains_does_not_look_at_what_is_not_an_answer(document: Document, say: Any) -> None:
    closest = (Citation.quoting(document, Span(start=0, end=10), 1),)
    assert failed(document, say("Not said.", closest=closest), contains="Trade grew") == ["contains"]


def test_not_contains_looks_at_what_is_taken_for_the_answer(document: Document, traded: Answer, say: Any) -> None:
    assert failed(document, traded, not_contains="€240 million") == []
    assert failed(document, traded, not_contains=["€130 Million"]) == ["not_contains"]
    assert failed(document, say("See:", quotes=(TURNOVER, TRADE)), not_contains="€240 million") == ["not_contains"]
    assert failed(document, say("See:", quotes=(TURNOVER, TRADE)), not_contains="€130 million") == []
    assert failed(document, say("The documents never mention it."), not_contains="never mention") == ["not_contains"]


def test_cites_wants_the_whole_fragment_in_one_quote(document: Document, traded: Answer, say: Any) -> None:
    def cites(text: str, name: str = "d.txt") -> dict[str, str]:
        return {"document": name, "text": text}

    assert failed(document, traded, cites=[cites("reaching €130 million"), cites("a turnover of €240 million")]) == []
    assert failed(document, traded, cites=[cites("reaching €130 million"), cites("led the visit")]) == ["cites"]
    assert failed(document, traded, cites=cites("€240 million. Edgars")) == ["cites"]
    assert failed(document, traded, cites=cites("reaching", "other.txt")) == ["cites"]
    assert failed(document, say("Not said."), cites=cites("reaching")) == ["cites"]
    assert failed(document, say("He.", quotes=(VISIT,)), cites=cites("€")) == ["cites"]


@pytest.mark.parametrize("status", [Status.NOT_ENOUGH, Status.NOT_MENTIONED, Status.NOTHING_TO_SEARCH])
def test_abstentions(document: Document, say: Any, status: Status) -> None:
    refusal = say("Never.", status=status, reason="missing_name", missing_terms=("France", "Macron’s"))
    assert failed(document, refusal, abstains=True) == []
    assert failed(document, refusal, abstains={"reason": "missing_name", "missing": ["france", "Macron's"]}) == []
    assert failed(document, refusal, abstains={"reason": str(status)}) == []
    assert failed(document, refusal, abstains={"reason": "other", "missing": ["Spain"]}) == ["reason", "missing"]


def test_an_answer_is_no_abstention(document: Document, traded: Answer) -> None:
    assert failed(document, traded, abstains=True) == ["abstains"]


def test_quotes_are_proven_unasked(document: Document, say: Any) -> None:
    forged = Citation(marker=1, doc_id="d.txt", title="D", source="d.txt", span=Span(start=0, end=5), quote="Tirade", locator=Locator())
    answer = Answer(question=Question(text="?"), status=Status.ANSWERED, citations=(forged,), confidence=1.0, text="t", signature="s")
    assert failed(document, answer, contains="t") == ["proven"]
    elsewhere = forged.model_copy(update={"doc_id": "gone.txt"})
    assert failed(document, say("No.", closest=(elsewhere,)), abstains=True) == ["proven"]
    assert failed(document, say("No.", closest=(forged,)), abstains=True) == ["proven"]


def test_reasons_say_what_was_found(document: Document, traded: Answer) -> None:
    turn = Turn.model_validate({"question": "?", "answer": ["€1", "€2"], "abstains": None})
    first = check_turn(turn, trace_of(traded), {"d.txt": document})[0]
    assert first.reason == "expected the short answer '€1' or '€2'; got '€130 million'"


def test_regex_looks_at_text_and_quotes_whatever_the_letter_case(document: Document, traded: Answer) -> None:
    assert failed(document, traded, regex=[r"€\s*\d+ MILLION", "^trade grew"]) == []
    assert failed(document, traded, regex=[r"€\d{4}", "decade$"]) == ["regex", "regex"]


def test_cites_only_allows_no_other_quote(document: Document, traded: Answer) -> None:
    both = [{"document": "d.txt", "text": "fivefold"}, {"document": "d.txt", "text": "a turnover of"}]
    assert failed(document, traded, cites_only=both) == []
    assert failed(document, traded, cites_only=both[0]) == ["cites_only"]
    assert failed(document, traded, cites=both[1], cites_only=both[0]) == []
    assert failed(document, traded, cites_only={"document": "d.txt", "text": "led the visit"}) == ["cites_only", "cites_only"]


def test_not_cites_a_passage_or_a_document(document: Document, traded: Answer, say: Any) -> None:
    assert failed(document, traded, not_cites={"document": "d.txt", "text": "led the visit"}) == []
    assert failed(document, traded, not_cites=[{"document": "d.txt", "text": "fivefold"}]) == ["not_cites"]
    assert failed(document, traded, not_cites={"document": "d.txt"}) == ["not_cites"]
    assert failed(document, traded, not_cites={"document": "other.txt"}) == []
    assert failed(document, say("No."), not_cites={"document": "d.txt"}) == []


@pytest.mark.parametrize(("most", "text", "fails"), [(1, "fivefold", []), (1, "led the visit", ["rank_at_most"]), (2, "led the visit", [])])
def test_rank_at_most(document: Document, traded: Answer, most: int, text: str, fails: list[str]) -> None:
    turn = Turn.model_validate({"question": "?", "rank_at_most": most, "cites": {"document": "d.txt", "text": text}})
    checks = check_turn(turn, trace_of(traded, evidence=evidence_of(document, TRADE, VISIT)), {"d.txt": document})
    assert [check.name for check in checks if not check.passed and check.name == "rank_at_most"] == fails


def test_an_unranked_passage_says_so(document: Document, traded: Answer) -> None:
    turn = Turn.model_validate({"question": "?", "rank_at_most": 3, "cites": {"document": "d.txt", "text": "led the visit"}})
    checks = check_turn(turn, trace_of(traded, evidence=evidence_of(document, TRADE)), {"d.txt": document})
    assert [check.got for check in checks if check.name == "rank_at_most"] == ["not among the 1 ranked sentences"]


@pytest.mark.parametrize(
    ("kind", "said", "name"),
    [
        (QuestionType.HOW_MUCH, {"quotes": (TRADE,), "short": "€130 million"}, "short"),
        (QuestionType.HOW_MUCH, {"quotes": (TRADE,)}, "plain"),
        (QuestionType.YES_NO, {"quotes": (TRADE,), "verdict": "yes"}, "yes"),
        (QuestionType.YES_NO, {"quotes": (TRADE,), "verdict": "no"}, "no"),
        (QuestionType.COMPARISON, {"quotes": (TRADE,), "short": "€130 million"}, "comparison"),
        (QuestionType.AGGREGATION, {"quotes": (TRADE,), "short": "€130 million"}, "aggregation"),
        (QuestionType.WHEN, {"reason": "type_absent"}, "type_absent"),
        (QuestionType.WHEN, {"reason": "type_absent"}, "type_absent_when"),
        (QuestionType.WHEN, {"reason": "unsure"}, "unsure_bare"),
        (QuestionType.WHEN, {"reason": "unsure", "missing_terms": ("x",)}, "unsure"),
    ],
)
def test_templates(document: Document, say: Any, kind: QuestionType, said: dict[str, Any], name: str) -> None:
    trace = trace_of(say("t", **said), kind=kind)
    for wanted, passed in ((name, True), ("other", False)):
        checks = check_turn(Turn(question="?", template=wanted), trace, {"d.txt": document})
        assert [check.passed for check in checks if check.name == "template"] == [passed]


def test_a_check_never_shows_a_whole_book(document: Document, say: Any) -> None:
    given = say("long " * 10_000, quotes=(TRADE,))
    checks = check_turn(Turn(question="?", contains=("missing",)), trace_of(given), {"d.txt": document})
    assert len(checks[0].got) < 500

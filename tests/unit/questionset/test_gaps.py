"""What was asked in vain becomes gaps, and gaps become cases that hold today."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.evaluation import run_case
from pmbot.models import KeyTerm, Status, Trace
from pmbot.questionset import Avoids, read_question_set
from pmbot.questionset.gaps import find_gaps, missing_words, skeletons
from pmbot.questionset.write import add_cases
from pmbot.storage.used import DownVoted, Used
from tests.fakes_api import TRADE, FakeKnowledge

STOP = frozenset(["is", "the", "what", "how", "much", "a", "of", "in", "for"])


class Words(FakeKnowledge):
    """The fake with key terms of the question's own."""

    def trace(self, text: str, *, history: Sequence[str] = (), doc_id: str | None = None) -> Trace:
        found = super().trace(text, history=history, doc_id=doc_id)
        words = [word.strip("?!.,").lower() for word in text.split()]
        terms = tuple(KeyTerm(text=word, term=word, is_number=word.isdigit()) for word in words if word and word not in STOP)
        return found.model_copy(update={"reading": found.reading.model_copy(update={"key_terms": terms})})


KNOWLEDGE = Words()
DOCUMENTS = {document.doc_id: document for document in KNOWLEDGE.documents}


def used(question: str, number: int = 1, **more: Any) -> Used:
    values: dict[str, Any] = {
        "id": number,
        "at": 1_700_000_000.0 + number,
        "channel": "repl",
        "user": None,
        "question": question,
        "reading": question,
        "status": Status.NOT_MENTIONED,
        "reason": "absent_terms",
        "missing_terms": ("France",),
        "answer_id": f"{number:012}",
        "signature": "sig",
        "reply": "The documents never mention France.",
    }
    return Used(**{**values, **more})


def voted(question: str, bad: int = 1, wrong_source: int = 0, **more: Any) -> DownVoted:
    answer = KNOWLEDGE.ask(question)
    return DownVoted(
        used=used(question, 99, **{"status": answer.status, "reply": answer.text, "missing_terms": (), **more}),
        good=0,
        bad=bad,
        wrong_source=wrong_source,
    )


def groups(*questions: str) -> list[list[str]]:
    """How questions about France are grouped."""
    asked = [used(question, number) for number, question in enumerate(questions, 1)]
    return sorted(sorted(wording for wording, _ in gap.wordings) for gap in find_gaps(asked, (), KNOWLEDGE.trace))


def test_the_same_question_is_one_gap() -> None:
    (gap,) = find_gaps(
        [used("President of France?", 1), used("president of  france", 2), used("President of France?", 3)], (), KNOWLEDGE.trace
    )
    assert (gap.kind, gap.question, gap.times, gap.last) == ("unanswered", "President of France?", 3, 1_700_000_003.0)
    assert gap.missing == (("France", 3),)
    assert gap.still


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("What is the harbour fee in France?", "harbor fee France"),
        ("harbour fee of France boats", "Harbour fees of France for boats"),
        ("big harbour fee France", "harbour fee France"),
    ],
)
def test_near_duplicates_are_one_gap(one: str, other: str) -> None:
    assert groups(one, other) == [sorted([one, other])]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("barter with France in 2022?", "barter with France in 2023?"),
        ("president of France?", "capital of France?"),
        ("harbour fee in France", "harbour fee in France for boats of fishers at night"),
    ],
)
def test_different_questions_stay_apart(one: str, other: str) -> None:
    assert groups(one, other) == sorted([[one], [other]])


def test_the_most_frequent_come_first_and_missing_words_are_counted() -> None:
    asked = [used("capital of France?", 1), used("president of France?", 2, missing_terms=("France", "president"))]
    asked += [used("president of France?", 3), used("weather in Seoul?", 4, missing_terms=("weather",))]
    gaps = find_gaps(asked, (), KNOWLEDGE.trace)
    assert [(gap.question, gap.times) for gap in gaps] == [("president of France?", 2), ("weather in Seoul?", 1), ("capital of France?", 1)]
    assert missing_words(gaps) == (("France", 3), ("president", 1), ("weather", 1))


def test_what_is_answered_by_now_is_no_gap_any_more() -> None:
    gaps = find_gaps([used("trade?", 1), used("president of France?", 2)], (), KNOWLEDGE.trace)
    assert {gap.question: gap.still for gap in gaps} == {"trade?": False, "president of France?": True}
    assert [case.question for _, case in skeletons(gaps, ())] == ["president of France?"]


def test_an_answer_that_was_voted_down() -> None:
    (gap,) = find_gaps((), [voted("trade?", bad=2, wrong_source=1)], KNOWLEDGE.trace)
    assert (gap.kind, gap.times, gap.bad, gap.wrong_source, gap.reply, gap.still) == ("down_voted", 3, 2, 1, "€130 million.", True)
    (other,) = find_gaps((), [voted("trade?", reply="€12.")], KNOWLEDGE.trace)
    assert not other.still


def test_a_refusal_that_was_voted_down_is_an_unanswered_question_with_votes() -> None:
    refused = used("president of France?", 7)
    (gap,) = find_gaps([refused], [DownVoted(used=refused, good=0, bad=2, wrong_source=0)], KNOWLEDGE.trace)
    assert (gap.kind, gap.times, gap.bad) == ("unanswered", 1, 2)


def test_the_order_of_the_record_does_not_matter() -> None:
    questions = ["harbour fee France", "harbor fee France", "harbour fees in France", "president of France?"]
    asked = [used(question, number) for number, question in enumerate(questions, 1)]
    first = find_gaps(asked, (), KNOWLEDGE.trace)
    assert all(find_gaps(order, (), KNOWLEDGE.trace) == first for order in itertools.permutations(asked))


def test_the_cases_hold_today(tmp_path: Path) -> None:
    gaps = find_gaps(
        [used("president of France?", 1), used("President of France", 2)],
        [voted("trade?"), voted("sale?", bad=1, wrong_source=2, answer_id="other")],
        KNOWLEDGE.trace,
    )
    path = tmp_path / "gaps.yaml"
    add_cases(path, skeletons(gaps, ()))
    cases = {case.id: case for case in read_question_set(path).cases}
    outcomes = {
        case.id: run_case(case, lambda text, history: KNOWLEDGE.trace(text, history=history), DOCUMENTS).outcome for case in cases.values()
    }
    assert outcomes == {"president-france": "passed", "trade": "xfailed", "sale": "xfailed"}
    assert cases["trade"].not_contains == ("€130 million",)
    assert cases["sale"].not_cites[0].document == "notes/hostile.md"
    assert isinstance(cases["sale"].not_cites[0], Avoids)
    assert all(case.tags == ("gap",) for case in cases.values())
    assert TRADE not in path.read_text(encoding="utf-8")


def test_the_comments_help_the_author() -> None:
    gaps = find_gaps([used("president of France?", 1), used("France president", 2), used("president of France?", 3)], (), KNOWLEDGE.trace)
    ((comment, _),) = skeletons(gaps, ())
    assert comment == (
        "asked 3 times, last on 2023-11-14; missing: France (3)",
        "also asked: France president",
        "when the documents answer it, put answer and cites here in place of abstains",
    )


def test_ids_are_new() -> None:
    gaps = find_gaps(
        [used("president of France?", 1), used("president of France in 2020?", 2), used("president of France in 1930?", 3)],
        (),
        KNOWLEDGE.trace,
    )
    made = [case.id for _, case in skeletons(gaps, {"president-france"})]
    assert sorted(made) == ["president-france-1930", "president-france-2", "president-france-2020"]


@given(st.lists(st.text(st.characters(), min_size=1, max_size=12), min_size=1, max_size=4))
def test_any_question_becomes_a_valid_case(tmp_path_factory: pytest.TempPathFactory, words: list[str]) -> None:
    text = " ".join(words)
    gaps = find_gaps([used(f"France {text}", 1, missing_terms=tuple(words)), used(f"{text} France", 2)], (), KNOWLEDGE.trace)
    path = tmp_path_factory.mktemp("gaps") / "gaps.yaml"
    made = skeletons(gaps, ())
    add_cases(path, made)
    assert read_question_set(path).cases == tuple(case for _, case in made)

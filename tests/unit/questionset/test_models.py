from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from pmbot.questionset import Abstention, Cites, QuestionCase, QuestionSet, Turn


def case(**fields: Any) -> QuestionCase:
    return QuestionCase.model_validate({"id": "x", **fields})


def test_a_lone_text_is_a_list_of_one() -> None:
    passage = {"document": "d.txt", "text": "t"}
    found = case(question="q", tags="who", answer="a", contains="b", not_contains=["c", "d"], cites=passage)
    assert (found.tags, found.answer, found.contains, found.not_contains) == (("who",), ("a",), ("b",), ("c", "d"))
    assert found.cites == (Cites(document="d.txt", text="t"),)
    assert case(question="q", cites=[passage, passage]).cites == found.cites * 2


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (True, Abstention()),
        ({}, Abstention()),
        ({"reason": "missing_name"}, Abstention(reason="missing_name")),
        ({"missing": "France"}, Abstention(missing=("France",))),
        ({"reason": "r", "missing": ["a", "b"]}, Abstention(reason="r", missing=("a", "b"))),
    ],
)
def test_abstentions(written: object, meant: Abstention) -> None:
    assert case(question="q", abstains=written).abstains == meant


def test_a_question_is_a_conversation_of_one() -> None:
    single = case(question="q", answer="a", not_contains="n", language="lv", xfail="known")
    assert single.conversation == (Turn(question="q", answer=("a",), not_contains=("n",)),)
    turns = [{"question": "one", "answer": "a"}, {"question": "two", "abstains": True}]
    assert [turn.question for turn in case(turns=turns).conversation] == ["one", "two"]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"question": "q"}, "checks nothing"),
        ({"question": "q", "answer": []}, "checks nothing"),
        ({"turns": [{"question": "q"}]}, "checks nothing"),
        ({"answer": "a"}, "needs a question, or turns"),
        ({"question": "q", "answer": "a", "turns": [{"question": "q", "answer": "a"}]}, "needs a question, or turns"),
        ({"turns": [{"question": "q", "answer": "a"}], "contains": "b"}, "put the checks into the turns"),
        ({"question": "q", "abstains": True, "answer": "a"}, "refused or it is answered"),
        ({"question": "q", "abstains": True, "cites": {"document": "d", "text": "t"}}, "refused or it is answered"),
        ({"question": "q", "abstains": False}, "leave it out"),
        ({"question": "q", "answer": ""}, "at least 1 character"),
        ({"question": "q", "answer": "a", "id": "Not Kebab"}, "pattern"),
        ({"question": "q", "answer": "a", "id": "a--b"}, "pattern"),
        ({"question": 5, "answer": "a"}, "valid string"),
        ({"question": "q", "anwser": "a"}, "Extra inputs"),
    ],
)
def test_what_is_not_a_case(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        case(**fields)


def test_a_set_has_cases() -> None:
    with pytest.raises(ValidationError, match="at least 1 item"):
        QuestionSet(cases=())


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"answer": "a", "rank_at_most": 3}, "ranks the passages of cites"),
        ({"answer": "a", "max_ms": 0}, "greater than or equal to 1"),
        ({"max_ms": 50}, "checks nothing"),
        ({"regex": "(a+)+"}, "repeats a group"),
        ({"regex": "["}, "not a regular expression"),
        ({"abstains": True, "cites_only": {"document": "d", "text": "t"}}, "refused or it is answered"),
        ({"cites": {"document": "d"}}, "Field required"),
        ({"cites": {"document": "d", "text": "t"}, "rank_at_most": 21}, "less than or equal to 20"),
    ],
)
def test_what_the_newer_checks_refuse(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        case(question="q", **fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"regex": r"\d+"},
        {"template": "short"},
        {"not_cites": {"document": "d"}},
        {"cites_only": {"document": "d", "text": "t"}, "rank_at_most": 1},
        {"abstains": True, "max_ms": 100, "regex": ["never"]},
    ],
)
def test_each_is_a_check_by_itself(fields: dict[str, Any]) -> None:
    found = case(question="q", **fields)
    assert found.has_any
    (turn,) = found.conversation
    assert all(getattr(turn, name) == getattr(found, name) for name in fields)


def test_time_alone_beside_turns_is_refused() -> None:
    with pytest.raises(ValidationError, match="put the checks into the turns"):
        case(turns=[{"question": "q", "answer": "a"}], max_ms=5)

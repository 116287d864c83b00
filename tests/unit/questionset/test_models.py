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

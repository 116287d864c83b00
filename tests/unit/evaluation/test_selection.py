from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.evaluation import Task
from pmbot.evaluation.selection import chosen_by, chosen_by_tag
from pmbot.questionset import QuestionCase


def task(name: str, *tags: str) -> Task:
    return Task(QuestionCase(id=name, question="q", contains=("x",), tags=tags), "sets/prices.yaml:3")


@pytest.mark.parametrize(
    ("expression", "chosen"),
    [
        ("trade", ["trade-2022", "trade-2023"]),
        ("TRADE and 2023", ["trade-2023"]),
        ("trade and not 2023", ["trade-2022"]),
        ("not trade or 2023", ["trade-2023", "visit"]),
        ("not (trade or visit)", []),
        ("money", ["trade-2022"]),
        ("prices.yaml", ["trade-2022", "trade-2023", "visit"]),
        ("not not visit", ["visit"]),
        ("2022 or 2023 and visit", ["trade-2022"]),
    ],
)
def test_expressions(expression: str, chosen: list[str]) -> None:
    tasks = [task("trade-2022", "money"), task("trade-2023"), task("visit")]
    assert [t.case.id for t in filter(chosen_by(expression), tasks)] == chosen


@pytest.mark.parametrize(
    ("expression", "problem"),
    [
        ("", "a word is missing at the end"),
        ("trade and", "a word is missing at the end"),
        ("or trade", "a word is missing before 'or'"),
        ("(trade", "a bracket is not closed"),
        ("trade)", r"'\)' is not expected there"),
        ("trade visit", "'visit' is not expected there; join words by and, or"),
        ("not " * 100 + "x", "nested too deeply"),
        ("(" * 100_000, "nested too deeply"),
    ],
)
def test_what_is_no_expression(expression: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        chosen_by(expression)


@given(st.text(alphabet="ab()no tr", max_size=40))
def test_anything_is_an_expression_or_a_message(text: str) -> None:
    try:
        choice = chosen_by(text)
    except ValueError:
        return
    assert choice(task("a")) in {True, False}


def test_tags_are_alternatives() -> None:
    tasks = [task("a", "who"), task("b", "when", "x"), task("c")]
    assert [t.case.id for t in filter(chosen_by_tag(["who", "x"]), tasks)] == ["a", "b"]
    assert len(list(filter(chosen_by_tag([]), tasks))) == 3

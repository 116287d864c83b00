"""Question types and what they expect."""

from __future__ import annotations

import pytest

from pmbot.answering.question_types import question_type
from pmbot.models import QuestionType as Q


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("who leads the team", Q.WHO),
        ("with whom did they sign", Q.WHO),
        ("when did it open", Q.WHEN),
        ("where is the office", Q.WHERE),
        ("why did it close", Q.WHY),
        ("how does it work", Q.HOW),
        ("how many firms came", Q.HOW_MANY),
        ("how much did it cost", Q.HOW_MUCH),
        ("how tall is the tower", Q.HOW_MUCH),
        ("how long did the war last", Q.DURATION),
        ("what percentage of exports is wood", Q.PERCENT),
        ("what is the rank of the firm", Q.RANK),
        ("what is a widget", Q.DEFINITION),
        ("what was the turnover of the firm in 2020", Q.HOW_MUCH),
        ("what happened in 2020", Q.AGGREGATION),
        ("what is said about oslo", Q.AGGREGATION),
        ("is the office open", Q.YES_NO),
        ("which was larger the lake or the sea", Q.COMPARISON),
        ("list the members of the board", Q.LIST),
        ("turnover norway 2020", Q.KEYWORD),
    ],
)
def test_types(question: str, expected: Q) -> None:
    assert question_type(question.split()) is expected

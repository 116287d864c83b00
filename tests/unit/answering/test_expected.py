"""Which mentions would answer a question, by its words."""

from __future__ import annotations

import pytest

from pmbot.answering.expected import AMOUNTS, expected_kinds
from pmbot.models import MentionKind as M
from pmbot.models import QuestionType as Q


@pytest.mark.parametrize(
    ("question", "kind", "focus", "expected"),
    [
        ("when did it open", Q.WHEN, None, (M.DATE,)),
        ("what time did it open", Q.WHEN, "time", (M.TIME,)),
        ("at what time of day does it open", Q.WHEN, "time", (M.TIME,)),
        ("what time of the year is it", Q.WHEN, "time", (M.DATE,)),
        ("what time period was it", Q.WHEN, "period", (M.DATE,)),
        ("how often does it ring", Q.FREQUENCY, None, (M.FREQUENCY,)),
        ("how long did it last", Q.DURATION, None, (M.DURATION, M.PERIOD)),
        ("how old is he", Q.DURATION, None, (M.AGE,)),
        ("how long will the old mill stand", Q.DURATION, None, (M.DURATION, M.PERIOD)),
        ("how far behind is it", Q.HOW_MUCH, None, (M.QUANTITY, M.NUMBER, M.DURATION)),
        ("at what age did he die", Q.HOW_MUCH, "age", (M.AGE, M.NUMBER)),
        ("how many years did it last", Q.HOW_MANY, "years", (M.DURATION, M.NUMBER)),
        ("how many euros did it cost", Q.HOW_MANY, "euros", (M.MONEY, M.NUMBER)),
        ("how many of them came", Q.HOW_MANY, None, (M.NUMBER, M.QUANTITY, M.PERCENT)),
        ("how much did it cost", Q.HOW_MUCH, None, (M.MONEY,)),
        ("how much did the harvest come to", Q.HOW_MUCH, None, (M.MONEY, M.QUANTITY, M.NUMBER)),
        ("by how much did it rise", Q.HOW_MUCH, None, (M.PERCENT, M.QUANTITY)),
        ("how loud is it", Q.HOW_MUCH, None, (M.QUANTITY, M.NUMBER)),
        ("opening hours of the shop", Q.KEYWORD, None, (M.DATE,)),
        ("loan period films", Q.KEYWORD, None, (M.DURATION, M.PERIOD)),
        ("lamp weight", Q.KEYWORD, None, AMOUNTS),
        ("lamp shop", Q.KEYWORD, None, ()),
    ],
)
def test_kinds(question: str, kind: Q, focus: str | None, expected: tuple[M, ...]) -> None:
    assert expected_kinds(question.split(), kind, focus) == expected

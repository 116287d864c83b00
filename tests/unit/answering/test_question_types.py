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
        ("how far in advance must we book", Q.DURATION),
        ("how soon do they answer", Q.DURATION),
        ("how much time does it take", Q.DURATION),
        ("what is the duration of the trial", Q.DURATION),
        ("how far is the lake", Q.HOW_MUCH),
        ("how loud is the pump", Q.HOW_MUCH),
        ("how often do they meet", Q.FREQUENCY),
        ("how many times a year do they meet", Q.FREQUENCY),
        ("how many times did they meet", Q.HOW_MANY),
        ("what are the opening hours of the shop", Q.WHEN),
        ("what is the deadline for the tender", Q.WHEN),
        ("in what area does the plant grow", Q.WHAT),
        ("what is the area of the park", Q.HOW_MUCH),
        ("what percentage of exports is wood", Q.PERCENT),
        ("by how many percent did it grow", Q.PERCENT),
        ("how many per cent has it lost", Q.PERCENT),
        ("how much notice must be given", Q.DURATION),
        ("what is the rank of the firm", Q.RANK),
        ("what is a widget", Q.DEFINITION),
        ("what was the turnover of the firm in 2020", Q.HOW_MUCH),
        ("what does a ticket cost", Q.HOW_MUCH),
        ("what will it cost to park", Q.HOW_MUCH),
        ("what was he paid for the picture", Q.HOW_MUCH),
        ("what did the profit amount to in 2020", Q.HOW_MUCH),
        ("what does the cost of a ticket depend on", Q.WHAT),
        ("what did they charge him with", Q.WHAT),
        ("what must they pay", Q.WHAT),
        ("what happened in 2020", Q.AGGREGATION),
        ("what is said about oslo", Q.AGGREGATION),
        ("is the office open", Q.YES_NO),
        ("was it closed when it rained", Q.YES_NO),
        ("do you know when it closed", Q.WHEN),
        ("what caused the fire", Q.WHAT),
        ("what happens if the lamp flashes", Q.WHAT),
        ("what did he say on how many came", Q.WHAT),
        ("what effect did it have on how long they wait", Q.WHICH),
        ("what developed countries signed", Q.WHICH),
        ("when it rains what is closed", Q.WHAT),
        ("when and where was it built", Q.WHEN),
        ("what were the sales of the firm", Q.HOW_MUCH),
        ("what is a deposit cup", Q.DEFINITION),
        ("what is the age limit for the course", Q.HOW_MUCH),
        ("which was larger the lake or the sea", Q.COMPARISON),
        ("list the members of the board", Q.LIST),
        ("turnover norway 2020", Q.KEYWORD),
    ],
)
def test_types(question: str, expected: Q) -> None:
    assert question_type(question.split()) is expected

"""The mention grammar."""

from __future__ import annotations

import time

import pytest

from pmbot.answering.mentions import NameHints, find_mentions
from pmbot.models import MentionKind

HINTS = NameHints(
    places={"norway", "chile", "korea", "baltic"},
    demonyms={"norwegian", "korean"},
    lower={"sales", "every"},
    ordinary={"the", "in", "this", "its"},
)


def found(text: str, kind: MentionKind) -> list[str]:
    return [text[m.start : m.end] for m in find_mentions(text, HINTS) if m.kind is kind]


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("It cost €240 million in all.", MentionKind.MONEY, ["€240 million"]),
        ("It cost $1,234.50 then.", MentionKind.MONEY, ["$1,234.50"]),
        ("They paid 20 million euros for it.", MentionKind.MONEY, ["20 million euros"]),
        ("They grew by 27% and 3 per cent.", MentionKind.PERCENT, ["27%", "3 per cent"]),
        ("Over 500 firms and more than 50 towns came.", MentionKind.NUMBER, ["Over 500", "more than 50"]),
        ("eight of them stayed", MentionKind.NUMBER, ["eight"]),
        ("In November 2024 and on 3 May 2021.", MentionKind.DATE, ["November 2024", "3 May 2021"]),
        ("founded in 1987, closed on 2001-03-04", MentionKind.DATE, ["1987", "2001-03-04"]),
        ("over the last decade, for ten years", MentionKind.DURATION, ["last decade", "ten years"]),
        ("ranking fourth and fifth", MentionKind.ORDINAL, ["fourth", "fifth"]),
        ("a fivefold rise to 15 bar", MentionKind.QUANTITY, ["fivefold", "15 bar"]),
        ("two and a half miles at 2 °C to 8 °C", MentionKind.QUANTITY, ["two and a half miles", "2 °C to 8 °C"]),
        ("it grew from 2 kg to 3 kg, or 240 millilitres", MentionKind.QUANTITY, ["2 kg", "3 kg", "240 millilitres"]),
        ("President Ana Gil met Dr. Otto Berg.", MentionKind.PERSON, ["Ana Gil", "Otto Berg"]),
        ("Norwegian President Ana Gil spoke.", MentionKind.PERSON, ["Ana Gil"]),
        ("He works at Lund University in Norway.", MentionKind.ORGANISATION, ["Lund University"]),
        ("They went to South Korea.", MentionKind.PLACE, ["South Korea"]),
        ("Norway’s Orkla and Chile's Codelco signed.", MentionKind.PLACE, ["Norway", "Chile"]),
        ("Sales rose. Every year.", MentionKind.NAME, []),
    ],
)
def test_kinds(text: str, kind: MentionKind, expected: list[str]) -> None:
    assert found(text, kind) == expected


@pytest.mark.parametrize("text", ["A " * 4000, "1," * 4000, "€" * 8000, "Aa-" * 3000, "more than " * 1000, "X of the " * 1000, "’" * 8000])
def test_hostile_text_takes_linear_time(text: str) -> None:
    start = time.process_time()
    find_mentions(text, HINTS)
    assert time.process_time() - start < 1.0

"""Figures as amounts."""

from __future__ import annotations

import pytest

from pmbot.answering.amounts import amount_in, amount_of
from pmbot.models import MentionKind

MONEY, PERCENT, QUANTITY, NUMBER = MentionKind.MONEY, MentionKind.PERCENT, MentionKind.QUANTITY, MentionKind.NUMBER


@pytest.mark.parametrize(
    ("text", "kind", "value", "unit"),
    [
        ("€130 million", MONEY, 130e6, "eur"),
        ("130 million euros", MONEY, 130e6, "eur"),
        ("€1,200.50", MONEY, 1200.5, "eur"),
        ("US$803 million", MONEY, 803e6, "usd"),
        ("27%", PERCENT, 27, "percent"),
        ("27 percent", PERCENT, 27, "percent"),
        ("twelve", NUMBER, 12, ""),
        ("twenty-one", NUMBER, 21, ""),
        ("612", NUMBER, 612, ""),
        ("5 km", QUANTITY, 5, "km"),
        ("5 kilometres", QUANTITY, 5, "km"),
        ("30 m", QUANTITY, 30, "m"),
    ],
)
def test_reading(text: str, kind: MentionKind, value: float, unit: str) -> None:
    amount = amount_of(text, kind)
    assert amount is not None
    assert (amount.value, amount.unit) == (value, unit)


@pytest.mark.parametrize("text", ["3 to 5 km", "dozens", "a third", "two or three"])
def test_what_is_no_single_figure(text: str) -> None:
    assert amount_of(text, QUANTITY) is None


def agreeing(one: str, other: str) -> list[bool]:
    """Whether the first amount agrees with the second, and the second with the first."""
    first, second = amount_of(one, NUMBER), amount_of(other, NUMBER)
    assert first is not None
    assert second is not None
    return [first.agrees(second), second.agrees(first)]


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("612", "612", True),
        ("612", "650", False),
        ("4.5 million", "4.49 million", True),  # rounded
        ("450", "470", False),
        ("about 600", "650", True),
        ("about 600", "900", False),
        ("more than 500", "612", True),
        ("more than 500", "450", False),
        ("up to 500", "450", True),
    ],
)
def test_agreeing(one: str, other: str, agree: bool) -> None:
    assert agreeing(one, other) == [agree, agree]


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("5", "5.2", True),
        ("5", "5.4", True),
        ("5", "5.5", False),  # would have been rounded up
        ("240", "243", True),
        ("240", "245", False),
        ("1 million", "1.4 million", False),  # rounding does not go that far
        ("five", "5.2", True),
        ("0", "3", False),
    ],
)
def test_rounding(one: str, other: str, agree: bool) -> None:
    assert agreeing(one, other) == [agree, agree]


@pytest.mark.parametrize(
    ("text", "figure", "least", "most", "about"),
    [
        ("in excess of 500 guests", "500", True, False, False),
        ("sales exceeded 500", "500", True, False, False),
        ("as many as 500 guests", "500", False, True, False),
        ("fewer than 500 guests", "500", False, True, False),
        ("close to 500 guests", "500", False, False, True),
        ("an estimated 500 guests", "500", False, False, True),
        ("500 or more guests", "500", True, False, False),
        ("500 or so guests", "500", False, False, True),
        ("500 guests", "500", False, False, False),
    ],
)
def test_hedges_around_a_figure(text: str, figure: str, least: bool, most: bool, about: bool) -> None:
    start = text.index(figure)
    amount = amount_in(text, start, start + len(figure), NUMBER)
    assert amount is not None
    assert (amount.least, amount.most, amount.about) == (least, most, about)

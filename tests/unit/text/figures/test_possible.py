"""Patterns that are left out could not have matched."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pmbot.models import MentionKind
from pmbot.text.figures.patterns import FIGURES
from pmbot.text.figures.possible import figures_in

PIECES = [
    *("one", "ten", "HALF", "a third", "5", "12", "1998", "$", "€5", "US$ 3", "%", "per cent", "percent", "million", "moreover", "over "),
    *("about ", "-", " ", "\u00a0", "May", "Mar.", "3rd", "first", "fifty", "fold", "twice", "Mondays", "Christmas", "10:30", "to"),
    *("2020-01-02", "3/4/99", "century", "19th", "BCE", "years", "the ", "late ", "hundred", "k", "km", "m", "two-thirds", "several "),
    *("weeks", "majority", "٣", "1990s", "and a half ", "dollars", "won", "Sept", "ſ", "ı", "İ", "K"),
    *("Q3 ", "spring of ", "o'clock", "am", "p.m.", "one in ", " out of ", "until ", "winter"),
    *(
        "every ",
        "each ",
        "day",
        "night",
        "noon",
        "weekdays",
        "Mondays",
        "of the month",
        "autumn",
        "2026",
        "5 pm",
        "9.00",
        "between ",
        " and ",
        "weekly",
        "times a",
        "last ",
        "next ",
        "at night",
        " to the end of ",
        "Easter",
        " of each month",
    ),
]


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
@example("nıneteen ſeconds")
@example("moreover 5 %")
def test_every_pattern_that_matches_is_tried(text: str) -> None:
    possible = list(figures_in(text))
    assert possible == [figure for figure in FIGURES if figure in possible]  # in their order
    assert all(figure in possible for figure in FIGURES if figure[1].search(text))


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("The lamp glows.", set()),
        ("The lamp cost €3.", {MentionKind.MONEY, MentionKind.DATE, MentionKind.QUANTITY, MentionKind.NUMBER}),
        ("It glows in May.", {MentionKind.DATE}),
        ("A third of the lamps glow.", {MentionKind.PERCENT, MentionKind.ORDINAL}),
    ],
)
def test_few_are_tried(text: str, kinds: set[MentionKind]) -> None:
    assert {kind for kind, _ in figures_in(text)} == kinds

"""Which figure a clause states, and of what."""

from __future__ import annotations

import itertools

import pytest

from pmbot.answering.statements import Statement, StatementReader, figures_in
from pmbot.models import MentionKind
from tests.fakes_answering import ANALYZER, view_of

READER = StatementReader(ANALYZER)


def read(text: str) -> list[Statement]:
    return list(READER.statements(view_of(text).sentence))


def test_a_statement_says_how_much_of_what_and_when() -> None:
    (said,) = read("In 2023 lamp sales reached €130 million.")
    assert (said.amount.value, said.amount.unit, said.year) == (130e6, "eur", "2023")
    assert said.terms == {"lamp", "sale"}
    assert said.opens


def test_a_clause_with_a_figure_alone_speaks_of_what_stands_before() -> None:
    (said,) = read("Lamp sales grew, reaching €130 million in 2023.")
    assert {"lamp", "sale"} <= said.terms
    assert not said.opens


@pytest.mark.parametrize(
    "text", ["Between 2020 and 2023 sales were €5 million.", "Sales rose from €3 million to €5 million.", "Lamps glow."]
)
def test_what_states_no_single_figure(text: str) -> None:
    assert read(text) == []


def test_days_and_ordinals_tell_figures_apart_and_years_do_not() -> None:
    assert {"first", "quarter"} <= read("In the first quarter of 2023 sales were €5 million.")[0].terms
    assert "june" in read("In June 2023 sales were €5 million.")[0].terms
    assert "2023" not in read("In 2023 sales were €5 million.")[0].terms


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Before 1990 the shop sold 500 lamps.", {"before"}),
        ("The shop did not sell 500 lamps.", {"not"}),
        ("The shop will sell 500 lamps.", {"will"}),
        ("Sales of lamps amounted to €5 million.", set()),  # it only introduces the figure
        ("The shop in Oslo sold 500 lamps.", set()),
    ],
)
def test_small_words_that_make_it_another_thing(text: str, words: set[str]) -> None:
    assert read(text)[0].apart == words


@pytest.mark.parametrize(
    ("text", "added"), [("Sales rose by €5 million.", True), ("The shop sold another 500 lamps.", True), ("Sales were €5 million.", False)]
)
def test_what_came_on_top(text: str, added: bool) -> None:
    assert read(text)[0].added is added


def test_other_figures_of_the_clause_are_kept() -> None:
    length, price = sorted(read("A lamp of 5 m cost €300."), key=lambda said: said.start)
    assert [a.unit for a in length.besides] == ["eur"]
    assert [a.unit for a in price.besides] == ["m"]


def test_figures_do_not_overlap() -> None:
    text = "On 5 May 2023 about €130 million or 27% came in."
    figures = sorted(figures_in(text), key=lambda figure: figure.start)
    assert [figure.kind for figure in figures] == [MentionKind.DATE, MentionKind.MONEY, MentionKind.PERCENT]
    assert all(a.end <= b.start for a, b in itertools.pairwise(figures))

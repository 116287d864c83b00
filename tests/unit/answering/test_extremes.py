"""Figures of cells, and superlatives over them."""

from __future__ import annotations

import pytest

from pmbot.answering.extremes import Figure, comparable, figure, fits, superlative, winners
from tests.fakes_answering import ANALYZER


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("54 dB", 54, "db"),
        ("€0.50", 0.5, "€"),
        ("0,50 €", 0.5, "€"),
        ("1,500", 1500, ""),
        ("12 000 km", 12000, "km"),
        ("1 day", 1, "day"),
        ("14 days", 14, "day"),
        ("−5 °C", -5, "°c"),
        ("US$ 30", 30, "us$"),
        ("9:30", 570, "clock"),
        ("9.30 p.m.", 1290, "clock"),
        ("12:15 am", 15, "clock"),
        ("1998", 1998, "year of time"),
    ],
)
def test_a_figure_is_a_value_and_a_unit(text: str, value: float, unit: str) -> None:
    assert figure(text) == Figure(value, unit)


@pytest.mark.parametrize("text", ["", "closed", "B2", "10:00–16:00", "2 to 3 kg", "1.2.3", "5 kg, 6 kg", "about 5 kg", "Hall 2"])
def test_what_is_no_single_figure(text: str) -> None:
    found = figure(text)
    assert found is None or found.unit not in {"", "kg"}


def test_dates_follow_the_calendar() -> None:
    days = ["2023-12-31", "2024-01-01", "2024-02-01"]
    found = [figure(day) for day in days]
    assert [each.unit for each in found if each is not None] == ["date"] * 3
    latest = superlative(ANALYZER.tokens("What is the latest day?"))
    assert latest is not None
    assert winners(comparable(found), latest) == [2]


def test_a_column_is_compared_when_all_of_it_is_of_one_unit() -> None:
    assert len(comparable([figure("5 kg"), figure("1 kg")])) == 2
    assert comparable([figure("5 kg"), figure("100 g")]) == ()
    assert comparable([figure("5 kg"), None]) == ()
    assert comparable([figure("5 kg")]) == ()
    assert {each.unit for each in comparable([figure("1998"), figure("350")])} == {""}


def test_superlatives() -> None:
    tokens = ANALYZER.tokens("Which is the most expensive lamp?")
    found = superlative(tokens)
    assert found is not None
    assert found.greatest
    assert "€" in found.units
    assert tokens[found.place].norm == "lamp"
    assert superlative(ANALYZER.tokens("How long does it take at most?")) is None
    assert superlative(ANALYZER.tokens("Which lamp is green?")) is None


def test_what_a_superlative_is_of() -> None:
    cheapest, highest = superlative(ANALYZER.tokens("the cheapest lamp")), superlative(ANALYZER.tokens("the highest fee"))
    oldest, fastest = superlative(ANALYZER.tokens("the oldest lamp")), superlative(ANALYZER.tokens("the fastest boat"))
    assert cheapest is not None
    assert highest is not None
    assert oldest is not None
    assert fastest is not None
    assert fits(cheapest, "€", is_named=False)
    assert fits(cheapest, "€ per day", is_named=False)
    assert not fits(cheapest, "kg", is_named=True)
    assert fits(highest, "kg", is_named=True)
    assert not fits(highest, "kg", is_named=False)
    assert fits(cheapest, "", is_named=True)
    assert not fits(oldest, "", is_named=True)
    assert not fits(fastest, "minute", is_named=False)
    assert fits(fastest, "km/h", is_named=False)


def test_the_least_time_is_the_fastest() -> None:
    fastest = superlative(ANALYZER.tokens("the fastest crossing"))
    assert fastest is not None
    assert winners([Figure(40, "minute"), Figure(55, "minute"), Figure(40, "minute")], fastest) == [0, 2]
    assert winners([Figure(40, "km/h"), Figure(55, "km/h")], fastest) == [1]

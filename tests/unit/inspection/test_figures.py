"""Figures that contradict each other, and many that do not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pmbot.inspection.figures import conflicts
from pmbot.text.analyzer import Analyzer


@pytest.mark.parametrize(
    ("one", "other", "year"),
    [
        (
            "Trade between Latvia and South Korea was €130 million in 2023.",
            "In 2023 trade between Latvia and South Korea reached €140 million.",
            "2023",
        ),
        ("In 2023 trade was €130 million.", "Trade reached €140 million in 2023.", "2023"),
        ("The library had 612 members in 2024.", "In 2024 the library had 650 members.", "2024"),
        ("Unemployment in Latvia stood at 6% in 2021.", "In 2021 Latvian unemployment was 7 percent.", "2021"),
        ("Exports of timber to Korea were €5 million in 2020.", "Exports of timber were €7 million in 2020.", "2020"),
        ("The company has 612 workers and a hall.", "The company has 650 workers and a hall.", None),
    ],
)
def test_conflicts(corpus: Callable[..., Any], analyzer: Analyzer, one: str, other: str, year: str | None) -> None:
    made = corpus(a=f"{one}\n{other}")
    assert [(a.text, b.text, y) for a, b, y in conflicts(made.sentences["a.txt"], analyzer)] == [(one, other, year)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Trade was €130 million in 2023.", "Trade was €90 million in 2022."),
        ("Trade with Estonia was €5 million in 2023.", "Trade with Latvia was €3 million in 2023."),
        ("Trade was €130 million in 2023.", "Trade rose by 12% in 2023."),
        ("Trade was more than €100 million in 2023.", "Trade was €130 million in 2023."),
        ("Trade was about €130 million in 2023.", "Trade was €128.4 million in 2023."),
        ("Trade was €130 million in 2023.", "Trade was 130 million euros in 2023."),
        ("He forced two fumbles.", "Others came late, forced four fumbles, and left."),
        ("Exports were €5 million in 2023.", "Imports were €7 million in 2023."),
        ("The price rose from €3 million to €5 million in 2023.", "The price was €4 million in 2023."),
        ("Between 2020 and 2023 trade was €5 million.", "Between 2020 and 2023 trade was €7 million."),
    ],
)
def test_no_conflicts(corpus: Callable[..., Any], analyzer: Analyzer, one: str, other: str) -> None:
    made = corpus(a=f"{one}\n{other}")
    assert list(conflicts(made.sentences["a.txt"], analyzer)) == []


def test_a_series_is_no_contradiction(corpus: Callable[..., Any], analyzer: Analyzer) -> None:
    made = corpus(a="\n".join(f"The station measured {n} mm of rain in 2023." for n in range(10, 30)))
    assert list(conflicts(made.sentences["a.txt"], analyzer)) == []


def test_thousands_of_figures_are_not_compared_with_each_other(corpus: Callable[..., Any], analyzer: Analyzer) -> None:
    """What was quadratic once: the same words, another figure each time."""
    made = corpus(a="\n".join(f"Reading {n} of station {n % 97} was {n % 13} mm in {1950 + n % 70} on the hill." for n in range(3000)))
    assert list(conflicts(made.sentences["a.txt"], analyzer)) == []

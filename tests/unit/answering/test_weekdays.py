"""Days of the week and their ranges."""

from __future__ import annotations

import pytest

from pmbot.answering.weekdays import in_range, is_day


@pytest.mark.parametrize(
    ("day", "text"),
    [
        ("Wednesday", "Tuesday to Friday"),
        ("Tuesday", "Tuesday–Friday"),
        ("Fridays", "Mon - Fri"),
        ("Sunday", "Saturday to Monday"),
        ("thursday", "open Monday through Thursday"),
    ],
)
def test_a_day_lies_in_a_range(day: str, text: str) -> None:
    assert in_range(day, text)


@pytest.mark.parametrize(
    ("day", "text"),
    [
        ("Monday", "Tuesday to Friday"),
        ("Tuesday", "Saturday to Monday"),
        ("March", "Monday to Friday"),
        ("Monday", "Monday"),
        ("Monday", "9 to 5"),
    ],
)
def test_it_does_not(day: str, text: str) -> None:
    assert not in_range(day, text)


def test_days_are_told_from_other_words() -> None:
    assert is_day("Sundays")
    assert is_day("Wed")
    assert not is_day("May")
    assert not is_day("su")

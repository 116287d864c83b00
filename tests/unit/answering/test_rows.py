"""Rows of tables as text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.answering.rows import barred, heads_table, in_wordy_cell, named, names_in
from tests.fakes_answering import mentions_of

NAMED = "Tool: Lathe; Fee: €8; Note: two people; one key: the blue one."


def texts(text: str, spans: list[tuple[int, int]]) -> list[str]:
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("Brimm | 2 kg | €40", ["Brimm", "2 kg", "€40"]),
        ("| Oslo | Bergen", ["", "Oslo", "Bergen"]),
        ("Brimm |  | €40 |", ["Brimm", "", "€40", ""]),
        ("a|b | c", ["a|b", "c"]),
        ("alone", ["alone"]),
    ],
)
def test_cells_between_bars(row: str, cells: list[str]) -> None:
    assert texts(row, barred(row)) == cells


def test_cells_behind_the_names_of_their_columns() -> None:
    assert texts(NAMED, named(NAMED, ["Tool", "Fee", "Deposit", "Note"])) == ["Lathe", "€8", "", "two people; one key: the blue one"]


def test_names_are_those_of_several_rows() -> None:
    assert names_in(["Tool: Saw; Fee: €3.", "Tool: Lathe; Fee: €8; Remark: sharp."]) == ("Tool", "Fee")
    assert names_in(["Tool: Saw; Fee: €3."]) == ("Tool", "Fee")
    assert names_in(["Saw; €3.", "Lathe; €8."]) == ()


@given(st.lists(st.text("ab|:; .", max_size=9), min_size=1, max_size=5))
def test_cells_are_slices_without_blanks(cells: list[str]) -> None:
    text = " | ".join(cells)
    for start, end in [*barred(text), *named(text, ["a", "b"])]:
        assert 0 <= start <= end <= len(text)
        assert text[start:end] == text[start:end].strip()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Model | Weight", "Brimm | 2 kg"),
        ("Fare | 2022 | 2023", "Single | €5 | €6"),
        ("Room | 30 minutes | 60 minutes", "Large | €20 | €35"),
        ("| Oslo | Bergen", "Height | 3 m | 4 m"),
    ],
)
def test_a_first_row_that_heads_columns(first: str, second: str) -> None:
    assert heads_table((first, mentions_of(first)), (second, mentions_of(second)))


@pytest.mark.parametrize(("first", "second"), [("Brimm | 2 kg", "Dovle | 3 kg"), ("Opened | 1998", "Closed | 2011"), ("alone", "2 kg")])
def test_a_first_row_like_the_second_heads_nothing(first: str, second: str) -> None:
    assert not heads_table((first, mentions_of(first)), (second, mentions_of(second)))


def test_short_answers_are_sought_in_prose_alone() -> None:
    row = "Jammed wheel | Switch it off and wait for five minutes"
    at = row.index("five")
    assert in_wordy_cell(row, at, len(row))
    assert not in_wordy_cell(row, 0, 6)
    assert not in_wordy_cell(row, 7, at)
    row = "Trouble: Jammed wheel; Cure: Switch it off and wait for five minutes."
    assert in_wordy_cell(row, row.index("five"), len(row) - 1)
    assert not in_wordy_cell(row, row.index("Cure"), len(row) - 1)

"""Which cells answer a question."""

from __future__ import annotations

import pytest

from tests.fakes_tables import LAMPS, TableWorld

BOATS = """\
# Opening times of boats

| Day | North pier | South pier |
|---|---|---|
| Monday to Thursday | 8:00–17:00 | closed |
| Friday | 8:00–19:00 | 10:00–12:00 |

## Rules

| Item | Allowed | What to do |
|---|---|---|
| Dog | yes | Keep it on a lead |
| Kite | no | Leave it in the box at the gate |
| Red flag | | Do not swim |
| Red buoy | | Keep away |

## Loans

| Item | Group | Fee |
|---|---|---|
| Oar | adults | €2 |
| Oar | children | €1 |
| Sail | adults | €9 |
"""
WORLD = TableWorld(md_lamps=LAMPS, md_boats=BOATS)


@pytest.mark.parametrize(
    ("question", "cells"),
    [
        ("What is the price of the Tarn lantern?", ["€310"]),
        ("dovle weight", ["3 kg"]),
        ("How much does the Brimm cost?", ["€40"]),
        ("How heavy is the Dovle?", ["3 kg"]),
        ("Which model costs €25?", ["Dovle"]),
        ("When is the north pier open on Wednesday?", ["8:00–17:00"]),
        ("south pier friday", ["10:00–12:00"]),
        ("What does a red flag mean?", ["Do not swim"]),
        ("fee for an oar", ["€2", "€1"]),
        ("Which models are there?", ["Brimm", "Dovle", "Tarn lantern"]),
    ],
)
def test_row_and_column_fit(question: str, cells: list[str]) -> None:
    assert WORLD.cells(question) == cells


@pytest.mark.parametrize(
    ("question", "cells"),
    [
        ("Which model is the heaviest?", ["Tarn lantern"]),
        ("Which model has the lowest price?", ["Dovle"]),
        ("What is the highest weight?", ["11 kg"]),
        ("What is the cheapest model?", ["Dovle"]),
        ("How heavy is the heaviest model?", ["11 kg"]),
    ],
)
def test_superlatives_compare_the_rows(question: str, cells: list[str]) -> None:
    assert WORLD.cells(question) == cells


@pytest.mark.parametrize(
    "question",
    [
        "What is the address of the north pier?",
        "What is the price of the Vrumpel lantern?",
        "Which model is the brightest?",
        "Which model has the longest weight?",
        "Who sells the Brimm?",
        "Which pier is not open on Friday?",
        "Which model has the lowest colour?",
        "What is known about the Brimm and its designer?",
    ],
)
def test_no_cell_answers(question: str) -> None:
    assert WORLD.cells(question) == []


def test_the_cell_of_another_column_does_not_answer() -> None:
    found = WORLD.read("When is the south pier closed on Tuesday?").cells
    assert found is not None
    assert found.cells == ()


def test_a_column_that_is_missing_is_told() -> None:
    found = WORLD.read("Who is the Brimm?").cells
    assert found is not None
    assert found.cells == ()
    assert [view.sentence.text for view in found.rows] == ["Brimm | 2.5 kg | €40"]


def test_a_row_answers_as_a_whole() -> None:
    assert WORLD.cells("brimm") == [""]


@pytest.mark.parametrize(("question", "verdict"), [("Is a dog allowed?", "yes"), ("Is a kite allowed?", "no")])
def test_a_cell_says_yes_or_no(question: str, verdict: str) -> None:
    found = WORLD.read(question).cells
    assert found is not None
    assert found.verdict == verdict


def test_units_must_agree() -> None:
    world = TableWorld(md_a="| Boat | Weight |\n|---|---|\n| Brimm | 2 t |\n| Dovle | 900 kg |\n")
    assert world.cells("Which boat is the heaviest?") == []


def test_several_win() -> None:
    world = TableWorld(md_a="| Boat | Weight |\n|---|---|\n| Brimm | 2 t |\n| Dovle | 2 t |\n| Tarn | 1 t |\n")
    assert world.cells("Which boat is the heaviest?") == ["Brimm", "Dovle"]


def test_a_winner_without_a_name_is_none() -> None:
    world = TableWorld(md_a="| Boat | Weight |\n|---|---|\n| Brimm | 2 t |\n| | 3 t |\n")
    assert world.cells("Which boat is the heaviest?") == []


def test_two_tables_with_the_same_row_answer_together_but_are_not_compared() -> None:
    table = "| Boat | Fee |\n|---|---|\n| Brimm | €{} |\n| Dovle | €5 |\n"
    world = TableWorld(md_a=f"# North\n\n{table.format(4)}\n# South\n\n{table.format(6)}\n")
    assert world.cells("fee for the Brimm") == ["€4", "€6"]
    assert world.cells("Which boat has the lowest fee?") == []

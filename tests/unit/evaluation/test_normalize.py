from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.evaluation.normalize import exact_match, fold_for_search, normalise_answer


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("The €130 million.", "€130 million"),
        ("27%", "27"),
        ("Dong-A ST, Kolmar Korea", "donga st kolmar korea"),
        ("an  Ant and\tthe\ntheatre", "ant and theatre"),
        ("Latvia’s", "latvia’s"),
        ("A", ""),
        ("", ""),
    ],
)
def test_squad_normalisation(text: str, normal: str) -> None:
    assert normalise_answer(text) == normal


@given(st.text())
def test_normalising_blanks_and_case_twice_changes_nothing(text: str) -> None:
    once = normalise_answer(text)
    assert once == " ".join(once.split())
    assert exact_match(text, ["", text])


def test_any_accepted_answer_will_do() -> None:
    assert exact_match("the Eight.", ["nine", "eight"])
    assert not exact_match("eight companies", ["nine", "eight"])
    assert not exact_match("eight", [])


def test_folding_for_search() -> None:
    assert fold_for_search("Latvia’s\n  TURNOVER") == "latvia's turnover"
    assert fold_for_search("27% – €1.5") == "27% – €1.5"

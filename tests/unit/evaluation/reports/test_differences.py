from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.evaluation.reports.differences import differences, marked

WORDS = st.lists(st.sampled_from(["a", "b", "of", "€130", ",", "\n", " ", "ē"]), max_size=30).map(" ".join)


def wdiff(old: str, new: str, *, fragment: bool = False) -> tuple[str, str]:
    left, right = differences(old, new, fragment=fragment)
    return marked(left, "[-", "-]"), marked(right, "{+", "+}")


@pytest.mark.parametrize(
    ("old", "new", "left", "right"),
    [
        ("It was €130 million.", "It was €150 million.", "It was €[-130-] million.", "It was €{+150+} million."),
        ("alike", "alike", "alike", "alike"),
        ("", "new", "", "{+new+}"),
        ("one two three", "three", "[-one two -]three", "three"),
        ("old short texts", "new long texts", "[-old short-] texts", "{+new long+} texts"),
        ("Trade grew over the years.", "Edgars led the visit.", "[-Trade grew over the years.-]", "{+Edgars led the visit.+}"),
    ],
)
def test_words_that_differ_are_marked(old: str, new: str, left: str, right: str) -> None:
    assert wdiff(old, new) == (left, right)


def test_around_a_fragment_nothing_differs() -> None:
    left, right = wdiff("reaching €130 million", "With trade reaching €150 million in 2023.", fragment=True)
    assert (left, right) == ("reaching €[-130-] million", "With trade reaching €{+150+} million in 2023.")


@given(WORDS, WORDS, st.booleans())
def test_nothing_is_lost_and_what_is_alike_is_alike(old: str, new: str, fragment: bool) -> None:
    left, right = differences(old, new, fragment=fragment)
    assert "".join(piece.text for piece in left) == old
    assert "".join(piece.text for piece in right) == new
    if not fragment:
        assert (old == new) == (not any(piece.differs for piece in (*left, *right)))


def test_long_texts_take_no_time() -> None:
    start = time.perf_counter()
    left, right = differences("a b " * 10_000 + "end " * 20_000, "b a " * 10_000 + "end " * 20_000)
    assert time.perf_counter() - start < 2
    assert [piece.differs for piece in left] == [piece.differs for piece in right] == [True, False]

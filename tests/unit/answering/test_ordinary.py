"""Ordinary words: their regular forms, and the slips of the pen that they are told from."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.answering.ordinary import OrdinaryWords, read_ordinary_words

WORDS = OrdinaryWords(lambda: ["manage", "carry", "stop", "reveal", "box"])


@pytest.mark.parametrize("form", ["manage", "manages", "managed", "managing", "carries", "carried", "stopped", "stopping", "boxes"])
def test_regular_forms_are_known(form: str) -> None:
    assert form in WORDS
    assert WORDS.meant_by(form) == set()


@pytest.mark.parametrize("word", ["manag", "bobbing", "", "unreveal", 7])
def test_others_are_not(word: object) -> None:
    assert word not in WORDS


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("mangaed", {"managed"}),
        ("revveal", {"reveal"}),
        ("rexeal", {"reveal"}),
        ("revealde", {"revealed", "reveald"}),
        ("carying", {"carrying"}),
    ],
)
def test_slips(slip: str, meant: set[str]) -> None:
    assert WORDS.meant_by(slip) >= meant
    assert bool(WORDS.meant_by(slip)) is bool(meant)


@given(st.text("aemngr", max_size=9))
def test_whatever_was_meant_is_one_slip_away(word: str) -> None:
    for meant in WORDS.meant_by(word):
        assert meant in WORDS
        assert abs(len(meant) - len(word)) <= 1
        assert sorted(meant) == sorted(word) or len(meant) != len(word)


def test_nothing_is_read_before_a_word_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "thesaurus.txt"
    words = OrdinaryWords(lambda: read_ordinary_words([path, None]))
    path.write_text("# none of these\nclose down, shut > end\ndecide: decision\n", encoding="utf-8")
    assert all(word in words for word in ("close", "down", "shut", "decision"))
    assert "end" not in words  # too short to be misread
    assert "these" not in words


def test_without_a_list_nothing_is_meant() -> None:
    assert OrdinaryWords().meant_by("mangae") == set()

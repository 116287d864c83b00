from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.indexing.tables import Records, Strings
from tests.fakes import words_of

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@given(st.lists(WORDS))
def test_texts_come_back_as_they_were(texts: list[str]) -> None:
    stored = Strings(*map(memoryview, Strings.pack(texts)))
    assert list(stored) == texts
    assert stored[1:3] == texts[1:3]
    with pytest.raises(IndexError):
        stored[len(texts)]


@given(st.sets(WORDS.filter(bool)), WORDS)
def test_a_set_of_words_holds_its_words_and_no_others(words: set[str], other: str) -> None:
    stored = words_of(words)
    assert set(stored) == words
    assert all(word in stored for word in words)
    assert (other in stored) == (other in words)
    assert 7 not in stored


@given(st.sets(st.text("abé", max_size=6)), st.text("abé", max_size=2), st.integers(0, 7))
def test_words_are_found_by_their_beginning_and_length(words: set[str], start: str, length: int) -> None:
    found = list(words_of(words).beginning(start, length))
    assert found == sorted(word for word in words if word.startswith(start) and len(word) == length)


def test_records_are_read_one_by_one_or_in_a_row() -> None:
    layout = struct.Struct("=iq")
    stored = Records(layout, memoryview(layout.pack(1, 2) + layout.pack(3, 4) + layout.pack(5, 6)))
    assert len(stored) == 3
    assert stored[1] == (3, 4)
    assert stored[1:] == [(3, 4), (5, 6)]
    assert stored[2:1] == []
    with pytest.raises(IndexError):
        stored[3]

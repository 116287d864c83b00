"""Which words of a quote are shown in bold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.rendering.emphasis import matched_words, matching_spans
from tests.fakes_api import FakeKnowledge


@pytest.mark.parametrize(
    ("quote", "words", "found"),
    [
        ("Latvian and latvia’s trade", ["Latvia"], ["Latvian", "latvia"]),
        ("Rinkēvičs led", ["rinkevics"], ["Rinkēvičs"]),
        ("2023 and 2024", ["2023"], ["2023"]),
        ("companies accompany", ["company"], ["companies"]),
        ("The internationalisation", ["internet", "the"], ["The"]),
        ("nothing", [], []),
    ],
)
def test_words_alike_are_found(quote: str, words: list[str], found: list[str]) -> None:
    assert [quote[start:end] for start, end in matching_spans(quote, words)] == found


@given(st.text(max_size=80), st.lists(st.text(max_size=10), max_size=5))
def test_spans_are_in_order_and_apart(quote: str, words: list[str]) -> None:
    end = 0
    for start, stop in matching_spans(quote, words):
        assert end <= start < stop <= len(quote)
        end = stop


def test_the_words_are_those_the_decision_matched() -> None:
    assert matched_words(FakeKnowledge().trace("trade?")) == {"trade", "nation", "2023"}

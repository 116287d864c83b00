"""Who does or owns something."""

from __future__ import annotations

import pytest

from tests.fakes_spans import told_words


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("Who won the match?", "They met for a match on Sunday, which the Zorblats won by four goals.", "Zorblats"),
        ("When was the match won?", "They met for a match, which the Zorblats won.", ""),
    ],
)
def test_doer(question: str, sentence: str, expected: str) -> None:
    assert told_words(question, sentence) == expected


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("Who owns the mill?", "The mill has belonged to the Holt family since 1688.", "the Holt family"),
        ("Who runs the mill?", "The mill has belonged to the Holt family since 1688.", ""),
    ],
)
def test_owner(question: str, sentence: str, expected: str) -> None:
    assert told_words(question, sentence) == expected

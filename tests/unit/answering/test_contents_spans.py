"""What a thing holds."""

from __future__ import annotations

import pytest

from tests.fakes_spans import told_words


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("What is in the box?", "The box contains the lamp, a cable, two brushes and a comb.", "the lamp, a cable, two brushes and a comb"),
        (
            "Who is in the working group?",
            "A working group consisting of Dario Fenn, Olga Steen and Hugo Lark will meet.",
            "Dario Fenn, Olga Steen and Hugo Lark",
        ),
        ("What is in the box?", "The bag contains a cable.", ""),
    ],
)
def test_contents(question: str, sentence: str, expected: str) -> None:
    assert told_words(question, sentence) == expected

"""What is nobody, though it is written like a name."""

from __future__ import annotations

import pytest

from pmbot.answering.short import is_nobody
from tests.fakes_answering import view_of


@pytest.mark.parametrize(
    ("sentence", "words", "nobody"),
    [
        ("They signed an MOU.", "MOU", True),
        ("They went to a fair in Quindle-Expo.", "Quindle-Expo", True),
        ("They trust in Ana Gil.", "Ana Gil", False),
        ("The lamp was sold by Quindle-Expo.", "Quindle-Expo", False),
    ],
)
def test_a_thing_and_a_place_where_something_is_are_nobody(sentence: str, words: str, nobody: bool) -> None:
    start = sentence.index(words)
    assert is_nobody(view_of(sentence), start, start + len(words)) is nobody

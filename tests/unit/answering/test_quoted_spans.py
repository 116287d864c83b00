"""What somebody said."""

from __future__ import annotations

import pytest

from tests.fakes_spans import told_words


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("What did the mayor say?", '"We have been cut off long enough," said the mayor.', "We have been cut off long enough"),
        ("What did Ana Gil say about lamps?", "Ana Gil said: “They glow. They hum.” and left.", "They glow. They hum"),
        ("What did Ana Gil say?", "Ana Gil said that lamps glow.", ""),
        ("What did Ana Gil open?", "Ana Gil opened “The Lamp”.", ""),
    ],
)
def test_quoted(question: str, sentence: str, expected: str) -> None:
    assert told_words(question, sentence) == expected

from __future__ import annotations

import pytest

from pmbot.corpus.extraction.breaks import broken_lines


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("", []),
        ("  one\t two ", ["one two"]),
        ("it goes\non here.", ["it goes on here."]),
        ("Ezera iela 5\nLiepāja", ["Ezera iela 5", "Liepāja"]),
        ("It ends.\nand another", ["It ends.", "and another"]),
        ("one\n \ntwo", ["one", "two"]),
    ],
)
def test_lines(words: str, lines: list[str]) -> None:
    assert broken_lines(words) == lines

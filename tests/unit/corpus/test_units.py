from __future__ import annotations

import pytest

from pmbot.corpus.readers.base import Source
from pmbot.corpus.readers.markdown import MarkdownReader
from pmbot.corpus.units import LONG_ITEM, Splitter, sentences_of


def texts(markdown: str, splitter: Splitter) -> list[str]:
    document = MarkdownReader().read(markdown.encode(), Source("a.md"))[0]
    sentences = sentences_of(document, splitter)
    assert [s.index for s in sentences] == list(range(len(sentences)))
    assert all(document.excerpt(s.span) == s.text for s in sentences)
    assert all(document.block_at(s.span.start) is document.blocks[s.block] for s in sentences)
    return [s.text for s in sentences]


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("One. Two\nthree. Four", ["One.", "Two\nthree.", "Four"]),
        ("# One. Two.\n\nThree.", ["One. Two.", "Three."]),
        ("- One. Two.\n- Three", ["One. Two.", "Three"]),
        ("|a. b.|c|\n|-|-|\n|1.|2. x|", ["a. b. | c", "1. | 2. x"]),
        ("```\n  x = 1. # no\n\n\ty = 2\n```", ["x = 1. # no", "y = 2"]),
    ],
)
def test_prose_is_split_and_other_blocks_are_units(markdown: str, expected: list[str], splitter: Splitter) -> None:
    assert texts(markdown, splitter) == expected


def test_a_long_list_item_is_prose(splitter: Splitter) -> None:
    sentence = "x" * (LONG_ITEM // 2) + "."
    assert texts(f"- {sentence} {sentence}", splitter) == [sentence, sentence]

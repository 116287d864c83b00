from __future__ import annotations

import pytest

from pmbot.corpus.extraction.pdf_hyphens import Hyphens

DOCUMENT = Hyphens(
    ["A well-known and long story of the term", "They said immigrants were counted in a long line", "the long wait for the term"]
)


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        ("the World im-", "migrants came", "the World immigrants came"),
        ("South Amer-", "ica than", "South America than"),
        ("a well-", "known ferry", "a well-known ferry"),
        ("in the long-", "term", "in the long-term"),
        ("the Anglo-", "Saxon kings", "the Anglo-Saxon kings"),
        ("from 2019-", "2020", "from 2019-2020"),
        ("It ended –", "or so", "It ended – or so"),
        ("one", "two", "one two"),
        ("sta\u2010", "tion", "station"),
        ("a -", "b", "a - b"),
    ],
)
def test_joined(above: str, below: str, joined: str) -> None:
    assert DOCUMENT.joined(above, below) == joined

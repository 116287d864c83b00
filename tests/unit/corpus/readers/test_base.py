from __future__ import annotations

import pytest

from pmbot.corpus.readers.base import Source


@pytest.mark.parametrize(
    ("doc_id", "name"),
    [
        ("pmnet.txt", "Pmnet"),
        ("sub/annual_report-2023.md", "Annual report 2023"),
        ("NATO.txt", "NATO"),
        ("_.txt", "_.txt"),
        (".txt", ".txt"),
        ("ā b.c.txt", "Ā b.c"),
    ],
)
def test_a_title_is_made_of_a_file_name(doc_id: str, name: str) -> None:
    assert Source(doc_id).readable_name == name

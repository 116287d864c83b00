from __future__ import annotations

import pytest

from pmbot.corpus.readers import READERS, reader_for
from pmbot.errors import UnreadableDocument


def test_every_reader_is_found_by_its_suffixes() -> None:
    assert sorted(READERS) == [".md", ".txt"]
    for suffix, reader in READERS.items():
        assert suffix in reader.suffixes
        assert reader_for(suffix.upper()) is reader


def test_other_suffixes_are_refused_with_the_list() -> None:
    with pytest.raises(UnreadableDocument, match=r"\.pdf files are not supported; supported are \.md, \.txt"):
        reader_for(".pdf")

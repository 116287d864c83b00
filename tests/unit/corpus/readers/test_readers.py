from __future__ import annotations

import pytest

from pmbot.corpus import readers
from pmbot.corpus.readers import READERS, base, reader_for, readers_fingerprint
from pmbot.corpus.readers.base import Source
from pmbot.errors import UnsupportedDocument


def test_every_reader_is_found_by_its_suffixes() -> None:
    assert sorted(READERS) == [".csv", ".docx", ".htm", ".html", ".jsonl", ".md", ".ndjson", ".pdf", ".tsv", ".txt", ".xhtml"]
    for suffix, reader in READERS.items():
        assert suffix in reader.suffixes
        assert {READERS[other] for other in reader.suffixes} == {reader}
        assert reader_for(suffix.upper()) is reader


def test_other_suffixes_are_refused_with_the_list() -> None:
    with pytest.raises(UnsupportedDocument, match=r"^\.rtf files are not supported; supported are \.csv, \.docx, .*, \.txt, \.xhtml$"):
        reader_for(".rtf")
    with pytest.raises(UnsupportedDocument, match=r"^a name without a suffix; supported are"):
        reader_for("")


def test_the_fingerprint_changes_with_libraries_and_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    before = readers_fingerprint()
    assert before == readers_fingerprint()
    assert len(before) == 8
    monkeypatch.setattr(readers, "version", lambda name: "99")
    assert readers_fingerprint() != before


@pytest.mark.parametrize(("suffix", "library"), [(".pdf", "pypdf"), (".docx", "docx"), (".html", "selectolax")])
def test_a_missing_extra_is_told_with_what_to_do(suffix: str, library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "find_spec", lambda name: None if name == library else True)
    with pytest.raises(UnsupportedDocument, match=r"^needs the extra `documents`: pip install 'pmbot\[documents\]'$"):
        READERS[suffix].read(b"anything", Source(f"a{suffix}"))

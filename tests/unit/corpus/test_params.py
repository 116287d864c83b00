from __future__ import annotations

import pytest
from pydantic import ValidationError

from pmbot.corpus.params import CorpusParams


def test_defaults() -> None:
    params = CorpusParams()
    assert (params.fallback_encoding, params.max_file_mb, params.chunk_sentences, params.chunk_overlap) == (None, 50, 3, 1)
    assert (params.max_read_mb, params.max_read_seconds, params.max_expanded_mb) == (512, 10, 300)


@pytest.mark.parametrize("name", ["cp1257", "latin-1", "CP1252", "windows-1257", "shift_jis"])
def test_code_pages_are_taken(name: str) -> None:
    assert CorpusParams(fallback_encoding=name).fallback_encoding


@pytest.mark.parametrize("name", ["cp99999", "", "utf-16", "utf-7", "rot13", "hex", "unicode_escape", "cp037", "a\0b"])
def test_what_is_no_code_page_is_refused(name: str) -> None:
    with pytest.raises(ValidationError, match="try cp1252 or cp1257"):
        CorpusParams(fallback_encoding=name)


@pytest.mark.parametrize(
    "wrong",
    [
        {"max_file_mb": 0},
        {"max_file_mb": float("inf")},
        {"max_read_mb": 10},
        {"max_read_seconds": 0},
        {"max_expanded_mb": float("nan")},
        {"chunk_sentences": 0},
        {"chunk_overlap": -1},
        {"chunk_sentences": 2, "chunk_overlap": 2},
        {"colour": "red"},
    ],
)
def test_what_makes_no_sense_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        CorpusParams.model_validate(wrong)

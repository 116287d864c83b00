from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from pmbot.corpus.params import CorpusParams
from pmbot.corpus.store import Corpus, load_corpus
from pmbot.corpus.units import Splitter


class FullStops:
    """A splitter that knows nothing but full stops before a blank."""

    def spans(self, text: str) -> list[tuple[int, int]]:
        return [m.span() for m in re.finditer(r"\S(?:(?:[^.]|\.(?=\S))*+(?:\.|(?<=\S)\Z)|[^.]*\S)?", text)]


@pytest.fixture(scope="session")
def splitter() -> Splitter:
    return FullStops()


@pytest.fixture
def load(tmp_path: Path, splitter: Splitter) -> Callable[..., Corpus]:
    """Write a folder of files, and load it."""

    def loaded(files: Mapping[str, str | bytes], **params: object) -> Corpus:
        for name, content in files.items():
            path = tmp_path / "knowledge" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return load_corpus(tmp_path / "knowledge", splitter, CorpusParams.model_validate(params))

    return loaded

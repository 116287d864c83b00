from __future__ import annotations

from pathlib import Path

import pytest

from pmbot.text.analyzer import Analyzer
from pmbot.text.sentences import SentenceSplitter
from pmbot.text.wordlists import read_demonyms, read_words

CONFIG = Path(__file__).resolve().parents[3] / "config"


@pytest.fixture(scope="session")
def english() -> Analyzer:
    return Analyzer(read_words(CONFIG / "stopwords.en.txt"), read_demonyms(CONFIG / "demonyms.yaml"), "en")


@pytest.fixture(scope="session")
def latvian() -> Analyzer:
    return Analyzer(read_words(CONFIG / "stopwords.lv.txt"), read_demonyms(CONFIG / "demonyms.yaml"), "lv")


@pytest.fixture(scope="session")
def splitter() -> SentenceSplitter:
    return SentenceSplitter(frozenset().union(*(read_words(CONFIG / f"abbreviations.{code}.txt") for code in ("en", "lv", "ru"))))

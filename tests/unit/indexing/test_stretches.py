"""Stretches give the sentences that were packed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.indexing.layout import beginning
from pmbot.indexing.stretches import Stretches
from tests.fakes_answering import World

WORDS = st.sampled_from(["Zorblat", "lamp", "lamps", "la", "löten", "lötete", "😀é", "1987", "€3 million", "glows"])
TEXTS = st.lists(st.lists(WORDS, min_size=1, max_size=6).map(" ".join), min_size=1, max_size=9)


@given(st.dictionaries(st.sampled_from(["a.txt", "b.txt"]), TEXTS, min_size=1), st.data())
def test_sentences_are_written_as_they_are_one_by_one(documents: dict[str, list[str]], data: st.DataObject) -> None:
    corpus = World({doc_id: "# Zorblat\n\n" + " | ".join(texts) for doc_id, texts in documents.items()}).snapshot.corpus
    places = [(doc_id, data.draw(st.integers(0, len(texts)))) for doc_id, texts in documents.items()]
    stretches = Stretches(corpus, [corpus.stretch(doc_id, first, first + 2) for doc_id, first in places])
    for run, (doc_id, first) in enumerate(places):
        for index in range(first, min(first + 3, len(corpus.sentences[doc_id]))):
            at = stretches.number(run, index)
            begin, (written, *_) = corpus.written(doc_id, index, index, 0)
            assert begin == index
            assert stretches.place(at) == (doc_id, index)
            assert stretches.written(at) == written
            assert stretches.heading_paths([at]) == [written.setting.heading_path]
            assert stretches.is_heading(np.array([at])).tolist() == [written.setting.is_heading]
            assert (stretches.content[at], stretches.length[at]) == (written.content, len(written.terms or ()))


@given(TEXTS, st.sets(WORDS))
def test_no_term_is_missed_that_begins_alike(texts: list[str], words: set[str]) -> None:
    corpus = World({"a.txt": " | ".join(texts)}).snapshot.corpus
    stretches = Stretches(corpus, [corpus.stretch("a.txt", 0, len(texts))])
    numbers = stretches.numbers
    told = {corpus.words[number] for number in numbers[stretches.begin_like(numbers, words)].tolist()}
    assert told >= {corpus.words[number] for number in numbers.tolist() if corpus.words[number][:3] in {word[:3] for word in words}}


@pytest.mark.parametrize(("one", "other", "alike"), [("lamps", "lamplight", True), ("lamp", "land", False), ("löten", "lötete", True)])
def test_beginnings(one: str, other: str, alike: bool) -> None:
    assert (beginning(one) == beginning(other)) is alike


def test_beginnings_of_anything_are_numbers_of_16_bits() -> None:
    assert all(0 <= beginning(word) < 1 << 16 for word in ("", "a", "\ud800x", "😀😀😀😀", "%"))

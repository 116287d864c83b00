from __future__ import annotations

import dataclasses
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmbot.corpus.store import Corpus
from pmbot.indexing.backends import OkapiBackend, PostingsBackend
from pmbot.indexing.packing import Cut
from pmbot.indexing.snapshot import Recipe, Snapshot, build_snapshot
from pmbot.retrieval.params import RetrievalParams
from tests.fakes import FittedBackend, WordAnalysis, chunks_of, make_corpus

POSTINGS = PostingsBackend(RetrievalParams())
RECIPE = Recipe(FittedBackend(), Cut(3, 1), version="0.1.0")
TWO = {
    "a.txt": {(): ["Trade with Korea grew.", "It reached €130 million.", "Latvia sells to Korea.", "Estonia follows."]},
    "b.md": {("Warranty",): ["Two years."], ("Warranty", "Batteries"): ["One year.", "Ask Latvia."]},
}


def build(corpus: Corpus, recipe: Recipe = RECIPE) -> Snapshot:
    return build_snapshot(corpus, WordAnalysis(), recipe)


def test_chunks_are_those_of_every_document_in_order() -> None:
    snapshot = build(make_corpus(TWO))
    assert [chunk.chunk_id for chunk in chunks_of(snapshot)] == ["a.txt#0-2", "a.txt#2-3", "b.md#0-1", "b.md#2-4"]
    assert snapshot.corpus.rows_of("b.md") == range(2, 4)
    assert snapshot.corpus.rows_of("not-there") == range(0)
    assert snapshot.retriever.size == 4


def test_statistics_are_counted_once() -> None:
    statistics = build(make_corpus(TWO)).statistics
    assert (statistics.documents, statistics.sentences, statistics.chunks) == (2, 9, 4)
    assert statistics.mean_sentence_terms == pytest.approx((4 + 4 + 4 + 2 + 1 + 2 + 1 + 2 + 2) / 9)


def test_a_question_finds_a_sentence_by_its_heading() -> None:
    hits = build(make_corpus(TWO)).retriever.retrieve(["batteries", "warranty"], top_k=1)
    assert hits[0].chunk.chunk_id == "b.md#2-4"


def test_the_signature_names_every_setting() -> None:
    corpus = make_corpus(TWO)
    snapshot = build(corpus, Recipe(PostingsBackend(RetrievalParams(k1=1.2)), Cut(2, 0), version="0.1.0"))
    assert snapshot.signature == f"corpus:{corpus.fingerprint}|text:en-words|chunk:2/0|bm25:okapi,1.2,0.75,0.25|pmbot:0.1.0"
    assert build(corpus, Recipe(FittedBackend(), Cut(3, 1))).signature.endswith("|fake:list")


def test_a_generation_is_new_exactly_when_something_changed() -> None:
    first = build(make_corpus(TWO))
    assert build(make_corpus(dict(reversed(TWO.items())))).generation == first.generation
    assert len(first.generation) == 12
    other_text = build(make_corpus({**TWO, "a.txt": {(): ["Other."]}}))
    other_window = build(make_corpus(TWO), dataclasses.replace(RECIPE, cut=Cut(2, 1)))
    other_version = build(make_corpus(TWO), dataclasses.replace(RECIPE, version="0.2.0"))
    assert len({first.generation, other_text.generation, other_window.generation, other_version.generation}) == 4


def test_a_snapshot_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        build(make_corpus(TWO)).generation = "x"  # type: ignore[misc]


def test_a_corpus_without_documents_makes_an_empty_index() -> None:
    for backend in (FittedBackend(), POSTINGS, OkapiBackend(RetrievalParams())):
        snapshot = build(make_corpus({}), Recipe(backend, Cut(3, 1)))
        assert chunks_of(snapshot) == ()
        assert snapshot.statistics.mean_sentence_terms == 0.0
        assert snapshot.retriever.retrieve(["latvia"], top_k=3) == ()


WORDS = st.lists(st.sampled_from(["trade", "korea", "latvia", "grew", "fast", "port", "ship"]), min_size=1, max_size=5).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(st.sampled_from(["a.txt", "b.txt"]), st.lists(WORDS, min_size=1, max_size=12), min_size=1), st.integers(1, 4), st.data()
)
def test_every_word_of_the_corpus_is_found_and_no_other_is_mentioned(folder: dict[str, list[str]], size: int, data: st.DataObject) -> None:
    overlap = data.draw(st.integers(0, size - 1))
    corpus = make_corpus({doc_id: {(): texts} for doc_id, texts in folder.items()})
    snapshot = build(corpus, Recipe(POSTINGS, Cut(size, overlap)))
    held = {word for texts in folder.values() for text in texts for word in text.split()}
    for word in ("trade", "korea", "latvia", "grew", "fast", "port", "ship", "bitcoin"):
        assert (snapshot.retriever.document_frequency([word])[0] > 0) == (word in held)
        assert bool(snapshot.retriever.retrieve([word], top_k=1)) == (word in held)


@pytest.mark.slow
def test_ten_thousand_sentences_are_indexed_quickly() -> None:
    texts = [
        f"Sentence {i} says that company{i % 997} of Latvia sold item{i % 4999} for {i} euros to Korea in 2023." for i in range(10_000)
    ]
    corpus = make_corpus({f"{n:02}.txt": {(): texts[n * 500 : (n + 1) * 500]} for n in range(20)})
    started = time.process_time()
    snapshot = build(corpus, Recipe(POSTINGS, Cut(3, 1)))
    elapsed = time.process_time() - started
    assert snapshot.retriever.size == 20 * 250
    assert elapsed < 5

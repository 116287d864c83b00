"""What every `Retriever` promises, whatever stands behind it.

Who is a hit, and in which order hits come, is checked against a naive BM25 written here; the scores themselves only for
backends that are BM25.
"""

from __future__ import annotations

import bisect
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmbot.models import Chunk
from pmbot.retrieval.build import build
from pmbot.retrieval.okapi import OkapiRetriever
from pmbot.retrieval.postings import Postings, PostingsRetriever
from pmbot.retrieval.protocol import Retriever
from tests.fakes import ListRetriever, make_chunk

K1, B, EPSILON = 1.5, 0.75, 0.25


@dataclass(frozen=True)
class Backend:
    make: Callable[[Sequence[Chunk], Sequence[Sequence[str]]], Retriever]
    is_bm25: bool


def over_postings(chunks: Sequence[Chunk], terms: Sequence[Sequence[str]], plain: int) -> PostingsRetriever:
    """Posting lists as they come out of a file. `plain` postings are added up without numpy."""
    if len(chunks) != len(terms):
        raise ValueError(f"{len(chunks)} chunks, but terms for {len(terms)}")
    stored = {name: memoryview(bytes(block[: len(block)])) for name, block in build(terms, k1=K1, b=B, epsilon=EPSILON).blocks().items()}
    documents = [chunk.doc_id for chunk in chunks]

    def rows_of(doc_id: str) -> tuple[int, int]:
        return bisect.bisect_left(documents, doc_id), bisect.bisect_right(documents, doc_id)

    return PostingsRetriever(Postings(stored.__getitem__, len(chunks), plain), chunks.__getitem__, rows_of, "bm25:postings")


BACKENDS = {
    "postings": Backend(lambda chunks, terms: over_postings(chunks, terms, 0), is_bm25=True),
    "plain": Backend(lambda chunks, terms: over_postings(chunks, terms, 10**9), is_bm25=True),
    "okapi": Backend(lambda chunks, terms: OkapiRetriever(chunks, terms, k1=K1, b=B, epsilon=EPSILON), is_bm25=True),
    "list": Backend(ListRetriever, is_bm25=False),
}


@pytest.fixture(params=BACKENDS.values(), ids=BACKENDS.keys(), scope="module")
def backend(request: pytest.FixtureRequest) -> Backend:
    return request.param


def naive_bm25(corpus: list[list[str]], query: list[str]) -> list[float]:
    """BM25 by the book, one chunk and one term at a time: Okapi's IDF, never below a quarter of its mean over the vocabulary."""
    n, words = len(corpus), sum(map(len, corpus))
    vocabulary = {term for chunk in corpus for term in chunk}
    holding = {term: sum(term in chunk for chunk in corpus) for term in vocabulary | set(query)}

    def plain(term: str) -> float:
        return math.log((n - holding[term] + 0.5) / (holding[term] + 0.5))

    floor = EPSILON * sum(map(plain, vocabulary)) / len(vocabulary) if vocabulary else 0.0

    def idf(term: str) -> float:
        return max(plain(term), floor) if floor > 1e-9 else math.log(1 + (n - holding[term] + 0.5) / (holding[term] + 0.5))

    scores = []
    for chunk in corpus:
        score = 0.0
        for term in sorted(set(query)):
            tf = chunk.count(term)
            if tf:
                score += idf(term) * tf * (K1 + 1) / (tf + K1 * (1 - B + B * len(chunk) * n / words))
        scores.append(score)
    return scores


def chunked(corpus: Sequence[Sequence[str]], documents: Sequence[str] = ()) -> list[Chunk]:
    return [make_chunk(documents[i] if documents else "a.txt", i, " ".join(terms) or "-") for i, terms in enumerate(corpus)]


def indexes(retriever: Retriever, query: Sequence[str], **kwargs: object) -> list[int]:
    hits = retriever.retrieve(query, **{"top_k": 100, **kwargs})  # type: ignore[arg-type]
    return [hit.chunk.sentences[0].index for hit in hits]


TERM = st.sampled_from([f"t{i}" for i in range(8)])
CORPUS = st.lists(st.lists(TERM, max_size=8), max_size=12)
QUERY = st.lists(st.one_of(TERM, st.just("absent")), max_size=5)


@settings(max_examples=200, deadline=None)
@given(CORPUS, QUERY, st.integers(1, 15))
def test_hits_are_the_chunks_that_share_a_term_best_first(backend: Backend, corpus: list[list[str]], query: list[str], top_k: int) -> None:
    retriever = backend.make(chunked(corpus), corpus)
    hits = retriever.retrieve(query, top_k=top_k)
    sharing = [i for i, terms in enumerate(corpus) if set(terms) & set(query)]
    assert len(hits) == min(top_k, len(sharing))
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert {hit.chunk.sentences[0].index for hit in hits} <= set(sharing)
    assert all(hit.score > 0 for hit in hits)
    order = [(-hit.score, hit.chunk.sentences[0].index) for hit in hits]
    assert order == sorted(order)


@settings(max_examples=200, deadline=None)
@given(CORPUS, QUERY, st.integers(1, 15))
def test_posting_lists_answer_as_rank_bm25_does_to_the_last_bit(corpus: list[list[str]], query: list[str], top_k: int) -> None:
    expected = BACKENDS["okapi"].make(chunked(corpus), corpus)
    for name in ("postings", "plain"):
        retriever = BACKENDS[name].make(chunked(corpus), corpus)
        assert retriever.retrieve(query, top_k=top_k) == expected.retrieve(query, top_k=top_k)


@settings(max_examples=200, deadline=None)
@given(CORPUS, QUERY)
def test_scores_are_those_of_a_naive_bm25(backend: Backend, corpus: list[list[str]], query: list[str]) -> None:
    oracle = naive_bm25(corpus, query)
    hits = backend.make(chunked(corpus), corpus).retrieve(query, top_k=100)
    assert {hit.chunk.sentences[0].index for hit in hits} == {i for i, score in enumerate(oracle) if score > 0}
    if backend.is_bm25:
        for hit in hits:
            assert hit.score == pytest.approx(oracle[hit.chunk.sentences[0].index], rel=1e-9)


@settings(max_examples=100, deadline=None)
@given(CORPUS, QUERY, st.integers(1, 6))
def test_fewer_hits_are_the_first_of_more(backend: Backend, corpus: list[list[str]], query: list[str], top_k: int) -> None:
    retriever = backend.make(chunked(corpus), corpus)
    assert retriever.retrieve(query, top_k=top_k) == retriever.retrieve(query, top_k=100)[:top_k]


@settings(max_examples=100, deadline=None)
@given(CORPUS, QUERY, st.data())
def test_a_document_filter_is_the_full_ranking_filtered(
    backend: Backend, corpus: list[list[str]], query: list[str], data: st.DataObject
) -> None:
    documents = sorted(data.draw(st.lists(st.sampled_from(["a.txt", "b.md"]), min_size=len(corpus), max_size=len(corpus))))
    retriever = backend.make(chunked(corpus, documents), corpus)
    everything = retriever.retrieve(query, top_k=100)
    for doc_id in ("a.txt", "b.md", "not-there.txt"):
        mine = [(hit.chunk, hit.score) for hit in everything if hit.chunk.doc_id == doc_id]
        for top_k in (1, 3, 100):
            hits = retriever.retrieve(query, top_k=top_k, doc_id=doc_id)
            assert [(hit.chunk, hit.score) for hit in hits] == mine[:top_k]
            assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))


@settings(max_examples=100, deadline=None)
@given(CORPUS, QUERY)
def test_repeats_in_a_query_change_nothing(backend: Backend, corpus: list[list[str]], query: list[str]) -> None:
    retriever = backend.make(chunked(corpus), corpus)
    assert retriever.retrieve([*query, *query, *query[:1]], top_k=5) == retriever.retrieve(list(dict.fromkeys(query)), top_k=5)


@settings(max_examples=100, deadline=None)
@given(CORPUS, QUERY)
def test_document_frequency_counts_chunks_and_zero_means_nowhere(backend: Backend, corpus: list[list[str]], query: list[str]) -> None:
    retriever = backend.make(chunked(corpus), corpus)
    assert retriever.document_frequency(query) == tuple(sum(term in chunk for chunk in corpus) for term in query)
    assert retriever.size == len(corpus)


@pytest.mark.parametrize("corpus", [[], [[]], [[], []], [[], [], []]], ids=["no chunk", "one empty", "two empty", "three empty"])
def test_a_corpus_without_terms_has_no_hits(backend: Backend, corpus: list[list[str]]) -> None:
    retriever = backend.make(chunked(corpus), corpus)
    assert retriever.retrieve(["latvia"], top_k=3) == ()
    assert retriever.retrieve([], top_k=3, doc_id="a.txt") == ()
    assert retriever.document_frequency(["latvia", "latvia"]) == (0, 0)
    assert retriever.size == len(corpus)


@pytest.mark.parametrize(
    ("corpus", "query", "expected"),
    [
        ([["trade", "latvia"]], ["trade"], [0]),
        ([["trade"], []], ["trade"], [0]),
        ([["trade"], ["health"]], ["health"], [1]),
        ([["trade"], ["trade", "health"]], ["health", "trade"], [1, 0]),
        ([["and", "latvia"], ["and", "korea"], ["and", "korea"]], ["and", "latvia"], [0, 1, 2]),
        ([["trade"], ["trade"], ["health"], ["health"]], ["trade"], [0, 1]),
        ([["trade"]] * 5, ["trade"], [0, 1, 2, 3, 4]),
        ([["a", "b"], ["b", "c"], ["c", "d"]], ["zzz"], []),
    ],
    ids=["one chunk", "one and an empty one", "one of two", "all of two", "in every chunk", "in exactly half", "all alike", "no match"],
)
def test_small_corpora(backend: Backend, corpus: list[list[str]], query: list[str], expected: list[int]) -> None:
    assert indexes(backend.make(chunked(corpus), corpus), query) == expected


def test_a_common_word_never_outweighs_a_rarer_one(backend: Backend) -> None:
    # "latvia" is in 9 of 20 chunks, "and" in 12: the epsilon floor of rank_bm25 would put the chunks with "and" first
    corpus = [["latvia" if i < 9 else "korea", "and" if i >= 8 else "or", f"x{i}", f"y{i}"] for i in range(20)]
    assert indexes(backend.make(chunked(corpus), corpus), ["and", "latvia"]) == [8, *range(8), *range(9, 20)]


def test_more_of_the_question_beats_less_of_it(backend: Backend) -> None:
    corpus = [["trade", "x"], ["trade", "korea"], ["y", "korea"], ["z", "w"], ["u", "v"], ["q", "r"]]
    assert indexes(backend.make(chunked(corpus), corpus), ["trade", "korea"])[0] == 1


def test_ties_keep_document_order_however_few_are_asked_for(backend: Backend) -> None:
    corpus = [["trade", "x"] if i % 2 else ["y", "z"] for i in range(200)]
    retriever = backend.make(chunked(corpus), corpus)
    for top_k in (1, 2, 7, 99, 100, 101):
        assert indexes(retriever, ["trade"], top_k=top_k) == list(range(1, 200, 2))[:top_k]


@pytest.mark.parametrize("top_k", [0, -1])
def test_asking_for_no_hits_is_a_mistake(backend: Backend, top_k: int) -> None:
    with pytest.raises(ValueError, match="top_k"):
        backend.make(chunked([["a"]]), [["a"]]).retrieve(["a"], top_k=top_k)


def test_terms_must_fit_the_chunks(backend: Backend) -> None:
    with pytest.raises(ValueError, match="2 chunks, but terms for 1"):
        backend.make(chunked([["a"], ["b"]]), [["a"]])


def test_a_signature_is_one_word(backend: Backend) -> None:
    signature = backend.make(chunked([["a"]]), [["a"]]).signature
    assert signature
    assert "|" not in signature
    assert not any(character.isspace() for character in signature)

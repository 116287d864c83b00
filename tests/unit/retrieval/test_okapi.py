from __future__ import annotations

import itertools
import subprocess
import sys
import time

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from pmbot.retrieval.okapi import OkapiRetriever, word_weights
from tests.fakes import make_chunk

TERM = st.sampled_from([f"t{i}" for i in range(10)])
CORPUS = st.lists(st.lists(TERM, max_size=10), min_size=1, max_size=14).filter(any)
QUERY = st.lists(TERM, min_size=1, max_size=5, unique=True)


def retriever_of(corpus: list[list[str]], **settings: float) -> OkapiRetriever:
    chunks = [make_chunk("a.txt", i, "-") for i in range(len(corpus))]
    return OkapiRetriever(chunks, corpus, **settings)


def found(retriever: OkapiRetriever, query: list[str], size: int) -> list[float]:
    scores = [0.0] * size
    for hit in retriever.retrieve(query, top_k=size):
        scores[hit.chunk.sentences[0].index] = hit.score
    return scores


@settings(max_examples=300, deadline=None)
@given(CORPUS, QUERY, st.sampled_from([(1.5, 0.75), (1.2, 0.4), (0.1, 0.0), (2.0, 0.9)]))
def test_scores_are_bit_identical_to_rank_bm25_where_its_weights_are_sane(
    corpus: list[list[str]], query: list[str], k1_b: tuple[float, float]
) -> None:
    k1, b = k1_b
    oracle = BM25Okapi(corpus, k1=k1, b=b)
    floor = oracle.epsilon * oracle.average_idf
    assume(floor > 1e-9)
    sane = [term for term in query if term not in oracle.idf or oracle.idf[term] >= floor]
    assume(sane)
    assert found(retriever_of(corpus, k1=k1, b=b), sane, len(corpus)) == oracle.get_scores(sane).tolist()


def test_bits_on_a_corpus_of_some_size() -> None:
    random = np.random.default_rng(7)
    corpus = [[f"w{int(x)}" for x in random.zipf(1.4, size=int(random.integers(1, 60))) if x < 5000] for _ in range(2000)]
    oracle = BM25Okapi(corpus)
    floor = oracle.epsilon * oracle.average_idf
    terms = sorted(term for term, weight in oracle.idf.items() if weight >= floor)
    retriever = retriever_of(corpus)
    for _ in range(50):
        query = [terms[int(i)] for i in random.choice(len(terms), size=6, replace=False)]
        assert found(retriever, query, len(corpus)) == oracle.get_scores(query).tolist()


@given(st.integers(1, 60), st.data())
def test_weights_are_positive_and_never_rise_with_frequency(size: int, data: st.DataObject) -> None:
    counts = data.draw(st.dictionaries(st.text(max_size=3), st.integers(1, size), min_size=1, max_size=20))
    corpus = [[term for term, n in counts.items() if i < n] for i in range(size)]
    oracle = BM25Okapi(corpus)
    weights = word_weights(counts, size, oracle.idf, 0.25 * oracle.average_idf)
    ranked = sorted(counts, key=counts.__getitem__)
    assert all(weights[term] > 0 for term in counts)
    assert all(weights[rare] >= weights[common] for rare, common in itertools.pairwise(ranked))


def test_only_weights_below_the_floor_are_raised() -> None:
    counts = {"rare": 1, "half": 10, "nearly": 9, "most": 15}
    fitted = {"rare": 2.5, "half": 0.0, "nearly": 0.2, "most": 0.4}
    assert word_weights(counts, 20, fitted, 0.4) == {"rare": 2.5, "half": 0.4, "nearly": 0.4, "most": 0.4}


@pytest.mark.parametrize("floor", [0.0, -0.3, 1e-17])
def test_without_a_positive_floor_rarer_still_weighs_more(floor: float) -> None:
    weights = word_weights({"one": 1, "two": 2}, 2, {"one": 0.0, "two": floor}, floor)
    assert weights["one"] > weights["two"] > 0


@pytest.mark.parametrize("wrong", [{"k1": -1}, {"k1": float("nan")}, {"k1": float("inf")}, {"b": 1.5}, {"epsilon": 0}, {"epsilon": 2}])
def test_impossible_settings_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        retriever_of([["a"]], **wrong)


def test_the_signature_holds_every_setting() -> None:
    assert retriever_of([["a"]]).signature == "bm25:okapi,1.5,0.75,0.25"
    assert retriever_of([["a"]], k1=1.2, b=0, epsilon=0.1).signature == "bm25:okapi,1.2,0,0.1"


def test_a_longer_chunk_is_marked_down_and_repeats_count_less_and_less() -> None:
    corpus = [["trade"], ["trade", "x", "y", "z"], ["trade"] * 2, ["p"], ["q"], ["r"], ["s"]]
    scores = found(retriever_of(corpus), ["trade"], len(corpus))
    assert scores[1] < scores[0] < scores[2] < 2 * scores[0]


def test_without_saturation_only_the_weights_count() -> None:
    # with k1 = 0 rank_bm25 divides 0 by 0 for every chunk that does not match
    corpus = [["trade", "trade", "x"], ["trade"], ["p"], ["q"], ["r"]]
    scores = found(retriever_of(corpus, k1=0), ["trade"], len(corpus))
    assert scores[0] == scores[1] > 0 == scores[2]


def test_full_length_normalisation_survives_empty_chunks() -> None:
    # with b = 1 rank_bm25 divides 0 by 0 for every empty chunk
    assert found(retriever_of([[], ["trade"], []], b=1), ["trade"], 3)[1] > 0


def test_importing_loads_neither_rank_bm25_nor_numpy() -> None:
    code = "import sys, pmbot.retrieval.okapi, pmbot.retrieval.protocol; sys.exit('rank_bm25' in sys.modules or 'numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.slow
def test_five_thousand_chunks_are_indexed_and_asked_in_bearable_time() -> None:
    random = np.random.default_rng(1)
    corpus = [[f"w{int(x)}" for x in random.zipf(1.3, size=60)] for _ in range(5000)]
    started = time.process_time()
    retriever = retriever_of(corpus)
    assert time.process_time() - started < 5
    started = time.process_time()
    for i in range(10):
        retriever.retrieve([f"w{i}", f"w{i + 1}", "w1", f"w{i * 7}"], top_k=12)
    assert time.process_time() - started < 1

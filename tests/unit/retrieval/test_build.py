from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from pmbot.retrieval import build as build_module
from pmbot.retrieval.build import build
from pmbot.retrieval.okapi import OkapiRetriever
from pmbot.retrieval.postings import Postings
from pmbot.text.tokens import TOKEN
from tests.fakes import make_chunk

TEXTS = Path(__file__).resolve().parents[4] / "shared" / "data" / "qa-train" / "docs"
TERM = st.sampled_from([f"t{i}" for i in range(12)])
CORPUS = st.lists(st.lists(TERM, max_size=12), max_size=20)
SETTINGS = st.sampled_from([(1.5, 0.75, 0.25), (1.2, 0.4, 0.1), (0.1, 0.0, 1.0), (2.0, 0.9, 0.25)])


def scores(postings: Postings, terms: list[str]) -> list[float]:
    found = [0.0] * postings.size
    for row, score in zip(*postings.top(dict.fromkeys(terms), max(postings.size, 1)), strict=True):
        found[row] = score
    return found


def oracle(corpus: list[list[str]], terms: list[str], k1: float, b: float, epsilon: float) -> list[float]:
    chunks = [make_chunk("a.txt", i, "-") for i in range(len(corpus))]
    found = [0.0] * len(corpus)
    for hit in OkapiRetriever(chunks, corpus, k1=k1, b=b, epsilon=epsilon).retrieve(terms, top_k=len(corpus) or 1):
        found[hit.chunk.sentences[0].index] = hit.score
    return found


@settings(max_examples=400)
@given(CORPUS, st.lists(TERM, unique=True, max_size=6), SETTINGS)
def test_scores_are_those_of_rank_bm25_with_its_weights_put_right(
    corpus: list[list[str]], query: list[str], k1_b_epsilon: tuple[float, float, float]
) -> None:
    k1, b, epsilon = k1_b_epsilon
    assert scores(build(corpus, k1=k1, b=b, epsilon=epsilon), query) == oracle(corpus, query, k1, b, epsilon)


@pytest.mark.parametrize("tokens_in_a_batch", [1, 7, 1000, 1 << 20])
def test_batches_do_not_show(monkeypatch: pytest.MonkeyPatch, tokens_in_a_batch: int) -> None:
    random = np.random.default_rng(3)
    corpus = [[f"w{int(x)}" for x in random.zipf(1.4, size=int(random.integers(0, 30))) if x < 900] for _ in range(4200)]
    expected = {name: bytes(block[: len(block)]) for name, block in build(corpus).blocks().items()}
    assert len(expected["postings.dense"]) > 0
    monkeypatch.setattr(build_module, "_BATCH_TOKENS", tokens_in_a_batch)
    assert {name: bytes(block[: len(block)]) for name, block in build(iter(corpus)).blocks().items()} == expected


@pytest.mark.parametrize("seed", range(3))
def test_bits_on_a_corpus_with_common_words(seed: int) -> None:
    """Above 4096 chunks a word in more than an eighth of them is stored as a column."""
    random = np.random.default_rng(seed)
    corpus = [[f"w{int(x)}" for x in random.zipf(1.3, size=int(random.integers(1, 40))) if x < 3000] for _ in range(5000)]
    postings = build(corpus)
    assert_bits(corpus, postings, random, 15)


@pytest.mark.skipif(not TEXTS.is_dir(), reason="the evaluation texts are not here")
def test_bits_on_real_text(scale) -> None:  # type: ignore[no-untyped-def]
    corpus = list(paragraphs())[: scale(3000, 100_000)]
    assert len(corpus) > 2000
    assert_bits(corpus, build(corpus), np.random.default_rng(1), scale(15, 60))


@pytest.mark.skipif(not TEXTS.is_dir(), reason="the evaluation texts are not here")
def test_bits_on_shuffled_sentences_of_real_text(scale) -> None:  # type: ignore[no-untyped-def]
    random = np.random.default_rng(2)
    sentences = [sentence for paragraph in paragraphs() for sentence in " ".join(paragraph).split(" . ")]
    size = scale(5000, 100_000)
    corpus = [" ".join(sentences[int(i)] for i in random.integers(0, len(sentences), 2)).split() for _ in range(size)]
    assert_bits(corpus, build(corpus), random, scale(10, 40))


def paragraphs() -> Iterator[list[str]]:
    for path in sorted(TEXTS.glob("*.txt")):
        if "_without_" not in path.name:
            for paragraph in path.read_text(encoding="utf-8").split("\n\n"):
                yield [token.lower() for token in TOKEN.findall(paragraph)]


def assert_bits(corpus: list[list[str]], postings: Postings, random: np.random.Generator, questions: int) -> None:
    """The difference to `BM25Okapi.get_scores` is exactly 0 for words that it weighs sanely, however many or common they are."""
    model = BM25Okapi(corpus)
    floor = model.epsilon * model.average_idf
    terms = sorted(term for term, weight in model.idf.items() if weight >= floor)
    common = sorted(terms, key=lambda term: (-postings.frequency(term), term))[:40]
    for _ in range(questions):
        query = [terms[int(i)] for i in random.choice(len(terms), 4, replace=False)]
        query = list(dict.fromkeys([*query, *(common[int(i)] for i in random.choice(40, 4))]))
        random.shuffle(query)
        expected = model.get_scores(query)
        assert scores(postings, query) == expected.tolist()
        rows = np.lexsort((np.arange(len(corpus)), -expected))[:10]
        rows = rows[expected[rows] > 0]
        assert postings.top(query, 10) == (rows.tolist(), expected[rows].tolist())


@pytest.mark.parametrize("corpus", [[], [[]], [[], [], []]], ids=["no chunk", "one empty", "three empty"])
def test_without_terms_nothing_is_found(corpus: list[list[str]]) -> None:
    postings = build(corpus)
    assert postings.size == len(corpus)
    assert list(postings.terms()) == []
    assert postings.frequency("latvia") == 0
    assert postings.top(["latvia"], 3) == ([], [])


@pytest.mark.parametrize("wrong", [{"k1": -1}, {"k1": float("nan")}, {"b": 1.5}, {"epsilon": 0}, {"epsilon": 2}], ids=json.dumps)
def test_impossible_settings_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        build([["a"]], **wrong)


def test_full_length_normalisation_survives_empty_chunks() -> None:
    assert build([[], ["trade"], []], b=1).top(["trade"], 3)[0] == [1]

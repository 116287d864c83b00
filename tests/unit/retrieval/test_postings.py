from __future__ import annotations

import subprocess
import sys
import threading
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmbot.retrieval.build import build
from pmbot.retrieval.postings import BLOCKS, Postings, PostingsRetriever
from tests.fakes import make_chunk

TERM = st.sampled_from([f"t{i}" for i in range(10)])
CORPUS = st.lists(st.lists(TERM, max_size=10), max_size=14)


def zipf(chunks: int, seed: int = 5) -> list[list[str]]:
    random = np.random.default_rng(seed)
    return [[f"w{int(x)}" for x in random.zipf(1.4, size=20) if x < 2000] for _ in range(chunks)]


def reopened(postings: Postings, plain: int | None = None) -> Postings:
    stored = {name: memoryview(bytes(block[: len(block)])) for name, block in postings.blocks().items()}
    return Postings(stored.__getitem__, postings.size, plain)


@settings(max_examples=150)
@given(CORPUS)
def test_frequencies_count_chunks(corpus: list[list[str]]) -> None:
    postings = reopened(build(corpus))
    counts = Counter(term for chunk in corpus for term in set(chunk))
    assert sorted(postings.terms()) == sorted(counts)
    assert {term: postings.frequency(term) for term in counts} == counts
    assert postings.frequency("other") == 0


def test_common_terms_are_columns_and_counted_all_the_same() -> None:
    corpus = zipf(5000)
    postings = reopened(build(corpus))
    counts = Counter(term for chunk in corpus for term in set(chunk))
    common = [term for term, n in counts.items() if n * 8 > len(corpus)]
    assert len(postings.blocks()["postings.dense"]) == len(common) * 5000 * 8 > 0
    assert {term: postings.frequency(term) for term in counts} == counts


def test_all_blocks_are_named_and_bytes() -> None:
    blocks = build(zipf(50)).blocks()
    assert tuple(blocks) == BLOCKS
    assert all(block[: len(block)].format == "B" for block in blocks.values())


def test_opening_reads_nothing_and_a_question_only_its_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pmbot.retrieval.blocks._FETCHED_WHOLE", 0)
    built = build(zipf(3000))
    read: Counter[str] = Counter()

    class Watched:
        def __init__(self, name: str) -> None:
            self.name, self.block = name, built.blocks()[name]

        def __len__(self) -> int:
            return len(self.block)

        def __getitem__(self, part: slice) -> memoryview:
            read[self.name] += part.stop - part.start
            return self.block[part]

    postings = Postings.of_blocks(Watched, 3000)
    assert not read
    rare = next(term for term in built.terms() if built.frequency(term) == 3)
    assert len(postings.top([rare], 5)[0]) == 3
    assert read["postings.rows"] == 3 * 4
    assert read["postings.impacts"] == 3 * 8
    assert sum(read.values()) < 200


@settings(max_examples=150)
@given(CORPUS, st.lists(TERM, unique=True, max_size=5), st.integers(1, 15), st.data())
def test_plain_python_and_numpy_find_the_same(corpus: list[list[str]], query: list[str], count: int, data: st.DataObject) -> None:
    built = build(corpus)
    start, stop = sorted(data.draw(st.tuples(*[st.integers(0, len(corpus))] * 2)))
    fast, plain = reopened(built, 0), reopened(built, 10**9)
    assert plain.top(query, count) == fast.top(query, count)
    assert plain.top(query, count, (start, stop)) == fast.top(query, count, (start, stop))


def test_they_agree_on_common_terms_too_and_when_plain_python_has_done_enough() -> None:
    corpus = zipf(4500)
    built = build(corpus)
    fast, plain = reopened(built, 0), reopened(built, 60_000)
    random = np.random.default_rng(1)
    for _ in range(40):
        query = list(dict.fromkeys(f"w{int(x)}" for x in random.zipf(1.3, size=5) if x < 2000))
        within = (int(random.integers(0, 2000)), int(random.integers(2000, 4501)))
        assert plain.top(query, 12) == fast.top(query, 12)
        assert plain.top(query, 12, within) == fast.top(query, 12, within)


def test_a_range_is_the_whole_ranking_filtered() -> None:
    postings = build(zipf(4500))
    for query in (["w1", "w7"], ["w1", "w2", "w3"], ["w900", "w1"]):
        rows, scores = postings.top(query, 4500)
        for within in ((0, 4500), (17, 18), (100, 4400), (4499, 4500), (9, 9)):
            kept = [(row, score) for row, score in zip(rows, scores, strict=True) if within[0] <= row < within[1]]
            assert list(zip(*postings.top(query, 10, within), strict=True)) == kept[:10]


def test_more_terms_than_are_kept_at_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pmbot.retrieval.postings._AT_HAND", 3)
    corpus = zipf(300)
    postings, expected = reopened(build(corpus)), build(corpus)
    for start in range(0, 60, 4):
        query = [f"w{i}" for i in range(start, start + 6)]
        assert postings.top(query, 10) == expected.top(query, 10)


def test_threads_share_one_index() -> None:
    corpus = zipf(40_000)
    postings = build(corpus)
    queries = [[f"w{i}", f"w{i * 3 + 1}", "w1", "w2"] for i in range(1, 40)]
    expected = [build(corpus).top(query, 10) for query in queries[:1]] + [postings.top(query, 10) for query in queries[1:]]
    wrong: list[int] = []

    def ask(offset: int) -> None:
        for i in range(len(queries) * 3):
            place = (i + offset) % len(queries)
            if postings.top(queries[place], 10) != expected[place]:
                wrong.append(place)

    threads = [threading.Thread(target=ask, args=(offset,)) for offset in (0, 7, 19, 31)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_rows_of_a_document_may_be_a_range_or_two_numbers() -> None:
    corpus = [["trade"], ["trade", "x"], ["trade"]]
    chunks = [make_chunk(doc_id, i, "-") for i, doc_id in enumerate(("a", "a", "b"))]
    ranges = {"a": range(2), "b": range(2, 3)}
    with_ranges = PostingsRetriever(build(corpus), chunks.__getitem__, lambda doc_id: ranges.get(doc_id, range(0)), "s")
    with_pairs = PostingsRetriever(build(corpus), chunks.__getitem__, lambda doc_id: {"a": (0, 2), "b": (2, 3)}.get(doc_id, (0, 0)), "s")
    for retriever in (with_ranges, with_pairs):
        assert [[hit.chunk.chunk_id for hit in retriever.retrieve(["trade"], top_k=5, doc_id=d)] for d in ("a", "b", "c")] == [
            ["a#0-0", "a#1-1"],
            ["b#2-2"],
            [],
        ]
        assert retriever.signature == "s"


def test_chunks_are_made_for_hits_alone() -> None:
    made: list[int] = []

    def chunk_of(row: int) -> object:
        made.append(row)
        return make_chunk("a", row, "-")

    retriever = PostingsRetriever(build([["x"], ["y"], ["x", "y"]] * 100), chunk_of, lambda _: (0, 300), "s")  # type: ignore[arg-type]
    assert len(retriever.retrieve(["x"], top_k=4)) == 4
    assert len(made) == 4


def test_the_first_question_of_a_process_needs_no_numpy() -> None:
    code = """
import pickle, sys
from pmbot.retrieval.postings import Postings
size, blocks = pickle.load(sys.stdin.buffer)
postings = Postings.of_blocks({name: memoryview(block) for name, block in blocks.items()}.__getitem__, size)
print(postings.top(["w1", "w20", "w300"], 10), postings.frequency("w1"), "numpy" in sys.modules)
"""
    import pickle

    built = build(zipf(5000))
    stored = pickle.dumps((5000, {name: bytes(block[: len(block)]) for name, block in built.blocks().items()}))
    environment = {"PYTHONPATH": ":".join(sys.path)}
    said = subprocess.run([sys.executable, "-c", code], input=stored, env=environment, capture_output=True, check=True).stdout.decode()
    assert said.strip() == f"{built.top(['w1', 'w20', 'w300'], 10)} {built.frequency('w1')} False"

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pmbot.retrieval.postings import Bm25Fit, Postings, best


def small() -> Postings:
    frequencies = [{"b": 2, "a": 1}, {}, {"a": 1}]
    return Postings.build(Bm25Fit(frequencies, [3, 0, 1], 4 / 3, {"a": 0.5, "b": 2.0}, 1.5, 0.75))


def test_lists_hold_chunks_in_order() -> None:
    postings = small()
    assert postings.size == 3
    assert postings.starts.tolist() == [0, 2, 3]
    assert postings.rows.tolist() == [0, 2, 0]
    assert [postings.frequency(term) for term in ("a", "b", "c")] == [2, 1, 0]


def test_every_list_is_in_chunk_order() -> None:
    frequencies = [{f"t{(i * j) % 7}": 1 for j in range(1, 5)} for i in range(500)]
    postings = Postings.build(Bm25Fit(frequencies, [4] * 500, 4.0, {f"t{i}": 1.0 for i in range(7)}, 1.5, 0.75))
    for term, column in postings.columns.items():
        rows = postings.rows[postings.starts[column] : postings.starts[column + 1]].tolist()
        assert rows == [row for row, held in enumerate(frequencies) if term in held]


def test_impacts_are_bm25() -> None:
    norms = [1.5 * (0.25 + 0.75 * length / (4 / 3)) for length in (3, 0, 1)]
    expected = [0.5 * (1 * 2.5 / (1 + norms[0])), 0.5 * (1 * 2.5 / (1 + norms[2])), 2.0 * (2 * 2.5 / (2 + norms[0]))]
    assert small().impacts.tolist() == expected


def test_scores_add_up_and_unknown_terms_add_nothing() -> None:
    postings = small()
    impacts = postings.impacts
    assert postings.scores(["b", "c", "a"]).tolist() == [impacts[2] + impacts[0], 0.0, impacts[1]]
    assert postings.scores([]).tolist() == [0.0, 0.0, 0.0]


def test_an_empty_index_scores_nothing() -> None:
    postings = Postings.empty(2)
    assert postings.frequency("a") == 0
    assert postings.scores(["a"]).tolist() == [0.0, 0.0]


@given(st.lists(st.sampled_from([0.5, 1.0, 1.5, 2.0]), max_size=40), st.integers(1, 50), st.data())
def test_best_is_a_sorted_cut(values: list[float], count: int, data: st.DataObject) -> None:
    rows = sorted(data.draw(st.sets(st.integers(0, len(values) - 1)))) if values else []
    chosen = best(np.array(values), np.array(rows, dtype=np.intp), count)
    assert chosen.tolist() == sorted(rows, key=lambda row: (-values[row], row))[:count]

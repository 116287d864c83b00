from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmbot.retrieval.topk import Limits, PostingList, best, top

# Few different values: ties at the bar are the rule, and sums that come out differently in another order do occur.
IMPACT = st.sampled_from([0.1, 0.2, 0.3, 0.7, 1.1, 2.5, 5.0])
WAYS = {
    "all rows": Limits(sparse=10**9, pruned=10**9),
    "short lists": Limits(sparse=1, pruned=10**9, wide=10**9),
    "leaving out": Limits(pruned=1, wide=0),
    "as shipped": Limits(),
}


def naive(columns: Sequence[dict[int, float]], count: int) -> tuple[list[int], list[float]]:
    sums: dict[int, float] = {}
    for column in columns:
        for row, impact in column.items():
            sums[row] = sums.get(row, 0.0) + impact
    rows = sorted(sums, key=lambda row: (-sums[row], row))[:count]
    return rows, [sums[row] for row in rows]


def lists_of(columns: Sequence[dict[int, float]], size: int, dense_from: int) -> list[PostingList]:
    lists = []
    for column in columns:
        rows = np.array(sorted(column), dtype=np.int32)
        impacts = np.array([column[row] for row in rows.tolist()])
        if len(column) >= dense_from:
            whole = np.zeros(size)
            whole[rows] = impacts
            lists.append(PostingList(None, whole, impacts.max()))
        else:
            lists.append(PostingList(rows, impacts, impacts.max()))
    return lists


@pytest.mark.parametrize("limits", WAYS.values(), ids=WAYS.keys())
@settings(max_examples=250)
@given(st.integers(1, 400), st.integers(1, 12), st.integers(1, 400), st.data())
def test_every_way_gives_the_sums_sorted(limits: Limits, size: int, count: int, dense_from: int, data: st.DataObject) -> None:
    column = st.dictionaries(st.integers(0, size - 1), IMPACT, min_size=1, max_size=60)
    columns = data.draw(st.lists(column, min_size=1, max_size=6))
    scratch: list[np.ndarray] = []
    for _ in range(2):
        assert top(lists_of(columns, size, dense_from), size, count, scratch, limits) == naive(columns, count)
    assert all(not sums.any() for sums in scratch)


@pytest.mark.parametrize("limits", WAYS.values(), ids=WAYS.keys())
@pytest.mark.parametrize("seed", range(6))
def test_every_way_agrees_on_lists_as_long_as_real_ones(limits: Limits, seed: int) -> None:
    random = np.random.default_rng(seed)
    size = 70_000
    columns = []
    for share in (0.0004, 0.002, 0.01, 0.05, 0.1, 0.3, 0.6)[: 3 + seed]:
        rows = np.flatnonzero(random.random(size) < share)
        impacts = -np.log(share) * random.choice([0.7, 1.0, 1.3, 1.9], size=len(rows))
        columns.append(dict(zip(rows.tolist(), impacts.tolist(), strict=True)))
    random.shuffle(columns)  # type: ignore[arg-type]
    for count in (1, 10, 200):
        assert top(lists_of(columns, size, size // 8), size, count, None, limits) == naive(columns, count)


@pytest.mark.parametrize("limits", WAYS.values(), ids=WAYS.keys())
def test_when_all_rows_tie_the_first_ones_win(limits: Limits) -> None:
    columns = [dict.fromkeys(range(2000), 0.1), dict.fromkeys(range(0, 2000, 2), 0.2), dict.fromkeys(range(1, 2000, 2), 0.2)]
    assert top(lists_of(columns, 2000, 1500), 2000, 7, None, limits)[0] == list(range(7))
    assert top(lists_of(columns, 2000, 1500), 2000, 7, None, limits) == naive(columns, 7)


@settings(max_examples=100)
@given(st.dictionaries(st.integers(0, 99), IMPACT, min_size=1), st.integers(1, 100), st.data())
def test_a_list_knows_each_row_and_its_parts(column: dict[int, float], dense_from: int, data: st.DataObject) -> None:
    (terms,) = lists_of([column], 100, dense_from)
    wanted = data.draw(st.lists(st.integers(0, 99), max_size=30))
    assert terms.at(np.array(wanted, dtype=np.int32)).tolist() == [column.get(row, 0.0) for row in wanted]
    start, stop = sorted(data.draw(st.tuples(st.integers(0, 100), st.integers(0, 100))))
    part = terms.within(start, stop)
    inside = np.arange(stop - start, dtype=np.int32)
    if part.width:
        assert part.at(inside).tolist() == [column.get(row, 0.0) for row in range(start, stop)]
    else:
        assert not any(start <= row < stop for row in column)


@given(st.lists(st.sampled_from([0.5, 1.0, 1.5, 2.0]), max_size=40), st.integers(1, 50), st.data())
def test_best_is_a_sorted_cut(values: list[float], count: int, data: st.DataObject) -> None:
    rows = sorted(data.draw(st.sets(st.integers(0, len(values) - 1)))) if values else []
    chosen, scores = best(np.array(rows, dtype=np.intp), np.array(values)[rows] if rows else np.zeros(0), count)
    assert chosen.tolist() == sorted(rows, key=lambda row: (-values[row], row))[:count]
    assert scores.tolist() == [values[row] for row in chosen.tolist()]

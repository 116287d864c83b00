"""Adding up posting lists in plain Python: for the first questions of a process, which importing numpy would keep waiting."""

from __future__ import annotations

import heapq
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from pmbot.retrieval.blocks import Numbers

Pairs = Iterator[tuple[int, float]]


def list_of(rows: Numbers, impacts: Numbers, part: tuple[int, int], within: tuple[int, int]) -> Pairs:
    """Yield row and impact for the postings `part` whose rows lie in `within`, both half-open."""
    found = rows.values(*part)
    first, behind = bisect_left(found, within[0]), bisect_left(found, within[1])
    return zip(found[first:behind], impacts.values(part[0] + first, part[0] + behind), strict=True)


def column_of(dense: Numbers, start: int, within: tuple[int, int]) -> Pairs:
    """Yield row and impact for the rows `within` of a column that begins at number `start` of `dense`, where the impact is not 0."""
    first, behind = within
    return ((row, impact) for row, impact in enumerate(dense.values(start + first, start + behind), first) if impact)


def top_plain(lists: Iterable[Pairs], count: int) -> tuple[list[int], list[float]]:
    """Return the `count` best rows, best first, ties by row, and their scores: the sums in the order of `lists`, 0.14 µs a posting."""
    sums: dict[int, float] = {}
    for pairs in lists:
        for row, impact in pairs:
            sums[row] = sums.get(row, 0.0) + impact
    best = heapq.nsmallest(count, sums.items(), key=lambda pair: (-pair[1], pair[0]))
    return [row for row, _ in best], [score for _, score in best]

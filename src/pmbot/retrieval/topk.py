"""The best rows by the sum of their impacts: exactly those of adding everything up and sorting, without doing so.

Every way to the result ends in the same sums in the same order, so that scores are equal to the last bit whichever was taken.
Figures: one question of ten terms, half of them stopwords, top 10, CPU time, two-core machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats: TypeAlias = NDArray[np.float64]
    Rows: TypeAlias = NDArray[np.int32]
    AnyRows: TypeAlias = NDArray[np.integer]

_BLOCK = 64
_SORTED = 200  # so many scores more than wanted are sorted as fast as cut
_SAMPLE = 10  # promising rows that are summed up for a first bar, for each one wanted
_SLACK = 1 - 1e-9  # bars are a little lower than sums in another order may come out; only rows that are looked at depend on it


class Limits(NamedTuple):
    """Which way is taken; it decides on time alone.

    From `sparse` rows on short lists are added up without looking at the other rows, from `pruned` rows on lists are left out where
    that can be. A list is short below `wide` postings: shorter ones are added up without asking whether they can be left out, for
    asking costs 50 µs.
    """

    sparse: int = 1 << 14
    pruned: int = 1 << 16
    wide: int = 1 << 14


LIMITS = Limits()


class PostingList:
    """One term: ascending `rows` and what it adds to each (`impacts`), `peak` being the most.

    A common term has no `rows`: its `impacts` are a column over all rows, 0 where it does not stand. That takes 8 bytes a row instead of
    12 a posting, and adding it up is one vector operation: 16 µs at 100k rows, where the same by row numbers takes 70 at half of them.
    """

    __slots__ = ("impacts", "peak", "rows", "width")

    def __init__(self, rows: Rows | None, impacts: Floats, peak: float) -> None:
        self.rows, self.impacts, self.peak, self.width = rows, impacts, peak, len(impacts)

    def at(self, wanted: Rows) -> Floats:
        """Return what the term adds to each of the rows `wanted`: 15 ns for each, however long the list."""
        if self.rows is None:
            return self.impacts.take(wanted)
        place = self.rows.searchsorted(wanted)
        # behind the last one there is nothing; the one before is another row then, and adds 0
        impacts: Floats = self.impacts.take(place, mode="clip")
        impacts *= self.rows.take(place, mode="clip") == wanted
        return impacts

    def within(self, start: int, stop: int) -> PostingList:
        """Return the part on rows `[start, stop)`, numbered from 0."""
        if self.rows is None:
            return PostingList(None, self.impacts[start:stop], self.peak)
        first, behind = self.rows.searchsorted([start, stop]).tolist()
        return PostingList(self.rows[first:behind] - start, self.impacts[first:behind], self.peak)


def top(
    lists: Sequence[PostingList], size: int, count: int, scratch: list[Floats] | None = None, limits: Limits = LIMITS
) -> tuple[list[int], list[float]]:
    """Return the `count` best of `size` rows that stand in one of `lists`, best first, ties by row, and their scores.

    `scratch` keeps arrays of `size` zeros from one call to the next, as many as threads were ever at it at the same time; None: keep none.
    """
    short = all(terms.rows is not None and terms.width < limits.wide for terms in lists)
    if size < (limits.sparse if short else limits.pruned):
        rows, scores = _full(lists, size, count)
    else:
        import numpy as np

        partial = _Partial(scratch.pop() if scratch else np.zeros(size))
        if short:
            rows, scores = _sparse(lists, partial, count)
        else:
            rows, scores = _pruned(lists, partial, count, limits.wide) or _full(lists, size, count)
        partial.clear()
        if scratch is not None:
            scratch.append(partial.sums)
    return rows.tolist(), scores.tolist()


def best(rows: AnyRows, scores: Floats, count: int) -> tuple[AnyRows, Floats]:
    """Return the `count` best of ascending `rows` and their `scores`, best first, ties by row.

    Every row that ties with the last one is fetched before the cut, so which of them remain is never left to chance.
    """
    if len(rows) > count + _SORTED:
        keep = scores >= _nth(scores, count)
        rows, scores = rows[keep], scores[keep]
    order = (-scores).argsort(kind="stable")[:count]
    return rows[order], scores[order]


def _nth(scores: Floats, count: int) -> float:
    """Return the `count`-th largest of at least as many scores."""
    ranked = scores.copy()
    place = len(ranked) - count
    ranked.partition(place)
    return ranked.item(place)


def _distinct(rows: Rows) -> Rows:
    """Return the different ones of `rows`, ascending; `np.unique` takes 12 µs for 200 of them, this 2."""
    import numpy as np

    ranked = rows.copy()
    ranked.sort()
    first = np.ones(len(ranked), dtype=bool)
    np.not_equal(ranked[1:], ranked[:-1], out=first[1:])
    return ranked[first]


def _full(lists: Sequence[PostingList], size: int, count: int) -> tuple[AnyRows, Floats]:
    """Sum up all rows, and choose.

    All lists at once by `bincount`, which adds in the order given, too: 9 µs at 2,000 rows, against 14 list by list.
    """
    import numpy as np

    if all(terms.rows is not None for terms in lists):
        rows = np.concatenate([terms.rows for terms in lists if terms.rows is not None])
        counted: NDArray[Any] = np.bincount(rows, np.concatenate([terms.impacts for terms in lists]), size)
        return _choose(counted, count)
    scores = np.zeros(size)
    for terms in lists:
        if terms.rows is None:
            scores += terms.impacts
        else:
            # unlike scores[rows] += impacts it makes no copies: 70 µs for 50,000 postings instead of 198
            np.add.at(scores, terms.rows, terms.impacts)
    return _choose(scores, count)


def _choose(scores: Floats, count: int) -> tuple[AnyRows, Floats]:
    """Choose by block maxima: the `count`-th best block holds a row that is at least the `count`-th best, so only blocks above matter.

    0.6 ms at a million rows, where `argpartition` takes 38 on scores that are mostly 0.
    """
    import numpy as np

    blocks = len(scores) // _BLOCK
    bar = 0.0
    if blocks > count:
        peaks = np.maximum.reduce(scores[: blocks * _BLOCK].reshape(blocks, _BLOCK), axis=1)
        bar = _nth(peaks, count)
    if bar == 0.0:
        rows = scores.nonzero()[0]
    elif len(scores) < LIMITS.pruned:
        rows = (scores >= bar).nonzero()[0]
    else:
        inside = ((peaks >= bar).nonzero()[0][:, None] * _BLOCK + np.arange(_BLOCK)).ravel()
        rows = np.concatenate((inside, np.arange(blocks * _BLOCK, len(scores))))
    return best(rows, scores.take(rows), count)


def _sparse(lists: Sequence[PostingList], partial: _Partial, count: int) -> tuple[AnyRows, Floats]:
    """Sum up the rows of short lists, and choose among those alone: 0.09 ms at 100k rows, where looking at all of them takes 0.17."""
    import numpy as np

    for terms in lists:
        partial.add(terms)
    rows = np.concatenate(partial.added)
    scores = partial.sums.take(rows)
    if len(rows) > count * len(lists):
        # a row stands there once for each list that has it
        rows = rows[scores >= _nth(scores, count * len(lists))]
    rows = _distinct(rows)
    return best(rows, partial.sums.take(rows), count)


class _Partial:
    """Partial scores of all rows: `sums` of the lists added so far, of which `added` are the rows and `met` is their number."""

    def __init__(self, zeros: Floats) -> None:
        self.sums, self.met = zeros, 0
        self.added: list[Rows] = []

    def add(self, terms: PostingList) -> None:
        """Add a list that has rows."""
        import numpy as np

        if terms.rows is not None:
            np.add.at(self.sums, terms.rows, terms.impacts)
            self.added.append(terms.rows)
            self.met += terms.width

    def clear(self) -> None:
        """Make all sums zero again: of a few rows one by one, 15 µs for 10,000 of them, else all."""
        if self.met * 8 > len(self.sums):
            self.sums.fill(0.0)
        else:
            for rows in self.added:
                self.sums[rows] = 0.0


def _pruned(lists: Sequence[PostingList], partial: _Partial, count: int, wide: int) -> tuple[AnyRows, Floats] | None:
    """Leave out what cannot matter, and choose; None when nothing can be left out.

    MaxScore (Turtle and Flood 1995), a term at a time: lists are added up from the shortest on, until the peaks of those that remain
    do not reach the bar, which is the `count`-th best full score among the most promising rows so far. Then only rows met so far can be
    among the best; the other lists are looked at for them alone. 0.19 ms at 100k rows and 1.9 at a million, instead of 0.24 and 3.0.
    """
    order = sorted(lists, key=lambda terms: (terms.width, -terms.peak))
    for place, terms in enumerate(order, 1):
        if terms.rows is None:
            return None
        partial.add(terms)
        later = order[place:]
        if later and later[0].width < wide + partial.met // 2:
            continue
        rows = _candidates(partial, later, count)
        if rows is not None:
            return _exact(lists, rows, count)
    return None


def _exact(lists: Sequence[PostingList], rows: Rows, count: int) -> tuple[AnyRows, Floats]:
    """Sum up a few rows in the order of `lists`, and choose."""
    import numpy as np

    scores = np.zeros(len(rows))
    for terms in lists:
        scores += terms.at(rows)
    return best(rows, scores, count)


def _candidates(partial: _Partial, later: Sequence[PostingList], count: int) -> Rows | None:
    """Return rows among which are the `count` best, ascending; None when rows that are only in lists of `later` may be among them."""
    import numpy as np

    rows = np.concatenate(partial.added)
    scores = partial.sums.take(rows)
    wanted = min(len(rows), count * (len(partial.added) + _SAMPLE))
    bar = _bar(_distinct(rows[scores >= _nth(scores, wanted)]), partial, later, count)
    rest = sum(terms.peak for terms in later)
    if later and bar <= rest:
        return None
    rows = rows[scores >= bar - rest]
    if len(rows) * 16 > len(partial.sums):
        return None
    return _survivors(rows, partial, later, bar)


def _bar(promising: Rows, partial: _Partial, later: Sequence[PostingList], count: int) -> float:
    """Return a score that the `count` best are not below; 0 when there are fewer promising rows than that."""
    if len(promising) < count:
        return 0.0
    scores = partial.sums.take(promising)
    for terms in later:
        scores += terms.at(promising)
    return _nth(scores, count) * _SLACK


def _survivors(rows: Rows, partial: _Partial, later: Sequence[PostingList], bar: float) -> Rows:
    """Return those of `rows` that reach `bar` with the lists of `later`, each of which throws out some, ascending.

    Adding up a posting costs half of looking up a row or less: shorter lists are added up.
    """
    rest = sum(terms.peak for terms in later)
    short = 0
    while short < len(later) and later[short].rows is not None and later[short].width < 2 * len(rows):
        partial.add(later[short])
        rest -= later[short].peak
        rows = rows[partial.sums.take(rows) >= bar - rest]
        short += 1
    scores = partial.sums.take(rows)
    for terms in sorted(later[short:], key=lambda terms: -terms.peak):
        scores += terms.at(rows)
        rest -= terms.peak
        keep = scores >= bar - rest
        rows, scores = rows[keep], scores[keep]
    return _distinct(rows)

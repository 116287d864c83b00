"""Posting lists: for each term the chunks that hold it, and what it adds to their score."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Bm25Fit:
    """What BM25 learns from a corpus. `frequencies` and `lengths` run over chunks; `weights` is the IDF of each term."""

    frequencies: Sequence[Mapping[str, int]]
    lengths: Sequence[int]
    mean_length: float
    weights: Mapping[str, float]
    k1: float
    b: float


@dataclass(frozen=True, slots=True)
class Postings:
    """Posting lists of all terms, one behind the other.

    Those of the term in column `c = columns[term]` lie in `[starts[c], starts[c + 1])`: `rows` are chunk numbers
    (int32, ascending within a term), `impacts` (float64) are idf * tf * (k1 + 1) / (tf + k1 * (1 - b + b * length / mean)),
    computed in the same order of operations as `BM25Okapi.get_scores`, hence equal to it to the last bit.
    """

    size: int
    columns: Mapping[str, int]
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    impacts: NDArray[np.float64]

    @classmethod
    def build(cls, fit: Bm25Fit) -> Postings:
        """Lay out the posting lists of a fitted corpus; time and memory grow with its number of distinct (chunk, term)."""
        import numpy as np

        columns = {term: column for column, term in enumerate(fit.weights)}
        cells, counts = array("i"), array("i")
        for frequencies in fit.frequencies:
            cells.extend([columns[term] for term in frequencies])
            counts.extend(frequencies.values())
        column_of = np.frombuffer(cells, dtype=np.int32)
        order = np.argsort(column_of, kind="stable")
        widths = [len(frequencies) for frequencies in fit.frequencies]
        rows = np.repeat(np.arange(len(widths), dtype=np.int32), widths)[order]
        tf = np.frombuffer(counts, dtype=np.int32)[order]
        norms = fit.k1 * (1 - fit.b + fit.b * np.array(fit.lengths) / fit.mean_length)
        weights = np.fromiter(fit.weights.values(), dtype=np.float64, count=len(columns))
        impacts = weights[column_of[order]] * (tf * (fit.k1 + 1) / (tf + norms[rows]))
        starts = np.concatenate(([0], np.cumsum(np.bincount(column_of, minlength=len(columns)))))
        return cls(len(widths), columns, starts, rows, impacts)

    @classmethod
    def empty(cls, size: int) -> Postings:
        """Return the posting lists of `size` chunks without a single term."""
        import numpy as np

        return cls(size, {}, np.zeros(1, np.int64), np.zeros(0, np.int32), np.zeros(0, np.float64))

    def frequency(self, term: str) -> int:
        """Return the number of chunks that hold `term`."""
        column = self.columns.get(term)
        return 0 if column is None else int(self.starts[column + 1] - self.starts[column])

    def scores(self, terms: Iterable[str]) -> NDArray[np.float64]:
        """Return the score of each chunk, shape (size,): the impacts of `terms`, added up in the order given."""
        import numpy as np

        scores = np.zeros(self.size)
        for term in terms:
            column = self.columns.get(term)
            if column is not None:
                part = slice(int(self.starts[column]), int(self.starts[column + 1]))
                # a chunk stands at most once in the list of a term, so the buffered += loses nothing
                scores[self.rows[part]] += self.impacts[part]
        return scores


def best(scores: NDArray[np.float64], rows: NDArray[np.intp], count: int) -> NDArray[np.intp]:
    """Return the `count` best of `rows` by `scores`, best first, ties by row.

    Every row that ties with the last one is fetched before the cut, so which of them remain is never left to chance.
    """
    import numpy as np

    values = scores[rows]
    if len(rows) > count:
        bar = np.partition(values, -count)[-count]
        rows, values = rows[values >= bar], values[values >= bar]
    return rows[np.lexsort((rows, -values))][:count]

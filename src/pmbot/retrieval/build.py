"""Fitting: terms of chunks become posting lists, in one pass and without an object for each chunk."""

from __future__ import annotations

import math
from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

from pmbot.retrieval.blocks import held
from pmbot.retrieval.postings import DENSE, DENSE_COLUMNS, DENSE_COUNTS, IMPACTS, PEAKS, ROWS, STARTS, Postings
from pmbot.retrieval.vocabulary import Vocabulary

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

_BATCH_TOKENS = 1 << 20
_SANE_FLOOR = 1e-9  # as in `okapi.word_weights`
_DENSE_CHUNKS, _DENSE_SHARE = 4096, 8


@dataclass(frozen=True, slots=True)
class _Batch:
    """The postings of some neighbouring chunks, sorted by term, then row; `rows` and `tf` run over postings.

    `terms` are the different terms (by number), `widths` how many postings each has.
    """

    terms: NDArray[np.int64]
    widths: NDArray[np.int64]
    rows: NDArray[np.int32]
    tf: NDArray[np.unsignedinteger]


def build(terms: Iterable[Sequence[str]], *, k1: float = 1.5, b: float = 0.75, epsilon: float = 0.25) -> Postings:
    """Fit BM25 on chunks and lay out their posting lists; `terms` gives the indexed terms of each chunk, repeats included.

    Scores are to the last bit those of rank_bm25's `BM25Okapi` with its word weights put right by `okapi.word_weights`: the
    same sums in the same order. It reads `terms` once and keeps the distinct terms and about ten bytes for each distinct
    (chunk, term); then come twelve bytes each for the result. ValueError when k1 < 0, b is outside 0..1 or epsilon outside (0, 1].
    """
    import numpy as np

    if not (0 <= k1 < math.inf and 0 <= b <= 1 and 0 < epsilon <= 1):
        raise ValueError(f"k1={k1}, b={b}, epsilon={epsilon}: must be k1 >= 0, 0 <= b <= 1, 0 < epsilon <= 1")
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    batches, lengths = _read(terms, numbers)
    size = len(lengths)
    frequencies = np.zeros(len(numbers), dtype=np.int64)
    for batch in batches:
        frequencies[batch.terms] += batch.widths
    weights = _weights(frequencies, size, epsilon)
    norms = k1 * (1 - b + b * lengths / (int(lengths.sum()) / size)) if numbers else lengths.astype(np.float64)
    blocks, order = Vocabulary.pack(list(numbers))
    numbers.clear()
    layout = _Layout.of(frequencies, order, size)
    while batches:
        batch = batches.pop()
        tf = batch.tf.astype(np.float64)
        layout.place(batch, np.repeat(weights[batch.terms], batch.widths) * (tf * (k1 + 1) / (tf + norms[batch.rows])))
    return Postings(held(blocks | layout.blocks()), size)


def _read(terms: Iterable[Sequence[str]], numbers: defaultdict[str, int]) -> tuple[list[_Batch], Ints]:
    """Count terms in chunks, batch by batch; `numbers` numbers them in order of appearance. Returns the last batch first, and lengths."""
    import numpy as np

    batches: list[_Batch] = []
    lengths, tokens = array("q"), array("q")
    number, done = numbers.__getitem__, 0
    for chunk in terms:
        lengths.append(len(chunk))
        tokens.extend(map(number, chunk))
        if len(tokens) >= _BATCH_TOKENS:
            batches.append(_batch(tokens, lengths, done))
            tokens, done = array("q"), len(lengths)
    if tokens:
        batches.append(_batch(tokens, lengths, done))
    return batches[::-1], np.array(lengths, dtype=np.int64)


def _batch(tokens: array[int], lengths: array[int], done: int) -> _Batch:
    """Sort (term, row) packed into one integer, then count runs: 11 ns a token, where a dict for each chunk takes 100."""
    import numpy as np

    widths = np.array(lengths[done:], dtype=np.int64)
    shift = len(widths).bit_length()
    keys = (np.frombuffer(tokens, dtype=np.int64) << shift) | np.repeat(np.arange(len(widths), dtype=np.int64), widths)
    keys.sort()
    firsts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    tf = np.diff(firsts, append=len(keys))
    keys = keys[firsts]
    rows = ((keys & ((1 << shift) - 1)) + done).astype(np.int32)
    terms = keys >> shift
    starts = np.flatnonzero(np.concatenate(([True], terms[1:] != terms[:-1])))
    return _Batch(terms[starts], np.diff(starts, append=len(terms)), rows, tf.astype(np.min_scalar_type(int(tf.max()))))


def _weights(frequencies: Ints, size: int, epsilon: float) -> Floats:
    """Return the weight of each term, in order of appearance: what `okapi.word_weights` gives, with the same bits.

    Logarithms are those of `math`, once for each different frequency: numpy's differ in the last bit. The mean is summed one by one
    (accumulate), in the order rank_bm25 meets the terms; numpy's `sum` adds pairwise.
    """
    import numpy as np

    if not len(frequencies):
        return np.zeros(0)
    different, place = np.unique(frequencies, return_inverse=True)
    idf: Floats = np.array([math.log(size - n + 0.5) - math.log(n + 0.5) for n in different.tolist()])[place]
    floor = epsilon * (float(np.add.accumulate(idf)[-1]) / len(idf))
    if floor > _SANE_FLOOR:
        np.maximum(idf, floor, out=idf)
    else:
        idf = np.array([math.log1p((size - n + 0.5) / (n + 0.5)) for n in different.tolist()])[place]
    return idf


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the postings of each term go. `free[term]` is the place of the next one in `rows` and `impacts`.

    Terms in `dense_of` (term -> line of `dense`) go there instead.
    """

    starts: Ints
    free: Ints
    rows: NDArray[np.int32]
    impacts: Floats
    peaks: Floats
    order: Ints
    dense_of: dict[int, int]
    dense_columns: NDArray[np.int32]
    dense_counts: NDArray[np.int32]
    dense: Floats

    @classmethod
    def of(cls, frequencies: Ints, order: Ints, size: int) -> _Layout:
        import numpy as np

        widths = frequencies[order]
        dense_columns = np.flatnonzero(widths * _DENSE_SHARE > size) if size >= _DENSE_CHUNKS else np.zeros(0, dtype=np.int64)
        counts = widths[dense_columns]
        widths[dense_columns] = 0
        starts = np.zeros(len(order) + 1, dtype="<i8")
        np.cumsum(widths, out=starts[1:])
        free = np.empty(len(order), dtype=np.int64)
        free[order] = starts[:-1]
        total = int(starts[-1])
        return cls(
            starts,
            free,
            np.empty(total, dtype="<i4"),
            np.empty(total, dtype="<f8"),
            np.zeros(len(order)),
            order,
            {term: line for line, term in enumerate(order[dense_columns].tolist())},
            dense_columns.astype("<i4"),
            counts.astype("<i4"),
            np.zeros((len(dense_columns), size), dtype="<f8"),
        )

    def place(self, batch: _Batch, impacts: Floats) -> None:
        """Put the postings of a batch behind those of the batches before it."""
        import numpy as np

        ends = np.cumsum(batch.widths)
        firsts = ends - batch.widths
        self.peaks[batch.terms] = np.maximum(self.peaks[batch.terms], np.maximum.reduceat(impacts, firsts))
        into = np.arange(len(batch.rows)) + np.repeat(self.free[batch.terms] - firsts, batch.widths)
        sparse = np.ones(len(into), dtype=bool)
        for term, line in self.dense_of.items():
            place = int(np.searchsorted(batch.terms, term))
            if place < len(batch.terms) and batch.terms[place] == term:
                part = slice(int(firsts[place]), int(ends[place]))
                self.dense[line, batch.rows[part]] = impacts[part]
                sparse[part] = False
        into = into[sparse]
        self.rows[into], self.impacts[into] = batch.rows[sparse], impacts[sparse]
        self.free[batch.terms] += batch.widths

    def blocks(self) -> dict[str, NDArray[Any]]:
        """Return the finished lists."""
        return {
            STARTS: self.starts,
            ROWS: self.rows,
            IMPACTS: self.impacts,
            PEAKS: self.peaks[self.order],
            DENSE: self.dense,
            DENSE_COLUMNS: self.dense_columns,
            DENSE_COUNTS: self.dense_counts,
        }

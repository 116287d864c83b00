"""Posting lists: for each term the chunks that hold it, and what it adds to their score."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from pmbot.models import Chunk, Hit, made
from pmbot.retrieval import vocabulary
from pmbot.retrieval.blocks import Blocks, Numbers
from pmbot.retrieval.plain import Pairs, column_of, list_of, top_plain
from pmbot.retrieval.topk import PostingList, top
from pmbot.retrieval.vocabulary import Vocabulary

if TYPE_CHECKING:
    from pmbot.retrieval.topk import Floats

STARTS, ROWS, IMPACTS, PEAKS = "postings.starts", "postings.rows", "postings.impacts", "postings.peaks"
DENSE, DENSE_COLUMNS, DENSE_COUNTS = "postings.dense", "postings.dense_columns", "postings.dense_counts"
BLOCKS = (*vocabulary.BLOCKS, STARTS, ROWS, IMPACTS, PEAKS, DENSE, DENSE_COLUMNS, DENSE_COUNTS)

_AT_HAND = 8192  # posting lists that were asked for: some 3 MB
_PLAIN = 500_000  # postings that plain Python adds up in the time that importing numpy takes, 50 to 100 ms


class Postings:
    """The posting lists of all terms, one behind the other, over `size` chunks. They are read where they lie, part by part.

    Those of the term in column `c` of the vocabulary lie in `[starts[c], starts[c + 1])` (int64): `rows` are chunk numbers (int32,
    ascending), `impacts` (float64) are idf * tf * (k1 + 1) / (tf + k1 * (1 - b + b * length / mean)), computed in the order of
    operations of `BM25Okapi.get_scores`, hence equal to it to the last bit. `peaks[c]` (float64) is the largest of them.
    A term whose list there is empty is common: it is one of `dense_columns` (int32, ascending), `dense_counts` (int32) is in how
    many chunks it stands, and a line of `dense` (float64, shape (common terms, size)) what it adds to each chunk.
    Everything is little-endian. Immutable, and safe to share between threads.
    """

    def __init__(self, get: Blocks, size: int, plain: int | None = None) -> None:
        """Open; nothing is read. `plain` postings are added up in plain Python; None: half a million, none when numpy is there already."""
        self.size = size
        self.vocabulary = Vocabulary(get)
        self._get = get
        self._starts, self._rows = Numbers(get(STARTS), "q"), Numbers(get(ROWS), "i")
        self._impacts, self._peaks, self._dense = (Numbers(get(name), "d") for name in (IMPACTS, PEAKS, DENSE))
        self._found: dict[str, PostingList | None] = {}
        self._scratch: list[Floats] = []
        self._plain = (0 if "numpy" in sys.modules else _PLAIN) if plain is None else plain

    @classmethod
    def of_blocks(cls, get: Blocks, size: int) -> Postings:
        """Return the posting lists of `size` chunks that lie in the blocks of `get`; nothing is copied, read or checked."""
        return cls(get, size)

    def blocks(self) -> dict[str, memoryview]:
        """Return all blocks by name, as `of_blocks` wants them back."""
        return {name: block[0 : len(block)] for name in BLOCKS for block in (self._get(name),)}

    def terms(self) -> Iterator[str]:
        """All terms, each once, in the order of their hashes."""
        return iter(self.vocabulary)

    def frequency(self, term: str) -> int:
        """Return the number of chunks that hold `term`."""
        column = self.vocabulary.column(term)
        if column < 0:
            return 0
        start, end = self._starts.pair(column)
        return end - start or self._common[column][1]

    def top(self, terms: Iterable[str], count: int, within: tuple[int, int] | None = None) -> tuple[list[int], list[float]]:
        """Return the `count` best rows that hold one of `terms` (each given once), best first, ties by row, and their scores.

        `within` restricts them to the rows `[start, stop)`. A score is the sum of the impacts in the order of `terms`.
        Importing numpy costs as much as adding up half a million postings in plain Python. Until so many were, that is done: a process
        that asks one question, or few of a small corpus, saves 50 to 100 ms.
        """
        if self._plain > 0:
            columns = [column for term in terms if (column := self.vocabulary.column(term)) >= 0]
            self._plain -= sum(self._width(column) for column in columns)
            if self._plain >= 0:
                return top_plain((self._pairs(column, within or (0, self.size)) for column in columns), count)
            lists = [self._list(column) for column in columns]
        else:
            lists = [found for term in terms if (found := self._at_hand(term)) is not None]
        if within is None:
            return top(lists, self.size, count, self._scratch) if lists else ([], [])
        start, stop = within
        parts = [part for found in lists if (part := found.within(start, stop)).width]
        rows, scores = top(parts, stop - start, count) if parts else ([], [])
        return [row + start for row in rows], scores

    @cached_property
    def _common(self) -> dict[int, tuple[int, int]]:
        """The line in `dense` and the number of chunks, by column, of terms that are in many: no more than eight times a chunk has."""
        columns, counts = (Numbers(self._get(name), "i") for name in (DENSE_COLUMNS, DENSE_COUNTS))
        pairs = zip(columns.values(0, len(columns)), counts.values(0, len(counts)), strict=True)
        return {column: (line, count) for line, (column, count) in enumerate(pairs)}

    def _width(self, column: int) -> int:
        start, end = self._starts.pair(column)
        return end - start or self.size

    def _pairs(self, column: int, within: tuple[int, int]) -> Pairs:
        start, end = self._starts.pair(column)
        if start < end:
            return list_of(self._rows, self._impacts, (start, end), within)
        return column_of(self._dense, self._common[column][0] * self.size, within)

    def _list(self, column: int) -> PostingList:
        start, end = self._starts.pair(column)
        peak = float(self._peaks.array(column, column + 1)[0])
        if start < end:
            return PostingList(self._rows.array(start, end), self._impacts.array(start, end), peak)
        line = self._common[column][0] * self.size
        return PostingList(None, self._dense.array(line, line + self.size), peak)

    def _at_hand(self, term: str) -> PostingList | None:
        """Return the posting list of `term`, None when there is none; those asked for before in 0.1 µs instead of 5."""
        try:
            return self._found[term]
        except KeyError:
            column = self.vocabulary.column(term)
        found = None if column < 0 else self._list(column)
        if len(self._found) >= _AT_HAND:
            self._found.clear()
        self._found[term] = found
        return found


class PostingsRetriever:
    """BM25 through posting lists; see `Retriever` for what it promises.

    `chunk_of(row)` makes a chunk when it is a hit, `rows_of(doc_id)` gives the first row of a document and the one behind its last
    (0, 0 when there is no such document): the chunks of a document are neighbours.
    """

    def __init__(
        self, postings: Postings, chunk_of: Callable[[int], Chunk], rows_of: Callable[[str], tuple[int, int] | range], signature: str
    ) -> None:
        self._postings, self._chunk_of, self._rows_of, self._signature = postings, chunk_of, rows_of, signature

    @property
    def signature(self) -> str:
        """As given."""
        return self._signature

    @property
    def size(self) -> int:
        """The number of chunks."""
        return self._postings.size

    def retrieve(self, terms: Sequence[str], *, top_k: int, doc_id: str | None = None) -> tuple[Hit, ...]:
        """Return the best chunks that share a term; see `Retriever.retrieve`."""
        if top_k < 1:
            raise ValueError(f"top_k is {top_k}: ask for at least one chunk")
        within = None
        if doc_id is not None:
            rows_of = self._rows_of(doc_id)
            within = (rows_of.start, rows_of.stop) if isinstance(rows_of, range) else rows_of
        rows, scores = self._postings.top(dict.fromkeys(terms), top_k, within)
        return tuple(
            made(Hit, {"chunk": self._chunk_of(row), "score": score, "rank": rank})
            for rank, (row, score) in enumerate(zip(rows, scores, strict=True), 1)
        )

    def document_frequency(self, terms: Sequence[str]) -> tuple[int, ...]:
        """Return the number of chunks that hold each term; see `Retriever.document_frequency`."""
        return tuple(self._postings.frequency(term) for term in terms)

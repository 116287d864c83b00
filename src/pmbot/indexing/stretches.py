"""Stretches of neighbouring sentences read as arrays: what comparing needs of many sentences, with no object for any of them."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from pmbot.corpus.store import Setting
from pmbot.indexing.layout import beginning
from pmbot.indexing.written import HEADING, ROW, Reads, Stretch, Written, block_setting

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SENTENCE = np.dtype(
    [
        ("byte", "i8"), ("bytes", "i4"), ("start", "i8"), ("end", "i8"), ("block", "i4"), ("term", "i4"), ("leading", "i4"),
        ("content", "i4"), ("figure", "i4"), ("figures", "u2"),
    ]
)  # fmt: skip
_BLOCK = np.dtype([("kind", "u1"), ("start", "i8"), ("end", "i8"), ("line", "i4"), ("page", "i4"), ("row", "i4"), ("path", "i4")])

_beginning = lru_cache(maxsize=16384)(beginning)  # the related words of common words are asked for again and again


class Stretches:
    """Stretches one behind the other. Sentences are numbered from 0 through all of them.

    By sentence: `run` is its stretch, `content` how many of its tokens are no stopwords, `length` how many terms its tokens have, -1
    where those must be told from the text; `term` is where these begin in `numbers`.
    """

    def __init__(self, reads: Reads, runs: Sequence[Stretch]) -> None:
        self._reads, self._runs = reads, runs
        self._records = np.frombuffer(b"".join([run.sentences for run in runs]), _SENTENCE)
        self._blocks = np.frombuffer(b"".join([run.blocks for run in runs]), _BLOCK)
        self.numbers: NDArray[np.uint32] = np.frombuffer(b"".join([run.terms for run in runs]), np.uint32)
        sizes = [len(run.sentences) // _SENTENCE.itemsize for run in runs]
        self.starts = [0, *itertools.accumulate(sizes)]
        self.run: NDArray[np.int64] = np.repeat(np.arange(len(runs)), sizes)
        self.content, self.length = self._records["content"], self._records["leading"]
        self.term = self._counted_through("term", [len(run.terms) // self.numbers.itemsize for run in runs])
        self.block = self._counted_through("block", [len(run.blocks) // _BLOCK.itemsize for run in runs])

    def _counted_through(self, field: str, sizes: Sequence[int]) -> NDArray[np.int64]:
        """A field that counts from the start of each document, counted from 0 through all stretches, which have so many of it."""
        values: NDArray[np.int64] = self._records[field]
        starts = np.array([0, *itertools.accumulate(sizes)][:-1])
        return values + (starts - values[self.starts[:-1]])[self.run]

    def number(self, run: int, index: int) -> int:
        """The number of a sentence by its stretch and its index in the document."""
        return self.starts[run] + index - self._runs[run].begin

    def place(self, at: int) -> tuple[str, int]:
        """The document and the index of a sentence."""
        run = int(self.run[at])
        return self._runs[run].doc_id, self._runs[run].begin + at - self.starts[run]

    def is_heading(self, at: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which sentences stand in headings."""
        found: NDArray[np.bool_] = self._blocks["kind"][self.block[at]] == HEADING
        return found

    def row(self, at: NDArray[np.int64]) -> NDArray[np.int64]:
        """Which rows of tables sentences are, from 1; less for those that are none."""
        block = self.block[at]
        return np.where(self._blocks["kind"][block] == ROW, self._blocks["row"][block], -1)

    def heading_paths(self, at: Sequence[int]) -> list[tuple[str, ...]]:
        """The headings above sentences."""
        runs = self._runs
        paths = self._blocks["path"][self.block[at]].tolist()
        return [runs[run].paths[path] for run, path in zip(self.run[at].tolist(), paths, strict=True)]

    def setting(self, at: int) -> Setting:
        """How the block is laid out that a sentence stands in."""
        return block_setting(self._blocks[self.block[at]].item(), self._runs[self.run[at]].paths)

    def written(self, at: int) -> Written:
        """A sentence as it was analysed."""
        _, _, _, _, block, _, length, content, figure, count = self._records[at].item()
        figures = self._reads.figures(self._runs[self.run[at]].figures + figure, count)
        start = int(self.term[at])
        terms = tuple([self.words[number] for number in self.numbers[start : start + length].tolist()]) if length >= 0 else None
        return Written(block, self.setting(at), terms, content, figures)

    def begin_like(self, numbers: NDArray[np.uint32], words: Iterable[str]) -> NDArray[np.bool_]:
        """Which terms, by their `numbers`, begin with the same three letters as one of `words`; one in a thousand others does, too."""
        wanted = np.zeros(1 << 16, np.bool_)
        wanted[list(map(_beginning, words))] = True
        return wanted.take(np.frombuffer(self._reads.beginnings, np.uint16).take(numbers))  # twice as fast as by brackets

    @property
    def words(self) -> Mapping[int, str]:
        """The word of each number of a term."""
        return self._reads.words

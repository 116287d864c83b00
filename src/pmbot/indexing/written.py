"""Sentences as they were analysed when they were indexed: what questions compare, without reading and cutting the text again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from pmbot.corpus.store import Setting
from pmbot.indexing.layout import FIGURE, KINDS
from pmbot.indexing.tables import Bytes, Strings

_WORD = 4  # bytes of a number of a term
_KEPT_WORDS = 65536
HEADING, ROW = KINDS.index("heading"), KINDS.index("table_row")
_BLOCK = 4  # the place of the block in a record


class Written(NamedTuple):
    """One sentence: `terms` are those of its tokens, in order, and `content` tells how many of its tokens are no stopwords.

    `terms` is None where they must be told from the text, as in a text in capitals throughout. `figures` are those that the English
    grammar finds, as `layout.FIGURE` stores them: few of the sentences of a question are asked for theirs. None where they were not
    looked for.
    """

    block: int
    setting: Setting
    terms: tuple[str, ...] | None
    content: int
    figures: bytes | None = None


class Stretch(NamedTuple):
    """Neighbouring sentences of a document as they are stored: from the sentence `begin`, their records, term numbers and blocks.

    `paths` are the heading paths of the document, `figures` is where its figures begin.
    """

    doc_id: str
    begin: int
    sentences: memoryview
    terms: memoryview
    blocks: memoryview
    paths: tuple[tuple[str, ...], ...]
    figures: int


class Reads(Protocol):
    """What gives stretches, and the words behind the numbers of terms."""

    @property
    def words(self) -> Mapping[int, str]:
        """The word of each number of a term."""

    @property
    def beginnings(self) -> memoryview:
        """How each of those words begins; see `layout.beginning`."""

    def stretch(self, doc_id: str, first: int, last: int) -> Stretch:
        """The sentences of a document from `first` to `last`, those that there are."""

    def figures(self, first: int, count: int) -> bytes:
        """Figures as they are stored, by their place among all."""


class WordsByNumber(dict[int, str]):
    """The words behind the numbers of terms. Those met before are kept, for few words make up most of any text: 0.03 µs instead of 1.5."""

    def __init__(self, words: Strings) -> None:
        super().__init__()
        self._words = words

    def __missing__(self, number: int) -> str:
        word = self._words[number]
        if len(self) >= _KEPT_WORDS:
            self.clear()
        self[number] = word
        return word


def block_setting(block: tuple[Any, ...], paths: Sequence[tuple[str, ...]]) -> Setting:
    """How a block is laid out, by its record (see `layout.BLOCK`) and the heading paths of its document."""
    kind, _, _, _, _, row, path = block
    return Setting(kind == HEADING, paths[path], row if kind == ROW and row >= 0 else None)


def within_blocks(records: Sequence[tuple[Any, ...]], first: int, last: int) -> tuple[int, int]:
    """Where those of the records (see `layout.SENTENCE`) begin and end that are `first` to `last` or share a block with one of the two."""
    start, end = first, last + 1
    while start and records[start - 1][_BLOCK] == records[first][_BLOCK]:
        start -= 1
    while end < len(records) and records[end][_BLOCK] == records[last][_BLOCK]:
        end += 1
    return start, end


def runs_of(numbers: Sequence[int], reach: int) -> Iterator[list[int]]:
    """Ascending numbers in runs that lie within reach of one another: read together, they are read once."""
    run: list[int] = []
    for number in numbers:
        if run and number > run[-1] + reach:
            yield run
            run = []
        run.append(number)
    if run:
        yield run


class WrittenSentences:
    """What was found in all sentences: the numbers of their terms (`forward`), the words those stand for, and their figures."""

    def __init__(self, forward: Bytes, words: Strings, figures: Bytes) -> None:
        self._forward, self.words, self._figures = forward, WordsByNumber(words), figures

    def numbers(self, first: int, after: int) -> memoryview:
        """The numbers of terms in their places, as bytes."""
        return self._forward[first * _WORD : after * _WORD]

    def figures(self, first: int, count: int) -> bytes:
        """Figures as they are stored, by their place among all."""
        return bytes(self._figures[first * FIGURE.size : (first + count) * FIGURE.size])

    def cut(self, records: Sequence[tuple[Any, ...]], terms: int, figures: int, settings: Sequence[Setting]) -> list[Written]:
        """Read neighbouring sentences, one at least, by their `records`, in blocks of these `settings`.

        `terms` and `figures` are where those of their document begin.
        """
        first, end = records[0][5], max([record[5] + record[6] for record in records])
        part = self._forward[(terms + first) * _WORD : (terms + max(first, end)) * _WORD]
        words = tuple(map(self.words.__getitem__, part.cast("I")))
        before, after = records[0][8], records[-1][8] + records[-1][9]
        told, wide = bytes(self._figures[(figures + before) * FIGURE.size : (figures + after) * FIGURE.size]), FIGURE.size
        top, found = records[0][_BLOCK], []
        for _, _, _, _, block, term, leading, content, figure, count in records:
            own = words[term - first : term - first + leading] if leading >= 0 else None
            at = (figure - before) * wide
            found.append(Written(block, settings[block - top], own, content, told[at : at + count * wide]))
        return found

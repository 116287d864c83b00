"""A corpus that stays where it is stored: documents, sentences and chunks are made when they are asked for."""

from __future__ import annotations

import bisect
import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any, NamedTuple, cast

from pmbot.corpus.store import Setting, listed
from pmbot.corpus.walk import Skipped
from pmbot.errors import CorpusError
from pmbot.indexing.layout import BLOCK, CHUNK, DOCUMENT, KINDS, SENTENCE
from pmbot.indexing.lazy import ById, Lazy
from pmbot.indexing.sentences import Place, StoredSentences
from pmbot.indexing.tables import Bytes, Records, Strings
from pmbot.indexing.written import Stretch, Written, WrittenSentences, block_setting, within_blocks
from pmbot.models import Block, Chunk, Document, Locator, Sentence, Span, made

Blocks = Callable[[str], Bytes]
"""Gives the block of a name."""

# A question asks for the same few documents again and again; questions like to follow one another.
_KEPT_CHARACTERS = 4_000_000  # of document text
_KEPT_NUMBERS, _KEPT_DOCUMENTS, _KEPT_CHUNKS, _KEPT_BLOCKS = 4096, 256, 128, 32
_TABLE_AT_HAND = 1 << 22  # bytes
Head = dict[str, Any]


class Starts(NamedTuple):
    """Where the parts of a document begin in the blocks; see `layout.DOCUMENT`."""

    text: int
    sentences: int
    blocks: int
    chunks: int
    forward: int
    casing: int
    small: int
    figures: int


class Outline(NamedTuple):
    """Where the parts of a document begin and end, and its heading paths: asked for twice a question, and read in 5 µs."""

    here: Starts
    after: Starts
    paths: tuple[tuple[str, ...], ...]


class StoredCorpus:
    """What `corpus.store.Corpus` gives, read from blocks. Immutable, and safe to share between threads."""

    def __init__(self, get: Blocks, fingerprint: str) -> None:
        self.fingerprint = fingerprint
        self._get = get
        self._starts = Records(DOCUMENT, get("documents"))
        self.ids = Strings(get("ids.starts"), get("ids.data"))
        self._heads = Strings(get("heads.starts"), get("heads.data"))
        self._texts = get("texts")
        self._sentences = Records(SENTENCE, get("sentences"))
        self._blocks = Records(BLOCK, get("blocks"))
        self._chunks = Records(CHUNK, get("chunks"))
        self._written = WrittenSentences(get("forward"), Strings(get("terms.starts"), get("terms.data")), get("figures"))
        self._number = lru_cache(maxsize=_KEPT_NUMBERS)(self._find)
        self._head = lru_cache(maxsize=_KEPT_DOCUMENTS)(self._read_head)
        self._sentences_of = lru_cache(maxsize=_KEPT_DOCUMENTS)(self._cut)
        self._blocks_of = lru_cache(maxsize=_KEPT_DOCUMENTS)(self._laid_out)
        self._chunk = lru_cache(maxsize=_KEPT_CHUNKS)(self._chunk_at)
        self._outline = lru_cache(maxsize=_KEPT_DOCUMENTS)(self._read_outline)
        self._kept: OrderedDict[int, Document] = OrderedDict()
        self._kept_characters = 0
        self._lock = threading.Lock()

    @property
    def documents(self) -> Sequence[Document]:
        """All documents, by id."""
        return Lazy(len(self.ids), self._document)

    @property
    def sentences(self) -> Mapping[str, Sequence[Sentence]]:
        """The sentences of each document, in order, by document id."""
        return ById(self.ids, self.number, self.sentences_at)

    @cached_property
    def skipped(self) -> tuple[Skipped, ...]:
        """The files that were not read, and why."""
        return tuple(Skipped(*entry) for entry in json.loads(bytes(self._get("skipped")[:])))

    @cached_property
    def copies(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the documents that are copies of one, by its id: they say the same, word for word, and only it is searched."""
        return {original: tuple(copies) for original, copies in json.loads(bytes(self._get("copies")[:])).items()}

    @cached_property
    def originals(self) -> Mapping[str, str]:
        """The id of the document that is searched for a copy, by the id of the copy."""
        return {copy: original for original, copies in self.copies.items() for copy in copies}

    @property
    def fingerprints(self) -> Mapping[str, str]:
        """The fingerprint of each document, by its id."""
        return ById(self.ids, self.number, lambda number: str(self.head(number)["fingerprint"]))

    @property
    def topics(self) -> Mapping[str, frozenset[str]]:
        """What each document is about, by its id; see `Profile`."""
        return ById(self.ids, self.number, lambda number: frozenset(self.head(number)["topics"]))

    @property
    def sentence_count(self) -> int:
        """How many sentences the documents have together."""
        return len(self._sentences)

    @property
    def chunk_count(self) -> int:
        """How many chunks the documents have together."""
        return len(self._chunks)

    def document(self, doc_id: str) -> Document:
        """Look up a document by its id; `CorpusError` names some there are."""
        number = self.number(doc_id)
        if number is None:
            raise CorpusError(f"there is no document {doc_id!r}; there are: {listed(self.ids)}")
        return self._document(number)

    def sentence(self, doc_id: str, index: int) -> Sentence:
        """Look up a sentence of a document by its index; `CorpusError` when there is none."""
        sentences = self.sentences[self.document(doc_id).doc_id]
        if not 0 <= index < len(sentences):
            raise CorpusError(f"{doc_id}: there is no sentence {index}; they are numbered from 0 to {len(sentences) - 1}")
        return sentences[index]

    def number(self, doc_id: str) -> int | None:
        """The place of a document among all; None when there is none of that id."""
        return self._number(doc_id)

    def head(self, number: int) -> Head:
        """What a document says of itself, and what was found out about it."""
        return self._head(number)

    def head_bytes(self, number: int) -> bytes:
        """The same as it is stored."""
        return bytes(self._heads.raw(number))

    def starts(self, number: int) -> Starts:
        """Where the parts of a document begin; those of the next one are their ends."""
        return Starts(*self._starts[number])

    def sentences_at(self, number: int) -> Sequence[Sentence]:
        """The sentences of a document, in order."""
        return self._sentences_of(number)

    def _find(self, doc_id: str) -> int | None:
        place = bisect.bisect_left(self.ids, doc_id)
        return place if place < len(self.ids) and self.ids[place] == doc_id else None

    def _read_head(self, number: int) -> Head:
        head: Head = json.loads(self._heads[number])
        return head

    def _laid_out(self, number: int) -> Sequence[Block]:
        here, after, paths = self._outline(number)
        # Fetched, and so checked, now: a document is read where nobody expects that the index turns out to be damaged.
        records = Records(BLOCK, self._get("blocks")[here.blocks * BLOCK.size : after.blocks * BLOCK.size])
        # To find a block by its offset means looking at half a dozen others, mostly at those in the middle again.
        return Lazy(len(records), lru_cache(maxsize=_KEPT_BLOCKS)(lambda place: _block(records[place], paths)))

    def _cut(self, number: int) -> Sequence[Sentence]:
        here, after, _ = self._outline(number)
        place = Place(here.sentences, after.sentences - here.sentences, here.text)
        return StoredSentences(self.ids[number], place, self._sentences, self._texts)

    def chunk(self, row: int) -> Chunk:
        """The chunk at a place among all chunks, which are in document order; two searches for one question mostly find the same."""
        return self._chunk(row)

    def _chunk_at(self, row: int) -> Chunk:
        number = self._document_of(row)
        first, last, path = self._chunks[row]
        doc_id, paths = self.ids[number], self._outline(number).paths
        sentences = tuple(self.sentences_at(number)[first : last + 1])
        return made(Chunk, {"chunk_id": f"{doc_id}#{first}-{last}", "doc_id": doc_id, "sentences": sentences, "heading_path": paths[path]})

    def setting_of(self, sentence: Sentence) -> Setting:
        """How the block is laid out that a sentence stands in; KeyError when there is no such document."""
        here, _, paths = self._outline(self._existing(sentence.doc_id))
        return self._settings(here.blocks + sentence.block, here.blocks + sentence.block, paths)[0]

    def written(self, doc_id: str, first: int, last: int, reach: int) -> tuple[int, list[Written]]:
        """Sentences of a document as they were analysed, and the index of the first of them.

        Those from `first` to `last`, and at most `reach` before and after them that stand in the same block. No text is read: some
        3 µs a sentence, a thirtieth of analysing it. KeyError when there is no such document, IndexError when no such sentence.
        """
        here, after, paths = self._outline(self._existing(doc_id))
        begin = max(0, first - reach)
        records = self._sentences[here.sentences + begin : min(here.sentences + last + reach + 1, after.sentences)]
        start, end = within_blocks(records, first - begin, last - begin)
        records = records[start:end]
        settings = self._settings(here.blocks + records[0][4], here.blocks + records[-1][4], paths)
        return begin + start, self._written.cut(records, here.forward, here.figures, settings)

    @property
    def words(self) -> Mapping[int, str]:
        """The word of each number of a term."""
        return self._written.words

    @cached_property
    def beginnings(self) -> memoryview:
        """How each of those words begins."""
        return self._get("beginnings")[:]

    def figures(self, first: int, count: int) -> bytes:
        """Figures as they are stored, by their place among all."""
        return self._written.figures(first, count)

    def stretch(self, doc_id: str, first: int, last: int) -> Stretch:
        """The sentences of a document from `first` to `last`, those that there are, as they are stored; KeyError, no such document."""
        here, after, paths = self._outline(self._existing(doc_id))
        sentences = self._sentences.raw(here.sentences + first, min(here.sentences + last + 1, after.sentences))
        top, end = SENTENCE.unpack_from(sentences), SENTENCE.unpack_from(sentences, len(sentences) - SENTENCE.size)
        terms = self._written.numbers(here.forward + top[5], here.forward + end[5] + max(end[6], 0))
        blocks = self._blocks.raw(here.blocks + top[4], here.blocks + end[4] + 1)
        return Stretch(doc_id, first, sentences, terms, blocks, paths, here.figures)

    def _existing(self, doc_id: str) -> int:
        number = self.number(doc_id)
        if number is None:
            raise KeyError(doc_id)
        return number

    def _settings(self, first: int, last: int, paths: Sequence[tuple[str, ...]]) -> list[Setting]:
        """How blocks that follow one another are laid out, by their places among all."""
        return [block_setting(block, paths) for block in self._blocks[first : last + 1]]

    def _read_outline(self, number: int) -> Outline:
        return Outline(self.starts(number), self.starts(number + 1), tuple(map(tuple, self.head(number)["paths"])))

    def rows_of(self, doc_id: str) -> range:
        """The places of a document's chunks among all, of a copy those of its original; empty when there is no such document."""
        number = self.number(self.originals.get(doc_id, doc_id))
        return range(0) if number is None else range(self.starts(number).chunks, self.starts(number + 1).chunks)

    def _document_of(self, row: int) -> int:
        return bisect.bisect_right(self._chunk_starts, row, hi=len(self.ids)) - 1

    @cached_property
    def _chunk_starts(self) -> Sequence[int]:
        """Where the chunks of each document begin: in place while the table is small, 0.05 µs a look instead of 0.5."""
        table = self._get("documents")
        if len(table) > _TABLE_AT_HAND:
            return Lazy(len(self.ids), lambda number: int(self._starts[number][3]))
        return cast("Sequence[int]", table[:].cast("q")[3 :: DOCUMENT.size // 8])

    def _document(self, number: int) -> Document:
        with self._lock:
            if number in self._kept:
                self._kept.move_to_end(number)
                return self._kept[number]
        made = self._make(number)
        with self._lock:
            if number not in self._kept:
                self._kept[number] = made
                self._kept_characters += len(made.text)
            while self._kept_characters > _KEPT_CHARACTERS and len(self._kept) > 1:
                self._kept_characters -= len(self._kept.popitem(last=False)[1].text)
        return made

    def _make(self, number: int) -> Document:
        here, after, head = self.starts(number), self.starts(number + 1), self.head(number)
        return Document.model_construct(
            doc_id=self.ids[number],
            title=head["title"],
            text=str(self._texts[here.text : after.text], "utf-8"),
            source=head["source"],
            language=head["language"],
            date=head["date"],
            blocks=cast("tuple[Block, ...]", self._blocks_of(number)),  # read like a tuple, but each made when it is asked for
        )


def _block(record: tuple[Any, ...], paths: Sequence[tuple[str, ...]]) -> Block:
    kind, start, end, line, page, row, path = record
    line, page, row = (None if part < 0 else part for part in (line, page, row))
    place = made(Locator, {"line": line, "page": page, "row": row, "heading_path": paths[path]})
    return made(Block, {"span": made(Span, {"start": start, "end": end}), "kind": KINDS[kind], "locator": place})

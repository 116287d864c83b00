"""Documents and their sentences to the blocks of a generation; see `layout`."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pmbot.corpus.chunker import chunks as cut
from pmbot.corpus.store import document_fingerprint
from pmbot.indexing.analysis import Analysis
from pmbot.indexing.layout import BLOCK, CHUNK, DOCUMENT, FIGURE, FIGURE_KINDS, KINDS, SENTENCE, dump
from pmbot.indexing.profile import Casing, topics_of
from pmbot.models import Block, Document, Sentence
from pmbot.text.analyzer import Analysed
from pmbot.text.figures.finding import READ_CHARS, find_figures

_KIND_NUMBERS = {kind: number for number, kind in enumerate(FIGURE_KINDS)}


class Cut(NamedTuple):
    """How documents are cut into chunks: sentences in a chunk, and how many of them the next chunk repeats."""

    size: int
    overlap: int


class Numbers(dict[Any, int]):
    """Numbers things (words, heading paths) in the order in which they are met."""

    def __missing__(self, thing: Any) -> int:
        number = self[thing] = len(self)
        return number


@dataclass
class Packed:
    """The parts of one document, or of many one behind the other. `small` counts the words of `casing` in lower case."""

    text: bytearray = field(default_factory=bytearray)
    sentences: bytearray = field(default_factory=bytearray)
    blocks: bytearray = field(default_factory=bytearray)
    chunks: bytearray = field(default_factory=bytearray)
    forward: array[int] = field(default_factory=lambda: array("I"))
    casing: array[int] = field(default_factory=lambda: array("I"))
    small: int = 0
    figures: bytearray = field(default_factory=bytearray)


class Part(NamedTuple):
    """One document, packed."""

    doc_id: str
    head: bytes
    packed: Packed


class Packer:
    """Takes documents in any order. Memory grows with their text, not with the number of objects in it."""

    def __init__(self, analysis: Analysis, cut: Cut) -> None:
        self._analysis, self._cut = analysis, cut
        self.parts: list[Part] = []
        self.terms, self.norms = Numbers(), Numbers()

    def add(self, document: Document, sentences: Sequence[Sentence]) -> None:
        """Pack a document that was read, cut into `sentences`."""
        packed, paths = Packed(), Numbers()
        packed.text += document.text.encode("utf-8")
        analysis = self._analysis.of(document.language)
        casing = self._sentences(packed, document.text, sentences, analysis)
        for block in document.blocks:
            packed.blocks += _block(block, paths)
        for chunk in cut(document, sentences, self._cut.size, self._cut.overlap):
            packed.chunks += CHUNK.pack(chunk.sentences[0].index, chunk.sentences[-1].index, paths[chunk.heading_path])
        packed.casing.extend(self.norms[word] for word in sorted(casing.lower))
        packed.small = len(packed.casing)
        packed.casing.extend(self.norms[word] for word in sorted(casing.capitalised))
        topics = topics_of(document, casing, len(sentences), analysis)
        self.parts.append(Part(document.doc_id, dump(_head(document, paths, topics)), packed))

    def joined(self) -> Joined:
        """All documents by id, one behind the other; the packer is empty then."""
        self.parts.sort(key=lambda part: part.doc_id, reverse=True)
        joined = Joined()
        while self.parts:  # each is let go of as it is taken over
            joined.append(self.parts.pop())
        return joined

    def _sentences(self, packed: Packed, text: str, sentences: Sequence[Sentence], analysis: Analysis) -> Casing:
        at, byte, casing = 0, 0, Casing()
        for sentence in sentences:
            start, end = sentence.span.start, sentence.span.end
            byte += len(text[at:start].encode("utf-8"))
            length = len(sentence.text.encode("utf-8"))
            analysed = analysis.analysed(sentence.text)
            figures = find_figures(sentence.text[:READ_CHARS])
            place = (byte, length, start, end, sentence.block, len(packed.forward))
            words = (_leading(analysed), analysed.stops.count(False))
            packed.sentences += SENTENCE.pack(*place, *words, len(packed.figures) // FIGURE.size, len(figures))
            packed.figures += b"".join([FIGURE.pack(_KIND_NUMBERS[kind], *span) for kind, *span in figures])
            packed.forward.extend(map(self.terms.__getitem__, analysed.terms))
            casing.add(analysed)
            at, byte = end, byte + length
        return casing


@dataclass
class Joined:
    """Documents one behind the other. `starts` has a record for each.

    Of documents with the same text only the first has chunks, so that it alone is found; `copies` has the ids of the others by its id.
    """

    whole: Packed = field(default_factory=Packed)
    starts: bytearray = field(default_factory=bytearray)
    ids: list[str] = field(default_factory=list)
    heads: list[bytes] = field(default_factory=list)
    copies: dict[str, list[str]] = field(default_factory=dict)
    _first: dict[bytes, str] = field(default_factory=dict)

    def append(self, part: Part) -> None:
        """Put one document behind the others."""
        whole, packed = self.whole, part.packed
        original = self._first.setdefault(hashlib.sha256(packed.text).digest(), part.doc_id)
        self.starts += self._record(packed.small)
        self.ids.append(part.doc_id)
        self.heads.append(part.head)
        whole.text += packed.text
        whole.sentences += packed.sentences
        whole.blocks += packed.blocks
        if original == part.doc_id:
            whole.chunks += packed.chunks
        else:
            self.copies.setdefault(original, []).append(part.doc_id)
        whole.forward += packed.forward
        whole.casing += packed.casing
        whole.figures += packed.figures

    @property
    def documents(self) -> bytes:
        """The records of the documents, with the one that ends the last."""
        return bytes(self.starts) + self._record(0)

    def _record(self, small: int) -> bytes:
        whole = self.whole
        records = (len(whole.sentences) // SENTENCE.size, len(whole.blocks) // BLOCK.size, len(whole.chunks) // CHUNK.size)
        figures = len(whole.figures) // FIGURE.size
        return DOCUMENT.pack(len(whole.text), *records, len(whole.forward), len(whole.casing), small, figures)


def _leading(analysed: Analysed) -> int:
    """How many terms of a sentence are those of its tokens; -1 when they do not come first."""
    own = [term for _, term in analysed.words]
    return len(own) if analysed.terms[: len(own)] == own else -1


def _block(block: Block, paths: Numbers) -> bytes:
    place = block.locator
    line, page, row = (-1 if part is None else part for part in (place.line, place.page, place.row))
    return BLOCK.pack(KINDS.index(block.kind), block.span.start, block.span.end, line, page, row, paths[place.heading_path])


def _head(document: Document, paths: Numbers, topics: frozenset[str]) -> dict[str, Any]:
    return {
        "title": document.title,
        "source": document.source,
        "language": document.language,
        "date": document.date,
        "paths": list(paths),
        "topics": sorted(topics),
        "fingerprint": document_fingerprint(document),
    }

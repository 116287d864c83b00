"""The last step of packing: words numbered anew, terms gathered by chunk, the casing of the whole corpus."""

from __future__ import annotations

import hashlib
import json
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from pmbot.indexing.analysis import Analysis
from pmbot.indexing.layout import CHUNK, DOCUMENT, FIRST_TERM, SENTENCE, beginning, dump
from pmbot.indexing.packing import Joined, Packer
from pmbot.indexing.tables import Strings, Words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NamedBlock = tuple[str, bytes | memoryview]


class ChunkTerms(NamedTuple):
    """What the chunks are indexed under: those of chunk `i` are `words[number]` for each of `numbers[starts[i] : starts[i + 1]]`."""

    numbers: NDArray[np.uint32]
    starts: NDArray[np.int64]
    words: Sequence[str]


@dataclass
class Assembly:
    """A packer's documents, seen as a whole.

    Words are numbered by their first use and unused ones left out, so that the blocks are the same bytes whether a document was
    packed now or copied from an older generation.
    """

    packer: Packer
    analysis: Analysis

    @cached_property
    def joined(self) -> Joined:
        """The documents, by id."""
        return self.packer.joined()

    def blocks(self) -> Iterator[NamedBlock]:
        """All blocks that are made of documents, except the posting lists."""
        whole = self.joined.whole
        yield from _strings("ids", self.joined.ids)
        yield from _strings("heads", (head.decode("utf-8") for head in self.joined.heads))
        yield "documents", self.joined.documents
        yield "texts", memoryview(whole.text)
        yield "sentences", memoryview(whole.sentences)
        yield "blocks", memoryview(whole.blocks)
        yield "chunks", memoryview(whole.chunks)
        yield "figures", memoryview(whole.figures)
        yield "copies", dump(self.joined.copies)
        _, new, words = self._numbered
        yield "forward", new[self._forward].tobytes()
        yield from _strings("terms", words)
        yield "beginnings", array("H", map(beginning, words)).tobytes()
        yield from self._casing()

    @property
    def fingerprint(self) -> str:
        """Sixteen hex digits that change with anything an answer could show."""
        digest = hashlib.sha256()
        for head in self._heads:
            digest.update(head["fingerprint"].encode("ascii"))
        return digest.hexdigest()[:16]

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that documents say they are in, "" for those that say none."""
        return tuple(sorted({head["language"] or "" for head in self._heads}))

    @property
    def sizes(self) -> tuple[int, int, int]:
        """How many documents, sentences and chunks there are."""
        return len(self.joined.ids), len(self._sentence_starts) - 1, len(self._chunks)

    @property
    def mean_sentence_terms(self) -> float:
        """How many terms a sentence has on average; 0 without sentences."""
        sentences = len(self._sentence_starts) - 1
        return len(self._forward) / sentences if sentences else 0.0

    @cached_property
    def chunk_terms(self) -> ChunkTerms:
        """What each chunk is indexed under: the terms of its sentences, then those of its headings they lack, once each.

        "Warranty > Duration" over "It is two years." makes the sentence findable. A heading above every chunk of the corpus
        tells none of them apart and would only devalue its words where they do: it is left out.
        """
        numbers, new, words = self._numbered
        return ChunkTerms(new[numbers], self._chunk_starts, words)

    @cached_property
    def _numbered(self) -> tuple[NDArray[np.uint32], NDArray[np.uint32], list[str]]:
        """The packer's numbers of the terms of all chunks; the new number of each of its words; the words by new number."""
        import numpy as np

        numbers = self._gathered()
        words = list(self.packer.terms)
        used = np.concatenate((numbers, self._forward))  # a copy's words may be in no chunk
        first = np.full(len(words), len(used), dtype=np.int64)
        first[used[::-1]] = np.arange(len(used) - 1, -1, -1)  # of several places the one written last stays: the first
        order = np.argsort(first, kind="stable")[: int(np.count_nonzero(first < len(used)))]
        new = np.zeros(len(words), dtype=np.uint32)
        new[order] = np.arange(len(order), dtype=np.uint32)
        return numbers, new, [words[number] for number in order]

    def _gathered(self) -> NDArray[np.uint32]:
        """The terms of all chunks, one chunk behind the other; sets where each begins."""
        import numpy as np

        first, last = self._sentence_starts[self._chunks[:, 0]], self._sentence_starts[self._chunks[:, 1] + 1]
        more = self._heading_terms(first, last)
        extra = np.array([len(numbers) for numbers in more], dtype=np.int64)
        lengths = last - first
        self._chunk_starts = np.concatenate(([0], np.cumsum(lengths + extra)))
        gathered = np.empty(int(self._chunk_starts[-1]), dtype=np.uint32)
        inside = np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        gathered[np.repeat(self._chunk_starts[:-1], lengths) + inside] = self._forward[np.repeat(first, lengths) + inside]
        for row in np.flatnonzero(extra):
            end = self._chunk_starts[row + 1]
            gathered[end - extra[row] : end] = more[row]
        return gathered

    def _heading_terms(self, first: NDArray[np.int64], last: NDArray[np.int64]) -> list[list[int]]:
        """For each chunk the terms of its headings that its sentences lack."""
        paths = self._paths()
        everywhere = set(paths[0]).intersection(*paths) if paths else set()
        known: dict[tuple[tuple[str, ...], str | None], dict[int, None]] = {}
        found: list[list[int]] = []
        forward = self.joined.whole.forward
        for path, language, start, end in zip(paths, self._languages(), first.tolist(), last.tolist(), strict=True):
            key = (path, language)
            if key not in known:
                analysis = self.analysis.of(language)
                terms = (term for heading in path if heading not in everywhere for term in analysis.terms(heading))
                known[key] = dict.fromkeys(self.packer.terms[term] for term in terms)
            held = forward[start:end] if known[key] else ()
            found.append([number for number in known[key] if number not in held])
        return found

    def _paths(self) -> list[tuple[str, ...]]:
        """The heading path of each chunk."""
        paths: list[tuple[str, ...]] = []
        starts = self._starts[:, 3]
        for number, head in enumerate(self._heads):
            known = [tuple(path) for path in head["paths"]]
            paths += [known[path] for path in self._chunks[starts[number] : starts[number + 1], 2].tolist()]
        return paths

    def _languages(self) -> list[str | None]:
        """The language of each chunk."""
        starts = self._starts[:, 3].tolist()
        return [head["language"] for number, head in enumerate(self._heads) for _ in range(starts[number], starts[number + 1])]

    def _casing(self) -> Iterator[NamedBlock]:
        import numpy as np

        numbers = np.frombuffer(self.joined.whole.casing, dtype=np.uint32) if self.joined.whole.casing else np.zeros(0, np.uint32)
        words = list(self.packer.norms)
        starts = self._starts[:, 5]
        small = np.repeat(starts[:-1] + self._starts[:-1, 6], np.diff(starts))
        is_small = np.arange(len(numbers)) < small
        lower = np.unique(numbers[is_small])
        names = np.setdiff1d(numbers[~is_small], lower)
        yield from _words("lower", (words[number] for number in lower))
        yield from _words("names", (words[number] for number in names))
        used = sorted(np.unique(numbers).tolist(), key=words.__getitem__)
        new = np.zeros(len(words), dtype=np.uint32)
        new[used] = np.arange(len(used), dtype=np.uint32)
        yield "casing", new[numbers].tobytes()
        yield from _strings("norms", (words[number] for number in used))

    @cached_property
    def _heads(self) -> list[dict[str, Any]]:
        return [json.loads(head) for head in self.joined.heads]

    @cached_property
    def _forward(self) -> NDArray[np.uint32]:
        import numpy as np

        forward = self.joined.whole.forward
        return np.frombuffer(forward, dtype=np.uint32) if forward else np.zeros(0, np.uint32)

    @cached_property
    def _starts(self) -> NDArray[np.int64]:
        """The document records as a table of numbers."""
        import numpy as np

        return np.frombuffer(self.joined.documents, dtype=np.int64).reshape(-1, DOCUMENT.size // 8)

    @cached_property
    def _sentence_starts(self) -> NDArray[np.int64]:
        """Where the terms of each sentence begin in `forward`, and where those of the last one end."""
        import numpy as np

        record = np.dtype({"names": ["term"], "formats": ["=i4"], "offsets": [FIRST_TERM], "itemsize": SENTENCE.size})
        within = np.frombuffer(bytes(self.joined.whole.sentences), dtype=record)["term"].astype(np.int64)
        return np.append(within + np.repeat(self._starts[:-1, 4], np.diff(self._starts[:, 1])), len(self._forward))

    @cached_property
    def _chunks(self) -> NDArray[np.int64]:
        """First and last sentence (among all) and heading path (of its document) of each chunk."""
        import numpy as np

        chunks = np.frombuffer(bytes(self.joined.whole.chunks), dtype=np.int32).reshape(-1, CHUNK.size // 4).astype(np.int64)
        chunks[:, :2] += np.repeat(self._starts[:-1, 1], np.diff(self._starts[:, 3]))[:, None]
        return chunks


def _strings(name: str, texts: Iterator[str] | Sequence[str]) -> Iterator[NamedBlock]:
    return _named(name, Strings.pack(texts))


def _words(name: str, words: Iterator[str]) -> Iterator[NamedBlock]:
    return _named(name, Words.pack(words))


def _named(name: str, packed: tuple[bytes, bytes]) -> Iterator[NamedBlock]:
    yield f"{name}.starts", packed[0]
    yield f"{name}.data", packed[1]

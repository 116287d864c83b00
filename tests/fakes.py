"""Named in-memory stand-ins for what lies behind a seam, and small makers of nouns."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from pmbot.corpus.store import Corpus, fingerprint_of
from pmbot.indexing.assembling import ChunkTerms, NamedBlock
from pmbot.indexing.layout import dump
from pmbot.indexing.snapshot import Snapshot
from pmbot.indexing.stored import Blocks, StoredCorpus
from pmbot.indexing.tables import Strings, Words
from pmbot.models import Block, Chunk, Document, Hit, Locator, Sentence, Span
from pmbot.retrieval.protocol import Retriever
from pmbot.text.analyzer import Analysed, Token


class ListRetriever:
    """A retriever that walks a list. A chunk scores the sum of 1 / (number of chunks with the term) over the terms it shares."""

    signature = "fake:list"

    def __init__(self, chunks: Sequence[Chunk], terms: Sequence[Sequence[str]]) -> None:
        if len(chunks) != len(terms):
            raise ValueError(f"{len(chunks)} chunks, but terms for {len(terms)}")
        self._chunks = tuple(chunks)
        self._terms = [frozenset(of_chunk) for of_chunk in terms]

    @property
    def size(self) -> int:
        return len(self._chunks)

    def retrieve(self, terms: Sequence[str], *, top_k: int, doc_id: str | None = None) -> tuple[Hit, ...]:
        if top_k < 1:
            raise ValueError(f"top_k is {top_k}")
        wanted = tuple(dict.fromkeys(terms))
        weight = dict(zip(wanted, self.document_frequency(wanted), strict=True))
        found = [
            (sum(1 / weight[term] for term in wanted if term in held), chunk)
            for chunk, held in zip(self._chunks, self._terms, strict=True)
            if (doc_id is None or chunk.doc_id == doc_id) and not held.isdisjoint(wanted)
        ]
        found.sort(key=lambda pair: -pair[0])
        return tuple(Hit(chunk=chunk, score=score, rank=rank) for rank, (score, chunk) in enumerate(found[:top_k], 1))

    def document_frequency(self, terms: Sequence[str]) -> tuple[int, ...]:
        return tuple(sum(term in held for held in self._terms) for term in terms)


class FittedBackend:
    """An index backend that fits a retriever on chunks and terms; by default the one that walks a list."""

    def __init__(self, fit: Callable[[Sequence[Chunk], Sequence[Sequence[str]]], Retriever] = ListRetriever) -> None:
        self._fit = fit
        self.signature = fit([], []).signature

    def blocks(self, terms: ChunkTerms) -> Iterator[NamedBlock]:
        starts = terms.starts.tolist()
        yield "chunk_terms", dump([[terms.words[n] for n in terms.numbers[a:b].tolist()] for a, b in itertools.pairwise(starts)])

    def open(self, corpus: StoredCorpus, get: Blocks) -> Retriever:
        return self._fit([corpus.chunk(row) for row in range(corpus.chunk_count)], json.loads(bytes(get("chunk_terms")[:])))


def chunks_of(snapshot: Snapshot) -> tuple[Chunk, ...]:
    """All chunks of a snapshot, in order."""
    return tuple(snapshot.corpus.chunk(row) for row in range(snapshot.corpus.chunk_count))


class WordAnalysis:
    """An analyzer for tests: terms are the lower-case words between blanks, stripped of punctuation; a few stopwords."""

    fingerprint = "en-words"
    stopwords = frozenset(("a", "and", "by", "in", "is", "it", "of", "on", "the", "this", "to", "we", "with"))

    def __init__(self) -> None:
        self.calls: list[str] = []

    def terms(self, text: str) -> tuple[str, ...]:
        self.calls.append(text)
        words = (word.strip(".,:;!?()“”\"'’#").lower() for word in text.split())
        return tuple(word for word in words if word)

    def of(self, language: str | None) -> WordAnalysis:
        return self

    def query_terms(self, text: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(term for term in self.terms(text) if term not in self.stopwords))

    def tokens(self, text: str) -> tuple[Token, ...]:
        found = re.finditer(r"[^\W_]+", text)
        return tuple(Token(word[0], word.start(), word.end(), word[0].lower(), word[0].lower()) for word in found)

    def analysed(self, text: str) -> Analysed:
        tokens = self.tokens(text)
        words = [(token.norm, token.term) for token in tokens]
        return Analysed([token.text for token in tokens], words, [self.is_stop(token) for token in tokens], list(self.terms(text)))

    def is_stop(self, token: Token) -> bool:
        return token.norm in self.stopwords


def make_document(doc_id: str, sections: Mapping[tuple[str, ...], Sequence[str]]) -> tuple[Document, tuple[Sentence, ...]]:
    """A document of sections: heading path -> sentences, a line each. A path with headings starts with its last one."""
    blocks, sentences, lines, start = [], [], [], 0
    for path, body in sections.items():
        for line in (*path[-1:], *body):
            span = Span(start=start, end=start + len(line))
            kind = "heading" if path and line is path[-1] else "paragraph"
            blocks.append(Block(span=span, kind=kind, locator=Locator(line=len(lines) + 1, heading_path=path)))
            sentences.append(Sentence(doc_id=doc_id, index=len(sentences), block=len(lines), span=span, text=line))
            lines.append(line)
            start = span.end + 1
    text = "\n".join(lines)
    return Document(doc_id=doc_id, title=doc_id, text=text, source=doc_id, blocks=tuple(blocks)), tuple(sentences)


def make_corpus(documents: Mapping[str, Mapping[tuple[str, ...], Sequence[str]]]) -> Corpus:
    """A corpus of such documents, by id."""
    made = [make_document(doc_id, documents[doc_id]) for doc_id in sorted(documents)]
    of = {document.doc_id: sentences for document, sentences in made}
    every = [document for document, _ in made]
    return Corpus(documents=tuple(every), sentences=of, skipped=(), fingerprint=fingerprint_of(every))


def make_chunk(doc_id: str, index: int, text: str, heading_path: tuple[str, ...] = ()) -> Chunk:
    """A chunk of one sentence with that index."""
    sentence = Sentence(doc_id=doc_id, index=index, block=0, span=Span(start=0, end=len(text)), text=text)
    return Chunk(chunk_id=f"{doc_id}#{index}-{index}", doc_id=doc_id, sentences=(sentence,), heading_path=heading_path)


def words_of(words: Iterable[str]) -> Words:
    """A set of words as it is stored."""
    return Words(Strings(*map(memoryview, Words.pack(words))))

"""The kinds of retriever: how each is stored with the documents, and opened."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pmbot.indexing.assembling import ChunkTerms, NamedBlock
from pmbot.indexing.stored import Blocks, StoredCorpus
from pmbot.indexing.tables import Strings
from pmbot.retrieval.params import RetrievalParams
from pmbot.retrieval.protocol import Retriever


@dataclass(frozen=True, slots=True)
class PostingsBackend:
    """Our posting lists, fitted when the documents are indexed and searched where they lie."""

    params: RetrievalParams

    @property
    def signature(self) -> str:
        """`bm25:okapi,` and k1, b, epsilon: the scores are those of BM25Okapi, whoever computes them."""
        return _signature(self.params)

    def blocks(self, terms: ChunkTerms) -> Iterator[NamedBlock]:
        """The posting lists."""
        from pmbot.retrieval.build import build

        postings = build(_texts(terms), k1=self.params.k1, b=self.params.b, epsilon=self.params.epsilon)
        for name, values in postings.blocks().items():
            yield name, values.tobytes()

    def open(self, corpus: StoredCorpus, get: Blocks) -> Retriever:
        """The retriever over the stored lists; nothing is read yet."""
        from pmbot.retrieval.postings import Postings, PostingsRetriever

        postings = Postings.of_blocks(get, corpus.chunk_count)
        return PostingsRetriever(postings, corpus.chunk, corpus.rows_of, self.signature)


@dataclass(frozen=True, slots=True)
class OkapiBackend:
    """rank_bm25, fitted each time the documents are opened: slow, and what our posting lists are held against."""

    params: RetrievalParams

    @property
    def signature(self) -> str:
        """The same as that of the posting lists: they give the same scores."""
        return _signature(self.params)

    def blocks(self, terms: ChunkTerms) -> Iterator[NamedBlock]:
        """The terms of each chunk."""
        yield "chunk_terms.numbers", terms.numbers.tobytes()
        yield "chunk_terms.starts", terms.starts.tobytes()

    def open(self, corpus: StoredCorpus, get: Blocks) -> Retriever:
        """Fit."""
        import numpy as np

        from pmbot.retrieval.okapi import OkapiRetriever

        numbers = np.frombuffer(get("chunk_terms.numbers")[:], dtype=np.uint32)
        starts = np.frombuffer(get("chunk_terms.starts")[:], dtype=np.int64)
        words = list(Strings(get("terms.starts"), get("terms.data")))
        chunks = [corpus.chunk(row) for row in range(corpus.chunk_count)]
        terms = list(_texts(ChunkTerms(numbers, starts, words)))
        return OkapiRetriever(chunks, terms, k1=self.params.k1, b=self.params.b, epsilon=self.params.epsilon)


def _signature(params: RetrievalParams) -> str:
    return f"bm25:okapi,{params.k1:g},{params.b:g},{params.epsilon:g}"


def _texts(terms: ChunkTerms) -> Iterator[Sequence[str]]:
    """The terms of each chunk, as words."""
    starts, word = terms.starts.tolist(), terms.words.__getitem__
    for first, last in itertools.pairwise(starts):
        yield list(map(word, terms.numbers[first:last].tolist()))

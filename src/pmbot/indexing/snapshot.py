"""One immutable state of the indexed knowledge: a question sees exactly one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from pmbot.corpus.chunker import chunks as cut
from pmbot.corpus.store import Corpus
from pmbot.errors import CorpusError
from pmbot.indexing.analysis import Analysis, chunk_terms, sentence_terms
from pmbot.models import Chunk
from pmbot.retrieval.protocol import Retriever

Fit = Callable[[Sequence[Chunk], Sequence[Sequence[str]]], Retriever]


@dataclass(frozen=True, slots=True)
class Recipe:
    """What, besides corpus and analyzer, decides on an index.

    `fit` makes the retriever of chunks and their terms. `chunk_sentences` sentences go into a chunk, the last
    `chunk_overlap` of them again into the next. `version` is pmbot's own, for the signature.
    """

    fit: Fit
    chunk_sentences: int = 3
    chunk_overlap: int = 1
    version: str = ""


@dataclass(frozen=True, slots=True)
class Statistics:
    """Figures of the whole corpus, counted once."""

    documents: int
    sentences: int
    chunks: int
    mean_sentence_terms: float


@dataclass(frozen=True)
class Snapshot:
    """A corpus, its chunks in document order, and the retriever that searches them.

    `signature` names every setting behind an answer in one line; `generation` is twelve hex digits of it, the same for
    the same knowledge and settings on any machine.
    """

    corpus: Corpus
    chunks: tuple[Chunk, ...]
    retriever: Retriever
    statistics: Statistics
    signature: str
    generation: str

    def chunk(self, chunk_id: str) -> Chunk:
        """Return the chunk of that id; CorpusError when there is none."""
        try:
            return self._by_id[chunk_id]
        except KeyError:
            raise CorpusError(f"{chunk_id}: no such chunk in generation {self.generation}; ask this generation for its chunks") from None

    def chunks_of(self, doc_id: str) -> tuple[Chunk, ...]:
        """Return the chunks of a document in order; none when the document is not there or has no text."""
        return self._by_document.get(doc_id, ())

    @cached_property
    def _by_id(self) -> dict[str, Chunk]:
        return {chunk.chunk_id: chunk for chunk in self.chunks}

    @cached_property
    def _by_document(self) -> dict[str, tuple[Chunk, ...]]:
        gathered: dict[str, list[Chunk]] = {}
        for chunk in self.chunks:
            gathered.setdefault(chunk.doc_id, []).append(chunk)
        return {doc_id: tuple(chunks) for doc_id, chunks in gathered.items()}


def build_snapshot(corpus: Corpus, analysis: Analysis, recipe: Recipe) -> Snapshot:
    """Cut, analyse and index `corpus`. Nothing is read from disk; `corpus` is kept, not copied.

    Raises what `recipe.fit` raises, so `RetrieverUnavailable` when its engine cannot be reached.
    """
    sentences = [sentence for document in corpus.documents for sentence in corpus.sentences[document.doc_id]]
    chunks = tuple(
        chunk
        for document in corpus.documents
        for chunk in cut(document, corpus.sentences[document.doc_id], recipe.chunk_sentences, recipe.chunk_overlap)
    )
    terms = sentence_terms(sentences, analysis)
    retriever = recipe.fit(chunks, chunk_terms(chunks, terms, analysis))
    statistics = Statistics(
        documents=len(corpus.documents),
        sentences=len(sentences),
        chunks=len(chunks),
        mean_sentence_terms=sum(map(len, terms.values())) / len(sentences) if sentences else 0.0,
    )
    signature = _signature(corpus, analysis, recipe, retriever)
    generation = hashlib.sha256(signature.encode()).hexdigest()[:12]
    return Snapshot(corpus, chunks, retriever, statistics, signature, generation)


def _signature(corpus: Corpus, analysis: Analysis, recipe: Recipe, retriever: Retriever) -> str:
    parts = [
        f"corpus:{corpus.fingerprint}",
        f"text:{analysis.fingerprint}",
        f"chunk:{recipe.chunk_sentences}/{recipe.chunk_overlap}",
        retriever.signature,
    ]
    if recipe.version:
        parts.append(f"pmbot:{recipe.version}")
    return "|".join(parts)

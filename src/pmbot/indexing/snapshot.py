"""One immutable state of the indexed knowledge: a question sees exactly one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from pmbot.corpus.walk import Skipped
from pmbot.indexing.analysis import Analysis
from pmbot.indexing.assembling import Assembly, ChunkTerms, NamedBlock
from pmbot.indexing.layout import dump
from pmbot.indexing.packing import Cut, Packer
from pmbot.indexing.profile import Profile
from pmbot.indexing.stored import Blocks, StoredCorpus
from pmbot.indexing.tables import Strings, Words
from pmbot.models import Document, Sentence
from pmbot.retrieval.protocol import Retriever


class Backend(Protocol):
    """A kind of retriever: what it stores with the documents, and how it is opened from that."""

    @property
    def signature(self) -> str:
        """Every setting behind the order of hits."""

    def blocks(self, terms: ChunkTerms) -> Iterator[NamedBlock]:
        """What is stored: whatever `open` needs."""

    def open(self, corpus: StoredCorpus, get: Blocks) -> Retriever:
        """The retriever over a stored corpus; RetrieverUnavailable when its engine cannot be reached."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """What, besides documents and analyzer, decides on an index. `version` is pmbot's own, for the signature."""

    backend: Backend
    cut: Cut
    version: str = ""


class Statistics(NamedTuple):
    """Figures of the whole corpus, counted once."""

    documents: int
    sentences: int
    chunks: int
    mean_sentence_terms: float


class HasSentences(Protocol):
    """Documents that were read and cut."""

    @property
    def documents(self) -> Sequence[Document]:
        """All documents, by id."""

    @property
    def sentences(self) -> Mapping[str, Sequence[Sentence]]:
        """The sentences of each document, in order, by document id."""

    @property
    def skipped(self) -> Sequence[Skipped]:
        """The files that were not read, and why."""


@dataclass(frozen=True)
class Snapshot:
    """A corpus, the retriever that searches its chunks, and what is known of its words.

    `signature` names every setting behind an answer in one line; `generation` is twelve hex digits of it, the same for
    the same knowledge and settings on any machine. `languages` are those that documents say they are in, "" for none.
    """

    corpus: StoredCorpus
    retriever: Retriever
    profile: Profile
    statistics: Statistics
    signature: str
    generation: str
    languages: tuple[str, ...] = ()


def build_snapshot(corpus: HasSentences, analysis: Analysis, recipe: Recipe) -> Snapshot:
    """Cut, analyse and index documents in memory; RetrieverUnavailable when the backend's engine cannot be reached."""
    packer = Packer(analysis, recipe.cut)
    for document in corpus.documents:
        packer.add(document, corpus.sentences[document.doc_id])
    meta, blocks = assemble(packer, analysis, recipe)
    held = {name: memoryview(data) for name, data in blocks}
    held["skipped"] = memoryview(dump([list(entry) for entry in corpus.skipped]))
    return open_snapshot(meta, held.__getitem__, recipe)


def assemble(packer: Packer, analysis: Analysis, recipe: Recipe) -> tuple[dict[str, Any], Iterator[NamedBlock]]:
    """The header and the blocks of a generation; the blocks are made one by one as they are taken."""
    assembly = Assembly(packer, analysis)
    fingerprint = assembly.fingerprint
    statistics = Statistics(*assembly.sizes, assembly.mean_sentence_terms)
    parts = [
        f"corpus:{fingerprint}",
        f"text:{analysis.fingerprint}",
        f"chunk:{recipe.cut.size}/{recipe.cut.overlap}",
        recipe.backend.signature,
    ]
    signature = "|".join([*parts, f"pmbot:{recipe.version}"] if recipe.version else parts)
    meta = {"fingerprint": fingerprint, "signature": signature, "statistics": list(statistics), "languages": list(assembly.languages)}
    return meta, _blocks(assembly, recipe.backend)


def open_snapshot(meta: Mapping[str, Any], get: Blocks, recipe: Recipe) -> Snapshot:
    """The snapshot over stored blocks. Reads next to nothing: everything else is fetched when a question needs it."""
    corpus = StoredCorpus(get, meta["fingerprint"])
    lower, names = (Words(Strings(get(f"{name}.starts"), get(f"{name}.data"))) for name in ("lower", "names"))
    return Snapshot(
        corpus=corpus,
        retriever=recipe.backend.open(corpus, get),
        profile=Profile(lower, names, corpus.topics),
        statistics=Statistics(*meta["statistics"]),
        signature=meta["signature"],
        generation=hashlib.sha256(meta["signature"].encode()).hexdigest()[:12],
        languages=tuple(meta.get("languages", ())),
    )


def _blocks(assembly: Assembly, backend: Backend) -> Iterator[NamedBlock]:
    yield from assembly.blocks()
    yield from backend.blocks(assembly.chunk_terms)

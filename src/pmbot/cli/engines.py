"""Engines that measuring needs and answering does not: over documents in memory, and with a threshold of 0."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pmbot.answering.engine import Engine
    from pmbot.cli.knowledge import CliKnowledge, Loader
    from pmbot.config import Configuration
    from pmbot.corpus.walk import Skipped
    from pmbot.models import Document, Sentence


class _Corpus(NamedTuple):
    """Documents in memory, read and cut."""

    documents: Sequence[Document]
    sentences: dict[str, tuple[Sentence, ...]]
    skipped: Sequence[Skipped] = ()


def documents_engine(config: Path | None) -> Callable[[Sequence[Document]], Engine]:
    """What makes an engine over documents, sorted by id, with the settings found from `config` on."""
    from pmbot.answering.engine import Engine
    from pmbot.bootstrap import BACKENDS, build_knowledge
    from pmbot.config import load_configuration
    from pmbot.corpus.units import sentences_of
    from pmbot.indexing.packing import Cut
    from pmbot.indexing.snapshot import Recipe, build_snapshot
    from pmbot.text.sentences import SentenceSplitter
    from pmbot.text.wordlists import read_words
    from pmbot.version import __version__

    configuration = load_configuration(config)
    settings = configuration.settings
    knowledge = build_knowledge(configuration)
    lists = [read_words(configuration.data_file(f"abbreviations.{language}.txt")) for language in settings.text.sentence_languages]
    splitter = SentenceSplitter(frozenset().union(*lists))
    recipe = Recipe(
        backend=BACKENDS[settings.retrieval.backend](settings.retrieval),
        cut=Cut(settings.corpus.chunk_sentences, settings.corpus.chunk_overlap),
        version=__version__,
    )

    def build(documents: Sequence[Document]) -> Engine:
        corpus = _Corpus(documents, {document.doc_id: sentences_of(document, splitter) for document in documents})
        return Engine(build_snapshot(corpus, knowledge.analyzer, recipe), knowledge, settings.answering, settings.retrieval.top_k)

    return build


def eager_loader(index: Path | None = None) -> Loader:
    """Make what loads a knowledge that answers however unsure it is, unless a guard refuses: the settings, with a threshold of 0.

    `index` is the folder of its index, None for the usual one; the threshold is no part of an index.
    """

    def load(knowledge: Path | None, config: Path | None) -> CliKnowledge:
        from pmbot.api import KnowledgeBase
        from pmbot.bootstrap import Builder
        from pmbot.config import load_configuration

        build = Builder(at_threshold(load_configuration(config), 0.0), index=index)
        return KnowledgeBase(lambda: build(knowledge))

    return load


def at_threshold(configuration: Configuration, threshold: float) -> Configuration:
    """The same settings with another threshold of answering."""
    answering = configuration.settings.answering.model_copy(update={"threshold": threshold})
    return replace(configuration, settings=configuration.settings.model_copy(update={"answering": answering}))

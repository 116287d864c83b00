"""Composition root: settings and a folder become an engine. Only this module and `cli/config` read `Settings`."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from pmbot.answering.background import Background, read_background
from pmbot.answering.confidence import ConfidenceModel, read_confidence
from pmbot.answering.engine import Engine, Knowledge
from pmbot.answering.lexicon import Lexicon, read_classes, read_families, read_irregular
from pmbot.answering.policy import Models
from pmbot.answering.span_model import read_weights
from pmbot.answering.templates import Templates
from pmbot.config import Configuration, load_configuration
from pmbot.corpus.store import Corpus, load_corpus
from pmbot.errors import ConfigError
from pmbot.indexing.snapshot import Recipe, build_snapshot
from pmbot.models import Chunk
from pmbot.retrieval.okapi import OkapiRetriever
from pmbot.retrieval.params import RetrievalParams
from pmbot.retrieval.protocol import Retriever
from pmbot.text.analyzer import Analyzer
from pmbot.text.sentences import SentenceSplitter
from pmbot.text.wordlists import read_demonyms, read_words
from pmbot.version import __version__
from pmbot.yamlfile import read_model

Fit = Callable[[Sequence[Chunk], Sequence[Sequence[str]]], Retriever]


def _fit_okapi(params: RetrievalParams) -> Fit:
    return lambda chunks, terms: OkapiRetriever(chunks, terms, k1=params.k1, b=params.b, epsilon=params.epsilon)


_ANSWER_FILES = (
    "templates.{language}.yaml",
    "synonyms.{language}.txt",
    "thesaurus.{language}.txt",
    "derivations.{language}.txt",
    "background.{language}.txt",
    "spans.{language}.json",
    "confidence.{language}.json",
)
BACKENDS: Mapping[str, Callable[[RetrievalParams], Fit]] = {"okapi": _fit_okapi}


def engine_builder(config: Path | None = None) -> Callable[[Path | None], Engine]:
    """Find the settings from `config` on, and return what makes an engine over a folder or file (None: the `knowledge` setting).

    Raises `ConfigError` at once; the builder raises `CorpusError` and `EmptyCorpus`.
    """
    configuration = load_configuration(config)
    backend = configuration.settings.retrieval.backend
    if backend not in BACKENDS:
        raise ConfigError(f"retrieval.backend: {backend!r} is unknown; use one of {', '.join(sorted(BACKENDS))}")
    knowledge = build_knowledge(configuration)
    return lambda root: build_engine(root or configuration.settings.knowledge, configuration, knowledge)


def build_engine(root: Path, configuration: Configuration, knowledge: Knowledge) -> Engine:
    """Read the documents at `root` and make an engine over them; `CorpusError` or `EmptyCorpus` when there is nothing to read."""
    settings = configuration.settings
    corpus = read_corpus(root, configuration)
    recipe = Recipe(
        fit=BACKENDS[settings.retrieval.backend](settings.retrieval),
        chunk_sentences=settings.corpus.chunk_sentences,
        chunk_overlap=settings.corpus.chunk_overlap,
        version=__version__,
    )
    return Engine(build_snapshot(corpus, knowledge.analyzer, recipe), knowledge, settings.answering, settings.retrieval.top_k)


def read_corpus(root: Path, configuration: Configuration) -> Corpus:
    """Read and cut the documents at `root`."""
    settings = configuration.settings
    abbreviations: set[str] = set()
    for language in settings.text.sentence_languages:
        abbreviations |= read_words(configuration.data_file(f"abbreviations.{language}.txt"))
    return load_corpus(root, SentenceSplitter(frozenset(abbreviations)), settings.corpus)


def build_knowledge(configuration: Configuration) -> Knowledge:
    """Read the word lists and texts of the configured language."""
    language = configuration.settings.text.language
    stopwords = read_words(configuration.data_file(f"stopwords.{language}.txt"))
    demonyms = read_demonyms(configuration.data_file("demonyms.yaml"))
    irregular = configuration.find(f"irregular.{language}.txt")
    analyzer = Analyzer(stopwords, demonyms, language, read_irregular(irregular) if irregular else None)
    return Knowledge(
        fingerprint=_fingerprint(configuration),
        analyzer=analyzer,
        lexicon=_lexicon(configuration, analyzer),
        templates=read_model(configuration.data_file(f"templates.{language}.yaml"), Templates, error=ConfigError),
        places=frozenset(demonyms.values()),
        demonyms=frozenset(demonyms),
        stopwords=stopwords,
        stop_terms=frozenset(analyzer.stem(word) for word in stopwords),
        background=_background(configuration),
        models=_models(configuration),
    )


def _lexicon(configuration: Configuration, analyzer: Analyzer) -> Lexicon:
    language = configuration.settings.text.language

    def terms_of(phrase: str) -> tuple[str, ...]:
        return tuple(token.term for token in analyzer.tokens(phrase))

    entries = []
    for name, source in ((f"synonyms.{language}.txt", "author synonym"), (f"thesaurus.{language}.txt", "thesaurus")):
        path = configuration.find(name)
        entries += read_classes(path, terms_of, source) if path else []
    families = configuration.find(f"derivations.{language}.txt")
    entries += read_families(families, terms_of) if families else []
    return Lexicon(entries)


def _fingerprint(configuration: Configuration) -> str:
    """Six hex digits over everything that words, weights and texts of answers are read from."""
    language = configuration.settings.text.language
    digest = hashlib.sha256()
    for name in _ANSWER_FILES:
        path = configuration.find(name.format(language=language))
        digest.update(path.read_bytes() if path else b"\x00")
    digest.update(configuration.settings.answering.model_dump_json().encode())
    return digest.hexdigest()[:6]


def _models(configuration: Configuration) -> Models:
    language = configuration.settings.text.language
    spans, confidence = configuration.find(f"spans.{language}.json"), configuration.find(f"confidence.{language}.json")
    return Models(read_weights(spans) if spans else {}, read_confidence(confidence) if confidence else ConfidenceModel({}))


def _background(configuration: Configuration) -> Background:
    path = configuration.find(f"background.{configuration.settings.text.language}.txt")
    return read_background(path) if path else Background()

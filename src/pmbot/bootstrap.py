"""Composition root: settings and a folder become an engine. Only this module and `cli/config` read `Settings`."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING

from pmbot.answering import background, lexicon
from pmbot.answering.background import Background, read_background
from pmbot.answering.confidence import ConfidenceModel, read_confidence
from pmbot.answering.engine import Engine, Knowledge
from pmbot.answering.foreign import FunctionWords, read_function_words
from pmbot.answering.language import ENGLISH, Language
from pmbot.answering.language_file import language_of
from pmbot.answering.lexicon import Lexicon, read_entries, read_irregular, table_of
from pmbot.answering.ordinary import OrdinaryWords, read_ordinary_words
from pmbot.answering.policy import Models
from pmbot.answering.span_model import read_weights
from pmbot.answering.spoken import Makers, Spoken
from pmbot.answering.templates import KEYWORDS, Templates
from pmbot.answering.tongues import Tongues
from pmbot.config import Configuration, load_configuration
from pmbot.corpus.readers import readers_fingerprint
from pmbot.corpus.store import Corpus, read_documents, sandbox_for
from pmbot.corpus.units import UNITS, sentences_of
from pmbot.corpus.walk import Found, walk
from pmbot.errors import ConfigError, StateError, UnusableIndex
from pmbot.indexing.backends import OkapiBackend, PostingsBackend
from pmbot.indexing.indexer import Indexer, Listener, Source
from pmbot.indexing.packing import Cut
from pmbot.indexing.place import index_folder
from pmbot.indexing.snapshot import Backend, Recipe, Snapshot, build_snapshot
from pmbot.models import Document, Sentence
from pmbot.retrieval.params import RetrievalParams
from pmbot.storage.clock import now_ns
from pmbot.storage.generations import GenerationFolder
from pmbot.storage.parsed import ParsedYaml
from pmbot.storage.prepared import Prepared, code_of
from pmbot.text.analyzer import Analyzer
from pmbot.text.sentences import SentenceSplitter
from pmbot.text.wordlists import read_demonyms, read_words
from pmbot.version import __version__
from pmbot.yamlfile import Parse, read_model

if TYPE_CHECKING:
    from pmbot.corpus.sandbox import Sandbox

_ANSWER_FILES = (
    "templates.{0}.yaml synonyms.{0}.txt thesaurus.{0}.txt derivations.{0}.txt background.{0}.txt spans.{0}.json confidence.{0}.json"
    " language.{0}.txt"
).split()
BACKENDS: Mapping[str, Callable[[RetrievalParams], Backend]] = {"postings": PostingsBackend, "okapi": OkapiBackend}


class Builder:
    """Makes engines over folders and files with settings and word lists that were read once."""

    def __init__(
        self,
        configuration: Configuration,
        knowledge: Knowledge | None = None,
        *,
        index: Path | None = None,
        listener: Listener | None = None,
    ) -> None:
        """`index` is the folder to keep the index in, instead of the configured one; `listener` is told how indexing goes.

        ConfigError when a setting or word list is wrong.
        """
        backend = configuration.settings.retrieval.backend
        if backend not in BACKENDS:
            raise ConfigError(f"retrieval.backend: {backend!r} is unknown; use one of {', '.join(sorted(BACKENDS))}")
        self._settings, self._index, self._listener = configuration.settings, index, listener or Listener()
        self._words = knowledge or build_knowledge(configuration)
        self._tongues = _spoken(configuration, self._words)
        self._splitter = SentenceSplitter(_abbreviations(configuration))
        self._source = _source(configuration, self._tongues)

    @classmethod
    def of(cls, config: Path | None, *, index: Path | None = None, listener: Listener | None = None) -> Builder:
        """With the settings found from `config` on."""
        return cls(load_configuration(config), index=index, listener=listener)

    @property
    def knowledge(self) -> Path:
        """The configured folder or file."""
        return self._settings.knowledge

    def __call__(self, root: Path | None = None) -> Engine:
        """An engine over the documents at `root` (None: the `knowledge` setting) as they are now.

        CorpusError, EmptyCorpus when there is nothing to read, StateError when there can be no index where one was asked for.
        """
        where = root or self._settings.knowledge
        return self._engine(self._indexer(where).snapshot(where, self._listener))

    def afresh(self, root: Path | None = None) -> Engine:
        """The same, made of the documents alone; the stored index, which proved damaged, is replaced."""
        where = root or self._settings.knowledge
        return self._engine(self._indexer(where).afresh(where, self._listener))

    def over(self, documents: Sequence[Document]) -> Engine:
        """An engine over documents in memory, sorted by id; no index is kept of them."""
        cut = {document.doc_id: sentences_of(document, self._splitter) for document in documents}
        held = Corpus(documents=tuple(documents), sentences=cut, skipped=(), fingerprint="")
        return self._engine(build_snapshot(held, self._tongues.analyzers, self._recipe))

    def _engine(self, snapshot: Snapshot) -> Engine:
        tongues = self._tongues.of(snapshot, lambda words: self._engine_of(snapshot, words))
        words = self._words if tongues is None else self._tongues.over(self._words, snapshot)
        return self._engine_of(snapshot, words, tongues)

    def _engine_of(self, snapshot: Snapshot, knowledge: Knowledge, tongues: Tongues[Engine] | None = None) -> Engine:
        return Engine(snapshot, knowledge, self._settings.answering, self._settings.retrieval.top_k, tongues)

    def _indexer(self, root: Path) -> Indexer:
        folder = index_folder(root, self._settings.index, self._index, self._listener)
        kept = GenerationFolder(folder) if folder is not None else None
        return Indexer(self._source, self._tongues.analyzers, self._recipe, kept)

    @property
    def _recipe(self) -> Recipe:
        settings = self._settings
        backend, cut = BACKENDS[settings.retrieval.backend](settings.retrieval), settings.corpus
        return Recipe(backend, Cut(cut.chunk_sentences, cut.chunk_overlap), __version__)


def index_path(root: Path | None, config: Path | None, index: Path | None) -> Path | None:
    """The file that the index of `root` (None: the `knowledge` setting) is kept in, there or not; None when it is not kept."""
    settings = load_configuration(config).settings
    folder = index_folder(root or settings.knowledge, settings.index, index, Listener())
    return GenerationFolder(folder).path if folder is not None else None


def verify_index(path: Path) -> str | None:
    """Check every byte of the index at `path`. What is wrong, and then the index is gone; None when nothing is, or there is none."""
    try:
        with GenerationFolder(path.parent).open() or nullcontext() as generation:
            if generation is not None:
                generation.verify()
    except UnusableIndex as problem:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise StateError(f"{problem} It cannot be removed: {error.strerror}.") from error
        return str(problem)
    return None


class _Reading:
    """Reads and cuts files. Parsers of untrusted formats share one process, started for the first file that needs it."""

    def __init__(self, configuration: Configuration, tongues: Spoken) -> None:
        self._params, abbreviations, self._tongues = configuration.settings.corpus, _abbreviations(configuration), tongues
        self._splitter = SentenceSplitter(abbreviations)
        self._sandbox: Sandbox | None = None
        cutting = self._splitter.fingerprint, UNITS
        made_of = repr((cutting, self._params.model_dump_json(), readers_fingerprint(), tongues.fingerprint))
        self.fingerprint = hashlib.sha256(made_of.encode()).hexdigest()[:12]

    def read(self, found: Found, saw: Callable[[bytes], object]) -> list[tuple[Document, tuple[Sentence, ...]]]:
        """The documents of a file with their sentences; `saw` is given its bytes. UnreadableDocument when it has none."""
        if self._sandbox is None:
            self._sandbox = sandbox_for(self._params)
        documents = map(self._tongues.told, read_documents(found, self._params, self._sandbox, saw=saw))
        return [(document, sentences_of(document, self._splitter)) for document in documents]

    def done(self) -> None:
        """Let the parsers' process end."""
        if self._sandbox is not None:
            self._sandbox.close()
            self._sandbox = None


def _source(configuration: Configuration, tongues: Spoken) -> Source:
    """How documents are read, told apart by language and cut into sentences."""
    reading = _Reading(configuration, tongues)
    return Source(walk, reading.read, reading.fingerprint, now_ns, reading.done)


def _spoken(configuration: Configuration, words: Knowledge) -> Spoken:
    """The languages that documents may be in."""

    def knowledge(code: str) -> Knowledge:
        return build_knowledge(configuration.in_language(code))

    def analyzer(code: str) -> Analyzer:
        other = configuration.in_language(code)
        return _analyzer(other, _stopwords(other, {}), language_of(code, configuration.find(f"language.{code}.txt")))

    return Spoken(configuration.settings.text.language, words, configuration.find, Makers(knowledge, analyzer))


def _abbreviations(configuration: Configuration) -> frozenset[str]:
    found: set[str] = set()
    for language in configuration.settings.text.sentence_languages:
        found |= read_words(configuration.data_file(f"abbreviations.{language}.txt"))
    return frozenset(found)


def build_knowledge(configuration: Configuration) -> Knowledge:
    """Read the word lists and texts of the configured language; what it has no file for is left out, and said in English."""
    language, prepared = configuration.settings.text.language, Prepared.usual(os.environ)
    grammar = language_of(language, configuration.find(f"language.{language}.txt"))
    function_words, parse = _function_words(configuration), ParsedYaml(prepared)
    stopwords = _stopwords(configuration, function_words)
    demonyms = read_demonyms(configuration.data_file("demonyms.yaml"), parse)
    analyzer = _analyzer(configuration, stopwords, grammar, demonyms)
    return Knowledge(
        fingerprint=_fingerprint(configuration),
        analyzer=analyzer,
        lexicon=_lexicon(configuration, analyzer, prepared),
        templates=_templates(configuration, parse),
        places=frozenset(demonyms.values()),
        demonyms=frozenset(demonyms),
        stopwords=stopwords,
        stop_terms=frozenset(analyzer.stem(word) for word in stopwords),
        background=_background(configuration, prepared),
        function_words=FunctionWords.against(language, stopwords, function_words),
        models=_models(configuration),
        language=grammar,
        ordinary_words=OrdinaryWords(lambda: read_ordinary_words(_synonyms(configuration))),
    )


def _analyzer(
    configuration: Configuration, stopwords: frozenset[str], grammar: Language, demonyms: Mapping[str, str] | None = None
) -> Analyzer:
    """The analyzer of a language; `demonyms` may have been read already."""
    read = read_demonyms(configuration.data_file("demonyms.yaml")) if demonyms is None else demonyms
    irregular = configuration.find(f"irregular.{grammar.code}.txt")
    return Analyzer(stopwords, read, grammar.code, read_irregular(irregular) if irregular else None, grammar.signs)


def _function_words(configuration: Configuration) -> dict[str, frozenset[str]]:
    path = configuration.find("function-words.txt")
    return read_function_words(path) if path else {}


def _stopwords(configuration: Configuration, function_words: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The stopwords of the configured language; of a language without a list its function words, if those are known."""
    language = configuration.settings.text.language
    path = configuration.find(f"stopwords.{language}.txt")
    if path is None and language == ENGLISH.code:
        path = configuration.data_file("stopwords.en.txt")
    return read_words(path) if path else function_words.get(language, frozenset())


def _templates(configuration: Configuration, parse: Parse | None = None) -> Templates:
    """The texts of the configured language; where there are none the English ones, whose example questions nobody could answer."""
    path = configuration.find(f"templates.{configuration.settings.text.language}.yaml")
    templates = read_model(path or configuration.data_file("templates.en.yaml"), Templates, error=ConfigError, parse=parse)
    return templates if path is not None else templates.model_copy(update={"examples": KEYWORDS})


def _lexicon(configuration: Configuration, analyzer: Analyzer, prepared: Prepared) -> Lexicon:
    """Of thousands of phrases, each of them analysed: done once for the same lists and the same analysis."""
    paths = _synonyms(configuration)

    def terms_of(phrase: str) -> tuple[str, ...]:
        return tuple(token.term for token in analyzer.tokens(phrase))

    made_of = [b"lexicon", code_of(lexicon), analyzer.fingerprint.encode(), *(path.read_bytes() if path else b"" for path in paths)]
    return Lexicon.of_table(prepared.get(made_of, lambda: table_of(read_entries(*paths, terms_of=terms_of))))


def _synonyms(configuration: Configuration) -> list[Path | None]:
    """The author's synonyms, the thesaurus and the derivations of the configured language; None for one that is not there."""
    language = configuration.settings.text.language
    return [configuration.find(f"{name}.{language}.txt") for name in ("synonyms", "thesaurus", "derivations")]


def _fingerprint(configuration: Configuration) -> str:
    """Six hex digits over everything that words, weights and texts of answers are read from."""
    language = configuration.settings.text.language
    digest = hashlib.sha256()
    for name in _ANSWER_FILES:
        path = configuration.find(name.format(language))
        digest.update(path.read_bytes() if path else b"\x00")
    digest.update(configuration.settings.answering.model_dump_json().encode())
    return digest.hexdigest()[:6]


def _models(configuration: Configuration) -> Models:
    language = configuration.settings.text.language
    spans, confidence = configuration.find(f"spans.{language}.json"), configuration.find(f"confidence.{language}.json")
    return Models(read_weights(spans) if spans else {}, read_confidence(confidence) if confidence else ConfidenceModel({}))


def _background(configuration: Configuration, prepared: Prepared) -> Background:
    path = configuration.find(f"background.{configuration.settings.text.language}.txt")
    if path is None:
        return Background()
    made_of = [b"background", code_of(background), path.read_bytes()]
    return Background(*prepared.get(made_of, lambda: astuple(read_background(path))))

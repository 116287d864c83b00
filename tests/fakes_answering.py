"""A small world of invented things for tests of the answer layer: documents written in a line or two, and every step up to a ranking."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

from pmbot.answering.background import Background
from pmbot.answering.case import Case
from pmbot.answering.evidence import Candidate, Ranking, rank
from pmbot.answering.lexicon import Lexicon
from pmbot.answering.mentions import NameHints, find_mentions
from pmbot.answering.query import Frequencies, Query, Weights, make_query
from pmbot.answering.question import QuestionReader
from pmbot.answering.templates import Templates
from pmbot.answering.views import View, Views
from pmbot.corpus.store import Corpus, fingerprint_of
from pmbot.errors import ConfigError
from pmbot.indexing.packing import Cut
from pmbot.indexing.snapshot import Recipe, build_snapshot
from pmbot.models import Block, Document, Hit, Locator, Question, Reading, Sentence, Span
from pmbot.text.analyzer import Analyzer
from pmbot.text.figures.finding import Mention
from pmbot.yamlfile import parse_model
from tests.fakes import FittedBackend, chunks_of

STOPWORDS = frozenset(
    "a about an and any are at be been by did do does for from had has have he her him his how i in is it its many me much my no not of on"
    " or she that the their them there these they this to was were what when where which who whom whose why us we will"
    " with would you".split()
)
DEMONYMS = {"norwegian": "norway", "chilean": "chile"}
ANALYZER = Analyzer(STOPWORDS, DEMONYMS, "en", {"built": "build"})
STOP_TERMS = frozenset(ANALYZER.stem(word) for word in STOPWORDS)
HINTS = NameHints(frozenset(DEMONYMS.values()), frozenset(DEMONYMS), frozenset({"lamp", "bridge", "sales"}), STOPWORDS)

TEMPLATES_TEXT = """\
language: en
answered:
  short: "{short} {marker}"
  plain: "The documents say: {marker}"
  "yes": "Yes: {marker}"
  "no": "No: {marker}"
  comparison: "{short} - both {marker}"
  aggregation: "This is said: {marker}"
  disagreement: "Not one figure: {figures}"
  figure: "{short} {marker}"
refused:
  absent_name: "Never mentioned: {missing}."
  type_absent: "Not said."
  type_absent_when: "Not said when."
  unsure: "Unsure about {missing}."
  unsure_bare: "Unsure."
  no_words: "Nothing to search for:\\n{examples}"
parts:
  unanswered: "Not answered: {part} {reason}"
notes:
  spelling: "{written} is {read}"
  follow_up: "as: {read}"
  more: "more: {read}"
  many: "the first {limit}"
  cut: "cut at {limit}"
and: " and "
small_talk:
  greeting:
    phrases: ["hello", "good day"]
    text: "Hello! {examples}"
"""
TEMPLATES = parse_model(TEMPLATES_TEXT, Templates, error=ConfigError, where="templates.yaml")


def written(doc_id: str, text: str, title: str | None = None) -> tuple[Document, tuple[Sentence, ...]]:
    """A document: blocks stand apart by an empty line, sentences of one block by ` | `; `# ` and `## ` open headings."""
    blocks: list[Block] = []
    sentences: list[Sentence] = []
    path: list[str] = []
    whole, line = "", 1
    for source in text.split("\n\n"):
        level = len(source) - len(source.lstrip("#"))
        pieces = source.lstrip("# ").split(" | ") if level else source.split(" | ")
        if level:
            path = [*path[: level - 1], pieces[0]]
        start = at = len(whole)
        for piece in pieces:
            span = Span(start=at, end=at + len(piece))
            sentences.append(Sentence(doc_id=doc_id, index=len(sentences), block=len(blocks), span=span, text=piece))
            at += len(piece) + 1
        locator = Locator(line=line, heading_path=tuple(path))
        blocks.append(Block(span=Span(start=start, end=at - 1), kind="heading" if level else "paragraph", locator=locator))
        whole += " ".join(pieces) + "\n\n"
        line = whole.count("\n") + 1
    document = Document(doc_id=doc_id, title=doc_id if title is None else title, text=whole, source=doc_id, blocks=tuple(blocks))
    return document, tuple(sentences)


def corpus_of(texts: Mapping[str, str]) -> Corpus:
    """A corpus of such documents, by id."""
    made = [written(doc_id, texts[doc_id]) for doc_id in sorted(texts)]
    documents = [document for document, _ in made]
    sentences = {document.doc_id: cut for document, cut in made}
    return Corpus(documents=tuple(documents), sentences=sentences, skipped=(), fingerprint=fingerprint_of(documents))


def mentions_of(text: str) -> tuple[Mention, ...]:
    """The mentions of a text, told by the hints of this world."""
    return find_mentions(text, HINTS)


def view_of(text: str) -> View:
    """The view of one sentence on its own."""
    sentence = Sentence(doc_id="one.txt", index=0, block=0, span=Span(start=0, end=len(text)), text=text)
    return Views(ANALYZER, HINTS, build_snapshot(corpus_of({}), ANALYZER, Recipe(FittedBackend(), Cut(3, 1))).corpus).of_sentence(sentence)


class World:
    """Everything between texts and a ranking, put together as the engine does, with the retriever that walks a list."""

    def __init__(self, texts: Mapping[str, str] | Corpus, lexicon: Lexicon | None = None, background: Background | None = None) -> None:
        self.corpus = texts if isinstance(texts, Corpus) else corpus_of(texts)
        self.lexicon, self.background = lexicon or Lexicon(()), background or Background()
        self.snapshot = build_snapshot(self.corpus, ANALYZER, Recipe(FittedBackend(), Cut(3, 1)))
        self.profile = self.snapshot.profile
        self.hints = HINTS._replace(lower=self.profile.lower)
        self.views = Views(ANALYZER, self.hints, self.snapshot.corpus)
        self.reader = QuestionReader(ANALYZER, self.profile, self.background)

    def reading(self, text: str) -> Reading:
        return self.reader.read(Question(text=text))

    def query(self, text: str) -> Query:
        tokens = ANALYZER.tokens(text)
        terms = sorted({token.term for token in tokens})
        counts = dict(zip(terms, self.snapshot.retriever.document_frequency(terms), strict=True))
        weights = Weights(Frequencies(counts, max(1, self.snapshot.retriever.size)), self.background)
        return make_query(self.reading(text), tokens, self.lexicon, weights)

    def hits(self, text: str, top_k: int = 12) -> tuple[Hit, ...]:
        return self.snapshot.retriever.retrieve(self.query(text).search_terms(STOP_TERMS), top_k=top_k)

    def ranking(self, text: str, hits: Sequence[Hit] | None = None) -> Ranking:
        found = self.hits(text) if hits is None else hits
        return rank(self.query(text), found, self.views, self.snapshot.statistics.mean_sentence_terms)

    def features(self, text: str) -> dict[str, dict[str, float]]:
        """Feature values by name, by sentence."""
        return {e.sentence.text: {f.name: f.value for f in e.features} for e in self.ranking(text).evidence}

    def case(self, text: str, sentence: str) -> Case:
        """What the guards see when the sentence that opens with `sentence` is the best."""
        ranking = self.ranking(text)
        candidate = next(c for c in self._candidates(text, ranking) if c.view.sentence.text.startswith(sentence))
        frequency = self.snapshot.retriever.document_frequency
        absent = frozenset(
            place
            for place, (known, options) in enumerate(zip(ranking.query.known, ranking.query.alternatives, strict=True))
            if not known and not any(all(frequency(sorted(option.terms))) for option in options)
        )
        names = set(self.profile.names) | set(DEMONYMS) | set(DEMONYMS.values())
        topic = self.profile.topics[candidate.view.sentence.doc_id]
        places = frozenset(ANALYZER.stem(place) for place in DEMONYMS.values())
        return Case(ranking.query, candidate, ranking.matcher, topic, absent, names, places)

    def _candidates(self, text: str, ranking: Ranking) -> Sequence[Candidate]:
        """All sentences as candidates, found or not, so that a guard can be shown any of them."""
        hits = tuple(Hit(chunk=chunk, score=0.0, rank=rank) for rank, chunk in enumerate(chunks_of(self.snapshot), 1))
        return tuple(itertools.chain(ranking.candidates, *(self.ranking(text, (hit,)).candidates for hit in hits)))

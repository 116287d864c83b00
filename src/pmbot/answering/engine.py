"""The one place where the steps are composed: question → reading → hits → evidence → decision → answer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from pmbot.answering.background import Background
from pmbot.answering.evidence import Ranking, rank
from pmbot.answering.examples import example_questions
from pmbot.answering.followup import FollowUps
from pmbot.answering.guards import Case
from pmbot.answering.lexicon import Lexicon
from pmbot.answering.mentions import NameHints, find_mentions
from pmbot.answering.params import AnsweringParams
from pmbot.answering.policy import decide
from pmbot.answering.profile import Profile
from pmbot.answering.query import Frequencies, Query, Weights, make_query
from pmbot.answering.question import QuestionReader
from pmbot.answering.spelling import Speller
from pmbot.answering.templates import Templates, example_lines
from pmbot.answering.views import Views
from pmbot.indexing.snapshot import Snapshot
from pmbot.models import Answer, Citation, Decision, Evidence, Question, QuestionType, Reading, Span, Status, Trace
from pmbot.text.analyzer import Analyzer, Token
from pmbot.text.normalize import clean

HISTORY = 3  # earlier questions looked at


@dataclass(frozen=True)
class Knowledge:
    """What an engine needs besides its snapshot: word lists and texts of one language."""

    analyzer: Analyzer
    lexicon: Lexicon
    templates: Templates
    places: frozenset[str]
    demonyms: frozenset[str]
    stopwords: frozenset[str]
    stop_terms: frozenset[str]
    background: Background


class Engine:
    """Answers questions about one snapshot. Immutable: same question, same answer."""

    def __init__(self, snapshot: Snapshot, knowledge: Knowledge, params: AnsweringParams, top_k: int) -> None:
        self.snapshot, self._knowledge, self._params, self._top_k = snapshot, knowledge, params, top_k
        analyzer = knowledge.analyzer
        self._profile = Profile.of(snapshot.corpus, analyzer)
        self._hints = NameHints(knowledge.places, knowledge.demonyms, self._profile.lower, knowledge.stopwords)
        self._views = Views(analyzer, self._hints, snapshot.corpus.sentences.__getitem__, snapshot.corpus.document)
        self._reader = QuestionReader(analyzer, self._profile, knowledge.background)
        self._follow_ups = FollowUps(analyzer, lambda text: find_mentions(text, self._hints))
        self._speller = Speller(analyzer, self._profile.lower | self._profile.names, knowledge.background)
        self._place_terms = frozenset(analyzer.stem(place) for place in knowledge.places)
        self._names = self._profile.names | knowledge.places | knowledge.demonyms
        self._recent = lru_cache(maxsize=256)(self._trace)

    @property
    def signature(self) -> str:
        """Every setting behind an answer, in one line."""
        return self.snapshot.signature

    def ask(self, question: Question) -> Answer:
        """The answer to `question`."""
        return self.trace(question).answer

    def trace(self, question: Question) -> Trace:
        """The answer and everything that led to it."""
        return self._recent(question)

    @cached_property
    def examples(self) -> tuple[str, ...]:
        """Three questions that these documents answer, checked by asking them."""
        return example_questions(self._views, self.snapshot.corpus, self._profile, self._is_answered)

    def _is_answered(self, text: str) -> bool:
        return self.ask(Question(text=text)).answered

    def _trace(self, question: Question) -> Trace:
        text = clean(question.text)
        notes: tuple[str, ...] = ()
        limit = self._params.max_question_chars
        if len(text) > limit:
            text, notes = text[:limit], (self._knowledge.templates.notes.cut.format_map({"limit": limit}),)
        words = [token.norm for token in self._knowledge.analyzer.tokens(text)]
        if not words:
            return self._without_search(question, "empty", self._knowledge.templates.refused["empty"])
        talk = self._knowledge.templates.small_talk_for(words)
        if talk is not None:
            return self._without_search(question, "small_talk", talk)
        text, more = self._standing_alone(text, question)
        text, corrected = self._spelled(text)
        return self._search(question, self._reader.read(question, text, (*notes, *more, *corrected)))

    def _standing_alone(self, text: str, question: Question) -> tuple[str, tuple[str, ...]]:
        """Resolve a follow-up against the question before it."""
        history = question.history[-HISTORY:]
        if not history or not self._follow_ups.needs_history(text):
            return text, ()
        earlier = self.trace(Question(text=history[-1], history=history[:-1], doc_id=question.doc_id))
        read = self._follow_ups.resolve(text, earlier.reading.text, earlier.answer)
        if read is None:
            return text, ()
        return read, (self._knowledge.templates.notes.follow_up.format_map({"read": read}),)

    def _spelled(self, text: str) -> tuple[str, tuple[str, ...]]:
        """Correct typos towards the documents' words."""
        read, corrections = self._speller.correct(text, self._is_known)
        note = self._knowledge.templates.notes.spelling
        return read, tuple(note.format_map(c._asdict()) for c in corrections)

    def _is_known(self, token: Token) -> bool:
        return self.snapshot.retriever.document_frequency([token.term])[0] > 0 or bool(self._knowledge.lexicon.alternatives((token.term,)))

    def _search(self, question: Question, reading: Reading) -> Trace:
        analyzer, retriever = self._knowledge.analyzer, self.snapshot.retriever
        tokens = analyzer.tokens(reading.text)
        terms = sorted({t.term for t in tokens} | {t.term for t in reading.key_terms})
        frequencies = Frequencies(dict(zip(terms, retriever.document_frequency(terms), strict=True)), max(1, retriever.size))
        query = make_query(reading, tokens, self._knowledge.lexicon, Weights(frequencies, self._knowledge.background))
        hits = retriever.retrieve(query.search_terms(self._knowledge.stop_terms), top_k=self._top_k, doc_id=question.doc_id) if query.terms else ()
        ranking = rank(query, hits, self._views, self.snapshot.statistics.mean_sentence_terms)
        decision = decide(ranking, self._cases(ranking), self._params)
        answer = self._answer(question, reading, decision)
        return Trace(question=question, reading=reading, hits=hits, evidence=ranking.evidence, decision=decision, answer=answer)

    def _cases(self, ranking: Ranking) -> list[Case]:
        absent = self._absent(ranking.query)
        return [
            Case(ranking.query, candidate, ranking.matcher, self._profile.topics[candidate.view.sentence.doc_id], absent, self._names, self._place_terms)
            for candidate in ranking.candidates
        ]

    def _absent(self, query: Query) -> frozenset[int]:
        """The places of the terms that occur nowhere, neither themselves nor in words that may stand for them."""
        absent = set()
        for place, (known, options) in enumerate(zip(query.known, query.alternatives, strict=True)):
            others = [sorted(option.terms) for option in options]
            if not known and not any(all(self.snapshot.retriever.document_frequency(terms)) for terms in others):
                absent.add(place)
        return frozenset(absent)

    def _answer(self, question: Question, reading: Reading, decision: Decision) -> Answer:
        citations = self._citations(decision.evidence)
        answered = decision.status is Status.ANSWERED
        highlights = tuple(self._quote(doc_id, span, 1) for doc_id, span in decision.highlights)
        short = ", ".join(h.quote for h in highlights) or None
        templates = self._knowledge.templates
        if answered:
            text = templates.answer_text(decision, reading, short, "".join(f"[{c.marker}]" for c in citations))
        else:
            needs_examples = decision.status is Status.NOTHING_TO_SEARCH
            text = templates.refusal_text(decision, reading, self.examples if needs_examples else ())
        return Answer(
            question=question,
            status=decision.status,
            highlights=highlights,
            verdict=decision.verdict,
            citations=citations if answered else (),
            closest=() if answered else citations,
            missing_terms=decision.missing_terms,
            confidence=decision.confidence,
            text=text,
            reason=decision.reason,
            notes=reading.notes,
            signature=self.signature,
        )

    def _citations(self, evidence: tuple[Evidence, ...]) -> tuple[Citation, ...]:
        return tuple(self._quote(e.sentence.doc_id, e.sentence.span, marker) for marker, e in enumerate(evidence, 1))

    def _quote(self, doc_id: str, span: Span, marker: int) -> Citation:
        return Citation.quoting(self.snapshot.corpus.document(doc_id), span, marker)

    def _without_search(self, question: Question, reason: str, template: str) -> Trace:
        """The reply to small talk and to nothing at all: help, with examples."""
        decision = Decision(status=Status.NOTHING_TO_SEARCH, confidence=0.0, reason=reason)
        answer = Answer(
            question=question,
            status=decision.status,
            confidence=0.0,
            text=template.format_map({"examples": example_lines(self.examples), "missing": ""}),
            reason=reason,
            signature=self.signature,
        )
        return Trace(question=question, reading=Reading(text=question.text, type=QuestionType.SMALL_TALK), decision=decision, answer=answer)

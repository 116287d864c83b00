"""The one place where the steps are composed: question → reading → hits → evidence → decision → answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NamedTuple

from pmbot.answering.antecedents import Turn
from pmbot.answering.background import Background
from pmbot.answering.case import Case
from pmbot.answering.compose import Composer, Part, nothing_to_search
from pmbot.answering.conversation import Root, meant, more, root_of, turns_before
from pmbot.answering.disagreement import with_rivals
from pmbot.answering.evidence import Ranking, rank
from pmbot.answering.examples import example_questions
from pmbot.answering.followup import FollowUps
from pmbot.answering.foreign import FunctionWords, is_foreign
from pmbot.answering.language import ENGLISH, Language
from pmbot.answering.lexicon import Lexicon, any_held
from pmbot.answering.lives import with_life
from pmbot.answering.mentions import NameHints, find_mentions
from pmbot.answering.ordinary import OrdinaryWords
from pmbot.answering.params import AnsweringParams
from pmbot.answering.parts import MOST_PARTS, questions_in, sides_of
from pmbot.answering.policy import Models, Policy
from pmbot.answering.query import Frequencies, Query, Weights, make_query, weighted
from pmbot.answering.question import QuestionReader
from pmbot.answering.searching import find_hits
from pmbot.answering.spelling import Known, Speller
from pmbot.answering.statements import StatementReader
from pmbot.answering.tabular import TableReader
from pmbot.answering.templates import Templates
from pmbot.answering.tongues import Tongues
from pmbot.answering.views import Views
from pmbot.answering.word_sets import AnyOf
from pmbot.indexing.snapshot import Snapshot
from pmbot.models import Answer, Decision, Evidence, Hit, Question, QuestionType, Reading, Status, Trace
from pmbot.text.analyzer import Analyzer
from pmbot.text.figures.finding import Mention
from pmbot.text.normalize import clean

_ESCAPES = re.compile(r"\x1b\[[0-9;?]{0,32}[ -/]?[@-~]|\x1b\][^\x07\x1b]{0,2000}(?:\x07|\x1b\\)?")  # terminal sequences, which are no words


@dataclass(frozen=True)
class Knowledge:
    """What an engine needs besides its snapshot: word lists and texts of one language.

    `analyzer_of` gives the analyzer of each document by its id, where documents are in several languages.
    """

    analyzer: Analyzer
    lexicon: Lexicon
    templates: Templates
    places: frozenset[str]
    demonyms: frozenset[str]
    stopwords: frozenset[str]
    stop_terms: frozenset[str]
    background: Background
    function_words: FunctionWords
    models: Models
    fingerprint: str
    language: Language = ENGLISH
    ordinary_words: OrdinaryWords = field(default_factory=OrdinaryWords)
    analyzer_of: Callable[[str], Analyzer] | None = None


class Found(NamedTuple):
    """The steps of one question of a message."""

    reading: Reading
    hits: tuple[Hit, ...]
    evidence: tuple[Evidence, ...]
    decision: Decision


class Engine:
    """Answers questions about one snapshot. Immutable: same question, same answer."""

    def __init__(
        self, snapshot: Snapshot, knowledge: Knowledge, params: AnsweringParams, top_k: int, tongues: Tongues[Engine] | None = None
    ) -> None:
        """`tongues` know the other languages of the documents; None where all documents are in that of `knowledge`."""
        self._tongues = tongues
        self.snapshot, self._knowledge, self._params, self._top_k = snapshot, knowledge, params, top_k
        analyzer = knowledge.analyzer
        self._profile = snapshot.profile
        self._hints = NameHints(knowledge.places, knowledge.demonyms, self._profile.lower, knowledge.stopwords, knowledge.language)
        self.views = Views(analyzer, self._hints, snapshot.corpus, knowledge.analyzer_of)
        self._tables = TableReader(self.views, snapshot.corpus, self._profile.topics, params.max_citations)
        self._reader = QuestionReader(analyzer, self._profile, knowledge.background, knowledge.language)
        self._follow_ups = FollowUps(analyzer, self.mentions_in)
        known = Known(knowledge.background, knowledge.ordinary_words, knowledge.lexicon, snapshot.retriever.document_frequency)
        self._speller = Speller(analyzer, (self._profile.lower, self._profile.names), known, cautious=not knowledge.language.is_english)
        self._place_terms = frozenset(analyzer.stem(place) for place in knowledge.places)
        self._names = AnyOf((self._profile.names, knowledge.places, knowledge.demonyms))
        self._composer = Composer(knowledge.templates, snapshot.corpus, self.signature, lambda: self.examples)
        self._policy = Policy(params, knowledge.models)
        # The small words that make a figure one of another thing are known in English alone.
        self._statements = StatementReader(analyzer) if knowledge.language.is_english else None
        self._recent = lru_cache(maxsize=256)(self._trace)

    @property
    def signature(self) -> str:
        """Every setting behind an answer, in one line."""
        return f"{self.snapshot.signature}|answer:{self._params.threshold:g},{self._params.short_threshold:g},{self._knowledge.fingerprint}"

    def ask(self, question: Question) -> Answer:
        """The answer to `question`."""
        return self.trace(question).answer

    def trace(self, question: Question) -> Trace:
        """The answer and everything that led to it."""
        return self._recent(question)

    @cached_property
    def examples(self) -> tuple[str, ...]:
        """Three questions that these documents answer, checked by asking them."""
        if self._tongues is not None and not self._tongues.main_used:
            return self._tongues.engine(self._tongues.others[0]).examples
        return example_questions(self.views, self.snapshot.corpus, self._is_answered, self._knowledge.templates.examples)

    def _is_answered(self, text: str) -> bool:
        """Whether an example would be answered. Only decided, not put into words: a refusal would ask for examples."""
        if self._is_foreign(text) or self.is_small_talk([token.norm for token in self._knowledge.analyzer.tokens(text)]):
            return False
        question = Question(text=text)
        return self._search(question, self._reader.read(question)).decision.status is Status.ANSWERED

    def _trace(self, question: Question) -> Trace:
        text = _ESCAPES.sub(" ", clean(question.text))
        notes: tuple[str, ...] = ()
        limit = self._params.max_question_chars
        if len(text) > limit:
            text, notes = text[:limit], (self._knowledge.templates.notes.cut.format_map({"limit": limit}),)
        words = [token.norm for token in self._knowledge.analyzer.tokens(text)]
        elsewhere = self._elsewhere(text, words)
        if elsewhere is not None:
            return elsewhere.trace(question)
        talk = self._knowledge.templates.small_talk_for(words)
        if talk is not None or not words:
            return self._without_search(question, text, f"small_talk_{talk}" if talk else "empty")
        if self._is_foreign(text) or self._unused(text):
            return self._without_search(question, text, "other_language")
        root = root_of(question.model_copy(update={"text": text}), self._follow_ups)
        if root is not None:
            return self._more(question, root)
        text, more = self._standing_alone(text, question)
        text, corrected = self._spelled(text)
        return self._search_all(question, text, (*notes, *more, *corrected))

    def _search_all(self, question: Question, text: str, notes: tuple[str, ...]) -> Trace:
        """Search for each question of a message; a comparison is one question with two sides."""
        whole = self._reader.read(question, text, notes)
        if whole.type is QuestionType.COMPARISON and (sides := sides_of(text)) is not None:
            found = [self._search(question, self._reader.read_amount(question, side, whole)) for side in sides]
            return self._merged(question, self._compared(whole, found))
        asked = questions_in(text)
        if len(asked) == 1:
            return self._merged(question, [self._search_for_all(question, whole)])
        if len(asked) > MOST_PARTS:
            notes = (*notes, self._knowledge.templates.notes.many.format_map({"limit": MOST_PARTS}))
        found = []
        for place, part in enumerate(asked[:MOST_PARTS]):
            before = (Turn(asked[place - 1], None),) if place and self._follow_ups.needs_history(part) else ()
            alone = self._follow_ups.readings(part, before)
            found.append(self._search_for_all(question, self._reader.read(question, alone[0] if alone else part, notes)))
        return self._merged(question, found)

    def _compared(self, whole: Reading, found: list[Found]) -> list[Found]:
        """One finding of two: both sides' sentences and figures when both are found, else the refusal of the side that is not."""
        missing = next((f for f in found if f.decision.status is not Status.ANSWERED or not f.decision.highlights), None)
        if missing is not None:
            decision = missing.decision
            if decision.status is Status.ANSWERED:
                decision = decision.model_copy(update={"status": Status.NOT_ENOUGH, "reason": "type_absent"})
            return [missing._replace(reading=whole, decision=decision)]
        merged = Decision(
            status=Status.ANSWERED,
            evidence=tuple(dict.fromkeys(e for f in found for e in f.decision.evidence)),
            highlights=tuple(h for f in found for h in f.decision.highlights),
            confidence=min(f.decision.confidence for f in found),
        )
        return [found[0]._replace(reading=whole, decision=merged)]

    def _merged(self, question: Question, found: list[Found]) -> Trace:
        """The trace of a message: the first question's steps, and the answer to all."""
        answer = self._composer.answer(question, [Part(f.reading, f.decision) for f in found])
        first = found[0]
        return Trace(
            question=question, reading=first.reading, hits=first.hits, evidence=first.evidence, decision=first.decision, answer=answer
        )

    def _standing_alone(self, text: str, question: Question) -> tuple[str, tuple[str, ...]]:
        """Resolve a follow-up against the questions before it; of several readings the one that fits the documents best."""
        if not question.history or not self._follow_ups.needs_history(text):
            return text, ()
        readings = self._follow_ups.readings(text, turns_before(question, self._follow_ups, self.trace))
        if not readings:
            return text, ()
        read = meant(readings, lambda reading: self._search(question, self._reader.read(question, reading)).decision)
        return read, (self._knowledge.templates.notes.follow_up.format_map({"read": read}),)

    def _more(self, question: Question, root: Root) -> Trace:
        """What else there is on an earlier question: the sentences that were not shown yet, decided on anew."""
        earlier = self.trace(root.question)
        hits, ranking = self.rank(earlier.reading, question.doc_id)
        left, decision = more(earlier, root.times, ranking, lambda rest: self._policy.decide(rest, self.cases(rest)), self._params.closest)
        note = self._knowledge.templates.notes.more.format_map({"read": earlier.reading.text})
        reading = earlier.reading.model_copy(update={"notes": (note,)})
        return self._merged(question, [Found(reading, hits, left.evidence, decision)])

    def _spelled(self, text: str) -> tuple[str, tuple[str, ...]]:
        read, corrections = self._speller.correct(text)
        return read, tuple(self._knowledge.templates.notes.spelling.format_map(c._asdict()) for c in corrections)

    def is_small_talk(self, words: list[str]) -> bool:
        """Whether the folded words are small talk in the language of this engine."""
        return self._knowledge.templates.small_talk_for(words) is not None

    def _elsewhere(self, text: str, words: list[str]) -> Engine | None:
        """The engine of the language of a question, where that is another of the documents' languages."""
        if self._tongues is None or self.is_small_talk(words):
            return None
        if not words:
            return None if self._tongues.main_used else self._tongues.engine(self._tongues.others[0])
        code = self._tongues.language_of(text, lambda term: self.snapshot.retriever.document_frequency([term])[0])
        return self._tongues.engine(code) if code in self._tongues.others else self._tongues.small_talk(words)

    def _unused(self, text: str) -> bool:
        """Whether a question is in the main language, and no document is."""
        return self._tongues is not None and not self._tongues.main_used and self._tongues.speaks_main(text)

    def _is_foreign(self, text: str) -> bool:
        tokens = {token.norm: token.term for token in self._knowledge.analyzer.tokens(text)}

        def occurs(word: str) -> bool:
            return self.snapshot.retriever.document_frequency([tokens[word]])[0] > 0

        return is_foreign(text, list(tokens), self._knowledge.function_words, occurs)

    def _search(self, question: Question, reading: Reading) -> Found:
        return self._searched(question, reading)[0]

    def _search_for_all(self, question: Question, reading: Reading) -> Found:
        """The same; where the documents disagree on a figure, all they give."""
        found, ranking = self._searched(question, reading)
        return found._replace(decision=with_rivals(found.decision, ranking, self._statements))

    def _searched(self, question: Question, reading: Reading) -> tuple[Found, Ranking]:
        hits, ranking = self.rank(reading, question.doc_id)
        decision = self._policy.decide(ranking, self.cases(ranking))
        reading = self._tables.noted(weighted(reading, ranking.query), decision, self._knowledge.templates.notes.columns)
        return Found(reading, hits, ranking.evidence, decision), ranking

    def rank(self, reading: Reading, doc_id: str | None = None) -> tuple[tuple[Hit, ...], Ranking]:
        """The hits for a question as read, and their sentences ranked."""
        retriever = self.snapshot.retriever
        tokens = self._knowledge.analyzer.tokens(reading.text)
        terms = sorted({t.term for t in tokens} | {t.term for t in reading.key_terms})
        counted = Frequencies(dict(zip(terms, retriever.document_frequency(terms), strict=True)), max(1, retriever.size))
        query = make_query(reading, tokens, self._knowledge.lexicon, Weights(counted, self._knowledge.background), self._knowledge.language)
        hits = find_hits(query, retriever, self._knowledge.stop_terms, self._top_k, doc_id)
        return hits, with_life(self._tables.read(rank(query, hits, self.views, self.snapshot.statistics.mean_sentence_terms)))

    def mentions_in(self, text: str) -> tuple[Mention, ...]:
        """The mentions of any text, by what is known of these documents."""
        return find_mentions(text, self._hints)

    def read(self, text: str) -> Reading:
        """A question as understood, without history and without correcting it."""
        return self._reader.read(Question(text=text))

    def cases(self, ranking: Ranking) -> list[Case]:
        """What the guards look at, for each candidate of a ranking."""
        absent = self._absent(ranking.query)
        topics = {doc_id: self._profile.topics[doc_id] for doc_id in {candidate.view.doc_id for candidate in ranking.candidates}}
        return [
            Case(ranking.query, candidate, ranking.matcher, topics[candidate.view.doc_id], absent, self._names, self._place_terms)
            for candidate in ranking.candidates
        ]

    def _absent(self, query: Query) -> frozenset[int]:
        """The places of the terms that occur nowhere, neither themselves nor in words that may stand for them."""
        absent = set()
        for place, (known, options) in enumerate(zip(query.known, query.alternatives, strict=True)):
            if not known and not any_held(options, self.snapshot.retriever.document_frequency):
                absent.add(place)
        return frozenset(absent)

    def _without_search(self, question: Question, text: str, reason: str) -> Trace:
        """The reply to small talk and to nothing at all: help, with examples."""
        part = nothing_to_search(text, reason)
        return Trace(question=question, reading=part.reading, decision=part.decision, answer=self._composer.answer(question, [part]))

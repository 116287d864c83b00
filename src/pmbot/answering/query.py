"""The question as the ranking sees it: weighted terms, and how well the words of a text stand for them."""

from __future__ import annotations

import math
from collections.abc import Container, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from pmbot.answering import english
from pmbot.answering.background import Background
from pmbot.answering.language import ENGLISH, Language
from pmbot.answering.lexicon import Alternative, Lexicon
from pmbot.answering.units import Measure, measure_asked
from pmbot.answering.word_classes import light_verbs
from pmbot.models import KeyTerm, QuestionType, Reading
from pmbot.text.analyzer import Token
from pmbot.text.normalize import fold

NEAR = 0.5  # quality from which a word counts as present
SAME_PREFIX = 0.8  # quality of a word that shares most of its letters
PREFIX_LETTERS = 4
PREFIX_KEY = 3  # letters by which words that may be alike are looked up
PREFIX_SHARE = 0.6
NAME_PREFIX_SHARE = 0.8  # inflected names only
SCAFFOLD_SHARE = 0.25
COMMON_SHARE = 0.9  # of its weight, that the commonest word of English loses


class Match(NamedTuple):
    """How a term of the question is found: quality 0..1, and by what rule ("" for the word itself or for nothing)."""

    quality: float
    source: str


NO_MATCH = Match(0.0, "")
SAME = Match(1.0, "")


@dataclass(frozen=True)
class Query:
    """Weighted key terms.

    `idf` and `alternatives` run parallel to `terms`; `tokens` are those of the whole question.
    `telling` says how much each term matters to whether the question is answered: by its rarity in ordinary English, and little
    for scaffolding. `light` are the verbs that only carry their noun.
    """

    reading: Reading
    terms: tuple[KeyTerm, ...]
    idf: tuple[float, ...]
    known: tuple[bool, ...]
    alternatives: tuple[tuple[Alternative, ...], ...]
    tokens: tuple[Token, ...]
    word_idf: Mapping[str, float]
    telling: tuple[float, ...]
    language: Language = ENGLISH
    light: frozenset[str] = frozenset()

    @cached_property
    def total(self) -> float:
        """The sum of all weights, at least a little."""
        return sum(self.idf) or 1.0

    @cached_property
    def norms(self) -> list[str]:
        """The folded words of the whole question, in order."""
        return [token.norm for token in self.tokens]

    @cached_property
    def words(self) -> tuple[str, ...]:
        """All indexed terms in order, but for the question word."""
        return tuple(token.term for token in self.tokens if token.norm not in self.language.question_words)

    @cached_property
    def measure(self) -> Measure | None:
        """The measure that a question for an amount names, such as weight."""
        asks = self.reading.type in {QuestionType.HOW_MUCH, QuestionType.KEYWORD} and self.language.is_english
        return measure_asked([token.norm for token in self.tokens]) if asks else None

    @cached_property
    def focus_place(self) -> int | None:
        """The place among `terms` of the noun asked for; None when no noun is, or it is no key term."""
        return self._places.get(self.reading.focus) if self.reading.focus is not None else None

    @cached_property
    def relation(self) -> list[int]:
        """The places of the words that say what is asked about the names: no names, numbers or scaffolding."""
        return [p for p, t in enumerate(self.terms) if not t.is_name and not t.is_number and not self.is_scaffold(p)]

    @cached_property
    def term_set(self) -> frozenset[str]:
        """The indexed terms."""
        return frozenset(term.term for term in self.terms)

    def is_scaffold(self, place: int) -> bool:
        """Whether the term at `place` only carries the question."""
        return self._scaffolds[place]

    @cached_property
    def _scaffolds(self) -> list[bool]:
        carried = self.light | ({self.reading.focus} if self.reading.type is QuestionType.WHEN else frozenset())
        return [term.term in carried or is_scaffold(term, self.reading.type, self.language) for term in self.terms]

    def place_of(self, at: int) -> int | None:
        """The place among `terms` of the token at `at`; None when it is no key term."""
        return self._places.get(self.tokens[at].term)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {term.term: place for place, term in reversed(list(enumerate(self.terms)))}

    @cached_property
    def told_by(self) -> frozenset[str]:
        """The terms of the question and all that may stand for them."""
        options = [option.terms for options in self.alternatives for option in options]
        return frozenset(term.term for term in self.terms).union(self.word_idf, *options)

    def search_terms(self, stop_terms: Container[str]) -> tuple[str, ...]:
        """What to search for: the key terms and, for words that are no names, what may stand for them, without stopwords."""
        found = dict.fromkeys(term.term for term in self.terms)
        for options in self.alternatives:
            for option in options:
                found.update(dict.fromkeys(term for term in sorted(option.terms) if term not in stop_terms))
        return tuple(found)


def inverse_document_frequency(frequency: int, size: int) -> float:
    """Always-positive IDF, ln(1 + (N - n + 0.5) / (n + 0.5)), as in Lucene's BM25; `frequency` n of `size` N units."""
    return math.log(1.0 + (size - frequency + 0.5) / (frequency + 0.5))


class Frequencies(NamedTuple):
    """Document frequencies of terms and the number of units they were counted in."""

    of: Mapping[str, int]
    size: int

    def idf(self, term: str) -> float:
        """The weight of a term; the largest there is for one that never occurs."""
        return inverse_document_frequency(min(self.of.get(term, 0), self.size), self.size)


class Weights(NamedTuple):
    """Where the weights of terms come from: the documents for ranking, ordinary English for confidence."""

    frequencies: Frequencies
    background: Background


def make_query(reading: Reading, tokens: tuple[Token, ...], lexicon: Lexicon, weights: Weights, language: Language = ENGLISH) -> Query:
    """Weigh the key terms of `reading` and look up what may stand for them; names stand for themselves alone."""
    terms = reading.key_terms
    frequencies = weights.frequencies
    by_token = lexicon.alternatives(tuple(token.term for token in tokens))
    first = {token.term: place for place, token in reversed(list(enumerate(tokens)))}
    light = light_verbs(tokens) if language.is_english else frozenset()
    alternatives = tuple(() if term.is_name else by_token.get(first[term.term], ()) for term in terms)
    return Query(
        reading=reading,
        terms=terms,
        idf=tuple(frequencies.idf(term.term) * _rarity(term, weights.background) for term in terms),
        known=tuple(frequencies.of.get(term.term, 0) > 0 for term in terms),
        alternatives=alternatives,
        tokens=tokens,
        word_idf={token.term: frequencies.idf(token.term) for token in tokens if token.norm not in language.question_words},
        telling=tuple(_telling(t, weights.background, is_carried=t.term in light or is_scaffold(t, reading.type, language)) for t in terms),
        language=language,
        light=light,
    )


def _rarity(term: KeyTerm, background: Background) -> float:
    """How much of a word's weight in the documents it keeps: a word that is common in all English says little even where it is rare."""
    if term.is_name or term.is_number:
        return 1.0
    return 1.0 - COMMON_SHARE * (1.0 - background.weight(term.term))


def _telling(term: KeyTerm, background: Background, *, is_carried: bool) -> float:
    if term.is_name or term.is_number:
        return 1.0
    return (SCAFFOLD_SHARE if is_carried else 1.0) * background.weight(term.term)


_CARRIED_BY = {
    QuestionType.HOW_MUCH: english.DEGREE_WORDS,
    QuestionType.FREQUENCY: english.DEGREE_WORDS | {"times", "regularly"},
    QuestionType.DURATION: english.DEGREE_WORDS | {"ahead", "advance", "beforehand", "early", "late", "time", "duration"},
}


def weighted(reading: Reading, query: Query) -> Reading:
    """The reading with the weight of each word in these documents."""
    terms = [term.model_copy(update={"weight": idf / query.total}) for term, idf in zip(query.terms, query.idf, strict=True)]
    return reading.model_copy(update={"key_terms": tuple(terms)})


def is_scaffold(term: KeyTerm, kind: QuestionType, language: Language = ENGLISH) -> bool:
    """Whether the term only carries the question ("kind", "take part"; "larger" in a comparison; "tall" in "how tall")."""
    if term.is_name or term.is_number:
        return False
    word = term.text.lower()
    if not language.is_english:
        return fold(word) in language.scaffolding
    if kind is QuestionType.COMPARISON:
        return word in english.SCAFFOLDING | english.COMPARATIVES
    return word in english.SCAFFOLDING or word in _CARRIED_BY.get(kind, ())


class Matcher:
    """Matches the terms of one query against sets of terms drawn from one vocabulary (that of the candidate sentences).

    `options` are, for each term of the query, the words of the vocabulary that may stand for it, the best first.
    """

    def __init__(self, query: Query, vocabulary: AbstractSet[str]) -> None:
        prefixes = {term.term[:PREFIX_KEY] for term in query.terms}
        by_prefix: dict[str, list[str]] = {}
        for word in vocabulary:
            if word[:PREFIX_KEY] in prefixes:
                by_prefix.setdefault(word[:PREFIX_KEY], []).append(word)
        held = [[option for option in options if option.terms <= vocabulary] for options in query.alternatives]
        similar = [_similar(term, by_prefix.get(term.term[:PREFIX_KEY], ())) for term in query.terms]
        self.options = tuple(map(_best_first, held, similar))
        self._terms = tuple(term.term for term in query.terms)
        self._words = tuple(frozenset().union(*(option.terms for option in options)) for options in self.options)
        self.telling = frozenset(self._terms).union(*self._words)
        self.nothing = (NO_MATCH,) * len(self._terms)
        self._known: dict[tuple[int, frozenset[str]], Match] = {}
        self._close: dict[tuple[int, float], frozenset[str]] = {}
        self._looked_up = list(enumerate(zip(self._terms, self._words, strict=True)))

    def match(self, place: int, written: frozenset[str]) -> Match:
        """How well `written` stands for the term at `place`."""
        return SAME if self._terms[place] in written else self._instead(place, written)

    def _instead(self, place: int, written: frozenset[str]) -> Match:
        """The match of a term that does not stand there itself; few of the words matter to it, and they are the same again and again."""
        key = place, self._words[place] & written
        known = self._known.get(key)
        if known is None:
            found = next((option for option in self.options[place] if option.terms <= written), None)
            known = self._known[key] = NO_MATCH if found is None else Match(found.quality, found.source)
        return known

    def matches(self, written: frozenset[str]) -> tuple[Match, ...]:
        """The match of every term; `nothing`, the object itself, when there is none. Only words `telling` something can match."""
        shared = self.telling & written
        found = tuple([
            SAME if term in shared else NO_MATCH if words.isdisjoint(shared) else self._instead(place, shared)
            for place, (term, words) in self._looked_up
        ])  # fmt: skip
        return self.nothing if found == self.nothing else found

    def stands_for(self, place: int, *, least: float = 0.0) -> frozenset[str]:
        """Every single term that may stand for the term at `place` with a quality of at `least` so much, itself included."""
        key = place, least
        known = self._close.get(key)
        if known is None:
            close = [option.terms for option in self.options[place] if option.quality >= least and len(option.terms) == 1]
            known = self._close[key] = frozenset({self._terms[place]}.union(*close))
        return known


def _best_first(options: list[Alternative], similar: list[Alternative]) -> tuple[Alternative, ...]:
    """All options; those of the lexicon are in order already."""
    return tuple(sorted((*options, *similar), key=lambda option: (-option.quality, sorted(option.terms))) if similar else options)


def _similar(term: KeyTerm, words: Sequence[str]) -> list[Alternative]:
    """Words that share at least four letters and most of the longer word with `term`: inflections and compounds Snowball leaves apart."""
    if term.is_number or len(term.term) < PREFIX_LETTERS:
        return []
    least = NAME_PREFIX_SHARE if term.is_name else PREFIX_SHARE
    found = []
    for word in words:
        shared = _shared_prefix(term.term, word)
        if word != term.term and shared >= PREFIX_LETTERS and shared >= least * max(len(word), len(term.term)):
            found.append(Alternative(frozenset({word}), SAME_PREFIX, "word form"))
    return found


def _shared_prefix(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count

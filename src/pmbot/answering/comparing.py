"""Comparing sentences with a question by their words, which tells which of them are worth reading: what each feature means.

There are two ways: over views, kept from question to question (`comparing_views`), and over arrays, which make no object for a sentence
that is not read (`comparing_arrays`). Both give the same values to the last bit.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Container, Mapping, Sequence
from typing import NamedTuple, Protocol

from pmbot.answering.query import Match, Matcher, Query
from pmbot.answering.views import View

HALF_BREVITY = 20.0  # words of a sentence of half the brevity
LEAST_TOP = 0.6  # of a question's whole weight, below which the best BM25 is not yet worth the whole feature

Matches = tuple[Match, ...]


class Weights(NamedTuple):
    """What each feature adds to a score at most; every feature is a share, from 0 to 1.

    - `word_score`: BM25 of the sentence over the best sentence's, function words included: rare words stand here, the phrasing is alike.
    - `passage_score`: BM25 of the passage over the best passage's: the surroundings speak of the subject.
    - `brevity`: how short the sentence is: in a long one words meet by chance.
    - `exact_coverage`: IDF-weighted share of the key terms that stand here themselves.
    - `soft_coverage`: IDF-weighted share of the other key terms that a related word stands for, times its quality and `rarity`.
    - `relation_coverage`: share of the words that say what is asked about the names, by how much each tells in ordinary English.
    - `found_share`: share of the key terms that stand here, or a word for them does, the common ones counted like the rare.
    - `around_coverage`: IDF-weighted share of the key terms that stand anywhere in the passage or in a heading above, by the best word.
    - `before_coverage`: IDF-weighted share of the key terms missing here that stand in the sentence before or in a heading above.
    - `pronoun_before`: the same when the sentence opens with a pronoun: it continues the one before.
    - `has_type`: a mention of the expected kind stands here: a date for "when", a sum for "how much".
    - `type_count`: how many such mentions, up to three.
    - `pair_overlap`: share of the question's neighbouring word pairs found.
    - `same_form`: IDF-weighted share of the key terms that stand here in the form they have in the question: "led", not "leading".

    The last four need the text read, the others compare words.
    """

    word_score: float = 3.5
    passage_score: float = 2.0
    brevity: float = 1.0
    exact_coverage: float = 0.5
    soft_coverage: float = 5.0
    relation_coverage: float = 2.0
    found_share: float = 2.0
    around_coverage: float = 2.5
    before_coverage: float = 3.5
    pronoun_before: float = 1.5
    has_type: float = 2.5
    type_count: float = 0.5
    pair_overlap: float = 1.5
    same_form: float = 1.5


class Context(NamedTuple):
    """What a comparison needs besides: the terms of headings by their path, the mean number of terms in a sentence, and the weights."""

    terms_above: Callable[[tuple[str, ...]], frozenset[str]]
    mean_length: float
    weights: Weights


class Found(NamedTuple):
    """Where a sentence that was found stands among all gathered, and where its passage begins and ends."""

    at: int
    first: int
    after: int


class Scored(NamedTuple):
    """A sentence and what each feature that compares words adds to its score, along `Weights`."""

    found: Found
    added: tuple[float, ...]


class Surroundings(NamedTuple):
    """How the sentence before one (headings above included) and the whole passage stand for each key term; and BM25 of the sentence.

    `sentence_bm25` is by the key terms alone, raw.
    """

    before: Matches
    around: Matches
    sentence_bm25: float


class Comparison(Protocol):
    """The sentences gathered for one question, each with its passage, compared with the question by their words."""

    matcher: Matcher

    def best(self, count: int) -> list[Scored]:
        """The sentences with the highest scores by words, best first; equal ones in the order given.

        Whether one opens with a pronoun is read in the text, and so only where that could make it one of the best: at every third.
        """

    def matches(self, found: Found) -> Matches:
        """How a sentence stands for each key term."""

    def surroundings(self, found: Found) -> Surroundings:
        """What else is known of a sentence by its words: most sentences are never asked for it."""


class Gathered(Protocol):
    """The sentences around the hits of a question, by number: the `found` ones, in document order, and those of their passages."""

    @property
    def found(self) -> Sequence[Found]:
        """Those that were found."""

    def compare(self, query: Query, context: Context, without: Container[int] = ()) -> Comparison:
        """Compare them, but for those `without`, which belong to the passages of others all the same."""

    def view(self, at: int) -> View:
        """A sentence, made ready."""

    def rows(self) -> list[View]:
        """The rows of tables among the sentences found."""


def best_of(totals: Sequence[float], more: Sequence[float], counts: Callable[[int], bool], count: int) -> list[tuple[int, float]]:
    """The places of the `count` best of `totals`, best first, equal ones in order, each with what it has of its `more`.

    It has that if it `counts`, which is only asked where it could make it one of the best.
    """
    least = sorted(totals)[-count] if len(totals) > count else 0.0
    found = []
    for place, (total, extra) in enumerate(zip(totals, more, strict=True)):
        if total + extra >= least:
            had = extra if extra and counts(place) else 0.0
            found.append((-(total + had), place, had))
    found.sort()
    return [(place, had) for _, place, had in found[:count]]


def brevity(words: int) -> float:
    """How short a sentence of so many words is: 1 for none."""
    return HALF_BREVITY / (HALF_BREVITY + words)


def rarity(holding: int, compared: int) -> float:
    """How much a word that stands for a term tells, by how many of the sentences compared have one: 1 for one of them, little for all.

    As the synonyms of an asked term count as one term in Indri, by the documents that hold any of them (Pirkola 1998).
    """
    return math.sqrt(math.log((compared + 1) / holding) / math.log(compared + 1)) if holding else 1.0


def better(one: Matches, other: Matches) -> Matches:
    """The better match of each term, the first of equal ones."""
    return tuple([a if a.quality >= b.quality else b for a, b in zip(one, other, strict=True)])


def weight_of(query: Query) -> Mapping[str, float]:
    """The weight of each key term."""
    return {term.term: idf for term, idf in zip(query.terms, query.idf, strict=True)}


def tops(query: Query, words: Sequence[float], passages: Sequence[float]) -> tuple[float, float]:
    """What counts as full BM25 of sentences and passages: the best's, unless even that holds only a chance word or two of the question."""
    key_words, all_words = LEAST_TOP * query.total, LEAST_TOP * sum(query.word_idf.values())
    return max([all_words, *words]) or 1.0, max([key_words, *passages]) or 1.0

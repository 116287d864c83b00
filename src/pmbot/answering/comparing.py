"""Compares sentences with a question by their words, which tells which of them are worth reading.

Many sentences share the same words with a question, and neighbours share their passage: what hangs on those alone is found once for
each, not for each sentence. Of fifty sentences, some twenty stand differently for the question, in some twenty passages.
"""

from __future__ import annotations

import operator
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pmbot.answering.bm25 import PASSAGE_BM25, SENTENCE_BM25, WORD_BM25, bm25
from pmbot.answering.query import NEAR, Match, Matcher, Query
from pmbot.answering.views import View, Views

_MOST_COUNTED = 5
LEAST_TOP = 0.6  # of a question's whole weight, below which the best BM25 is not yet worth the whole feature

Matches = tuple[Match, ...]
Passage = Sequence[View]


class Weights(NamedTuple):
    """What each feature adds to a score at most; every feature is a share, from 0 to 1.

    - `word_score`: BM25 of the sentence over the best sentence's, function words included: rare words stand here, the phrasing is alike.
    - `passage_score`: BM25 of the passage over the best passage's: the surroundings speak of the subject.
    - `exact_coverage`: IDF-weighted share of the key terms that stand here themselves.
    - `soft_coverage`: IDF-weighted share of the other key terms that a related word stands for, times its quality.
    - `relation_coverage`: share of the words that say what is asked about the names, by how much each tells in ordinary English.
    - `relation_count`: how many of those words stand here, up to five: of a long question two found tell more than one of a short.
    - `before_coverage`: IDF-weighted share of the key terms missing here that stand in the sentence before or in a heading above.
    - `pronoun_before`: the same when the sentence opens with a pronoun: it continues the one before.
    - `has_type`: a mention of the expected kind stands here: a date for "when", a sum for "how much".
    - `type_count`: how many such mentions, up to three.
    - `pair_overlap`: share of the question's neighbouring word pairs found.
    - `same_form`: IDF-weighted share of the key terms that stand here in the form they have in the question: "led", not "leading".

    The last four need the text read, the others compare words.
    """

    word_score: float = 3.0
    passage_score: float = 3.0
    exact_coverage: float = 2.0
    soft_coverage: float = 4.0
    relation_coverage: float = 1.0
    relation_count: float = 1.0
    before_coverage: float = 2.0
    pronoun_before: float = 2.0
    has_type: float = 1.5
    type_count: float = 0.5
    pair_overlap: float = 3.0
    same_form: float = 1.0


class Standing:
    """How all sentences that share the same words with a question stand for its key terms: `matches`, and what they add to a score.

    There is one object for all of them, so that what is known of two of them can be looked up by these objects.
    """

    __slots__ = ("added", "matches")

    def __init__(self, matches: Matches, added: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)) -> None:
        """`added` is along `Weights`: by exact and soft coverage, and by the share and the number of the words that say what is asked."""
        self.matches, self.added = matches, added


class _Shared(NamedTuple):
    """What is known by the words that a sentence shares with a question: how it stands, and the weights of those that BM25 counts."""

    standing: Standing
    terms: dict[str, float]
    words: dict[str, float]


class Compared(NamedTuple):
    """A sentence as compared by its words; the two BM25 values are raw."""

    view: View
    passage: Passage
    here: Standing
    before: Standing
    word_bm25: float
    passage_bm25: float


class Scored(NamedTuple):
    """A sentence and what each feature that compares words adds to its score, along `Weights`."""

    compared: Compared
    added: tuple[float, ...]


class Comparison:
    """The sentences around the hits of one question, each with its passage, compared with the question by their words."""

    def __init__(self, query: Query, found: Sequence[tuple[View, Passage]], views: Views, mean_length: float, weights: Weights) -> None:
        texts = {view for _, passage in found for view in passage}
        headings = {view.setting.heading_path: view for view, _ in found}
        above = {path: views.context_terms(view) for path, view in headings.items()}
        self.matcher = Matcher(query, set[str]().union(*[view.words for view in texts], *above.values()))
        self._query, self._mean_length, self._weights = query, max(mean_length, 1.0), weights
        self._weight_of = {term.term: idf for term, idf in zip(query.terms, query.idf, strict=True)}
        self._nothing = Standing(self.matcher.nothing)
        self._standings: dict[frozenset[str], Standing] = {}
        self._joined: dict[tuple[Standing, Standing], Standing] = {}
        self._covered: dict[tuple[Standing, Standing], float] = {}
        self._passages: dict[tuple[View, int], float] = {}
        self._above = {path: self._standing(terms) for path, terms in above.items()}
        self._texts = self._shared_by(texts)
        self._compared = [self._compare(view, passage) for view, passage in found if view.content_size and not view.is_heading]

    def best(self, count: int) -> list[Scored]:
        """The sentences with the highest scores by words, best first; equal ones in the order given.

        Whether one opens with a pronoun is read in the text, and so only where that could make it one of the best: at every third.
        """
        weight, pronouns = self._weights.pronoun_before, self._query.language.pronouns
        scores = self._scores()
        totals = [sum(added) for added, _ in scores]
        least = sorted(totals)[-count] if len(totals) > count else 0.0
        found = []
        for one, total, (added, covered) in zip(self._compared, totals, scores, strict=True):
            more = weight * covered
            if total + more >= least:
                if more and one.view.opening not in pronouns:
                    more = 0.0
                found.append((total + more, Scored(one, (*added, more))))
        found.sort(key=operator.itemgetter(0), reverse=True)
        return [scored for _, scored in found[:count]]

    def around(self, compared: Compared) -> Matches:
        """How the whole passage of a sentence stands for each key term, headings and the sentence before included."""
        around = self._nothing
        for view in compared.passage:
            around = self._join(around, self._texts[view].standing)
        return self._join(compared.before, around).matches

    def sentence_bm25(self, view: View) -> float:
        """BM25 of a sentence by the key terms alone, raw."""
        return bm25(self._texts[view].terms, view.words.count, SENTENCE_BM25, view.content_size / (0.6 * self._mean_length))

    def _standing(self, words: frozenset[str]) -> Standing:
        """How sentences with these words of the question stand."""
        known = self._standings.get(words)
        if known is None:
            known = self._standings[words] = self._stand(self.matcher.matches(words))
        return known

    def _stand(self, matches: Matches) -> Standing:
        if matches is self.matcher.nothing:
            return self._nothing
        exact = self._share([1.0 if match.quality == 1.0 else 0.0 for match in matches])
        soft = self._share([match.quality if match.quality < 1.0 else 0.0 for match in matches])
        asked, telling = self._query.relation, self._query.telling
        related = sum([telling[place] * matches[place].quality for place in asked]) / (sum([telling[place] for place in asked]) or 1.0)
        count = min(_MOST_COUNTED, sum([matches[place].quality >= NEAR for place in asked])) / _MOST_COUNTED
        weigh = self._weights
        added = (weigh.exact_coverage * exact, weigh.soft_coverage * soft, weigh.relation_coverage * min(1.0, related))
        return Standing(matches, (*added, weigh.relation_count * count))

    def _share(self, values: Sequence[float]) -> float:
        share: float = sum(map(operator.mul, self._query.idf, values)) / self._query.total
        return min(1.0, share)

    def _join(self, one: Standing, other: Standing) -> Standing:
        """The better match of each term."""
        if other is self._nothing or one is other:
            return one
        if one is self._nothing:
            return other
        known = self._joined.get((one, other))
        if known is None:
            better = tuple([a if a.quality >= b.quality else b for a, b in zip(one.matches, other.matches, strict=True)])
            known = self._joined[one, other] = Standing(better)
        return known

    def _shared_by(self, texts: Iterable[View]) -> dict[View, _Shared]:
        """What each sentence shares with the question."""
        query, known, found = self._query, dict[frozenset[str], _Shared](), {}
        telling = self.matcher.telling.union(query.word_idf)
        for view in texts:
            shared = telling.intersection(view.words)
            of_all = known.get(shared)
            if of_all is None:
                terms = {term: idf for term, idf in self._weight_of.items() if term in shared}
                words = {word: idf for word, idf in query.word_idf.items() if word in shared}
                of_all = known[shared] = _Shared(self._standing(self.matcher.telling & shared), terms, words)
            found[view] = of_all
        return found

    def _compare(self, view: View, passage: Passage) -> Compared:
        """How a sentence and its surroundings match by words."""
        here, _, asked = self._texts[view]
        before, words = self._above[view.setting.heading_path], view.words
        place = view.index - passage[0].index
        if place:
            before = self._join(before, self._texts[passage[place - 1]].standing)
        by_words = bm25(asked, words.count, WORD_BM25, len(words) / self._mean_length) if asked else 0.0
        return Compared(view, passage, here, before, by_words, self._passage_bm25(passage))

    def _passage_bm25(self, passage: Passage) -> float:
        """BM25 of a passage; once for all its sentences."""
        place = passage[0], len(passage)
        known = self._passages.get(place)
        if known is None:
            counts, length = dict[str, int](), 0
            for view in passage:
                length += view.content_size
                for term in self._texts[view].terms:
                    counts[term] = counts.get(term, 0) + view.words.count(term)
            known = self._passages[place] = bm25(self._weight_of, counts.get, PASSAGE_BM25, length / (2.5 * self._mean_length))
        return known

    def _scores(self) -> list[tuple[tuple[float, ...], float]]:
        """What the words of each sentence add to its score but for a pronoun, and the share that counts for one with a pronoun."""
        for_words, for_passage, for_before = self._weights.word_score, self._weights.passage_score, self._weights.before_coverage
        of_words, of_passage = self._maxima()
        found: list[tuple[tuple[float, ...], float]] = []
        for _, _, here, before, words, passage in self._compared:
            covered = 0.0 if before is self._nothing else self._covered_before(here, before)
            added = (
                for_words * min(1.0, words / of_words),
                for_passage * min(1.0, passage / of_passage),
                *here.added,
                for_before * covered,
            )
            found.append((added, covered))
        return found

    def _covered_before(self, here: Standing, before: Standing) -> float:
        known = self._covered.get((here, before))
        if known is None:
            missing = [b.quality if not m.quality else 0.0 for m, b in zip(here.matches, before.matches, strict=True)]
            known = self._covered[here, before] = self._share(missing)
        return known

    def _maxima(self) -> tuple[float, float]:
        """What counts as full BM25: the best sentence's, unless even that one holds only a chance word or two of the question."""
        key_words, all_words = LEAST_TOP * self._query.total, LEAST_TOP * sum(self._query.word_idf.values())
        return (
            max([all_words, *[one.word_bm25 for one in self._compared]]) or 1.0,
            max([key_words, *[one.passage_bm25 for one in self._compared]]) or 1.0,
        )

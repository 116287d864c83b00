"""Ranks the sentences of the hits as evidence for an answer.

The features and their one-digit weights are explained one by one below; all values lie in 0..1.
The cost depends on the number of hits alone, not on the size of the corpus.
"""

from __future__ import annotations

import heapq
import itertools
import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pmbot.answering.asked_figures import count_typed
from pmbot.answering.bm25 import PASSAGE_BM25, SENTENCE_BM25, WORD_BM25, bm25
from pmbot.answering.query import Match, Matcher, Query
from pmbot.answering.tables import CellAnswer
from pmbot.answering.views import View, Views
from pmbot.models import Evidence, Feature, Hit

LEAST_TOP = 0.6  # of a question's whole weight, below which the best BM25 is not yet worth the whole feature
LOOKED_AT = 16  # sentences read for mentions and phrasing; the rest cannot win


Matches = tuple[Match, ...]
Counts = Mapping[str, int]
_NO_COUNTS: Counts = {}


class Candidate(NamedTuple):
    """One sentence with what the features and the policy read of it.

    `matches`: how the sentence stands for each key term; `before`: how the sentence before does (headings above included);
    `around`: how the whole passage does. The three BM25 values are raw. `touched` tells whether any key term is matched here or before.
    """

    view: View
    matches: tuple[Match, ...]
    before: tuple[Match, ...]
    around: tuple[Match, ...]
    sentence_bm25: float
    word_bm25: float
    passage_bm25: float
    touched: bool = True
    pairs: float = 0.0
    typed: int = 0
    form: float = 0.0


@dataclass(frozen=True)
class Ranking:
    """Candidates, best first, with their evidence running parallel.

    `rows` are the rows of tables among the sentences found, those included that head columns; `cells` is what answers by its cells.
    """

    query: Query
    matcher: Matcher
    candidates: tuple[Candidate, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    rows: tuple[View, ...] = ()
    cells: CellAnswer | None = None


def rank(query: Query, hits: Sequence[Hit], views: Views, mean_length: float) -> Ranking:
    """Rank the sentences of `hits`; `mean_length` is the corpus' mean number of terms in a sentence.

    All are compared by their words; only the best `LOOKED_AT` are read for mentions and phrasing.
    """
    places = sorted({(s.doc_id, s.index) for hit in hits for s in hit.chunk.sentences})
    found = list(views.passages(places))
    texts = {view for _, passage in found for view in passage}
    headings = {view.setting.heading_path: view for view, _ in found}
    vocabulary = set[str]().union(*[view.words for view in texts], *[views.context_terms(view) for view in headings.values()])
    scorer = _Scorer(query, Matcher(query, vocabulary), views, max(mean_length, 1.0))
    scorer.compare(texts)
    candidates = [scorer.candidate(view, passage) for view, passage in found if view.content_size and not view.is_heading]
    maxima = _maxima(query, candidates)
    by_words = [(sum(values), at, values) for at, values in enumerate([_by_words(query, c, maxima) for c in candidates])]
    likely = heapq.nsmallest(LOOKED_AT, by_words, key=lambda entry: (-entry[0], entry[1]))
    scored = []
    for _, at, values in likely:
        read = scorer.read(candidates[at])
        scored.append((_evidence(query, read, (*values, *_weighed(BY_READING, query, read, maxima))), read))
    scored.sort(key=lambda pair: (-round(pair[0].score, 9), pair[0].sentence.doc_id, pair[0].sentence.index))
    rows = tuple([view for view, _ in found if view.row is not None])
    return Ranking(query, scorer.matcher, tuple(c for _, c in scored), tuple(e for e, _ in scored), rows)


class _Scorer:
    """Compares sentences with one question, each sentence once."""

    def __init__(self, query: Query, matcher: Matcher, views: Views, mean_length: float) -> None:
        self._query, self.matcher, self._views, self._mean_length = query, matcher, views, mean_length
        self._weights = {term.term: idf for term, idf in zip(query.terms, query.idf, strict=True)}
        self._asked = frozenset(query.word_idf)
        self._forms = {token.norm: self._weights[token.term] for token in query.tokens if token.term in self._weights}
        self._pairs = list(itertools.pairwise(query.words))
        self._compared: dict[View, tuple[Matches, Counts]] = {}

    def compare(self, texts: Iterable[View]) -> None:
        """How each sentence stands for each key term, and how often it holds it; most hold none, which is seen at once."""
        nothing, telling, weights = self.matcher.nothing, self.matcher.telling, self._weights
        for view in texts:
            found = nothing, _NO_COUNTS
            if not telling.isdisjoint(view.words):
                shared = telling & view.word_set
                found = self.matcher.matches(shared), {word: view.words.count(word) for word in shared if word in weights}
            self._compared[view] = found

    def candidate(self, view: View, passage: Sequence[View]) -> Candidate:
        """How a sentence and its surroundings match by words."""
        nothing = self.matcher.nothing
        here, own = self._compared[view]
        headings = self._views.context_terms(view)
        before = self.matcher.matches(headings) if headings else nothing
        telling, around, length, previous = [], nothing, 0, None
        for other in passage:
            matched, counts = self._compared[other]
            if other is view and previous is not None:
                before = _better(before, previous, nothing)
            previous = matched
            length += other.content_size
            if matched is not nothing:
                telling.append(counts)
                around = _better(around, matched, nothing)
        around = _better(before, around, nothing)
        return Candidate(
            view=view,
            matches=here,
            before=before,
            around=around,
            sentence_bm25=bm25(self._weights, own, SENTENCE_BM25, view.content_size / (0.6 * self._mean_length)),
            word_bm25=bm25(self._query.word_idf, view.counted(self._asked), WORD_BM25, len(view.words) / self._mean_length),
            touched=here is not nothing or before is not nothing,
            passage_bm25=bm25(self._weights, _summed(telling), PASSAGE_BM25, length / (2.5 * self._mean_length)),
        )

    def read(self, candidate: Candidate) -> Candidate:
        """The candidate with what must be read in its text: shared word pairs and forms, and mentions of the expected kinds."""
        pairs = candidate.view.word_pairs(self._pairs) / len(self._pairs) if self._pairs else 0.0
        forms = self._forms.keys() & {token.norm for token in candidate.view.tokens}
        form = sum(self._forms[norm] for norm in sorted(forms)) / self._query.total if forms else 0.0
        return candidate._replace(pairs=pairs, typed=count_typed(self._query, candidate.view), form=form)


def _summed(counts: Sequence[Counts]) -> Counts:
    """How often each term stands in several sentences."""
    if len(counts) == 1:
        return counts[0]
    total: dict[str, int] = {}
    for of_sentence in counts:
        for term, count in of_sentence.items():
            total[term] = total.get(term, 0) + count
    return total


def _better(one: Matches, other: Matches, nothing: Matches) -> Matches:
    """The better match of each term; most sentences match nothing, and cost nothing."""
    if other is nothing or one is other:
        return one
    return other if one is nothing else tuple([a if a.quality >= b.quality else b for a, b in zip(one, other, strict=True)])


Maxima = tuple[float, float]


def _maxima(query: Query, candidates: Sequence[Candidate]) -> Maxima:
    """What counts as full BM25: the best candidate's, unless even that one holds only a chance word or two of the question."""
    key_words, all_words = LEAST_TOP * query.total, LEAST_TOP * sum(query.word_idf.values())
    return (
        max([all_words, *(c.word_bm25 for c in candidates)]) or 1.0,
        max([key_words, *(c.passage_bm25 for c in candidates)]) or 1.0,
    )


def word_score(query: Query, candidate: Candidate, maxima: Maxima) -> float:
    """BM25 of the sentence over the best sentence's, function words included: rare words stand here, the phrasing is alike."""
    return candidate.word_bm25 / maxima[0]


def passage_score(query: Query, candidate: Candidate, maxima: Maxima) -> float:
    """BM25 of the passage over the best passage's: the surroundings speak of the subject."""
    return candidate.passage_bm25 / maxima[1]


def has_type(query: Query, candidate: Candidate, maxima: Maxima) -> float:
    """A mention of the expected kind stands here: a date for "when", a sum for "how much"."""
    return float(candidate.typed > 0)


def type_count(query: Query, candidate: Candidate, maxima: Maxima) -> float:
    """How many such mentions, up to three."""
    return min(candidate.typed, 3) / 3.0


def pair_overlap(query: Query, candidate: Candidate, maxima: Maxima) -> float:
    """Share of the question's neighbouring word pairs found."""
    return candidate.pairs


def exact_coverage(query: Query, candidate: Candidate, maxima: Maxima) -> float:
    """IDF-weighted share of the key terms that stand here themselves."""
    return _weighted(query, [1.0 if match.quality == 1.0 else 0.0 for match in candidate.matches])


def soft_coverage(query: Query, candidate: Candidate, maxima: Maxima) -> float:
    """IDF-weighted share of the other key terms that a related word stands for, times its quality."""
    return _weighted(query, [match.quality if match.quality < 1.0 else 0.0 for match in candidate.matches])


def relation_coverage(query: Query, candidate: Candidate, maxima: Maxima) -> float:
    """Share of the words that say what is asked about the names, by how much each tells in ordinary English."""
    places = query.relation
    total = sum([query.telling[place] for place in places])
    return sum([query.telling[place] * candidate.matches[place].quality for place in places]) / total if total else 0.0


def before_coverage(query: Query, candidate: Candidate, maxima: Maxima) -> float:
    """IDF-weighted share of the key terms missing here that stand in the sentence before or in a heading above."""
    return _weighted(query, [b.quality if not m.quality else 0.0 for m, b in zip(candidate.matches, candidate.before, strict=True)])


def pronoun_before(query: Query, candidate: Candidate, maxima: Maxima) -> float:
    """The same when the sentence opens with a pronoun: it continues the one before."""
    covered = before_coverage(query, candidate, maxima)
    return covered if covered and candidate.view.opening in query.language.pronouns else 0.0


def same_form(query: Query, candidate: Candidate, maxima: Maxima) -> float:
    """IDF-weighted share of the key terms that stand here in the form they have in the question: "led", not "leading"."""
    return candidate.form


def _weighted(query: Query, values: Sequence[float]) -> float:
    return sum(map(operator.mul, query.idf, values)) / query.total if any(values) else 0.0


Features = tuple[tuple[Callable[[Query, Candidate, Maxima], float], float], ...]
FEATURES: Features = (
    (word_score, 3.0),
    (passage_score, 3.0),
    (exact_coverage, 2.0),
    (soft_coverage, 4.0),
    (relation_coverage, 1.0),
    (before_coverage, 2.0),
    (pronoun_before, 2.0),
    (has_type, 1.0),
    (type_count, 0.5),
    (pair_overlap, 3.0),
    (same_form, 1.0),
)
"""All features and their weights; the last four need the text read, the others compare words."""

BY_READING = FEATURES[-4:]
BY_BM25, BY_COVERAGE = FEATURES[:2], FEATURES[2:-4]


def _weighed(features: Features, query: Query, candidate: Candidate, maxima: Maxima) -> list[float]:
    """What each of `features` adds to the score."""
    return [weight * min(1.0, function(query, candidate, maxima)) for function, weight in features]


def _by_words(query: Query, candidate: Candidate, maxima: Maxima) -> list[float]:
    """What the features that compare words add to the score. A sentence that no key term touches covers nothing."""
    covered = _weighed(BY_COVERAGE, query, candidate, maxima) if candidate.touched else [0.0] * len(BY_COVERAGE)
    return _weighed(BY_BM25, query, candidate, maxima) + covered


def _evidence(query: Query, candidate: Candidate, weighed: Sequence[float]) -> Evidence:
    """The candidate as evidence; `weighed` runs along `FEATURES`."""
    features = tuple(
        [Feature(none.name, value / none.weight, none.weight) if value else none for none, value in zip(_NONE, weighed, strict=True)]
    )
    told = [(term.text, match.quality) for term, match in zip(query.terms, candidate.matches, strict=True)]
    # Made by the dozen for each question out of our own figures: checking them again would double the time.
    return Evidence.model_construct(
        sentence=candidate.view.sentence,
        score=sum(weighed),
        features=features,
        matched_terms=tuple([text for text, quality in told if quality]),
        missing_terms=tuple([text for text, quality in told if not quality]),
    )


_NONE = tuple(Feature(function.__name__, 0.0, weight) for function, weight in FEATURES)

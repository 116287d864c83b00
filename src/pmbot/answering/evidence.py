"""Ranks the sentences of the hits as evidence for an answer.

The features and their one-digit weights are explained one by one below; all values lie in 0..1. BM25 is that of Robertson and
Zaragoza (2009) with the IDF of Lucene, which is never negative.
The cost depends on the number of hits alone, not on the size of the corpus.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pmbot.answering import english
from pmbot.answering.query import Match, Matcher, Query
from pmbot.answering.views import View, Views
from pmbot.models import Evidence, Feature, Hit

SENTENCE_BM25 = (0.5, 0.3)  # k1, b: a sentence repeats few words and its length says little
WORD_BM25 = (1.2, 0.5)
PASSAGE_BM25 = (1.5, 0.75)


@dataclass(frozen=True)
class Candidate:
    """One sentence with what the features and the policy read of it.

    `matches`: how the sentence stands for each key term; `before`: how the sentence before does (headings above included);
    `around`: how the whole passage does. The three BM25 values are raw.
    """

    view: View
    matches: tuple[Match, ...]
    before: tuple[Match, ...]
    around: tuple[Match, ...]
    sentence_bm25: float
    word_bm25: float
    passage_bm25: float
    pairs: float
    typed: int

    def coverage(self, query: Query) -> float:
        """IDF-weighted share of the key terms that the sentence holds, graded by quality."""
        return sum(idf * match.quality for idf, match in zip(query.idf, self.matches, strict=True)) / query.total


@dataclass(frozen=True)
class Ranking:
    """Candidates, best first, with their evidence running parallel."""

    query: Query
    matcher: Matcher
    candidates: tuple[Candidate, ...] = ()
    evidence: tuple[Evidence, ...] = ()


def rank(query: Query, hits: Sequence[Hit], views: Views, mean_length: float) -> Ranking:
    """Rank the sentences of `hits`; `mean_length` is the corpus' mean number of terms in a sentence."""
    sentences = list({(s.doc_id, s.index): s for hit in hits for s in hit.chunk.sentences}.values())
    order = {(s.doc_id, s.index): place for place, s in enumerate(sentences)}
    all_views = [views.view(s.doc_id, s.index) for s in sentences]
    passages = [views.passage(view) for view in all_views]
    vocabulary = {term for passage in passages for view in passage for term in view.content_set}
    vocabulary.update(term for view in all_views for term in views.context_terms(view))
    matcher = Matcher(query, vocabulary)
    candidates = [
        _candidate(query, matcher, views, _Scene(view, passage, max(mean_length, 1.0)))
        for view, passage in zip(all_views, passages, strict=True)
        if view.content and not view.is_heading
    ]
    maxima = _maxima(candidates)
    scored = [(_evidence(query, candidate, maxima), candidate) for candidate in candidates]
    scored.sort(key=lambda pair: (-round(pair[0].score, 9), order[pair[1].view.sentence.doc_id, pair[1].view.sentence.index]))
    return Ranking(query, matcher, tuple(c for _, c in scored), tuple(e for e, _ in scored))


@dataclass(frozen=True)
class _Scene:
    view: View
    passage: list[View]
    mean_length: float


def _candidate(query: Query, matcher: Matcher, views: Views, scene: _Scene) -> Candidate:
    view = scene.view
    earlier = views.neighbour(view, -1)
    before = views.context_terms(view) | (earlier.word_set if earlier else frozenset())
    around = frozenset().union(*(other.word_set for other in scene.passage)) | before
    content = Counter(view.content)
    passage = Counter(term for other in scene.passage for term in other.content)
    weights = {term.term: idf for term, idf in zip(query.terms, query.idf, strict=True)}
    return Candidate(
        view=view,
        matches=matcher.matches(view.word_set),
        before=matcher.matches(before),
        around=matcher.matches(around),
        sentence_bm25=bm25(weights, content, SENTENCE_BM25, len(view.content) / (0.6 * scene.mean_length)),
        word_bm25=bm25(query.word_idf, Counter(view.words), WORD_BM25, len(view.words) / scene.mean_length),
        passage_bm25=bm25(weights, passage, PASSAGE_BM25, sum(passage.values()) / (2.5 * scene.mean_length)),
        pairs=_pair_overlap(query, view),
        typed=count_typed(query, view),
    )


def bm25(weights: Mapping[str, float], counts: Counter[str], shape: tuple[float, float], relative_length: float) -> float:
    """BM25 of one text: `weights` are IDFs by term, `shape` is (k1, b), `relative_length` its length over the mean length."""
    k1, b = shape
    norm = k1 * (1.0 - b + b * relative_length)
    return sum(idf * counts[term] * (k1 + 1.0) / (counts[term] + norm) for term, idf in weights.items() if counts[term])


def _pair_overlap(query: Query, view: View) -> float:
    """Share of the question's neighbouring word pairs, function words included, that stand in the sentence too."""
    pairs = list(zip(query.words, query.words[1:], strict=False))
    return sum(pair in view.word_pairs for pair in pairs) / len(pairs) if pairs else 0.0


def count_typed(query: Query, view: View) -> int:
    """How many mentions of an expected kind the sentence has that the question does not already hold."""
    if not query.reading.expects:
        return 0
    asked = query.term_set
    count = 0
    for mention in view.mentions:
        if mention.kind in query.reading.expects:
            terms = [token.term for token in view.tokens_in(mention.start, mention.end) if token.term not in view.stops]
            count += bool(terms) and not all(term in asked for term in terms)
    return count


Maxima = tuple[float, float, float]


def _maxima(candidates: Sequence[Candidate]) -> Maxima:
    return (
        max((c.sentence_bm25 for c in candidates), default=0.0) or 1.0,
        max((c.word_bm25 for c in candidates), default=0.0) or 1.0,
        max((c.passage_bm25 for c in candidates), default=0.0) or 1.0,
    )


def sentence_score(query: Query, candidate: Candidate, maxima: Maxima) -> float:
    """BM25 of the sentence over the best sentence's: rare words of the question stand here."""
    return candidate.sentence_bm25 / maxima[0]


def word_score(query: Query, candidate: Candidate, maxima: Maxima) -> float:
    """The same with function words: the phrasing is alike."""
    return candidate.word_bm25 / maxima[1]


def passage_score(query: Query, candidate: Candidate, maxima: Maxima) -> float:
    """BM25 of the passage over the best passage's: the surroundings speak of the subject."""
    return candidate.passage_bm25 / maxima[2]


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
    return _weighted(query, [float(match.quality == 1.0) for match in candidate.matches])


def soft_coverage(query: Query, candidate: Candidate, maxima: Maxima) -> float:
    """IDF-weighted share of the other key terms that a related word stands for, times its quality."""
    return _weighted(query, [match.quality if match.quality < 1.0 else 0.0 for match in candidate.matches])


def before_coverage(query: Query, candidate: Candidate, maxima: Maxima) -> float:
    """IDF-weighted share of the key terms missing here that stand in the sentence before or in a heading above."""
    return _weighted(query, [b.quality if not m.quality else 0.0 for m, b in zip(candidate.matches, candidate.before, strict=True)])


def pronoun_before(query: Query, candidate: Candidate, maxima: Maxima) -> float:
    """The same when the sentence opens with a pronoun: it continues the one before."""
    tokens = candidate.view.tokens
    opens = bool(tokens) and tokens[0].norm in english.PRONOUNS
    return before_coverage(query, candidate, maxima) if opens else 0.0


def _weighted(query: Query, values: Sequence[float]) -> float:
    return sum(idf * value for idf, value in zip(query.idf, values, strict=True)) / query.total


FEATURES: tuple[tuple[Callable[[Query, Candidate, Maxima], float], float], ...] = (
    (sentence_score, 0.7),
    (word_score, 2.0),
    (passage_score, 3.0),
    (has_type, 2.0),
    (type_count, 0.6),
    (pair_overlap, 2.0),
    (exact_coverage, 5.0),
    (soft_coverage, 5.0),
    (before_coverage, 3.0),
    (pronoun_before, 2.0),
)


def _evidence(query: Query, candidate: Candidate, maxima: Maxima) -> Evidence:
    features = tuple(
        Feature(name=function.__name__, value=min(1.0, function(query, candidate, maxima)), weight=weight) for function, weight in FEATURES
    )
    return Evidence(
        sentence=candidate.view.sentence,
        score=sum(feature.value * feature.weight for feature in features),
        features=features,
        matched_terms=tuple(t.text for t, m in zip(query.terms, candidate.matches, strict=True) if m.quality),
        missing_terms=tuple(t.text for t, m in zip(query.terms, candidate.matches, strict=True) if not m.quality),
    )

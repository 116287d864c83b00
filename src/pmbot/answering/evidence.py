"""Ranks the sentences of the hits as evidence for an answer.

The features and their one-digit weights are explained one by one in `comparing.Weights`; all values lie in 0..1.
The cost depends on the number of hits alone, not on the size of the corpus.
"""

from __future__ import annotations

import itertools
import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from pmbot.answering.asked_figures import count_typed
from pmbot.answering.comparing import Comparison, Context, Matches, Scored, Surroundings, Weights
from pmbot.answering.gathering import gather
from pmbot.answering.query import Matcher, Query
from pmbot.answering.tables import CellAnswer
from pmbot.answering.views import View, Views
from pmbot.models import Evidence, Feature, Hit, QuestionType, made

WEIGHTS = Weights()
LOOKED_AT = 4  # sentences read for mentions and phrasing; with twice as many the same one is the best
LISTED = 6  # the same where all that is told is asked for


@dataclass(frozen=True, eq=False)
class Candidate:
    """One sentence with what the features and the policy read of it.

    `matches`: how the sentence stands for each key term; `look_around` tells its `Surroundings`, when they are asked for.
    """

    view: View
    matches: Matches
    look_around: Callable[[], Surroundings]
    pairs: float = 0.0
    typed: int = 0

    @property
    def before(self) -> Matches:
        """How the sentence before stands for each key term, headings above included."""
        return self._surroundings.before

    @property
    def around(self) -> Matches:
        """How the whole passage does."""
        return self._surroundings.around

    @property
    def sentence_bm25(self) -> float:
        """BM25 of the sentence by the key terms alone, raw."""
        return self._surroundings.sentence_bm25

    @cached_property
    def _surroundings(self) -> Surroundings:
        return self.look_around()


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

    All are compared by their words; only the best `LOOKED_AT` are read for mentions and phrasing, or `LISTED`. Sentences that ask something
    themselves are left out, unless there are no others.
    """
    gathered = gather(views, places_of(hits))
    context = Context(views.terms_above, mean_length, WEIGHTS)
    comparison = gathered.compare(query, context)
    count = LISTED if query.reading.type is QuestionType.AGGREGATION else LOOKED_AT
    best = comparison.best(count)
    asking = {one.found.at for one in best if gathered.view(one.found.at).asks}
    if 0 < len(asking) < len(best):  # a list of questions and answers holds the very words of the question, and no answer in them
        comparison = gathered.compare(query, context, without=asking)
        best = [one for one in comparison.best(count) if not gathered.view(one.found.at).asks]
    reader = _Reader(query, comparison)
    scored = [reader.read(one, gathered.view(one.found.at)) for one in best]
    scored.sort(key=lambda pair: (-round(pair[1].score, 9), pair[0].view.doc_id, pair[0].view.index))
    return Ranking(query, comparison.matcher, tuple([c for c, _ in scored]), tuple([e for _, e in scored]), tuple(gathered.rows()))


def places_of(hits: Sequence[Hit]) -> dict[str, list[int]]:
    """The sentences of hits: their indexes by document, both in order."""
    found: dict[str, set[int]] = {}
    for hit in hits:
        sentences = hit.chunk.sentences
        found.setdefault(hit.chunk.doc_id, set()).update(range(sentences[0].index, sentences[-1].index + 1))
    return {doc_id: sorted(found[doc_id]) for doc_id in sorted(found)}


class _Reader:
    """Reads the sentences that may be the best for what their words alone do not tell."""

    def __init__(self, query: Query, comparison: Comparison) -> None:
        self._query, self._comparison = query, comparison
        self._pairs = list(itertools.pairwise(query.words))
        weight_of = {term.term: idf for term, idf in zip(query.terms, query.idf, strict=True)}
        self._forms = {token.norm: weight_of[token.term] for token in query.tokens if token.term in weight_of}
        self._norms = frozenset(self._forms)
        self._texts = [term.text for term in query.terms]
        self._nothing = [Feature(name, 0.0, weight) for name, weight in zip(Weights._fields, WEIGHTS, strict=True)]

    def read(self, scored: Scored, view: View) -> tuple[Candidate, Evidence]:
        """A sentence as candidate and as evidence: with shared word pairs and forms, and mentions of the expected kinds."""
        pairs = view.word_pairs(self._pairs) / len(self._pairs) if self._pairs else 0.0
        typed = count_typed(self._query, view)
        form = sum([self._forms[norm] for norm in sorted(view.forms(self._norms))]) / self._query.total
        read = (float(typed > 0), min(typed, 3) / 3.0, min(1.0, pairs), min(1.0, form))
        weighed = (*scored.added, *map(operator.mul, WEIGHTS[-len(read) :], read))
        comparison, found = self._comparison, scored.found
        candidate = Candidate(view, comparison.matches(found), lambda: comparison.surroundings(found), pairs, typed)
        return candidate, self._evidence(candidate, weighed)

    def _evidence(self, candidate: Candidate, weighed: Sequence[float]) -> Evidence:
        """The candidate as evidence; `weighed` runs along `WEIGHTS`."""
        features = [
            Feature(none.name, value / none.weight, none.weight) if value else none
            for none, value in zip(self._nothing, weighed, strict=True)
        ]
        told = [match.quality > 0 for match in candidate.matches]
        fields = {
            "sentence": candidate.view.sentence,
            "score": sum(weighed),
            "features": tuple(features),
            "matched_terms": tuple(itertools.compress(self._texts, told)),
            "missing_terms": tuple([text for text, is_told in zip(self._texts, told, strict=True) if not is_told]),
        }
        return made(Evidence, fields)

"""Sentences gathered as views and compared in plain Python.

Many sentences share the same words with a question, and neighbours share their passage: what hangs on those alone is found once for
each, not for each sentence. Of fifty sentences, some twenty stand differently for the question, in some twenty passages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence

from pmbot.answering.bm25 import PASSAGE_BM25, SENTENCE_BM25, WORD_BM25, bm25
from pmbot.answering.comparing import Context, Found, Matches, Scored, Surroundings, best_of, better, brevity, rarity, tops, weight_of
from pmbot.answering.query import NEAR, Matcher, Query
from pmbot.answering.views import View

Weighed = Mapping[str, float]
"""The weights of words."""


class GatheredViews:
    """Sentences gathered as views; see `Gathered`."""

    def __init__(self, passages: Iterable[tuple[View, Sequence[View]]]) -> None:
        """`passages` gives each sentence found with its passage, in order."""
        place_of: dict[View, int] = {}
        self.found: list[Found] = []
        for view, passage in passages:
            for near in passage:
                place_of.setdefault(near, len(place_of))
            first = place_of[passage[0]]
            self.found.append(Found(place_of[view], first, first + len(passage)))
        self.views = list(place_of)

    def compare(self, query: Query, context: Context, without: Container[int] = ()) -> ComparisonOfViews:
        """Compare them, but for those `without`."""
        return ComparisonOfViews(query, self, context, without)

    def view(self, at: int) -> View:
        """A sentence, made ready."""
        return self.views[at]

    def rows(self) -> list[View]:
        """The rows of tables among the sentences found."""
        return [self.views[one.at] for one in self.found if self.views[one.at].row is not None]


class Standing:
    """How all sentences that share the same words with a question stand for its key terms.

    There is one object for all of them, so that what is known of them can be looked up by it.
    """

    __slots__ = ("matches",)

    def __init__(self, matches: Matches) -> None:
        self.matches = matches


class ComparisonOfViews:
    """A comparison over views; see `Comparison`."""

    def __init__(self, query: Query, gathered: GatheredViews, context: Context, without: Container[int]) -> None:
        self._query, self._views, self._mean_length = query, gathered.views, max(context.mean_length, 1.0)
        self._weights = context.weights
        compared = [one for one in gathered.found if one.at not in without]
        self._found = [one for one in compared if self._views[one.at].content_size and not self._views[one.at].is_heading]
        paths = {self._path(one) for one in self._found}
        above = {path: context.terms_above(path) for path in paths}
        self.matcher = Matcher(query, set[str]().union(*[view.words for view in self._views], *above.values()))
        self._weight_of, self._asked = weight_of(query), frozenset(query.relation)
        self._asked_total = sum([query.telling[place] for place in query.relation]) or 1.0
        self._nothing = Standing(self.matcher.nothing)
        self._standings: dict[frozenset[str], Standing] = {}
        self._joined: dict[tuple[Standing, Standing], Standing] = {}
        self._coverages: dict[Standing, float] = {}
        self._covered: dict[tuple[Standing, Standing], float] = {}
        telling = self.matcher.telling.union(query.word_idf)
        self._shared = [telling.intersection(view.words) for view in self._views]
        self._stands = {words: self._standing(words) for words in set(self._shared)}
        self._above = {path: self._standing(terms) for path, terms in above.items()}
        self._rarities = self._count_rarities()
        self._weighed: dict[Standing, tuple[float, ...]] = {}

    def best(self, count: int) -> list[Scored]:
        """The sentences with the highest scores by words, best first."""
        pronouns, found = self._query.language.pronouns, self._found
        added, covered = self._added()
        totals = [_sum(features) for features in added]
        more = [self._weights.pronoun_before * share for share in covered]
        best = best_of(totals, more, lambda place: self._views[found[place].at].opening in pronouns, count)
        return [Scored(found[place], (*added[place], had)) for place, had in best]

    def matches(self, found: Found) -> Matches:
        """How a sentence stands for each key term."""
        return self._stands[self._shared[found.at]].matches

    def surroundings(self, found: Found) -> Surroundings:
        """What else is known of a sentence by its words."""
        before, view = self._before(found), self._views[found.at]
        score = bm25(self._weight_of, view.words.count, SENTENCE_BM25, view.content_size / (0.6 * self._mean_length))
        return Surroundings(before.matches, self._join(before, self._passage_stands(found)).matches, score)

    def _added(self) -> tuple[list[tuple[float, ...]], list[float]]:
        """What the words of each sentence add to its score but for a pronoun, and the share that counts for one with a pronoun."""
        of_words, of_passages = self._words(), self._passages()
        top_word, top_passage = tops(self._query, of_words, of_passages)
        found, shares = list[tuple[float, ...]](), []
        for one, words, passage in zip(self._found, of_words, of_passages, strict=True):
            here, before = self._stands[self._shared[one.at]], self._before(one)
            covered = 0.0 if before is self._nothing else self._covered_before(here, before)
            above = self._above[self._path(one)]
            found.append((
                self._weights.word_score * min(1.0, words / top_word),
                self._weights.passage_score * min(1.0, passage / top_passage),
                self._weights.brevity * brevity(len(self._views[one.at].words)),
                *self._weigh(here),
                self._weights.around_coverage * self._covered_by(self._join(above, self._passage_stands(one))),
                self._weights.before_coverage * covered,
            ))  # fmt: skip
            shares.append(covered)
        return found, shares

    def _path(self, found: Found) -> tuple[str, ...]:
        return self._views[found.at].setting.heading_path

    def _before(self, found: Found) -> Standing:
        """How the sentence before stands, and the headings above."""
        above = self._above[self._path(found)]
        return self._join(above, self._stands[self._shared[found.at - 1]]) if found.at > found.first else above

    def _passage_stands(self, found: Found) -> Standing:
        """How the passage stands."""
        around = self._nothing
        for shared in self._shared[found.first : found.after]:
            around = self._join(around, self._stands[shared])
        return around

    def _standing(self, words: frozenset[str]) -> Standing:
        """How sentences with these words stand: by those that the matcher knows."""
        told = self.matcher.telling & words
        known = self._standings.get(told)
        if known is None:
            matches = self.matcher.matches(told)
            known = self._standings[told] = self._nothing if matches is self.matcher.nothing else Standing(matches)
        return known

    def _count_rarities(self) -> list[float]:
        """The rarity of each key term."""
        holding = [0] * len(self._query.terms)
        for stands, count in Counter([self._stands[self._shared[one.at]] for one in self._found]).items():
            for place, (quality, _) in enumerate(stands.matches):
                holding[place] += count if quality else 0
        return [rarity(count, len(self._found)) for count in holding]

    def _qualities(self, stands: Standing) -> list[float]:
        """The qualities, by the rarity of each term where another word stands for it."""
        pairs = zip(stands.matches, self._rarities, strict=True)
        return [quality * rare if quality < 1.0 else quality for (quality, _), rare in pairs]

    def _weigh(self, stands: Standing) -> tuple[float, ...]:
        """What is added, along `Weights`, by exact and soft coverage, by the words that say what is asked, and by how many are found."""
        known = self._weighed.get(stands)
        if known is None:
            known = self._weighed[stands] = self._weights_of(self._qualities(stands), sum([m.quality >= NEAR for m in stands.matches]))
        return known

    def _weights_of(self, qualities: Sequence[float], count: int) -> tuple[float, ...]:
        query = self._query
        exact = soft = related = 0.0
        for place, quality in enumerate(qualities):
            if quality == 1.0:
                exact += query.idf[place]
            else:
                soft += query.idf[place] * quality
            if place in self._asked:
                related += query.telling[place] * quality
        return (
            self._weights.exact_coverage * min(1.0, exact / query.total),
            self._weights.soft_coverage * min(1.0, soft / query.total),
            self._weights.relation_coverage * min(1.0, related / self._asked_total),
            self._weights.found_share * (count / (len(qualities) or 1)),
        )

    def _join(self, one: Standing, other: Standing) -> Standing:
        """The better match of each term."""
        if other is self._nothing or one is other:
            return one
        if one is self._nothing:
            return other
        known = self._joined.get((one, other))
        if known is None:
            known = self._joined[one, other] = Standing(better(one.matches, other.matches))
        return known

    def _covered_by(self, stands: Standing) -> float:
        known = self._coverages.get(stands)
        if known is None:
            told = [idf * quality for idf, quality in zip(self._query.idf, self._qualities(stands), strict=True)]
            known = self._coverages[stands] = min(1.0, _sum(told) / self._query.total)
        return known

    def _covered_before(self, here: Standing, before: Standing) -> float:
        known = self._covered.get((here, before))
        if known is None:
            pairs = zip(here.matches, self._qualities(before), strict=True)
            missing = [idf * quality for idf, (match, quality) in zip(self._query.idf, pairs, strict=True) if not match.quality]
            known = self._covered[here, before] = min(1.0, _sum(missing) / self._query.total)
        return known

    def _words(self) -> list[float]:
        """BM25 of each sentence by all words, function words included."""
        told, mean = self._told(self._query.word_idf), self._mean_length
        views = [self._views[one.at] for one in self._found]
        shared = [self._shared[one.at] for one in self._found]
        return [bm25(told[s], v.words.count, WORD_BM25, len(v.words) / mean) for s, v in zip(shared, views, strict=True)]

    def _passages(self) -> list[float]:
        """BM25 of the passage of each sentence by the key terms, once for all its sentences."""
        told, known = self._told(self._weight_of), dict[tuple[int, int], float]()
        for _, first, after in self._found:
            if (first, after) not in known:
                known[first, after] = self._passage(range(first, after), told)
        return [known[first, after] for _, first, after in self._found]

    def _passage(self, places: Iterable[int], told: Mapping[frozenset[str], Weighed]) -> float:
        counts, length = dict[str, int](), 0
        for at in places:
            view = self._views[at]
            length += view.content_size
            for term in told[self._shared[at]]:
                counts[term] = counts.get(term, 0) + view.words.count(term)
        return bm25(self._weight_of, counts.get, PASSAGE_BM25, length / (2.5 * self._mean_length))

    def _told(self, weights: Weighed) -> dict[frozenset[str], Weighed]:
        """Those of the weights that each set of shared words has, in order."""
        return {shared: {word: weight for word, weight in weights.items() if word in shared} for shared in set(self._shared)}


def _sum(values: Iterable[float]) -> float:
    """Added up from the left: `sum` does so in another way from Python 3.12 on."""
    total = 0.0
    for value in values:
        total += value
    return total

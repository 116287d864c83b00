"""Sentences gathered as arrays and compared all at once: of a hundred around the hits of a question, a dozen become objects.

Every sum is made of the same products in the same order as over views, so that the values are the same to the last bit.
"""

from __future__ import annotations

import functools
import itertools
import operator
from collections.abc import Container, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from pmbot.answering.bm25 import PASSAGE_BM25, SENTENCE_BM25, WORD_BM25, bm25
from pmbot.answering.comparing import Context, Found, Matches, Scored, Surroundings, best_of, better, brevity, rarity, tops, weight_of
from pmbot.answering.query import NEAR, NO_MATCH, Matcher, Query
from pmbot.answering.views import PASSAGE_REACH, View, Views
from pmbot.indexing.stretches import Stretches

if TYPE_CHECKING:
    from typing import TypeAlias

    from numpy.typing import NDArray

    Numbers: TypeAlias = NDArray[np.int64]
    Floats: TypeAlias = NDArray[np.float64]


class GatheredArrays:
    """Sentences gathered as arrays; see `Gathered`.

    `length` tells how many terms each sentence has, 0 for those in no passage; -1 where arrays do not tell, and views must.
    """

    def __init__(self, stretches: Stretches, places: Sequence[int], views: Views) -> None:
        """`places` are the numbers of the sentences that were found, in order."""
        self.stretches, self._views = stretches, views
        self.at = at = np.array(places, np.int64)
        block = stretches.block
        self.first = first = np.maximum(at - PASSAGE_REACH, block.searchsorted(block[at], "left"))
        self.after = after = np.minimum(at + PASSAGE_REACH + 1, block.searchsorted(block[at], "right"))
        ends = np.bincount(first, minlength=len(block) + 1) - np.bincount(after, minlength=len(block) + 1)
        self.length: Numbers = np.where(ends.cumsum()[:-1] > 0, stretches.length, 0)

    @property
    def found(self) -> Sequence[Found]:
        """Those that were found."""
        return list(map(Found, self.at.tolist(), self.first.tolist(), self.after.tolist()))

    def compare(self, query: Query, context: Context, without: Container[int] = ()) -> ComparisonOfArrays:
        """Compare them, but for those `without`."""
        is_heading, row = self.stretches.is_heading(self.at), self.stretches.row(self.at)
        kept = (self.stretches.content[self.at] > 0) & ~is_heading
        for place in (kept & (row == 1)).nonzero()[0].tolist():
            kept[place] = not self.view(int(self.at[place])).is_heading
        compared = kept.nonzero()[0]
        if without:
            compared = np.array([place for place in compared.tolist() if int(self.at[place]) not in without], np.int64)
        return ComparisonOfArrays(query, self, context, compared)

    def view(self, at: int) -> View:
        """A sentence, made ready."""
        return self._views.kept(*self.stretches.place(at), lambda: self.stretches.written(at))

    def rows(self) -> list[View]:
        """The rows of tables among the sentences found."""
        return [self.view(at) for at in self.at[self.stretches.row(self.at) > 0].tolist()]

    def opens_with(self, at: int, words: Container[str]) -> bool:
        """Whether a sentence begins with one of the folded words; where they are listed, its first term says so of most that do not."""
        if isinstance(words, frozenset):
            term = self.stretches.words[int(self.stretches.numbers[self.stretches.term[at]])]
            if term not in self._views.stems(self.stretches.place(at)[0], words):
                return False
        return self.view(at).opening in words

    def tokens(self, like: Iterable[str]) -> tuple[NDArray[np.uint32], Numbers]:
        """Of each token that begins like one of the words `like`, and of some more, the number of its term and its sentence."""
        term, numbers = self.stretches.term, self.stretches.numbers
        held = self.stretches.begin_like(numbers, like).nonzero()[0]
        sentences = term.searchsorted(held, "right") - 1
        # Behind the terms of its tokens a sentence may have those of other spellings; one in no passage has none that count.
        own = (held - term.take(sentences) < self.length.take(sentences)).nonzero()[0]
        return numbers.take(held.take(own)), sentences.take(own)


class ComparisonOfArrays:
    """A comparison over arrays; see `Comparison`.

    `counts`, shape (words, sentences), tells how often words that tell something stand in each sentence; `quality`, shape (terms,
    sentences), how well each sentence stands for each key term.
    """

    def __init__(self, query: Query, gathered: GatheredArrays, context: Context, compared: Numbers) -> None:
        """`compared` are the places of the sentences among those found."""
        self._query, self._gathered = query, gathered
        self._mean_length, self._weights = max(context.mean_length, 1.0), context.weights
        self._at, self._first, self._after = (numbers[compared] for numbers in (gathered.at, gathered.first, gathered.after))
        at = self._at.tolist()
        self._path_of = dict(zip(at, gathered.stretches.heading_paths(at), strict=True))
        self._above = {path: context.terms_above(path) for path in dict.fromkeys(self._path_of.values())}
        numbers, sentences = gathered.tokens(query.told_by)
        held = sorted(set(numbers.tolist()))  # of some hundreds: as fast as `numpy.unique`, without its overhead
        words = dict(zip(map(gathered.stretches.words.__getitem__, held), held, strict=True))
        self.matcher = Matcher(query, set(words).union(*self._above.values()))
        self._weight_of = weight_of(query)
        telling = self.matcher.telling.union(query.word_idf)
        self._place_of = {word: place for place, word in enumerate(word for word in words if word in telling)}
        self._counts = _counts([words[word] for word in self._place_of], (numbers, sentences), len(gathered.length))
        self._words_of: dict[int, frozenset[str]] = {}
        self._quality = self._qualities()

    def best(self, count: int) -> list[Scored]:
        """The sentences with the highest scores by words, best first."""
        pronouns, at = self._query.language.pronouns, self._at
        added, covered = self._added()
        features = np.array(added)
        totals: list[float] = _summed(features).tolist()
        more = (self._weights.pronoun_before * covered).tolist()
        best = best_of(totals, more, lambda place: self._gathered.opens_with(int(at[place]), pronouns), count)
        of_best = features[:, [place for place, _ in best]].T.tolist()
        found = [Found(int(at[place]), int(self._first[place]), int(self._after[place])) for place, _ in best]
        return [Scored(one, (*values, had)) for one, (_, had), values in zip(found, best, of_best, strict=True)]

    def matches(self, found: Found) -> Matches:
        """How a sentence stands for each key term."""
        return self._matches(found.at)

    def surroundings(self, found: Found) -> Surroundings:
        """What else is known of a sentence by its words."""
        before = self.matcher.matches(self._above[self._path_of[found.at]])
        if found.at > found.first:
            before = better(before, self._matches(found.at - 1))
        match, around = self.matcher.match, []
        for place, passage in enumerate(self._quality[:, found.first : found.after].tolist()):  # a few numbers: faster than as arrays
            best = max(passage)
            around.append(match(place, self._words_in(found.first + passage.index(best))) if best else NO_MATCH)
        return Surroundings(before, better(before, tuple(around)), self._sentence_bm25(found))

    def _sentence_bm25(self, found: Found) -> float:
        counts = dict(zip(self._place_of, self._counts[:, found.at].tolist(), strict=True))
        relative_length = int(self._gathered.stretches.content[found.at]) / (0.6 * self._mean_length)
        return bm25(self._weight_of, counts.get, SENTENCE_BM25, relative_length)

    def _added(self) -> tuple[list[Floats], Floats]:
        """What each feature adds to the scores of the sentences, but for a pronoun, and the share that counts for one with a pronoun."""
        query, found = self._query, self._quality[:, self._at]
        rarities = _rarities(found)
        told, above = _weakened(self._quality, rarities), self._qualities_above(rarities)
        here, before = told[:, self._at], self._before(told, above)
        idf, asked = np.array(query.idf)[:, None], query.relation
        words, passages = self._words(), self._passages()
        top_word, top_passage = tops(query, words.tolist(), passages.tolist())
        covered = _share(idf * np.where(here == 0.0, before, 0.0), query.total)
        related = np.array([query.telling[place] for place in asked])[:, None] * here[asked]
        features = [
            self._weights.word_score * np.minimum(1.0, words / top_word),
            self._weights.passage_score * np.minimum(1.0, passages / top_passage),
            self._weights.brevity * np.array(list(map(brevity, self._gathered.length[self._at].tolist()))),
            self._weights.exact_coverage * _share(idf * (here == 1.0), query.total),
            self._weights.soft_coverage * _share(idf * np.where(here < 1.0, here, 0.0), query.total),
            self._weights.relation_coverage * _share(related, sum([query.telling[place] for place in asked]) or 1.0),
            self._weights.found_share * ((found >= NEAR).sum(axis=0) / (len(found) or 1)),
            self._weights.around_coverage * _share(idf * self._around(told, above), query.total),
            self._weights.before_coverage * covered,
        ]
        return features, covered

    def _qualities_above(self, rarities: Floats) -> Floats | None:
        """How well the headings above each sentence stand for each key term; None where none does for any."""
        place_of = {path: place for place, path in enumerate(self._above)}
        above = np.array([[match.quality for match in self.matcher.matches(terms)] for terms in self._above.values()])
        return _weakened(above.T, rarities)[:, [place_of[path] for path in self._path_of.values()]] if above.any() else None

    def _before(self, told: Floats, above: Floats | None) -> Floats:
        """How well the sentence before each stands for each key term, and the headings above."""
        before: Floats = np.where(self._at == self._first, 0.0, told[:, self._at - 1])
        return before if above is None else np.maximum(above, before)

    def _around(self, told: Floats, above: Floats | None) -> Floats:
        """How well the whole passage of each stands for each key term, and the headings above."""
        bounds = np.column_stack([self._first, self._after]).ravel()
        padded = np.zeros((told.shape[0], told.shape[1] + 1))  # a passage may end with the last sentence
        padded[:, :-1] = told
        around: Floats = np.maximum.reduceat(padded, bounds, axis=1)[:, ::2] if len(bounds) else padded[:, :0]
        return around if above is None else np.maximum(above, around)

    def _words(self) -> Floats:
        """BM25 of each sentence by all words, function words included."""
        relative_length = self._gathered.length[self._at] / self._mean_length
        return self._bm25(self._counts[:, self._at], self._query.word_idf, WORD_BM25, relative_length)

    def _passages(self) -> Floats:
        """BM25 of the passage of each sentence by the key terms."""
        counts, length = (_sums(numbers, self._first, self._after) for numbers in (self._counts, self._gathered.stretches.content))
        return self._bm25(counts, self._weight_of, PASSAGE_BM25, length / (2.5 * self._mean_length))

    def _bm25(self, counts: Numbers, weights: Mapping[str, float], shape: tuple[float, float], relative_length: Floats) -> Floats:
        """`bm25.bm25` of many texts at once, by their `counts` and their lengths over the mean."""
        k1, b = shape
        norm, most = k1 * (1.0 - b + b * relative_length), k1 + 1.0
        held = [word for word in weights if word in self._place_of]
        found = counts[[self._place_of[word] for word in held]]
        return _summed(np.array([weights[word] for word in held])[:, None] * found * most / (found + norm))

    def _qualities(self) -> Floats:
        """How well each sentence stands for each key term: by the best of the words that may stand for it."""
        present, place_of = self._counts > 0, self._place_of
        words = frozenset(place_of)
        quality = np.zeros((len(self._query.terms), present.shape[1]))
        for of_term, term, options in zip(quality, self._query.terms, self.matcher.options, strict=True):
            for option in reversed(options):  # the best last
                if option.terms <= words:
                    held = [present[place_of[word]] for word in option.terms]
                    np.putmask(of_term, functools.reduce(operator.and_, held), option.quality)
            if term.term in words:
                np.putmask(of_term, present[place_of[term.term]], 1.0)
        return quality

    def _matches(self, at: int) -> Matches:
        """How a sentence stands for each key term."""
        match, words = self.matcher.match, self._words_in(at)
        return tuple([match(place, words) if quality else NO_MATCH for place, quality in enumerate(self._quality[:, at].tolist())])

    def _words_in(self, at: int) -> frozenset[str]:
        """Those of the words that tell something that stand in a sentence."""
        known = self._words_of.get(at)
        if known is None:
            known = self._words_of[at] = frozenset(itertools.compress(self._place_of, self._counts[:, at].tolist()))
        return known


def _rarities(found: Floats) -> Floats:
    """The rarity of each key term, shape (terms, 1), by how well the sentences compared stand for it, shape (terms, sentences)."""
    holding: list[int] = (found > 0.0).sum(axis=1).tolist()
    return np.array([rarity(count, found.shape[1]) for count in holding])[:, None]


def _weakened(quality: Floats, rarities: Floats) -> Floats:
    """Qualities, shape (terms, texts), by the rarity of each term where another word stands for it."""
    return np.where(quality < 1.0, quality * rarities, quality)


def _share(values: Floats, total: float) -> Floats:
    """The sums of `values`, shape (terms, sentences), over the terms, as a share."""
    return np.minimum(1.0, _summed(values) / total)


def _summed(values: Floats) -> Floats:
    """The sums of the columns, added up from the top: `numpy.sum` may take another order."""
    summed: Floats = np.add.accumulate(values, axis=0)[-1] if len(values) else np.zeros(values.shape[1])
    return summed


def _counts(wanted: Sequence[int], tokens: tuple[NDArray[np.uint32], Numbers], size: int) -> Numbers:
    """How often terms stand in each of `size` sentences, shape (wanted, sentences), by the numbers of terms in ascending order.

    `tokens` are the number of the term and the sentence of each token.
    """
    numbers, sentences = tokens
    if not wanted:
        return np.zeros((0, size), np.int64)
    terms = np.array(wanted, np.uint32)
    row = terms.searchsorted(numbers).clip(max=len(terms) - 1)
    held = terms[row] == numbers
    return np.bincount(row[held] * size + sentences[held], minlength=len(terms) * size).reshape(len(terms), size)


def _sums(counts: Numbers, first: Numbers, after: Numbers) -> Numbers:
    """The sums of `counts` from each `first` to each `after`, along the last axis."""
    summed = np.zeros((*counts.shape[:-1], counts.shape[-1] + 1), np.int64)
    np.add.accumulate(counts, axis=-1, out=summed[..., 1:])
    sums: Numbers = summed.take(after, axis=-1) - summed.take(first, axis=-1)
    return sums

"""Sentences made ready for comparing with a question: terms, tokens, mentions.

The terms come from the index, which analysed every sentence already. What must be read in the text itself is made when it is asked for:
of the hundred sentences around the hits of a question, two dozen are read.
"""

from __future__ import annotations

import bisect
import itertools
import operator
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Protocol

from pmbot.answering.language import Language
from pmbot.answering.mentions import NameHints, figures_of, find_mentions
from pmbot.answering.rows import heads_table
from pmbot.corpus.store import Setting
from pmbot.indexing.layout import FIGURE, FIGURE_KINDS
from pmbot.indexing.written import Reads, Written, runs_of
from pmbot.models import Sentence
from pmbot.text.analyzer import Analyzer, Token
from pmbot.text.figures.finding import READ_CHARS, Mention

PASSAGE_REACH = 3  # sentences on either side that still belong to a passage; keeps a question's cost bounded
CACHE_SIZE = 5_000
FORGOTTEN = 500
CACHED_PATHS, CACHED_WORDS = 4096, 64
_START = operator.attrgetter("start")
_CLOSING = " \n*_\"'”’»)]"
ALONE = Setting(is_heading=False, heading_path=())

Place = tuple[str, int]
"""Document id and index of a sentence."""


class Texts(Reads, Protocol):
    """The sentences of a corpus, as they were cut and as they were analysed."""

    @property
    def sentences(self) -> Mapping[str, Sequence[Sentence]]:
        """The sentences of each document, by document id."""

    def written(self, doc_id: str, first: int, last: int, reach: int) -> tuple[int, Sequence[Written]]:
        """Sentences of a document as they were analysed, and the index of the first of them.

        Those from `first` to `last`, and at most `reach` before and after them that stand in the same block.
        """


class View:
    """One analysed sentence: `words` are all its terms, in order, and `content_size` tells how many of its tokens are no stopwords."""

    def __init__(self, views: Views, doc_id: str, index: int, written: Written) -> None:
        self._views, self.doc_id, self.index = views, doc_id, index
        self.block, self.setting, terms, self.content_size, self._figures = written
        self.words = tuple([token.term for token in self.tokens]) if terms is None else terms
        if terms is None:
            self.content_size = len(self.content)

    @property
    def is_heading(self) -> bool:
        """Whether the sentence stands in a heading, or heads the columns of a table."""
        return self.setting.is_heading or (self.setting.row == 1 and self._heads_table)

    @cached_property
    def _heads_table(self) -> bool:
        return self._views.heads_table(self)

    @property
    def row(self) -> int | None:
        """Counts the rows of a table from 1; None for what is no row."""
        return self.setting.row

    @property
    def language(self) -> Language:
        """The language the sentence is read in."""
        return self._views.hints.language

    @property
    def document_size(self) -> int:
        """How many sentences its document has."""
        return self._views.size(self.doc_id)

    @cached_property
    def sentence(self) -> Sentence:
        """The sentence itself."""
        return self._views.sentence(self.doc_id, self.index)

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens of the text, in order."""
        return self._views.analyzer_of(self.doc_id).tokens(self.sentence.text)

    @cached_property
    def content(self) -> tuple[str, ...]:
        """The terms without those of stopwords, in order."""
        is_stop = self._views.analyzer_of(self.doc_id).is_stop
        return tuple([token.term for token in self.tokens if not is_stop(token)])

    @cached_property
    def stops(self) -> frozenset[str]:
        """The terms of stopwords."""
        return self._views.analyzer_of(self.doc_id).stop_terms(self.tokens)

    @cached_property
    def word_set(self) -> frozenset[str]:
        """The distinct terms, function words included."""
        return frozenset(self.words)

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each term stands in the sentence; 0 for any other."""
        return Counter(self.words)

    def word_pairs(self, pairs: Sequence[tuple[str, str]]) -> int:
        """How many of the `pairs` of terms stand side by side here, function words included."""
        within = self.word_set
        possible = [pair for pair in pairs if pair[0] in within and pair[1] in within]
        if not possible:
            return 0
        found = set(itertools.pairwise(self.words))
        return sum([pair in found for pair in possible])

    def forms(self, norms: frozenset[str]) -> frozenset[str]:
        """Which of the folded words stand here in just this form: only tokens whose terms are theirs can."""
        stems = self._views.stems(self.doc_id, norms)
        if stems.isdisjoint(self.word_set):
            return frozenset()
        return norms & self._views.analyzer_of(self.doc_id).norms(self.sentence.text, map(stems.__contains__, self.words))

    @cached_property
    def opening(self) -> str:
        """The folded first word; empty when there is none."""
        return self._views.analyzer_of(self.doc_id).opening(self.sentence.text)

    @cached_property
    def asks(self) -> bool:
        """Whether the sentence is a question."""
        return self.sentence.text.rstrip(_CLOSING).endswith("?")

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """The mentions, with offsets into the sentence's text."""
        return find_mentions(self.sentence.text[:READ_CHARS], self._views.hints, self.figures)

    @cached_property
    def figures(self) -> Sequence[Mention]:
        """The mentions that are no names, in no order: what it costs to find the names is saved."""
        if self._figures is None or not self.language.is_english:
            return figures_of(self.sentence.text[:READ_CHARS], self.language)
        return [Mention(FIGURE_KINDS[kind], start, end) for kind, start, end in FIGURE.iter_unpack(self._figures)]

    @cached_property
    def content_places(self) -> list[int]:
        """Which tokens, by index, are no stopwords and share their term with none."""
        return [place for place, token in enumerate(self.tokens) if token.term not in self.stops]

    @cached_property
    def token_place(self) -> dict[int, int]:
        """Token index by its start offset."""
        return {token.start: place for place, token in enumerate(self.tokens)}

    def tokens_in(self, start: int, end: int) -> list[Token]:
        """The tokens that lie in `[start, end)` of the sentence's text."""
        tokens = self.tokens
        first = after = bisect.bisect_left(tokens, start, key=_START)
        while after < len(tokens) and tokens[after].end <= end:
            after += 1
        return list(tokens[first:after])


@dataclass
class _Kept:
    """The sentences of one document, the views of those that were asked for, and passages, both by index."""

    sentences: Sequence[Sentence]
    views: dict[int, View] = field(default_factory=dict)
    passages: dict[int, list[View]] = field(default_factory=dict)


class Views:
    """Makes and keeps views of one corpus, document by document."""

    def __init__(self, analyzer: Analyzer, hints: NameHints, texts: Texts, analyzer_of: Callable[[str], Analyzer] | None = None) -> None:
        """`analyzer_of` gives the analyzer of a document by its id, where documents are in several languages."""
        self._analyzer, self.hints, self.texts = analyzer, hints, texts
        self.analyzer_of = analyzer_of or (lambda _: analyzer)
        self._kept: dict[str, _Kept] = {}
        self._size = 0
        self._stems = lru_cache(maxsize=CACHED_WORDS)(lambda analyzer, words: frozenset(map(analyzer.stem, words)))
        self._heading_terms = lru_cache(maxsize=CACHED_PATHS)(self._terms_of_path)

    def view(self, doc_id: str, index: int) -> View:
        """The view of one sentence."""
        return self._of(doc_id, [index]).views[index]

    def size(self, doc_id: str) -> int:
        """How many sentences a document has."""
        return len(self.texts.sentences[doc_id])

    def heads_table(self, first: View) -> bool:
        """Whether the first row of a table heads its columns; a table of one row has no head."""
        index = first.index + 1
        below = self.view(first.doc_id, index) if index < self.size(first.doc_id) else first
        upper, lower = ((view.sentence.text, view.mentions) for view in (first, below))
        return (below.row or 0) > 1 and heads_table(upper, lower)

    def of_sentence(self, sentence: Sentence) -> View:
        """Analyse a sentence, without the cache."""
        analysed = self.analyzer_of(sentence.doc_id).analysed(sentence.text)
        terms = tuple([term for _, term in analysed.words])
        view = View(self, sentence.doc_id, sentence.index, Written(sentence.block, ALONE, terms, analysed.stops.count(False), None))
        vars(view)["sentence"] = sentence
        return view

    def sentence(self, doc_id: str, index: int) -> Sentence:
        """The sentence at a place."""
        kept = self._kept.get(doc_id)
        return (self.texts.sentences[doc_id] if kept is None else kept.sentences)[index]

    def passages(self, places: Iterable[Place]) -> Iterator[tuple[View, list[View]]]:
        """The views at `places`, which are in order, each with its passage.

        A passage are the sentences of the same block within reach, in order, the sentence itself included.
        """
        for doc_id, group in itertools.groupby(places, key=operator.itemgetter(0)):
            indexes = [index for _, index in group]
            kept = self._of(doc_id, indexes)
            for index in indexes:
                yield kept.views[index], kept.passages[index]

    def terms_above(self, heading_path: tuple[str, ...]) -> frozenset[str]:
        """The terms of the headings of a path."""
        return self._heading_terms(heading_path)

    def stems(self, doc_id: str, words: frozenset[str]) -> frozenset[str]:
        """The terms of some words, as a document has them."""
        return self._stems(self.analyzer_of(doc_id), words)

    def kept(self, doc_id: str, index: int, make: Callable[[], Written]) -> View:
        """The view of one sentence, made of what `make` gives when it is not there yet."""
        if self._size >= CACHE_SIZE:
            self._forget_oldest()
        kept = self._document(doc_id)
        view = kept.views.get(index)
        if view is None:
            view = kept.views.setdefault(index, View(self, doc_id, index, make()))
            self._size += 1
        return view

    def _of(self, doc_id: str, indexes: Sequence[int]) -> _Kept:
        """What is kept of a document: at least the views at `indexes`, which are in order, and their passages."""
        if self._size >= CACHE_SIZE:
            self._forget_oldest()
        kept = self._document(doc_id)
        for run in runs_of([index for index in indexes if index not in kept.passages], PASSAGE_REACH):
            start, found = self.texts.written(doc_id, run[0], run[-1], PASSAGE_REACH)
            # Of two threads that read it at once the first one's stays: passages and sentences must be the same objects.
            views = [kept.views.setdefault(index, View(self, doc_id, index, written)) for index, written in enumerate(found, start)]
            self._size += len(found)
            for index in run:
                kept.passages[index] = _around(views, index - start)
        return kept

    def _document(self, doc_id: str) -> _Kept:
        kept = self._kept.get(doc_id)
        if kept is None:
            kept = self._kept[doc_id] = _Kept(self.texts.sentences[doc_id])
        return kept

    def _forget_oldest(self) -> None:
        """Make room: the documents asked for first go, several at a time."""
        kept = list(self._kept.items())
        size = sum(len(of_document.views) for _, of_document in kept)
        for doc_id, of_document in kept:
            if size <= CACHE_SIZE - FORGOTTEN:
                break
            self._kept.pop(doc_id, None)
            size -= len(of_document.views)
        self._size = size

    def _terms_of_path(self, path: tuple[str, ...]) -> frozenset[str]:
        return frozenset(term for heading in path for term in self._analyzer.terms(heading))


def _around(views: Sequence[View], at: int) -> list[View]:
    """Of neighbours the one at a place, and those within reach of it in the same block."""
    first, end, block = max(0, at - PASSAGE_REACH), min(len(views), at + PASSAGE_REACH + 1), views[at].block
    while views[first].block != block:
        first += 1
    while views[end - 1].block != block:
        end -= 1
    return list(views[first:end])

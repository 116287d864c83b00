"""Sentences made ready for comparing with a question: tokens, terms, mentions. Cached, since questions meet the same sentences again."""

from __future__ import annotations

import dataclasses
import itertools
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from pmbot.answering.language import Language
from pmbot.answering.mentions import Mention, NameHints, find_mentions
from pmbot.answering.rows import heads_table
from pmbot.corpus.store import Setting
from pmbot.models import Sentence
from pmbot.text.analyzer import Analyzer, Token

PASSAGE_REACH = 4  # sentences on either side that still belong to a passage; keeps a question's cost bounded
CACHE_SIZE = 5_000
CACHED_PATHS = 4096
FORGOTTEN = 200
PREFIX_KEY = 3
ALONE = Setting(is_heading=False, heading_path=())
MENTION_CHARS = 4_000  # a longer "sentence" is no sentence: its mentions are searched for in its head only


@dataclass(frozen=True)
class View:
    """One analysed sentence. `content` are the indexed terms without stopwords, in order; `words` all terms.

    `row` counts the rows of a table from 1, None for what is no row; the row that heads a table is a heading.
    """

    sentence: Sentence
    tokens: tuple[Token, ...]
    words: tuple[str, ...]
    content: tuple[str, ...]
    stops: frozenset[str]
    hints: NameHints = field(repr=False)
    is_heading: bool = False
    row: int | None = None

    @property
    def language(self) -> Language:
        """The language the sentence is read in."""
        return self.hints.language

    @cached_property
    def content_set(self) -> frozenset[str]:
        """The distinct content terms."""
        return frozenset(self.content)

    @cached_property
    def word_set(self) -> frozenset[str]:
        """The distinct terms, function words included."""
        return frozenset(self.words)

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each term stands in the sentence; 0 for any other."""
        return Counter(self.words)

    @cached_property
    def by_prefix(self) -> dict[str, list[str]]:
        """The distinct terms by their first letters, to find forms of a word by."""
        found: dict[str, list[str]] = {}
        for word in self.word_set:
            found.setdefault(word[:PREFIX_KEY], []).append(word)
        return found

    @cached_property
    def word_pairs(self) -> frozenset[tuple[str, str]]:
        """Neighbouring terms, function words included."""
        return frozenset(zip(self.words, self.words[1:], strict=False))

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """The mentions, with offsets into the sentence's text."""
        return find_mentions(self.sentence.text[:MENTION_CHARS], self.hints)

    @cached_property
    def token_place(self) -> dict[int, int]:
        """Token index by its start offset."""
        return {token.start: place for place, token in enumerate(self.tokens)}

    def tokens_in(self, start: int, end: int) -> list[Token]:
        """The tokens that lie in `[start, end)` of the sentence's text."""
        return [token for token in self.tokens if token.start >= start and token.end <= end]


class Views:
    """Makes and keeps views of one corpus. Sentences are asked for by document id and index."""

    def __init__(
        self,
        analyzer: Analyzer,
        hints: NameHints,
        sentences: Callable[[str], Sequence[Sentence]],
        setting_of: Callable[[Sentence], Setting],
        analyzer_of: Callable[[str], Analyzer] | None = None,
    ) -> None:
        """`analyzer_of` gives the analyzer of a document by its id, where documents are in several languages."""
        self._analyzer, self._hints = analyzer, hints
        self._sentences, self._setting_of, self._analyzer_of = sentences, setting_of, analyzer_of
        self._cache: dict[tuple[str, int], View] = {}
        self._passages: dict[tuple[str, int], list[View]] = {}
        self._heading_terms = lru_cache(maxsize=CACHED_PATHS)(self._terms_of_path)

    def view(self, doc_id: str, index: int) -> View:
        """The view of one sentence."""
        key = (doc_id, index)
        found = self._cache.get(key)
        if found is None:
            if len(self._cache) >= CACHE_SIZE:
                self._forget_oldest()
            sentence = self._sentences(doc_id)[index]
            found = self._cache[key] = self.of_sentence(sentence, self._setting_of(sentence))
            if found.row == 1 and self._heads_table(found):
                found = self._cache[key] = dataclasses.replace(found, is_heading=True)
        return found

    def analyzer_of(self, doc_id: str) -> Analyzer:
        """The analyzer of a document."""
        return self._analyzer if self._analyzer_of is None else self._analyzer_of(doc_id)

    def size(self, doc_id: str) -> int:
        """How many sentences a document has."""
        return len(self._sentences(doc_id))

    def _heads_table(self, first: View) -> bool:
        """Whether the first row of a table heads its columns; a table of one row has no head."""
        doc_id, index = first.sentence.doc_id, first.sentence.index + 1
        below = self.view(doc_id, index) if index < self.size(doc_id) else first
        upper, lower = ((view.sentence.text, view.mentions) for view in (first, below))
        return (below.row or 0) > 1 and heads_table(upper, lower)

    def of_sentence(self, sentence: Sentence, setting: Setting = ALONE) -> View:
        """Analyse a sentence, without the cache."""
        analyzer = self.analyzer_of(sentence.doc_id)
        tokens = analyzer.tokens(sentence.text)
        is_stop = analyzer.is_stop
        content, stops = [], set()
        for token in tokens:
            if is_stop(token):
                stops.add(token.term)
            else:
                content.append(token.term)
        words = tuple([token.term for token in tokens])
        return View(sentence, tokens, words, tuple(content), frozenset(stops), self._hints, setting.is_heading, setting.row)

    def _forget_oldest(self) -> None:
        """Make room: a few at a time, as forgetting all at once takes longer than a question."""
        for kept in (self._cache, self._passages):
            for key in list(itertools.islice(kept, FORGOTTEN)):
                kept.pop(key, None)

    def passage(self, view: View) -> list[View]:
        """The sentences of the same block within reach, in order, the sentence itself included."""
        key = (view.sentence.doc_id, view.sentence.index)
        known = self._passages.get(key)
        if known is not None:
            return known
        doc_id, place = key
        sentences, block = self._sentences(doc_id), view.sentence.block
        reach = range(max(0, place - PASSAGE_REACH), min(len(sentences), place + PASSAGE_REACH + 1))
        around = [view if at == place else self.view(doc_id, at) for at in reach if at == place or sentences[at].block == block]
        if self._cache.get(key) is view:
            self._passages[key] = around
        return around

    def context_terms(self, view: View) -> frozenset[str]:
        """The terms of the headings above a sentence."""
        return self._heading_terms(self._setting_of(view.sentence).heading_path)

    def _terms_of_path(self, path: tuple[str, ...]) -> frozenset[str]:
        return frozenset(term for heading in path for term in self._analyzer.terms(heading))

"""Text to terms: what is indexed and what is searched for is made here, and only here."""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from pmbot.text.normalize import fold
from pmbot.text.stemming import stemmer_for
from pmbot.text.tokens import TOKEN, compounds

RULES = 2
"""Raised whenever the rules change, so that stored indexes are built anew."""

_CACHED_TEXTS, _CACHED_WORDS = 1024, 65536
_LONGEST_CACHED_TEXT, _LONGEST_TERM = 4000, 64
_ACRONYMS = frozenset({"US", "IT", "WHO"})
_SIGNS = {"%": "percent", "€": "euro", "$": "dollar", "£": "pound", "¥": "yen", "¢": "cent", "₩": "won", "₹": "rupee", "₽": "rouble"}
_MONTH = "May"  # with a capital inside a sentence; without one it is a stopword
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})++(?:\.\d++)?")
_DOTTED_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3}){2,}+(?:,\d++)?")
_COMMA_THOUSANDS_LANGUAGES = frozenset({"en", "ga", "hi", "zh", "ja", "ko", "th", "he"})


class Token(NamedTuple):
    """A word, number or sign: `text[start:end] == token.text`.

    `norm` is the word folded (see `text.normalize.fold`), without possessive 's, numbers without thousands separators and with
    a decimal point. `term` is what is indexed: the stem of `norm`, or the place when `norm` is a demonym.
    """

    text: str
    start: int
    end: int
    norm: str
    term: str


_new = tuple.__new__  # half the time of the class itself


class Analysed(NamedTuple):
    """A text as an index wants it: parallel `surfaces`, `words` (norm and term) and `stops` of its tokens, and `terms` to be indexed.

    The terms of the tokens come first in `terms`, except in a text in capitals throughout.
    """

    surfaces: list[str]
    words: list[tuple[str, str]]
    stops: list[bool]
    terms: list[str]


class Analyzer:
    """Cuts text into tokens and terms.

    `stopwords` are dropped from questions, never from documents. `demonyms` maps folded demonyms to places. `language` (ISO
    639-1) chooses the stemmer; `lemmas` maps irregular forms to their lemma (went → go); `signs` name %, €, … in words of the
    language. `fingerprint` names everything that terms depend on: terms of unequal fingerprints do not meet.

    - A demonym, singular or plural, is indexed as its place: Latvian, Latvians, Latvia → latvia; South Korean → south, korea.
      Places of the table are not stemmed, so that France does not meet francs.
    - Signs are indexed under their names: % → percent, € → euro.
    - Acronyms lose their dots (U.K. → uk); those which would then be a stopword keep them: U.S. → u.s., and so do US, IT and WHO
      in capitals, unless the whole text is in capitals.
    """

    def __init__(
        self,
        stopwords: frozenset[str],
        demonyms: Mapping[str, str],
        language: str,
        lemmas: Mapping[str, str] | None = None,
        signs: Mapping[str, str] | None = None,
    ) -> None:
        self._stopwords = frozenset(map(fold, stopwords))
        self._places = {fold(demonym): fold(place) for demonym, place in demonyms.items()}
        self._place_names = frozenset(self._places.values())
        self._comma_groups = language in _COMMA_THOUSANDS_LANGUAGES
        name, self._stem = stemmer_for(language)
        self._lemmas = dict(lemmas or {})
        self._signs = {**_SIGNS, **(signs or {})}
        given = [sorted(signs.items())] if signs else []
        lists = repr((RULES, sorted(self._stopwords), sorted(self._places.items()), sorted(self._lemmas.items()), *given))
        self.fingerprint = f"{language}-{name}-{hashlib.sha256(lists.encode()).hexdigest()[:6]}"
        self._words = _Words(self._analyse)
        self._cached_tokens = lru_cache(maxsize=_CACHED_TEXTS)(self._tokens)

    def of(self, language: str | None) -> Analyzer:  # noqa: ARG002 - there is but one
        """The analyzer for texts in `language`: this one for all."""
        return self

    def tokens(self, text: str) -> tuple[Token, ...]:
        """Cut `text` into tokens, in order."""
        return self._cached_tokens(text) if len(text) <= _LONGEST_CACHED_TEXT else self._tokens(text)

    def terms(self, text: str) -> tuple[str, ...]:
        """Give all terms of `text`, for indexing: those of the tokens, then those for other spellings.

        These are compounds written as one word (co-operation → cooperation) and acronyms as small words (US → us).
        """
        words, surfaces = self._words, TOKEN.findall(text)
        return tuple([words[surface][1] for surface in surfaces] + self._spelled_otherwise(text, surfaces))

    def analysed(self, text: str) -> Analysed:
        """Give the tokens of `text` and its terms for indexing in one go: half the work of `tokens` and `terms`."""
        words, stopwords, surfaces = self._words, self._stopwords, TOKEN.findall(text)
        found = [words[surface] for surface in surfaces]
        terms = [term for _, term in found] + self._spelled_otherwise(text, surfaces)
        if _shouts(text):
            found = [words[surface.lower()] for surface in surfaces]
        stops = [norm in stopwords for norm, _ in found]
        if _MONTH in surfaces:
            stops = [
                stop and not (surface == _MONTH and (place or not text.startswith(_MONTH)))
                for place, (surface, stop) in enumerate(zip(surfaces, stops, strict=True))
            ]
        return Analysed(surfaces, found, stops, terms)

    def _spelled_otherwise(self, text: str, surfaces: Sequence[str]) -> list[str]:
        """Give the terms of compounds as one word and of acronyms as small words."""
        words = self._words
        found = [words[joined][1] for joined in compounds(text)]
        if not _ACRONYMS.isdisjoint(surfaces):
            found += [words[surface.lower()][1] for surface in surfaces if surface in _ACRONYMS]
        return found

    def norms(self, text: str, wanted: Iterable[bool]) -> set[str]:
        """Give the norms of those tokens of `text` that are `wanted`, told one by one: no token is made, no other word analysed."""
        shouts = _shouts(text)
        surfaces = itertools.compress(TOKEN.findall(text), wanted)
        return {self._words[surface.lower() if shouts else surface][0] for surface in surfaces}

    def stop_terms(self, tokens: Iterable[Token]) -> frozenset[str]:
        """Give the terms of the stopwords among tokens."""
        is_stop = self.is_stop
        return frozenset([token.term for token in tokens if is_stop(token)])

    def opening(self, text: str) -> str:
        """Give the norm of the first token; empty when there is none."""
        found = TOKEN.search(text)
        return self._words[found[1].lower() if _shouts(text) else found[1]][0] if found else ""

    def query_terms(self, text: str) -> tuple[str, ...]:
        """Give the terms of the content words of a question, in order, each once."""
        return tuple(dict.fromkeys(token.term for token in self.tokens(text) if not self.is_stop(token)))

    def is_stop(self, token: Token) -> bool:
        """Whether a token is a stopword. "May" with a capital inside a sentence is a month."""
        return token.norm in self._stopwords and not (token.text == _MONTH and token.start > 0)

    def stem(self, word: str) -> str:
        """Give the term of a single word."""
        return self._words[word][1]

    def _tokens(self, text: str) -> tuple[Token, ...]:
        words, shouts = self._words, _shouts(text)
        found, end = [], 0
        # Between tokens stands nothing that a token could begin with, so that each is the next stretch that reads like it: 0.4 µs a token
        # instead of 0.75, which asking matches for their places takes.
        for surface in TOKEN.findall(text):
            start = text.index(surface, end)
            end = start + len(surface)
            norm, term = words[surface.lower() if shouts else surface]
            found.append(_new(Token, (surface, start, end, norm, term)))
        return tuple(found)

    def _analyse(self, surface: str) -> tuple[str, str]:
        if surface[:1].isdigit():
            norm = self._number(surface)
            return norm, norm[:_LONGEST_TERM]
        if surface in self._signs:
            return surface, self._stem(fold(self._signs[surface]))
        norm = self._norm(surface)
        place = norm if norm in self._place_names else self._place(norm)
        if place or "." in norm:
            return norm, place or norm
        return norm, self._stem(self._lemmas.get(norm, norm).replace("'", "")[:_LONGEST_TERM])

    def _norm(self, surface: str) -> str:
        folded = fold(surface)
        if "." in folded:
            bare = folded.replace(".", "")
            return ".".join(bare) + "." if bare in self._stopwords else bare
        if surface in _ACRONYMS and folded in self._stopwords:
            return ".".join(folded) + "."
        return folded[:-2] if folded.endswith("'s") and len(folded) > 2 else folded

    def _place(self, norm: str) -> str | None:
        return self._places.get(norm) or (self._places.get(norm[:-1]) if norm.endswith("s") else None)

    def _number(self, surface: str) -> str:
        """Write a number with a decimal point and nothing else: 1,234.5 and 1 234,5 → 1234.5."""
        folded = fold(surface).replace(" ", "")
        if _DOTTED_THOUSANDS.fullmatch(folded):
            return folded.replace(".", "").replace(",", ".")
        if self._comma_groups and _THOUSANDS.fullmatch(folded):
            return folded.replace(",", "")
        return folded.replace(",", ".") if folded.count(",") == 1 and "." not in folded else folded


class _Words(dict[str, tuple[str, str]]):
    """Norm and term of every word met so far; forgets them all when there are too many, never keeps monsters."""

    def __init__(self, analyse: Callable[[str], tuple[str, str]]) -> None:
        super().__init__()
        self._analyse = analyse

    def __missing__(self, surface: str) -> tuple[str, str]:
        found = self._analyse(surface)
        if len(surface) <= _LONGEST_TERM:
            if len(self) >= _CACHED_WORDS:
                self.clear()
            self[surface] = found
        return found


def _shouts(text: str) -> bool:
    """Whether a text is in capitals throughout, so that they mean nothing; a few acronyms alone do not count."""
    return text.isupper() and any(len(word) > 4 for word in text.split())

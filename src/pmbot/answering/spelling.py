"""Typos: a word that neither the documents nor ordinary English know is read as its nearest word of the documents, and this is announced.

Optimal string alignment distance, at most 1 for words of 4 to 7 letters and 2 from 8 letters on. Numbers are never corrected.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Container, Iterator, Sequence
from typing import NamedTuple

from pmbot.answering import english
from pmbot.indexing.profile import Vocabulary
from pmbot.text.analyzer import Analyzer, Token

SHORTEST = 4
LONG = 8
ENDING = 2


class Correction(NamedTuple):
    """A word of the question and what it is read as."""

    written: str
    read: str


class Speller:
    """Corrects towards the folded words of `vocabularies`; `ordinary` words are never touched."""

    def __init__(self, analyzer: Analyzer, vocabularies: Sequence[Vocabulary], ordinary: Container[str], *, cautious: bool = False) -> None:
        """A `cautious` one, for a language whose ordinary words are not known, corrects one letter of a long word, and no ending."""
        self._analyzer, self._vocabularies, self._ordinary, self._cautious = analyzer, vocabularies, ordinary, cautious

    def correct(self, text: str, is_known: Callable[[Token], bool]) -> tuple[str, tuple[Correction, ...]]:
        """The text with unknown words corrected, and what was corrected. `is_known` tells whether the documents know a token."""
        corrections, pieces, at = [], [], 0
        for token in self._analyzer.tokens(text):
            if (
                len(token.norm) < SHORTEST
                or not token.norm.isalpha()
                or self._analyzer.is_stop(token)
                or self._is_ordinary(token)
                or is_known(token)
            ):
                continue
            read = self._nearest(token.norm, opening=not token.start)
            if read is not None:
                read = read.capitalize() if token.text[0].isupper() else read
                corrections.append(Correction(token.text, read))
                pieces += [text[at : token.start], read]
                at = token.end
        return "".join([*pieces, text[at:]]), tuple(corrections)

    def _is_ordinary(self, token: Token) -> bool:
        return token.term in self._ordinary or token.norm in self._ordinary

    def _nearest(self, word: str, *, opening: bool) -> str | None:
        """The nearest word of the vocabulary with the same first letter, if it is near enough and no other is as near.

        The first word of a question is a question word before it is anything else. Of other first letters only two mistakes are
        corrected, which leave few words to choose from: the first two letters swapped, and the first one missing.
        """
        from rapidfuzz.distance import OSA

        if self._cautious:
            return self._nearest_careful(word)
        asking = sorted(w for w in english.WH_WORDS if w[0] == word[0] and OSA.distance(word, w) <= 1) if opening else []
        if asking:
            return asking[0]

        swapped = word[1] + word[0] + word[2:]
        if len(word) > SHORTEST and word[0] != word[1] and self._has(swapped):
            return swapped
        most = 2 if len(word) >= LONG - 1 else 1
        found: list[tuple[int, str]] = []
        for length in range(len(word) - most, len(word) + most + 1):
            allowed = 2 if max(length, len(word)) >= LONG else 1
            for candidate in self._candidates(word[0], length):
                distance = OSA.distance(word, candidate, score_cutoff=allowed)
                if distance <= allowed:
                    found.append((distance, candidate))
        if not found and len(word) >= SHORTEST:
            found = [(1, letter + word) for letter in string.ascii_lowercase if self._has(letter + word)]
        found.sort()
        nearest = [candidate for distance, candidate in found if distance == found[0][0]]
        return nearest[0] if len({self._analyzer.stem(candidate) for candidate in nearest}) == 1 else None

    def _has(self, word: str) -> bool:
        return any(word in vocabulary for vocabulary in self._vocabularies)

    def _nearest_careful(self, word: str) -> str | None:
        """The only word one letter away, another than in the ending: another ending is no mistake."""
        from rapidfuzz.distance import OSA

        if len(word) < LONG - 1:
            return None
        lengths = range(len(word) - 1, len(word) + 2)
        near = [c for length in lengths for c in self._candidates(word[0], length) if OSA.distance(word, c, score_cutoff=1) <= 1]
        stems = {self._analyzer.stem(candidate) for candidate in near}
        return min(near) if len(stems) == 1 and self._analyzer.stem(word) not in stems and near[0][-ENDING:] == word[-ENDING:] else None

    def _candidates(self, letter: str, length: int) -> Iterator[str]:
        if length >= SHORTEST:
            for vocabulary in self._vocabularies:
                yield from (word for word in vocabulary.beginning(letter, length) if word.isalpha())

"""Typos: a word that neither the documents nor ordinary English know is read as its nearest word of the documents, and this is announced.

Optimal string alignment distance, at most 1 for words of 4 to 7 letters and 2 from 8 letters on. Where the documents have none, or only
one at a distance of 2, a slip of the pen in an ordinary word is mended, if the documents have a word that may stand for it. Numbers are
never corrected.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Container, Iterator, Sequence
from typing import NamedTuple

from pmbot.answering import english
from pmbot.answering.lexicon import Lexicon, any_held
from pmbot.answering.ordinary import OrdinaryWords
from pmbot.indexing.profile import Vocabulary
from pmbot.text.analyzer import Analyzer, Token

SHORTEST = 4
LONG = 8
TELLING, LONGEST = 6, 24  # letters from and up to which a slip tells which ordinary word was meant
ENDING = 2


class Correction(NamedTuple):
    """A word of the question and what it is read as."""

    written: str
    read: str


class Known(NamedTuple):
    """What is known of words: stems that are `ordinary` are never touched, `forms` are what a slip of the pen may have meant.

    `frequency` counts the chunks that hold each of some terms.
    """

    ordinary: Container[str]
    forms: OrdinaryWords
    lexicon: Lexicon
    frequency: Callable[[Sequence[str]], Sequence[int]]

    def has(self, term: str) -> bool:
        """Whether a term stands in the documents, or something is known that may stand for it."""
        return self.frequency([term])[0] > 0 or bool(self.lexicon.alternatives((term,)))

    def tells(self, term: str) -> bool:
        """Whether a term stands in the documents, or words that may stand for it do."""
        return self.frequency([term])[0] > 0 or any_held(self.lexicon.alternatives((term,)).get(0, ()), self.frequency)


def _is_far(written: str, read: str) -> bool:
    """Whether it takes more than one slip."""
    from rapidfuzz.distance import OSA

    return OSA.distance(written, read) > 1


class Speller:
    """Corrects towards the folded words of `vocabularies`, which the documents have, or else towards ordinary words."""

    def __init__(self, analyzer: Analyzer, vocabularies: Sequence[Vocabulary], known: Known, *, cautious: bool = False) -> None:
        """A `cautious` one, for a language whose ordinary words are not known, corrects one letter of a long word, and no ending."""
        self._analyzer, self._vocabularies, self._cautious = analyzer, vocabularies, cautious
        self._known = known

    def correct(self, text: str) -> tuple[str, tuple[Correction, ...]]:
        """The text with unknown words corrected, and what was corrected."""
        corrections, pieces, at = [], [], 0
        for token in self._analyzer.tokens(text):
            if (
                len(token.norm) < SHORTEST
                or not token.norm.isalpha()
                or self._analyzer.is_stop(token)
                or self._is_ordinary(token)
                or self._known.has(token.term)
            ):
                continue
            read = self._nearest(token.norm, opening=not token.start)
            if read is None or _is_far(token.norm, read):  # one slip in an ordinary word is likelier than two
                read = self._meant(token) or read
            if read is not None:
                read = read.capitalize() if token.text[0].isupper() else read
                corrections.append(Correction(token.text, read))
                pieces += [text[at : token.start], read]
                at = token.end
        return "".join([*pieces, text[at:]]), tuple(corrections)

    def _is_ordinary(self, token: Token) -> bool:
        return token.term in self._known.ordinary or token.norm in self._known.ordinary

    def _nearest(self, word: str, *, opening: bool) -> str | None:
        """The nearest word of the vocabulary with the same first letter, if it is near enough and no other is as near.

        The first word of a question is a question word before it is anything else. Of other first letters only those mistakes are
        corrected that leave few words to choose from: the first two letters swapped, the first one missing, and in a long word another.
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
        if not found:
            rests = [word, word[1:]] if len(word) >= LONG - 1 else [word]
            found = [(1, letter + rest) for rest in rests for letter in string.ascii_lowercase if self._has(letter + rest)]
        found.sort()
        nearest = [candidate for distance, candidate in found if distance == found[0][0]]
        return nearest[0] if len({self._analyzer.stem(candidate) for candidate in nearest}) == 1 else None

    def _meant(self, token: Token) -> str | None:
        """The ordinary word of which a small one is a slip, if the documents tell of it and of no other; its forms are one word."""
        if not TELLING <= len(token.norm) <= LONGEST or not token.text.islower():
            return None
        meant = {self._analyzer.stem(word): word for word in sorted(self._known.forms.meant_by(token.norm))}
        told = [word for stem, word in meant.items() if self._known.tells(stem)]
        return told[0] if len(told) == 1 else None

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

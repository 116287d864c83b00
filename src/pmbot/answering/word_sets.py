"""Sets of words: of an inflected language, where an entry may leave its ending open, and several taken as one."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence

from pmbot.text.normalize import fold

LONGEST_ENDING = 3  # letters that `*` stands for: "janvār*" is janvāris, janvārī, janvāriem
OPEN = "*"


class WordSet:
    """Folded words to be asked for with `in`. An entry that ends in `*` stands for every word with an ending of up to three letters."""

    def __init__(self, entries: Iterable[str] = ()) -> None:
        folded = [fold(entry) for entry in entries]
        self._words = frozenset(word for word in folded if not word.endswith(OPEN))
        self._stems = frozenset(word[:-1] for word in folded if word.endswith(OPEN))

    def __contains__(self, word: object) -> bool:
        if not isinstance(word, str):
            return False
        return word in self._words or any(word[: len(word) - cut] in self._stems for cut in range(min(LONGEST_ENDING + 1, len(word))))


class Phrases:
    """Phrases of one or several words, each word as in a `WordSet`; blanks part the words of a phrase."""

    def __init__(self, phrases: Iterable[str] = ()) -> None:
        split = [tuple(WordSet([word]) for word in phrase.split()) for phrase in phrases]
        self._phrases = sorted(split, key=len, reverse=True)

    def first(self, words: Sequence[str]) -> tuple[int, int] | None:
        """Where the first of them stands in the folded `words`, the longest where several start there; None when none does."""
        for start in range(len(words)):
            length = self.at(words, start)
            if length:
                return start, start + length
        return None

    def at(self, words: Sequence[str], start: int) -> int:
        """How many words the longest phrase has that starts at `start`; 0 when none does."""
        for phrase in self._phrases:
            if start + len(phrase) <= len(words) and all(words[start + at] in word for at, word in enumerate(phrase)):
                return len(phrase)
        return 0


def alternatives(entries: Iterable[str]) -> str:
    """A regular expression for any of the entries, longest first, with and without accents; without entries it matches nothing.

    Words of a phrase may stand apart by any blanks.
    """
    forms: set[str] = set()
    for entry in entries:
        forms |= {entry, fold(entry)}
    found = [_expression(form) for form in sorted(forms, key=lambda form: (-len(form), form))]
    return f"(?:{'|'.join(found)})" if found else "(?!)"


def _expression(form: str) -> str:
    words = [re.escape(word.removesuffix(OPEN)) + (rf"\w{{0,{LONGEST_ENDING}}}" if word.endswith(OPEN) else "") for word in form.split()]
    return r"[\s\u00a0]+".join(words)


class AnyOf:
    """Words that are in one of several sets; the sets may be too large to unite."""

    def __init__(self, sets: tuple[Container[str], ...]) -> None:
        self._sets = sets

    def __contains__(self, word: object) -> bool:
        return any(word in words for words in self._sets)

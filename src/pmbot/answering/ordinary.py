"""Ordinary words of a language, to read a slip of the pen as the word that was meant where the documents do not have it themselves."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path

from pmbot.text.wordlists import content_lines

_WORD = re.compile(r"\b[a-z]{4,}\b")
_ENDINGS = (("ies", "y"), ("ied", "y"), ("es", ""), ("ed", ""), ("ing", ""), ("ing", "e"), ("s", ""), ("d", ""))
_DOUBLED = re.compile(r"([b-df-hj-np-tv-z])\1(?:ed|ing)$")


class OrdinaryWords:
    """Words and their regular forms; the list is read when a word is asked for that nobody knows, which is seldom."""

    def __init__(self, read: Callable[[], Iterable[str]] = tuple) -> None:
        """Of what `read` gives; of nothing, unless told otherwise."""
        self._read = read

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(self._read())

    def __contains__(self, word: object) -> bool:
        """Whether this is a word of the list or a regular form of one."""
        if not isinstance(word, str):
            return False
        words = self._words
        if word in words or any(word.endswith(end) and word[: -len(end)] + instead in words for end, instead in _ENDINGS):
            return True
        doubled = _DOUBLED.search(word)
        return doubled is not None and word[: doubled.start() + 1] in words

    def meant_by(self, word: str) -> set[str]:
        """The words that somebody may have meant who swapped two letters, or left out, added or changed one; none where it is a word."""
        return set() if not self._words or word in self else {slip for slip in _slips(word) if slip in self}


def _slips(word: str) -> Iterator[str]:
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
        yield from (word[:at] + letter + word[at + 1 :] for letter in string.ascii_lowercase if letter != word[at])
        if at + 1 < len(word):
            yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    for at in range(len(word) + 1):
        yield from (word[:at] + letter + word[at:] for letter in string.ascii_lowercase)


def read_ordinary_words(paths: Iterable[Path | None]) -> Iterator[str]:
    """The words of files of synonyms and derivations, those there are; ConfigError as for any word list."""
    for path in paths:
        for _, line in content_lines(path) if path else ():
            yield from _WORD.findall(line)

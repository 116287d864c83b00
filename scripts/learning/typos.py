"""Typing errors, as people make them: two letters swapped, one dropped, doubled or replaced."""

from __future__ import annotations

import random
import string
from collections.abc import Callable

from pmbot.text.analyzer import Analyzer

LEAST_LETTERS = 5


def with_typos(question: str, count: int, analyzer: Analyzer, dice: random.Random) -> str | None:
    """The question with a typo in each of `count` content words of five letters or more; None when it has fewer such words."""
    words = [t for t in analyzer.tokens(question) if not analyzer.is_stop(t) and len(t.text) >= LEAST_LETTERS and t.text.isalpha()]
    if len(words) < count:
        return None
    written = question
    for token in sorted(dice.sample(words, count), key=lambda token: -token.start):
        written = written[: token.start] + _mistyped(token.text, dice) + written[token.end :]
    return written


def _mistyped(word: str, dice: random.Random) -> str:
    """The word with one error, never the word itself."""
    while True:
        made = dice.choice(_ERRORS)(word, dice)
        if made != word:
            return made


def _swap(word: str, dice: random.Random) -> str:
    at = dice.randrange(len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _drop(word: str, dice: random.Random) -> str:
    at = dice.randrange(len(word))
    return word[:at] + word[at + 1 :]


def _double(word: str, dice: random.Random) -> str:
    at = dice.randrange(len(word))
    return word[:at] + word[at] + word[at:]


def _replace(word: str, dice: random.Random) -> str:
    at = dice.randrange(len(word))
    return word[:at] + dice.choice(string.ascii_lowercase) + word[at + 1 :]


_ERRORS: tuple[Callable[[str, random.Random], str], ...] = (_swap, _drop, _double, _replace)

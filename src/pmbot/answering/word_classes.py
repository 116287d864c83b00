"""Cheap word classes for span boundaries: closed classes by list, the rest by shape and ending. No tagger, no model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pmbot.answering import english
from pmbot.text.analyzer import Token

_NOUN = re.compile(r"(?:tion|sion|ment|ness|ity|ism|ist|er|or|ance|ence|ship|hood|cy|ry|ure|age)s?$")
_ADJECTIVE = re.compile(r"(?:al|ic|ous|ive|able|ible|ful|less|ary|ian|ish|ant|ent)$")
_NUMBER_WORDS = frozenset(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
    " twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion dozen half".split()
)
_CLOSED: dict[str, str] = {
    **dict.fromkeys(english.PRONOUNS | english.WH_WORDS, "pronoun"),
    **dict.fromkeys(english.PREPOSITIONS, "preposition"),
    **dict.fromkeys(english.AUXILIARIES, "auxiliary"),
    **dict.fromkeys(english.CONJUNCTIONS, "conjunction"),
    **dict.fromkeys(english.ARTICLES, "article"),
    **dict.fromkeys(_NUMBER_WORDS, "number"),
}
_NOUNS_IN_LY = frozenset("family supply reply assembly monopoly anomaly ally rally butterfly belly jelly lily bully folly".split())
LIGHT_REACH = 4  # words from a light verb to its noun: "paid a first official visit"
_ENDINGS = (("ly", "adverb"), ("ing", "ing"), ("ed", "ed"))


def word_class(token: Token) -> str:
    """The class of a token: a closed class, "number", "capital", "adverb", "ing", "ed", "noun", "adjective", "plural" or "word"."""
    closed = _CLOSED.get(token.norm)
    if closed is not None:
        return closed
    return _by_shape(token.norm, token.text[0])


@lru_cache(maxsize=8192)  # 0.1 µs instead of 0.7; each word of a sentence is asked for some three times
def _by_shape(norm: str, initial: str) -> str:
    """The class of a word of no closed class, by its first character as it is written."""
    if initial.isdigit():
        return "number"
    if initial.isupper():
        return "capital"
    if not initial.isalpha():
        return "sign"
    for ending, name in _ENDINGS:
        if norm.endswith(ending) and norm not in _NOUNS_IN_LY:
            return name
    if _NOUN.search(norm) or norm in _NOUNS_IN_LY:
        return "noun"
    if _ADJECTIVE.search(norm):
        return "adjective"
    return "plural" if norm.endswith("s") else "word"


def function_word(token: Token) -> str:
    """The word itself when it belongs to a closed class, else nothing: few enough to be features."""
    return token.norm if token.norm in _CLOSED and token.norm not in _NUMBER_WORDS else ""


def light_verbs(tokens: Sequence[Token]) -> frozenset[str]:
    """The terms of verbs that say little beside the noun soon behind them ("*paid* an official visit", not "paid the fee")."""
    found = set()
    for at, token in enumerate(tokens):
        nouns = next((nouns for verbs, nouns in english.LIGHT_VERBS if token.norm in verbs), None)
        if nouns is not None and any(behind.norm in nouns for behind in tokens[at + 1 : at + 1 + LIGHT_REACH]):
            found.add(token.term)
    return frozenset(found)

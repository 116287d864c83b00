"""Word classes: closed classes by list, the rest by shape and ending."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.answering import english
from pmbot.answering.word_classes import function_word, word_class
from pmbot.text.analyzer import Token
from tests.fakes_answering import ANALYZER

CLASSES = set("pronoun preposition auxiliary conjunction article number capital sign adverb ing ed noun adjective plural word".split())


def token_of(word: str) -> Token:
    (token,) = ANALYZER.tokens(word)
    return token


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("they", "pronoun"),
        ("who", "pronoun"),
        ("across", "preposition"),
        ("were", "auxiliary"),
        ("nor", "conjunction"),
        ("The", "article"),  # a capital does not hide a closed class
        ("seven", "number"),
        ("41,800", "number"),
        ("Zorblat", "capital"),
        ("€", "sign"),
        ("quickly", "adverb"),
        ("family", "noun"),
        ("glowing", "ing"),
        ("painted", "ed"),
        ("stations", "noun"),
        ("brightness", "noun"),
        ("famous", "adjective"),
        ("trams", "plural"),
        ("lamp", "word"),
    ],
)
def test_class(word: str, expected: str) -> None:
    assert word_class(token_of(word)) == expected


@pytest.mark.parametrize(("word", "expected"), [("By", "by"), ("the", "the"), ("nor", "nor"), ("seven", ""), ("lamp", ""), ("Zorblat", "")])
def test_function_words_are_told_by_name_and_others_are_not(word: str, expected: str) -> None:
    assert function_word(token_of(word)) == expected


@given(st.text(max_size=60))
def test_every_token_has_one_of_few_classes(text: str) -> None:
    for token in ANALYZER.tokens(text):
        assert word_class(token) in CLASSES
        assert function_word(token) in {"", token.norm}


@pytest.mark.parametrize("words", [english.PREPOSITIONS, english.AUXILIARIES, english.ARTICLES, english.CONJUNCTIONS])
def test_closed_classes_are_whole(words: frozenset[str]) -> None:
    tokens = [token for word in sorted(words) for token in ANALYZER.tokens(word) if token.norm == word]
    assert len({word_class(token) for token in tokens}) <= 2  # a word that is in two lists keeps one of them
    assert all(function_word(token) for token in tokens)

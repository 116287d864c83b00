"""Typos are read as the nearest word of the documents."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.answering.lexicon import SYNONYM, Lexicon
from pmbot.answering.ordinary import OrdinaryWords
from pmbot.answering.spelling import LONG, SHORTEST, Correction, Known, Speller
from tests.fakes import words_of
from tests.fakes_answering import ANALYZER

VOCABULARY = ["zorblat", "bridge", "bridges", "electricity", "oslo", "tram", "glow", "co2x", "abc"]
ORDINARY = frozenset({"fridge", "lamp"})
FORMS = OrdinaryWords(lambda: ["manage", "dinner", "donate", "mention", "gleaming"])
LEXICON = Lexicon([(("manag",), ("run",), SYNONYM, "s"), (("gleam",), ("glow",), SYNONYM, "s"), (("donat",), ("give",), SYNONYM, "s")])


def corrected(text: str, vocabulary: list[str] = VOCABULARY, known: frozenset[str] = frozenset()) -> tuple[str, list[tuple[str, str]]]:
    there = {ANALYZER.stem(word) for word in known | set(vocabulary)}
    words = Known(ORDINARY, FORMS, LEXICON, lambda terms: [int(term in there) for term in terms])
    read, corrections = Speller(ANALYZER, (words_of(vocabulary),), words).correct(text)
    return read, [tuple(c) for c in corrections]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("where is Zorbalt?", "where is Zorblat?"),  # a swap is one mistake
        ("where is zorblta?", "where is zorblat?"),
        ("the brige", "the bridge"),
        ("the electrcitiy bill", "the electricity bill"),  # two mistakes in a long word
        ("the rbidge and the ozrblat", "the bridge and the zorblat"),  # the first two letters are swapped
        ("the ridge of slo", "the bridge of slo"),  # the first letter is missing; too short to tell
        ("brdige and zorblatt", "bridge and zorblat"),
        ("Where is the BRIGE", "Where is the Bridge"),
        ("the zlectricity", "the electricity"),  # another first letter, in a long word
        ("what is gkeaming?", "what is gleaming?"),
        ("what is gleamign?", "what is gleaming?"),  # not in the documents, but "glow" is, which may stand for it
    ],
)
def test_corrections(text: str, expected: str) -> None:
    assert corrected(text)[0] == expected


def test_corrections_are_told() -> None:
    known = Known(ORDINARY, OrdinaryWords(), Lexicon(()), lambda terms: [0] * len(terms))
    assert Speller(ANALYZER, (words_of(VOCABULARY),), known).correct("a brige")[1] == (Correction("brige", "bridge"),)


@pytest.mark.parametrize(
    "text",
    [
        "the bridge",
        "the fridge",  # ordinary English
        "the lanp",  # the documents have no lamp
        "the xridge",  # the first letter counts
        "what is doonated?",  # no word that may stand for it is in the documents
        "who mangaed it?",  # the same
        "what is gleaming" + "g" * 30 + "?",  # too long for a slip
        "what is gkexming?",  # two other letters are no slip of an ordinary word
        "the Gleamign",  # may be a name
        "the brxxge",  # two mistakes in a short word
        "ab abd",  # too short
        "osl",
        "1988 and co3x",  # not words
        "which",  # a stopword
        "",
        "?!",
    ],
)
def test_what_is_left_alone(text: str) -> None:
    assert corrected(text) == (text, [])


def test_a_word_that_the_documents_know_is_left_alone() -> None:
    assert corrected("brige", known=frozenset({"brige"})) == ("brige", [])


def test_two_words_as_near_correct_nothing() -> None:
    assert corrected("trum", ["tram", "trim"]) == ("trum", [])


def test_three_words_as_near_correct_nothing_though_two_share_their_stem() -> None:
    assert corrected("lampz", ["lamp", "lamps", "lampy"]) == ("lampz", [])


def test_two_forms_of_one_word_do_not_compete() -> None:
    assert corrected("bridgez", ["bridge", "bridges"])[0] in {"bridge", "bridges"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Whne was it", "When was it"),
        ("zorbalt is it", "zorblat is it"),  # no question word is near
        ("Hwo is it", "Hwo is it"),  # too short
        ("is whne it", "is whee it"),  # not the first word
    ],
)
def test_the_first_word_is_a_question_word_before_all_else(text: str, expected: str) -> None:
    assert corrected(text, ["whee", "zorblat"])[0] == expected


def osa(one: str, other: str) -> int:
    """Optimal string alignment by its definition."""
    rows = [[max(i, j) if not i or not j else 0 for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            same = one[i - 1] == other[j - 1]
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (not same))
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


LETTERS = st.text("abcdz", min_size=SHORTEST, max_size=10)


@given(st.lists(LETTERS, min_size=1, max_size=8), LETTERS)
def test_a_correction_is_the_nearest_word(vocabulary: list[str], word: str) -> None:
    read, corrections = corrected(f"the {word}", vocabulary)
    for written, correction in corrections:
        assert written == word
        assert correction in vocabulary
        if correction[0] != word[0]:
            assert len(word) >= LONG - 1
            assert correction[1:] == word[1:]
            continue
        distance = osa(word, correction)
        assert distance <= (2 if max(len(word), len(correction)) >= LONG else 1)
        assert distance == min(osa(word, other) for other in vocabulary if other[0] == word[0])
    assert read == f"the {corrections[0][1] if corrections else word}"

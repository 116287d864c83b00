"""Words that exclude each other: the opposite is told, or another of a set."""

from __future__ import annotations

import pytest

from pmbot.answering.case import Refusal
from pmbot.answering.exclusive import opposite_told
from pmbot.answering.lexicon import SYNONYM, Lexicon
from tests.fakes_answering import ANALYZER, World


@pytest.mark.parametrize(
    ("question", "sentence", "word"),
    [
        ("When will the trial end?", "The trial will start in May.", "end"),
        ("In which month does the trial end?", "In the trial, starting in May, lamps are tested.", "end"),
        ("How much did trade shrink?", "Trade is increasing fivefold.", "shrink"),
        ("Who sold the bridge?", "Ana Gil bought the bridge.", "sold"),
        ("When will the bridge reopen?", "From May the bridge will be closed.", "reopen"),
        ("What does a viola cost?", "A violin costs 9 euros.", "viola"),
        ("What does a flashing green light mean?", "A flashing red light means that it is locked.", "green"),
        ("How much do part-time clerks get?", "Full-time clerks get 9 euros.", "part"),
        ("When did the trial end?", "The trial started in May and ended in June.", None),
        ("When will the trial start?", "The trial will start in May.", None),
        ("When will the start of the trial end?", "The start of the trial is in May.", None),  # both are asked
        ("What does a green light mean?", "A light on the red lid means that it is locked.", None),  # of another noun
        ("What does a green light mean?", "A red light means that it is locked, a green one that it is not.", None),
        ("What does the Green light mean?", "A red light means that it is locked.", None),  # a name
        ("What does a light mean?", "A red light means that it is locked.", None),
    ],
)
def test_the_opposite(question: str, sentence: str, word: str | None) -> None:
    case = World({"a.txt": sentence}).case(question, sentence)
    assert opposite_told(case) == (Refusal("relation_apart", (word,)) if word else None)


def test_another_word_for_it_says_it() -> None:
    sentence = "The trial began in May and will cease in June."
    lexicon = Lexicon([((ANALYZER.stem("end"),), (ANALYZER.stem("cease"),), SYNONYM, "thesaurus")])
    assert opposite_told(World({"a.txt": sentence}, lexicon).case("When will the trial end?", sentence)) is None

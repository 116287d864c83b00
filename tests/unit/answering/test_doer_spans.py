"""Who does or owns something."""

from __future__ import annotations

import pytest

from tests.fakes_spans import told_words


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("Which animals live on the island?", "Seals, foxes and many birds live on the island.", "Seals, foxes and many birds"),
        (
            "Who sold lamps in 1750?",
            "By 1750, a group of artisans, guests, and merchants sold lamps.",
            "a group of artisans, guests, and merchants",
        ),
        ("Who published the book?", "The book of lamps, plants and trees published by Quindle is green.", "Quindle"),
    ],
)
def test_doers(question: str, sentence: str, expected: str) -> None:
    assert told_words(question, sentence) == expected


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("Who won the match?", "They met for a match on Sunday, which the Zorblats won by four goals.", "Zorblats"),
        ("When was the match won?", "They met for a match, which the Zorblats won.", ""),
    ],
)
def test_relative_doer(question: str, sentence: str, expected: str) -> None:
    assert told_words(question, sentence) == expected


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("Who repairs the roof?", "The landlord repairs the roof, the walls and the drains.", "The landlord"),
        ("Who insures the stock?", "The tenant insures her stock; the landlord insures the house with Quindle.", "The tenant"),
        ("Who insures the house?", "The tenant insures her stock; the landlord insures the house with Quindle.", "the landlord"),
        ("Who opened the bridge?", "In May, Ana Gil opened the bridge.", "Ana Gil"),
        ("Who opened the bridge?", "Ana Gil and Norway's Otto Berg opened the bridge.", ""),  # names are told together elsewhere
        ("Who opened the bridge?", "The bridge opened.", ""),
        ("Who opened the bridge?", "The bridge was opened in May.", ""),
        ("Who opened the bridge?", "They say that she opened the bridge.", ""),
        ("Who can open the bridge?", "Six guests may share a lamp, but only the landlord can open the bridge.", "the landlord"),
        ("Who decided that the lamp returns?", "The lamp will glow again in July, the council decided on Tuesday.", "the council"),
        ("Who sleeps?", "The landlord sleeps.", ""),
    ],
)
def test_doer(question: str, sentence: str, expected: str) -> None:
    assert told_words(question, sentence) == expected


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("Who owns the mill?", "The mill has belonged to the Holt family since 1688.", "the Holt family"),
        ("Who runs the mill?", "The mill has belonged to the Holt family since 1688.", ""),
    ],
)
def test_owner(question: str, sentence: str, expected: str) -> None:
    assert told_words(question, sentence) == expected


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("Who led the round?", "Rescue came from Ana Gil, a partner at the firm Holt Row, who led a round of €24 million.", "Ana Gil"),
        ("Who led the round?", "Rescue came from Ana Gil of Holt, from Otto Berg, who led the round.", "Otto Berg"),
        ("Who led the round?", "Rescue came from Ana Gil, a partner at Holt Row, who lost the round.", ""),
    ],
)
def test_who_did(question: str, sentence: str, expected: str) -> None:
    assert told_words(question, sentence) == expected

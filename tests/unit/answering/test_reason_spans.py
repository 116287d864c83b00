"""Why: the first real reason, and no "to" that a verb demands."""

from __future__ import annotations

import pytest

from tests.fakes_spans import told, told_words


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        (
            "Why did she refuse to own a car?",
            "She refused to own a car because she feared for the lakes.",
            "because she feared for the lakes",
        ),
        ("Why is the shop closed?", "Owing to repairs, the shop is closed until May.", "Owing to repairs"),
        (
            "Why did they fall?",
            "They fell because of better lamps, less rain and more work.",
            "because of better lamps, less rain and more work",
        ),
        ("Why must prams stay outside?", "Guests were told not to bring prams, since they block the way.", "since they block the way"),
        ("Why did the board sell the house?", "The board agreed to sell the house as the roof needed repair.", "as the roof needed repair"),
        ("Why were the lights switched off?", "The lights were switched off to save energy.", "to save energy"),
        ("Why is the limit set?", "Gil wants to set a limit so that the camp is not full.", "so that the camp is not full"),
        # what repeats the question is no reason for it
        (
            "Why do large green crystals fall fast?",
            "Guests came because large green crystals fall fast due to their mass.",
            "due to their mass",
        ),
        # demanded by the verb; a comparison; a time; a role
        ("Why did she refuse the car?", "She refused to own a car.", ""),
        ("Why did the lamp glow?", "The lamp glowed as well as the sun.", ""),
        ("Why did the lamp glow?", "The lamp glowed since 1990.", ""),
        ("Why did Gil leave?", "Gil was known as the mayor opened the way.", ""),
        ("When did the lamp glow?", "The lamp glowed because it was hot.", ""),
    ],
)
def test_reason(question: str, sentence: str, expected: str) -> None:
    assert told_words(question, sentence) == expected


def test_a_purpose_is_less_sure_than_a_reason() -> None:
    purpose = told("Why were the lights switched off?", "The lights were switched off to save energy.")
    reason = told("Why were the lights switched off?", "The lights were switched off because it was day.")
    assert reason.confidence > purpose.confidence >= 0.5


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("What held up the lamps?", "The lamps were late by five months after a lamp strike in Oslo.", "a lamp strike in Oslo"),
        ("What kept Gil from the show?", "Gil came to the show at noon, having been delayed by an accident.", "an accident"),
        ("What caused the blackout?", "The mill lost power after a truck damaged a line, said Gil.", "a truck damaged a line"),
        (
            "What explains the loss?",
            "The loss grew in 2024, as the coach line had dropped the mill.",
            "the coach line had dropped the mill",
        ),
        # a time; what somebody did; another question
        ("What caused the fire?", "The fire broke out after five months.", ""),
        ("What caused the fire?", "The fire was seen by Ana Gil.", ""),
        ("What did Gil see?", "Gil slept after a strike.", ""),
    ],
)
def test_cause(question: str, sentence: str, expected: str) -> None:
    assert told_words(question, sentence) == expected

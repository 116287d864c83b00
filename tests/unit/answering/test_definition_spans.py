"""What a thing is, told behind "is", "means" or "that is"."""

from __future__ import annotations

import pytest

from tests.fakes_spans import told_words


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        # the head of the predicate with the clause that belongs to it
        ("What is a glow lamp?", "A glow lamp, as she put it, is “a lamp that glows at night”.", "a lamp that glows at night"),
        ("What is the lamp rule?", "The lamp rule is the idea that lamps glow at night.", "the idea that lamps glow at night"),
        (
            "What is the coefficient of glow?",
            "The coefficient of glow is the ratio of light given to power used.",
            "the ratio of light given to power used",
        ),
        ("What is a glow fault?", "A glow fault is defined as any failure that stops a lamp.", "any failure that stops a lamp"),
        ("What does glow time mean?", "Glow time means any hour of the night, including dawn.", "any hour of the night"),
        ("What does a red lamp mean?", "A red lamp means that the door is open, or jammed.", "the door is open"),
        (
            "What does the term glow refer to?",
            'The term "glow" refers to the light that stays in a lamp.',
            "the light that stays in a lamp",
        ),
        (
            "What is a frobnik?",
            "A frobnik is a lamp such as a torch, a candle or a lantern that glows, and dear.",
            "a lamp such as a torch, a candle or a lantern that glows",
        ),
        # said again
        ("What are frobniks?", "They sell frobniks, that is, lamps for the night; and torches.", "lamps for the night"),
        ("What are frobniks?", "They sell frobniks, that is to say, lamps for the night.", "lamps for the night"),
        # what is called so
        ("What is Frobnik?", "A valve in the lamp, called Frobnik, glows.", "A valve in the lamp"),
        ("What is Frobnik?", "The permit allows a group known as Frobnik to meet.", "a group"),
        # a line of its own
        ("What does E2 mean?", "E2: The lamp is not glowing, usually because it is broken.", "The lamp is not glowing"),
        # the thing is not what the verb speaks of
        ("What is a frobnik?", "The price of a frobnik is a problem for lamps.", ""),
        ("What is the lamp rule for?", "The lamp rule is the idea that lamps glow.", ""),
    ],
)
def test_defined(question: str, sentence: str, expected: str) -> None:
    assert told_words(question, sentence) == expected

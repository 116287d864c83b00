"""Where and how: an example or more for each rule, and what must not fire."""

from __future__ import annotations

import pytest

from tests.fakes_spans import told_words


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("Where should I place the dock?", "Place the dock against a wall and leave one metre free.", "against a wall"),
        ("Where is the main shop?", "The main shop is at 3 Granary Street and holds 145,000 lamps.", "3 Granary Street"),
        ("Where is the firm listed?", "The firm has 24 guests and is listed on the Tarn Stock Exchange.", "the Tarn Stock Exchange"),
        ("Where was the paper signed?", "The paper was signed on 12 March 2023 in Quindle's main city, Calvera, by Ana Gil.", "Calvera"),
        ("Where was the shop moved?", "The shop was moved to the Old Hall, Tarnow.", "the Old Hall, Tarnow"),
        ("Where are the keys kept?", "The keys are kept in a drawer under the counter.", "a drawer under the counter"),
        ("Where does the bus stop?", "The bus stops in front of the station every ten minutes.", "in front of the station"),
        ("Where can I park my car?", "Cars can be parked behind the main building.", "behind the main building"),
        ("Where is the office?", "Our office is on the second floor of 14 Mill Road.", "the second floor of 14 Mill Road"),
        ("Where will the lamp show be held?", "The lamp show will be held on Tuesday 9 July in the mill.", "the mill"),
        ("Where is the lamp kept?", "They saw the mill in Chile, where the lamp is kept at minus 80 degrees.", "the mill in Chile"),
        ("Where are lamps kept?", "Lamps are kept in encrypted form on shelves in Chile.", "shelves in Chile"),
        ("Where has a lamp been installed?", "A lamp has been installed at reception.", "at reception"),
        (
            "Where do I find the lamp?",
            "The plate, which shows the lamp, is fixed to the left edge of the door.",
            "the left edge of the door",
        ),
        ("Where can I pick up the lamp?", "The lamp can be picked up at the mill.", "the mill"),
        ("Where did Gil spend her career?", "She spent her career in this post at the Tarn School.", "the Tarn School"),
        # a time, a manner of speaking, another clause
        ("Where was the paper signed?", "The paper was signed on 12 March 2023.", ""),
        ("Where was the paper signed?", "The paper was signed in the presence of Ana Gil.", ""),
        ("Where was the paper signed?", "The paper was signed and the guests left for Norway.", ""),
        ("Where was the paper signed?", "The lamp stands in Norway.", ""),
    ],
)
def test_place(question: str, sentence: str, expected: str) -> None:
    assert told_words(question, sentence) == expected


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("How did the firm cut costs?", "The firm cut costs by closing two plants.", "by closing two plants"),
        (
            "How can loans be renewed?",
            "Loans can be renewed at the desk, by telephone or in the online account, if free.",
            "at the desk, by telephone or in the online account",
        ),
        ("How do I reset the router?", "To reset the router, hold the button for ten seconds.", "hold the button for ten seconds"),
        (
            "How do I start the lamp?",
            "Press the round button for three seconds to start the lamp.",
            "Press the round button for three seconds",
        ),
        # the purpose is another, or what comes first is no order
        ("How do I clean the button?", "Press the button for three seconds to start the lamp.", ""),
        ("How do I start the lamp?", "Both the doors have a switch to start the lamp.", ""),
        ("How did the firm grow?", "By closing two plants, the rival shrank.", ""),
    ],
)
def test_manner(question: str, sentence: str, expected: str) -> None:
    assert told_words(question, sentence) == expected

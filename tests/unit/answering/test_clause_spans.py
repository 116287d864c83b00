"""The other side of "is", what a verb takes: an example or more for each rule, and what must not fire."""

from __future__ import annotations

import pytest

from tests.fakes_spans import told, told_words


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("What was the largest item?", "The largest item was heating at €121,000, followed by repairs.", "heating"),
        ("Which of the lakes was the deepest?", "Of the lakes she saw, Lake Tarn was the deepest at 461 metres.", "Lake Tarn"),
        ("What was Quindle's most important market?", "Its most important market was Norway with €21 million, then Chile.", "Norway"),
        (
            "What was the most frequent complaint?",
            "Mild headaches were the most frequent complaint, followed by tiredness.",
            "Mild headaches",
        ),
        ("What is the largest room?", "The Blue Hall, with 300 seats, is the largest room in the building.", "The Blue Hall"),
        ("Who was the first director of the museum?", "Its first director was the painter Jan Holt.", "Jan Holt"),
        ("What was lamp's largest market?", "Its largest market was Norway.", "Norway"),
        ("What is the aim of the lamp club?", "The aim of the lamp club is to make lamps glow in Chile.", "to make lamps glow in Chile"),
        ("What is the aim of the bridge?", "The aim of the lamp club is to make lamps glow.", ""),
        # a kind of thing, not a certain one
        ("What is the Zorblat of Chile?", "The Zorblat of Chile is a lamp.", ""),
        ("What is a lamp?", "A lamp is the sun of the poor.", ""),
        ("Who is the tenant?", "Everything is the tenant's affair.", ""),
        # the answer repeats the question, or half of what is asked is missing
        ("What was the largest item?", "The largest item was the item.", ""),
        ("What was the largest green item?", "The largest item was heating.", ""),
        ("What was the largest item?", "The largest item was sold in 1990.", ""),
        ("What is the quorum under Rule 9?", "As the quorum under Rule 9 is forty guests, the meeting began.", "forty guests"),
    ],
)
def test_identity(question: str, sentence: str, expected: str) -> None:
    assert told_words(question, sentence) == expected


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("What is the capital of Quindle?", "Vellmar, the capital of Quindle, has 120,000 guests.", "Vellmar"),
        ("Who is the treasurer?", "The treasurer, Ana Gil, presented the accounts.", "Ana Gil"),
        ("Who is the seller?", "This is between Quindle Ltd (the seller) and Ana Gil (the buyer).", "Quindle Ltd"),
        ("Who is the buyer?", "This is between Quindle Ltd (the seller) and Ana Gil, a painter (the buyer).", "Ana Gil"),
        ("Who is the seller?", "This is between them (the seller and the buyer).", ""),
        ("Who is the treasurer?", "The accounts, the books, and the treasurer were late.", ""),
        ("What is the capital of Quindle?", "In Vellmar, the capital was low.", ""),
        ("Who is the head of sales?", "2. Lamps need the written consent of Ana Gil, the head of sales.", "Ana Gil"),
        (
            "Who is head of sales?",
            "Present were Otto Berg (lamp manager), Ana Gil (head of sales) and Lena Fox (head of lamps).",
            "Ana Gil",
        ),
    ],
)
def test_apposed(question: str, sentence: str, expected: str) -> None:
    assert told_words(question, sentence) == expected


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        (
            "What must the reader pay if a lamp is lost?",
            "If a lamp is lost, the reader must pay its price plus a fee of €6.",
            "its price plus a fee of €6",
        ),
        (
            "What does Quindle send to Norland?",
            "Quindle sends olive oil, ceramics and machine parts north.",
            "olive oil, ceramics and machine parts",
        ),
        ("What did the inspector report?", "The inspector reported that the brakes were worn.", "the brakes were worn"),
        ("Who is the firm looking for?", "The firm is still looking for two engineers.", "two engineers"),
        ("Who is the firm looking for?", "The firm looks at two engineers.", ""),
        ("What did Ana Gil die from?", "Ana Gil died of pneumonia at her home in Chile.", "pneumonia"),
        ("Who did the club beat?", "The club beat the coach Ana Gil in May.", "Ana Gil"),
        ("What did not fix any colour?", "The rule did not fix any shade of colour.", ""),
        ("What did the club sell to Norway?", "The sale of the club was late.", ""),
        ("What did the club sell?", "The club was sold lamps.", ""),
        ("What rights did the club sell?", "The club sold the broadcast rights.", ""),
    ],
)
def test_taken(question: str, sentence: str, expected: str) -> None:
    assert told_words(question, sentence) == expected


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("surplus 2024", "Income rose, which left a surplus of €14,300 in 2024.", "€14,300"),
        ("topic of Gil thesis", "Gil ended with a thesis on iron in bog water.", "iron in bog water"),
        ("Gil thesis", "Gil ended with a thesis on iron in bog water.", ""),
        ("lamp surplus", "The lamp left a surplus of little use.", ""),
    ],
)
def test_keyed(question: str, sentence: str, expected: str) -> None:
    assert told_words(question, sentence) == expected


def test_how_sure_the_rules_are() -> None:
    agent = told("Who designed the bridge?", "The bridge was designed by Paul Roth.")
    taken = told("What does Quindle send?", "Quindle sends olive oil.")
    assert agent.confidence > taken.confidence >= 0.5  # both are shown

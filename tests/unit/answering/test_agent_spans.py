"""Whoever stands behind the "by" of a verb."""

from __future__ import annotations

import pytest

from tests.fakes_spans import told_words


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        (
            "Which company replaced the roof?",
            "The roof was replaced between May and August 2024 by Tarn Roofing for €9,000.",
            "Tarn Roofing",
        ),
        ("Who produces the Zorblat lamp?", "The Zorblat lamp is a small lamp produced by Quindle Works for kitchens.", "Quindle Works"),
        ("Who designed the bridge?", "The bridge, designed by the engineer Paul Roth, opened in 1921.", "Paul Roth"),
        ("Who edited the report?", "The report, edited by Otto Berg and Lena Fox, was published in May.", "Otto Berg and Lena Fox"),
        ("What caused the fire?", "The fire was caused by a faulty heater in the cellar.", "a faulty heater"),
        ("By whom was the plan approved?", "The plan was approved by the director, Ana Gil.", "Ana Gil"),
        (
            "Who attended the meeting?",
            "The meeting was attended by the mayor, Ana Gil, and twelve guests.",
            "the mayor, Ana Gil, and twelve guests",
        ),
        ("Who opposed the plan?", "The plan was opposed by guests of Mill Lane and by the board.", "guests of Mill Lane and by the board"),
        ("Who directed the film?", "The film was directed by Ana Gil and starring Otto Berg.", "Ana Gil"),
        ("Who led the team?", "The team was led by the painter Jan Holt of the Oslo Institute.", "Jan Holt"),
        ("Who founded the firm?", "The firm was founded in 1952 by eleven farmers.", "eleven farmers"),
        ("Who led the team?", "The team was led by Otto Berg, formerly a painter of Holt Lane.", "Otto Berg"),
        ("Who led the team?", "The team was led by the mayor of Holt, Otto Berg, and included guests from Oslo.", "Otto Berg"),
        ("Who led the team?", "The team was led not by Holt, who had fallen ill, but by his guest Otto Berg.", "Otto Berg"),
        ("Who must approve the plan?", "The plan has to be approved in advance by the head of sales.", "the head of sales"),
        ("Who has to approve the plan?", "The plan must be approved by the landlord and is kept.", "the landlord"),
        ("Who rejected the plan?", "The plan was rejected in May by 29 votes.", ""),
        ("Who wrote the book?", "The book was printed in Greece and by 1990 it was written off.", ""),
        ("Who opened the shop?", "The shop was opened by selling a house.", ""),
        ("When was the roof replaced?", "The roof was replaced by Tarn Roofing.", ""),
    ],
)
def test_agent(question: str, sentence: str, expected: str) -> None:
    assert told_words(question, sentence) == expected

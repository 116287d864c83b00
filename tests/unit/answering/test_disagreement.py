"""Figures that contradict the answer are shown beside it; many that differ do not contradict it."""

from __future__ import annotations

import dataclasses

import pytest

from pmbot.answering.disagreement import rivals, with_rivals
from pmbot.answering.statements import StatementReader
from pmbot.models import Decision, Span, Status
from tests.fakes_answering import ANALYZER, World

ASKED, SOLD = "How much were lamp sales in 2023?", "Lamp sales were €240 million in 2023."
READER = StatementReader(ANALYZER)


def against(question: str, shown: str, **texts: str) -> list[str]:
    """The figures that contradict `shown` in its sentence, which is taken for the best one."""
    ranking = World({f"{name}.txt": text for name, text in texts.items()}).ranking(question)
    order = sorted(range(len(ranking.evidence)), key=lambda at: shown not in ranking.evidence[at].sentence.text)
    ranking = dataclasses.replace(
        ranking, candidates=tuple(ranking.candidates[at] for at in order), evidence=tuple(ranking.evidence[at] for at in order)
    )
    start = ranking.evidence[0].sentence.text.index(shown)
    found = rivals(ranking, (start, start + len(shown)), READER)
    return [rival.evidence.sentence.text[rival.start : rival.end] for rival in found]


@pytest.mark.parametrize(
    ("question", "one", "other", "shown", "figures"),
    [
        (ASKED, SOLD, "In 2023 lamp sales reached €245 million.", "€240 million", ["€245 million"]),
        (
            "How many people does the Quindle plant employ?",
            "The Quindle plant employs 612 people.",
            "Today the Quindle plant employs 650 people.",
            "612",
            ["650"],
        ),
        (
            "What percentage of lamps glow in Oslo?",
            "In Oslo 27% of all lamps glow.",
            "In Oslo 31 percent of all lamps glow.",
            "27%",
            ["31 percent"],
        ),
        (
            "When was the red Quindle bridge opened?",
            "The red Quindle bridge of the town was opened on 5 May 1987.",
            "The red Quindle bridge of the town was opened on 6 May 1987.",
            "5 May 1987",
            ["6 May 1987"],
        ),
    ],
)
def test_contradictions(question: str, one: str, other: str, shown: str, figures: list[str]) -> None:
    assert against(question, shown, a=one, b=other) == figures
    assert against(question, shown, a=f"{one} | {other}") == figures


@pytest.mark.parametrize(
    ("question", "one", "other", "shown"),
    [
        (ASKED, SOLD, "Lamp sales were €190 million in 2022.", "€240 million"),
        (ASKED, SOLD, "Lamp sales rose by €20 million in 2023.", "€240 million"),
        (ASKED, SOLD, "Lamp sales were 17% of all sales in 2023.", "€240 million"),
        (ASKED, SOLD, "Lamp sales in Oslo were €20 million in 2023.", "€240 million"),
        (ASKED, SOLD, "Red lamp sales were €20 million in 2023.", "€240 million"),
        (ASKED, SOLD, "Lamp sales were about €250 million in 2023.", "€240 million"),
        (ASKED, SOLD, "Lamp sales were more than €200 million in 2023.", "€240 million"),
        (ASKED, SOLD, "Lamp sales were €243.1 million in 2023.", "€240 million"),
        (ASKED, SOLD, "Lamp sales may be €300 million in 2023.", "€240 million"),
        (ASKED, SOLD, "In June 2023 lamp sales were €30 million.", "€240 million"),
        (ASKED, SOLD, "Bridge sales were €300 million in 2023.", "€240 million"),
        (
            "How much did lamps from Norway to Chile cost?",
            "Lamps from Norway to Chile cost €240 in all.",
            "Lamps from Chile to Norway cost €300 in all.",
            "€240",
        ),
        ("How many lamps glowed before the fire?", "Before the fire 500 red lamps glowed.", "After the fire 300 red lamps glowed.", "500"),
        (
            "How many people does the Quindle plant employ?",
            "The Quindle plant employs 612 people.",
            "The Ostrel plant employs 650 people.",
            "612",
        ),
        ("How much did the Quindle bridge cost?", "A Quindle bridge of 5 m cost €300.", "A Quindle bridge of 7 m cost €450.", "€300"),
        (
            "How many lamps did Ana Gil break?",
            "Ana Gil came late, broke two lamps, and left.",
            "Ana Gil came early, broke four lamps, and stayed.",
            "two",
        ),
        (
            "When was the red Quindle bridge opened?",
            "The red Quindle bridge of the town was opened in May 1987.",
            "The red Quindle bridge of the town was opened in 1987.",
            "May 1987",
        ),
    ],
)
def test_figures_that_differ_and_may_all_be_true(question: str, one: str, other: str, shown: str) -> None:
    assert against(question, shown, a=one, b=other) == []


def test_a_series_of_readings_is_no_contradiction() -> None:
    texts = {f"s{n}": f"The Quindle station measured {n} m of water." for n in range(11, 17)}
    assert against("How much water did the Quindle station measure?", "11 m", **texts) == []


@pytest.mark.parametrize("question", ["Were lamp sales €240 million in 2023?", "What is said about lamp sales in 2023?"])
def test_some_questions_ask_for_no_figure(question: str) -> None:
    texts = {"a": SOLD, "b": "In 2023 lamp sales reached €245 million."}
    assert against(question, "€240 million", **texts) == []


def test_a_decision_holds_both_with_their_sentences() -> None:
    world = World({"a.txt": SOLD, "b.txt": "In 2023 lamp sales reached €245 million."})
    ranking = world.ranking(ASKED)
    decision = Decision(
        status=Status.ANSWERED, evidence=ranking.evidence[:1], highlights=(("a.txt", Span(start=16, end=28)),), confidence=0.9
    )
    found = with_rivals(decision, ranking, READER)
    assert found.contradicted
    assert [world.corpus.document(doc_id).excerpt(span) for doc_id, span in found.highlights] == ["€240 million", "€245 million"]
    assert [e.sentence.doc_id for e in found.evidence] == ["a.txt", "b.txt"]
    refused = Decision(status=Status.NOT_ENOUGH, confidence=0.1, reason="unsure")
    assert with_rivals(refused, ranking, READER) == refused
    alone = decision.model_copy(update={"highlights": ()})
    assert with_rivals(alone, ranking, READER) == alone

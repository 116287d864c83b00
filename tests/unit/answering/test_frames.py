"""How questions are built, and what of them a sentence holds."""

from __future__ import annotations

import pytest

from pmbot.answering.frames import clause_of, frame_of
from tests.fakes_spans import case_of


@pytest.mark.parametrize(
    ("question", "opens"),
    [
        ("Who sells the lamp?", "sells"),
        ("Which firm sells to Zorblat?", "sells"),
        ("What caused the fire?", "caused"),
        ("Which of the lamps was green?", "was"),
        ("For which firms does Zorblat glow?", "does"),
        ("Zorblat lamp", ""),
        ("Does Zorblat glow?", None),
        ("Zorblat glows where?", None),
    ],
)
def test_frames(question: str, opens: str | None) -> None:
    frame = frame_of(case_of(question, "The Zorblat lamp glows.").query)
    assert (frame.opens if frame is not None else None) == opens


@pytest.mark.parametrize(
    ("question", "verb"),
    [
        ("What does Zorblat sell to Ana Gil?", "sell"),
        ("What must the reader pay if a lamp is lost?", "pay"),
        ("Where can I park my car?", "park"),
        ("What did the war of 1990 cause?", "cause"),
        ("Who sells the lamp?", None),
        ("Who will come when the shop sells lamps?", None),  # "sells" is the verb of another clause
    ],
)
def test_verbs(question: str, verb: str | None) -> None:
    case = case_of(question, "The Zorblat lamp glows.")
    clause = clause_of(case.query, case.candidate, case.matcher)
    assert clause is not None
    assert (clause.words[clause.verb] if clause.verb is not None else None) == verb


def test_what_a_sentence_holds_of_a_question() -> None:
    case = case_of("What does Zorblat sell in Oslo?", "Zorblat sells lamps in Oslo, and the sale of Zorblat is green.")
    clause = clause_of(case.query, case.candidate, case.matcher)
    assert clause is not None
    assert [clause.phrases.tokens[at].text for at in clause.verbs] == ["sells"]
    assert not clause.is_new(0, 2)
    assert clause.is_new(0, 3)
    assert clause.held(0, 1) == {0}
    assert clause.asks_in(0, 7)
    assert not clause.asks_in(14, 19)

"""The rules of grammar together: never outside the sentence, never in another language, the same each time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pmbot.answering.short import NO_SHORT
from tests.fakes_spans import told

QUESTIONS = (
    "Who built the lamp?", "Where is Zorblat?", "Which firms joined Zorblat?", "What is the largest lamp?", "Why did Zorblat glow?",
    "How does Zorblat glow?", "What does Zorblat sell?", "How many lamps glow?", "Zorblat lamp", "What is in Zorblat?",
)  # fmt: skip
PIECES = (
    "Zorblat Quindle lamp largest sells built glows , : – and the a is was because to by in of that as since ( ) 1987 €3 Ana Gil Norway"
    " containing . firms at"
).split()


@given(st.sampled_from(QUESTIONS), st.lists(st.sampled_from(PIECES), max_size=25))
def test_one_slice_inside_the_sentence(question: str, pieces: list[str]) -> None:
    sentence = " ".join(["Zorblat", *pieces])
    short = told(question, sentence)
    assert len(short.slices) <= 1
    assert bool(short.slices) == (short.confidence > 0.0)
    assert all(0 <= start < end <= len(sentence) for start, end in short.slices)
    assert short == told(question, sentence)


def test_what_has_no_form_has_no_answer() -> None:
    assert told("Does the lamp glow?", "The lamp glows in Oslo because it was built by Ana Gil.") == NO_SHORT

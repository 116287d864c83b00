"""What a name is, by what stands beside it."""

from __future__ import annotations

import pytest

from pmbot.answering.naming_spans import is_other_name, name_asked, told_of
from tests.fakes_answering import World, view_of
from tests.fakes_spans import told_words, words_of


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Norwegian lamp manufacturer Ana Gil opened an office.", "Norwegian lamp manufacturer"),
        ("They slept at the lamp maker Ana Gil in Chile.", "the lamp maker"),
        ("Lamps were sold by safety officer Ana Gil.", "safety officer"),
        ("In May 2024, Norwegian President Ana Gil slept.", "Norwegian President"),
        ("Ana Gil, a band from Chile, slept.", "a band from Chile"),
        ("They slept, said Ana Gil, head of sales at Frobnik.", "head of sales at Frobnik"),
        ("Its chief executive, Ana Gil, slept.", "Its chief executive"),
        ("Ana Gil, which runs a weekly tram, slept.", "runs a weekly tram"),
        # what stands beside says nothing of it
        ("Yesterday Ana Gil slept.", ""),
        ("Trams, lamps, Ana Gil, and bridges glow.", ""),
        ("They met Ana Gil, and Otto Berg slept.", ""),
        ("They sold lamps to Ana Gil.", ""),
    ],
)
def test_what_stands_beside_a_name(sentence: str, told: str) -> None:
    found = told_of(view_of(sentence), frozenset({"ana", "gil"}))
    assert ", ".join(words_of(found, sentence)) == told


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Who is Ana Gil?", {"ana", "gil"}),
        ("What was Quindle?", {"quindl"}),
        ("Who is the president of Quindle?", set()),
        ("Where is Quindle?", set()),
        ("Who saw Quindle?", set()),
    ],
)
def test_a_question_that_holds_a_name_alone(question: str, name: set[str]) -> None:
    assert name_asked(World({"a.txt": "Ana Gil saw Quindle."}).query(question)) == name


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("The Quindle Lamp Works (QULAW) glow.", "Quindle Lamp Works"),
        ("They like QULAW, the Quindle and Lamp Working forum.", "Quindle and Lamp Working"),
        ("They like QULAW, the lamp forum.", ""),
        ("The Quindle Lamp Works glow.", ""),  # the acronym stands elsewhere
    ],
)
def test_an_acronym_is_written_out(sentence: str, words: str) -> None:
    assert told_words("What does QULAW stand for?", sentence) == words


def test_another_name_tells_nothing() -> None:
    view = view_of("They met Ana Gil and Otto Berg.")
    start = view.sentence.text.index("Otto")
    assert is_other_name(view, frozenset({"ana", "gil"}), start, start + len("Otto Berg"))
    assert not is_other_name(view, frozenset(), start, start + len("Otto Berg"))
    assert told_words("Who is Ana Gil?", "They met Ana Gil and Otto Berg.") == ""


def test_a_sentence_that_tells_what_a_name_is_comes_first() -> None:
    world = World({"a.txt": "Ana Gil and Otto Berg slept in Chile.\n\nThey slept at the lamp maker Ana Gil."})
    assert world.ranking("Who is Ana Gil?").evidence[0].sentence.text == "They slept at the lamp maker Ana Gil."

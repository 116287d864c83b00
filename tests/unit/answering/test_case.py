"""What a guard sees."""

from __future__ import annotations

import pytest

from pmbot.answering.case import Refusal
from pmbot.models import Status
from tests.fakes_answering import World

WORLD = World({"a.txt": "# Prices\n\nThe Zorblat lamp glows. | It was built in 1987. | Trams pass."})


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It was built", {"Zorblat", "lamp", "built", "prices"}),  # here, in the sentence before, in the heading
        ("Trams pass", {"built", "prices"}),
        ("The Zorblat", {"Zorblat", "lamp", "prices"}),
    ],
)
def test_near(sentence: str, expected: set[str]) -> None:
    case = WORLD.case("Was the Zorblat lamp built at prices of Quindle?", sentence)
    assert {term.text for place, term in enumerate(case.query.terms) if case.near(place)} == expected


def test_relation_places_are_no_names_numbers_or_scaffolding() -> None:
    case = WORLD.case("Which kind of Zorblat lamp glowed in 1987?", "The Zorblat")
    assert case.texts(case.query.relation) == ("lamp", "glowed")


def test_texts_are_those_of_the_question() -> None:
    case = WORLD.case("Who sold LAMPS to Zorblat’s friend?", "The Zorblat")
    assert case.texts([2, 1]) == ("Zorblat", "LAMPS")
    assert case.texts([]) == ()


def test_a_refusal_is_for_want_of_enough_unless_it_says_more() -> None:
    assert Refusal("r", ()).status is Status.NOT_ENOUGH

"""Several questions in one message, and the two sides of a comparison."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.answering.parts import questions_in, sides_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Who built it? When was it built?", ("Who built it?", "When was it built?")),
        ("Who built it and when was it built?", ("Who built it", "when was it built?")),
        ("Who built it, and where is it?", ("Who built it", "where is it?")),
        ("Who built it ; where is it?", ("Who built it", "where is it?")),
        ("Who built it?\n\nIs it green?", ("Who built it?", "Is it green?")),
        ("the lamp glows? who built it?", ("the lamp glows?", "who built it?")),
    ],
)
def test_several_questions(text: str, expected: tuple[str, ...]) -> None:
    assert questions_in(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Who built it?",
        "When and where was it built?",  # one question with two question words
        "Who built the lamp and the bridge?",
        "I like lamps and who does not",  # the first piece asks nothing
        "Really? Who built it?",  # one word is no question
        "A lamp; a bridge",
        "",
        "  ?  ",
        "lamp and whoever",
    ],
)
def test_one_question_is_left_as_it_is(text: str) -> None:
    assert questions_in(text) == (text,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Which was larger: the lamp or the bridge?", ("the lamp", "the bridge")),
        ("Which was larger in 1987, sales of lamps or sales of trams?", ("sales of lamps 1987", "sales of trams 1987")),
        ("Which was larger, sales in 1987 or sales in 1990?", ("sales in 1987", "sales in 1990")),
        ("What is the difference between the lamp and the bridge?", ("the lamp", "the bridge")),
        ("Compare the lamp with the bridge", ("the lamp", "the bridge")),
        ("compare lamps to trams?", ("lamps", "trams")),
    ],
)
def test_sides(text: str, expected: tuple[str, str]) -> None:
    assert sides_of(text) == expected


@pytest.mark.parametrize("text", ["Which is larger?", "Which lamp or bridge is larger", "compare lamps", "", "larger: or ?"])
def test_no_sides(text: str) -> None:
    assert sides_of(text) is None


@given(
    st.lists(st.sampled_from([*"who when was built and or ; ? , : the lamp 1987 between compare".split(), "\n", "  "]), max_size=14).map(
        " ".join
    )
)
def test_parts_stand_in_the_text_in_order(text: str) -> None:
    parts = questions_in(text)
    assert len(parts) >= 1
    at = 0
    for part in parts:
        at = text.index(part, at) + len(part)
    sides = sides_of(text)
    assert sides is None or all(side.strip() for side in sides)


@pytest.mark.parametrize(
    "text",
    [
        "a" + " " * 4000 + "b?",
        "what is a " + "; " * 2000,
        "which is larger: a" + " " * 4000 + "b?",
        "which is larger, " + ", a or b" * 500,
        "between a " * 400,
        "compare a and " * 300,
        "? " * 2000,
        "who and " * 500,
    ],
    ids=lambda text: text[:12],
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    started = time.process_time()
    questions_in(text)
    sides_of(text)
    assert time.process_time() - started < 0.5

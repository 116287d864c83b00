"""Follow-ups: which questions lean on the one before, and what they are read as."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.answering.followup import FollowUps
from pmbot.models import Answer, Citation, Question, Span, Status
from tests.fakes_answering import ANALYZER, mentions_of, written

FOLLOW_UPS = FollowUps(ANALYZER, mentions_of)


def answer_of(text: str, short: str) -> Answer:
    """An answer that quotes `text` and highlights `short` in it."""
    document, sentences = written("a.txt", text)
    start = text.index(short)
    return Answer(
        question=Question(text="?"),
        status=Status.ANSWERED,
        citations=(Citation.quoting(document, sentences[0].span, 1),),
        highlights=(Citation.quoting(document, Span(start=start, end=start + len(short)), 1),),
        confidence=1.0,
        text="",
        signature="s",
    )


@pytest.mark.parametrize(
    "text",
    [
        "When was it built?",
        "Where is he from?",
        "Who are their owners?",
        "Who lives there?",
        "And in 1990?",
        "What about Oslo?",
        "how about the Quindle bridge",
        "How many were there in 1990?",
    ],
)
def test_questions_that_lean_on_the_one_before(text: str) -> None:
    assert FOLLOW_UPS.needs_history(text)


@pytest.mark.parametrize(
    "text",
    [
        "When was the Zorblat lamp built?",
        "Did Ana Gil say that she was glad?",  # the pronoun points to a name of its own
        "Is it true that the lamp glows?",  # a dummy
        "Will it rain?",
        "Is there a lamp?",  # "there is" points nowhere
        "Are there Zorblat lamps?",
        "And how did the Zorblat lamp come to be built by the firm?",
        "",
        "?",
    ],
)
def test_questions_that_stand_alone(text: str) -> None:
    assert not FOLLOW_UPS.needs_history(text)


@pytest.mark.parametrize(
    ("text", "earlier", "expected"),
    [
        ("Where is it?", "When was the Zorblat lamp opened?", "Where is the Zorblat lamp?"),
        ("What are its parts?", "When was the Zorblat lamp opened?", "What are the Zorblat lamp’s parts?"),
        pytest.param(
            *("What are its parts?", "When was the Zorblat lamp built?", "What are the Zorblat lamp’s parts?"),
            marks=pytest.mark.xfail(reason="an irregular participle is taken for the end of the subject"),
        ),
        ("Where do they live?", "What do the Quindle engineers do?", "Where do the Quindle engineers live?"),
        ("When was he born?", "Where does Otto Berg work?", "When was Otto Berg born?"),
        ("What is her house like?", "Where does Ana Gil work?", "What is Ana Gil’s house like?"),
        ("Who works there?", "What stands in Norway?", "Who works in Norway?"),
        ("And in 1990?", "How many lamps were sold in 1987?", "How many lamps were sold in 1990?"),
        ("What about Chile?", "Who sells lamps in Norway?", "Who sells lamps in Chile?"),
        ("and Ana Gil?", "When was Otto Berg born?", "When was Ana Gil born?"),
    ],
)
def test_what_a_follow_up_is_read_as(text: str, earlier: str, expected: str) -> None:
    assert FOLLOW_UPS.resolve(text, earlier, None) == expected


def test_a_person_in_the_answer_is_meant_before_one_in_the_question() -> None:
    answer = answer_of("Ana Gil built the lamp.", "Ana Gil")
    assert FOLLOW_UPS.resolve("When was she born?", "Who built the Zorblat lamp?", answer) == "When was Ana Gil born?"
    assert FOLLOW_UPS.resolve("When was she born?", "Did Otto Berg know who built it?", answer) == "When was Ana Gil born?"


def test_a_place_in_the_answer_is_meant_by_there() -> None:
    answer = answer_of("It stands in Norway.", "Norway")
    assert FOLLOW_UPS.resolve("Who works there?", "Where is the lamp?", answer) == "Who works in Norway?"


@pytest.mark.parametrize(
    ("text", "earlier"),
    [
        ("When was he born?", "what glows?"),  # nobody was named
        ("Who works there?", "What glows in 1987?"),  # no place was named
        ("When was the Zorblat lamp built?", "Who is Ana Gil?"),  # stands alone
        ("And in 1990?", "Who is Ana Gil?"),  # nothing of its kind to replace
    ],
)
def test_what_does_not_fit_is_left_alone(text: str, earlier: str) -> None:
    assert FOLLOW_UPS.resolve(text, earlier, None) is None


PIECES = st.lists(
    st.sampled_from("and what about it he they there Oslo Ana Gil the lamp in 1987 Norway ? , ’s was built".split()), max_size=9
)


@given(PIECES.map(" ".join), PIECES.map(" ".join))
def test_what_stands_alone_is_never_changed(text: str, earlier: str) -> None:
    read = FOLLOW_UPS.resolve(text, earlier, None)
    assert read is None or (read and FOLLOW_UPS.needs_history(text))


def test_blanks_take_linear_time() -> None:
    started = time.process_time()
    FOLLOW_UPS.resolve("and" + " " * 4000 + "“", "Who sold lamps in 1987?", None)
    assert time.process_time() - started < 0.1


@pytest.mark.parametrize(
    ("text", "earlier", "read"),
    [
        ("How many were there in 1990?", "How many lamps glowed in 1987?", "How many lamps were there in 1990?"),
        ("And how many did Oslo have?", "How many red lamps were sold?", "And how many red lamps did Oslo have?"),
        ("How many were there?", "Who built the lamp?", None),
    ],
)
def test_a_bare_count_takes_the_noun_that_was_counted(text: str, earlier: str, read: str | None) -> None:
    assert FOLLOW_UPS.resolve(text, earlier, None) == read

"""Follow-ups: which questions lean on the one before, and what they are read as."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.answering.antecedents import Turn
from pmbot.answering.followup import FollowUps
from pmbot.models import Answer, Citation, Question, Span, Status
from tests.fakes_answering import ANALYZER, mentions_of, written

FOLLOW_UPS = FollowUps(ANALYZER, mentions_of)


def resolve(text: str, earlier: str, answer: Answer | None = None) -> str | None:
    """The likeliest reading after one question."""
    readings = FOLLOW_UPS.readings(text, (Turn(earlier, answer),))
    return readings[0] if readings else None


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
        ("What are its parts?", "When was the Zorblat lamp built?", "What are the Zorblat lamp’s parts?"),
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
    assert resolve(text, earlier, None) == expected


def test_a_person_in_the_answer_is_meant_before_one_in_the_question() -> None:
    answer = answer_of("Ana Gil built the lamp.", "Ana Gil")
    assert resolve("When was she born?", "Who built the Zorblat lamp?", answer) == "When was Ana Gil born?"
    assert resolve("When was she born?", "Did Otto Berg know who built it?", answer) == "When was Ana Gil born?"


def test_a_place_in_the_answer_is_meant_by_there() -> None:
    answer = answer_of("It stands in Norway.", "Norway")
    assert resolve("Who works there?", "Where is the lamp?", answer) == "Who works in Norway?"


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
    assert resolve(text, earlier, None) is None


PIECES = st.lists(
    st.sampled_from("and what about it he they there Oslo Ana Gil the lamp in 1987 Norway ? , ’s was built".split()), max_size=9
)


@given(PIECES.map(" ".join), PIECES.map(" ".join))
def test_what_stands_alone_is_never_changed(text: str, earlier: str) -> None:
    read = resolve(text, earlier, None)
    assert read is None or (read and FOLLOW_UPS.needs_history(text))


def test_blanks_take_linear_time() -> None:
    started = time.process_time()
    resolve("and" + " " * 4000 + "“", "Who sold lamps in 1987?", None)
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
    assert resolve(text, earlier, None) == read


@pytest.mark.parametrize("text", ["Why?", "since when?", "And who?", "with whom?", "In 2022?", "Who runs that firm?", "how long exactly?"])
def test_fragments_lean_on_the_one_before(text: str) -> None:
    assert FOLLOW_UPS.needs_history(text)


@pytest.mark.parametrize(
    "text",
    [
        "Why does the lamp glow?",
        "In which town does the lamp glow?",
        "What happened this year?",  # counted from today
        "Who claimed that companies sell lamps?",  # "that" opens a clause
        "Who signed that part of the plan with the Quindle firm, those of Oslo?",
    ],
)
def test_full_questions_do_not(text: str) -> None:
    assert FOLLOW_UPS.readings(text, (Turn("Who is Ana Gil?", None),)) == ()


@pytest.mark.parametrize(
    ("text", "earlier", "short", "read"),
    [
        ("why?", "When did the firm open an office in Norway?", "1987", "Why did the firm open an office in Norway?"),
        ("since when?", "Which firm has opened an office in Norway?", "Quindle", "Since when has Quindle opened an office in Norway?"),
        ("when?", "Which firm has opened an office in Norway?", None, "When has the firm opened an office in Norway?"),
        ("When?", "Who opened the office in Norway?", "Ana Gil", "When: Ana Gil opened the office in Norway?"),
        ("why?", "When: Ana Gil opened the office in Norway?", None, "Why: Ana Gil opened the office in Norway?"),
        ("when?", "Did Ana Gil open the office in Norway?", None, "When did Ana Gil open the office in Norway?"),
        ("by whom?", "When was the lamp opened?", None, "By whom was the lamp opened?"),
        ("who?", "When was the lamp opened?", None, "By whom was the lamp opened?"),
        ("who?", "When did the visit to Norway take place?", None, "Who is named with the visit?"),
        ("which ones?", "How many firms glow in Norway?", "12", "which firms glow in Norway?"),
        ("how many?", "Which firms glow in Norway?", None, "how many firms glow in Norway?"),
        ("why?", "Since when has Quindle sold lamps?", None, "Why has Quindle sold lamps?"),
        ("who?", "What is the lamp?", None, None),
        ("when?", "Who sells lamps?", None, None),  # whose selling it is, is not known
    ],
)
def test_question_words_alone_ask_the_same_of_something_else(text: str, earlier: str, short: str | None, read: str | None) -> None:
    answer = answer_of(f"{short} it was.", short) if short else None
    assert resolve(text, earlier, answer) == read


@pytest.mark.parametrize(
    ("text", "earlier", "read"),
    [
        ("and in 2022?", "How much did Quindle trade in Norway?", "How much did Quindle trade in Norway in 2022?"),
        ("In 2022?", "How much did Quindle trade in 2021?", "How much did Quindle trade in 2022?"),
        ("and Chile?", "How much were the sales in 2021?", "How much were the sales in 2021 in Chile?"),
        ("and the turnover?", "How much was the trade in 2021?", "How much was the turnover in 2021?"),
        ("and bridges?", "How many lamps were sold in 2021?", "How many bridges were sold in 2021?"),
        ("what about Norway?", "Is Chile larger than Norway?", None),  # it stands there already
    ],
)
def test_what_is_new_takes_its_place(text: str, earlier: str, read: str | None) -> None:
    assert resolve(text, earlier) == read


@pytest.mark.parametrize(
    ("text", "earlier", "short", "read"),
    [
        ("When was that company founded?", "Who sells lamps?", "Quindle Ltd", "When was Quindle Ltd founded?"),
        ("Who lives in that country?", "Where is the lamp?", "Norway", "Who lives in Norway?"),
        ("What happened in that year?", "When was the lamp opened?", "1987", "What happened in 1987?"),
        ("Who led that visit?", "When did the long visit end?", "1987", "Who led the long visit?"),
        ("When was it founded?", "Which firm glows in Norway?", "Quindle", "When was Quindle founded?"),
        ("Where are they from?", "Which firms glow?", "Quindle", None),
    ],
)
def test_the_answer_may_be_what_is_meant(text: str, earlier: str, short: str, read: str | None) -> None:
    assert resolve(text, earlier, answer_of(f"It is {short} here.", short)) == (read or "Where are Quindle from?")


def test_the_person_may_have_been_named_two_questions_ago() -> None:
    turns = (Turn("When did the lamp glow?", None), Turn("Who is Ana Gil?", None))
    assert FOLLOW_UPS.readings("Where was she born?", turns)[0] == "Where was Ana Gil born?"


def test_several_things_may_be_meant_and_the_likeliest_comes_first() -> None:
    readings = FOLLOW_UPS.readings("When was it built?", (Turn("Who sells the old lamps of Quindle in Norway?", None),))
    assert readings[0] == "When was Quindle built?"
    assert "When was Norway built?" in readings


@pytest.mark.parametrize("text", ["what else?", "Anything else?", "and more?", "tell me more", "is there anything else?"])
def test_asking_for_more(text: str) -> None:
    assert FOLLOW_UPS.asks_for_more(text)


@pytest.mark.parametrize("text", ["What else did Ana Gil build?", "tell me more about the lamp", "more lamps"])
def test_more_of_something_named_is_a_question_of_its_own(text: str) -> None:
    assert not FOLLOW_UPS.asks_for_more(text)

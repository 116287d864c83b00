"""Reading questions: key terms, names, focus, and what would answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.answering.background import Background
from pmbot.models import MentionKind, Question, QuestionType, Reading
from tests.fakes_answering import World

WORLD = World(
    {"a.txt": "In Oslo Ana Gil built the Zorblat lamp. | Some lamps glow. | The firm named Vrumpel sells them."},
    background=Background({"lamp": 5, "good": 9, "name": 3}, 10),
)


def read(text: str) -> Reading:
    return WORLD.reading(text)


def names(text: str) -> list[str]:
    return [term.text for term in read(text).key_terms if term.is_name]


def test_key_terms_are_the_content_words_each_once() -> None:
    reading = read("Did the lamps of Vrumpel’s lamp shop glow in 1987?")
    assert [term.text for term in reading.key_terms] == ["lamps", "Vrumpel", "shop", "glow", "1987"]
    assert [term.term for term in reading.key_terms] == ["lamp", "vrumpel", "shop", "glow", "1987"]
    assert [term.text for term in reading.key_terms if term.is_number] == ["1987"]


def test_a_question_of_stopwords_has_no_key_terms() -> None:
    assert read("What is it?").key_terms == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Who built the Zorblat lamp?", ["Zorblat"]),
        ("who built the zorblat lamp", ["zorblat"]),  # the documents write it with a capital alone
        ("Where is the Quindle?", ["Quindle"]),  # nobody knows it, but it has a capital inside the question
        ("Quindle turnover", ["Quindle"]),
        ("Lamp turnover", []),  # the documents write it small
        ("Good turnover", []),  # ordinary English, capitalised because it opens the question
        ("GOOD turnover", ["GOOD"]),  # capitals throughout are an acronym
        ("The Lamp?", []),
        ("What is 1987?", []),
        ("What is €?", []),
    ],
)
def test_names(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "kind", "focus"),
    [
        ("Which firm built it?", QuestionType.WHICH, "firm"),
        ("Which firms built it?", QuestionType.LIST, "firm"),
        ("Which big lamps are in the shop?", QuestionType.LIST, "lamp"),
        pytest.param(
            *("Which big lamps of the shop glow?", QuestionType.LIST, "lamp"),
            marks=pytest.mark.xfail(reason="a noun before a preposition is taken for a verb, and the adjective for the noun"),
        ),
        pytest.param(
            *("Which firm sells lamps?", QuestionType.WHICH, "firm"),
            marks=pytest.mark.xfail(reason="a verb in -s before a noun is taken for a part of the noun"),
        ),
        ("Which lamps glow at night?", QuestionType.LIST, "lamp"),
        ("Which firm picked the lamp?", QuestionType.WHICH, "firm"),
        ("How many lamps glow?", QuestionType.HOW_MANY, "lamp"),
        ("How many of the lamps glow?", QuestionType.HOW_MANY, "lamp"),
        ("What percentage of lamps glow?", QuestionType.PERCENT, "percentag"),
        ("List all lamps of Vrumpel", QuestionType.LIST, "lamp"),
        ("Whose lamp is it?", QuestionType.WHO, "lamp"),
        ("Which year did it open?", QuestionType.WHEN, "year"),
        ("Which founder built it?", QuestionType.WHO, "founder"),
        ("What was the price of the lamp?", QuestionType.HOW_MUCH, None),
        ("Who built the lamp?", QuestionType.WHO, None),
        ("When was it built?", QuestionType.WHEN, None),
    ],
)
def test_focus(text: str, kind: QuestionType, focus: str | None) -> None:
    reading = read(text)
    assert (reading.type, reading.focus) == (kind, focus)


AMOUNTS = (MentionKind.MONEY, MentionKind.QUANTITY, MentionKind.PERCENT, MentionKind.NUMBER)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Who built it?", (MentionKind.PERSON, MentionKind.ORGANISATION, MentionKind.NAME)),
        ("What is the name of the president?", (MentionKind.PERSON,)),
        ("When was it built?", (MentionKind.DATE,)),
        ("Where was it built?", (MentionKind.PLACE, MentionKind.ORGANISATION, MentionKind.NAME)),
        ("Which city has lamps?", (MentionKind.PLACE, MentionKind.NAME)),
        ("Which company built the lamps?", (MentionKind.NAME, MentionKind.ORGANISATION, MentionKind.PERSON, MentionKind.PLACE)),
        ("Which lamp did it use?", ()),
        ("How much did it cost?", (MentionKind.MONEY,)),
        ("How much does it weigh?", AMOUNTS),
        ("How many lamps glow?", (MentionKind.NUMBER, MentionKind.QUANTITY)),
        ("How long did it glow?", (MentionKind.DURATION, MentionKind.PERIOD)),
        ("What percentage of lamps glow?", (MentionKind.PERCENT,)),
        ("What is the rank of Vrumpel?", (MentionKind.ORDINAL,)),
        ("Vrumpel turnover", (MentionKind.MONEY,)),
        ("Vrumpel population", AMOUNTS),
        ("Vrumpel lamps", ()),
        ("Why does it glow?", ()),
    ],
)
def test_expected_kinds(text: str, expected: tuple[MentionKind, ...]) -> None:
    assert read(text).expects == expected


def test_negation() -> None:
    assert read("Which lamps do not glow?").negated
    assert read("Didn’t the lamp glow?").negated
    assert not read("Which lamps glow?").negated


def test_the_question_made_to_stand_alone_is_read() -> None:
    reading = WORLD.reader.read(Question(text="And in Oslo?"), "Who built the lamp in Oslo?", ("a note",))
    assert (reading.text, reading.type, reading.notes) == ("Who built the lamp in Oslo?", QuestionType.WHO, ("a note",))


def test_one_side_of_a_comparison_asks_for_an_amount() -> None:
    question = Question(text="Which was larger: the lamps or the firms?")
    whole = WORLD.reader.read(question, notes=("a note",))
    side = WORLD.reader.read_amount(question, "the lamps", whole)
    assert whole.type is QuestionType.COMPARISON
    assert (side.type, side.expects, side.focus, side.notes) == (QuestionType.HOW_MUCH, AMOUNTS, None, ("a note",))


@given(
    st.one_of(
        st.text(max_size=60), st.lists(st.sampled_from("which what how many of the lamps and ? ’s € 1987 Zorblat".split())).map(" ".join)
    )
)
def test_any_text_is_read(text: str) -> None:
    reading = read(text)
    assert reading.text == text
    assert len({term.term for term in reading.key_terms}) == len(reading.key_terms)
    assert all(term.text in text for term in reading.key_terms)

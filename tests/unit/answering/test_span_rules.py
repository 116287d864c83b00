"""Short answers by rule: one example or more for each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.answering.short import NO_SHORT
from pmbot.answering.span_rules import ruled_answer
from tests.fakes_answering import World
from tests.fakes_spans import ruled, ruled_words


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        # the one mention of its kind
        ("How much did it cost?", "The lamp cost €3 million to Ana Gil.", "€3 million"),
        ("When did the lamp open?", "The lamp opened in 1987 with 300 firms.", "1987"),
        ("What percentage of lamps glow?", "Of 300 lamps 27% glow.", "27%"),
        ("How long did the lamp glow?", "The lamp glowed for ten years from 1987.", "ten years"),
        # the one nearest the matched words
        ("When did the Zorblat lamp open?", "The bridge shut in 1990, and the Zorblat lamp opened in 1987.", "1987"),
        ("When did the Zorblat lamp open?", "The Zorblat lamp opened in 1987, and the bridge shut in 1990.", "1987"),
        ("Who built the lamp?", "Otto Berg sold the bridge after Ana Gil built the lamp.", "Ana Gil"),
        # the figure beside the year of the question, not beside another
        ("How many lamps did Zorblat sell in 2023?", "Zorblat sold 300 lamps in 2022 and 41,800 lamps in 2023.", "41,800"),
        ("How many lamps did Zorblat sell in 2022?", "Zorblat sold 300 lamps in 2022 and 41,800 lamps in 2023.", "300"),
        # the number right before the noun that is counted
        ("How many firms came?", "The 12 trams took 300 people and eight firms came.", "eight"),
        ("How many trams came?", "The 12 trams took 300 people and eight firms came.", "12"),
        # the preposition that stands before the question word
        ("With whom did Zorblat sign?", "Zorblat signed for Otto Berg a paper with Ana Gil.", "Ana Gil"),
        ("For whom did Zorblat sign?", "Zorblat signed for Otto Berg a paper with Ana Gil.", "Otto Berg"),
        # a place stands behind "in", "at", "near"
        ("Where does the lamp stand?", "The lamp of Chile stands in Norway.", "Norway"),
        # with the words that belong to it
        ("Where did Ana Gil speak?", "Ana Gil spoke across the Chile and Norway region.", "Chile and Norway region"),
    ],
)
def test_typed_mention(question: str, sentence: str, expected: str) -> None:
    assert ruled_words(question, sentence) == (expected,)


@pytest.mark.xfail(reason="names that hold a word of the question are left out, but for organisations")
def test_a_place_that_holds_the_noun_asked_for() -> None:
    assert ruled_words("Which bridge did they see?", "Frobnik knows who saw the Quindle Bridge.") == ("Quindle Bridge",)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("They came to Quindle-Expo, a big lamp fair in Norway.", ("Quindle-Expo",)),
        ("They came to the fair Quindle-Expo in Norway.", ("Quindle-Expo",)),
    ],
)
def test_the_name_that_is_called_what_is_asked_for(sentence: str, expected: tuple[str, ...]) -> None:
    assert ruled_words("Which fair did they see?", sentence) == expected


def test_how_much_of_a_stuff() -> None:
    sentence = "They sold 11 million ounces (340 t) of sand, worth about US$15 billion."
    assert ruled_words("How much sand did they sell?", sentence) == ("11 million ounces",)


def test_what_the_question_says_is_no_answer() -> None:
    assert ruled("When in 1987 did the lamp open?", "The lamp opened in 1987.") == NO_SHORT
    assert ruled("Who met Ana Gil?", "Ana Gil met them.") == NO_SHORT
    assert ruled_words("Who met Ana Gil?", "Ana Gil met Otto Berg.") == ("Otto Berg",)


@pytest.mark.parametrize("question", ["When did the lamp glow?", "What glows?", "Does the lamp glow?", "Which lamp glows?"])
def test_nothing_is_found_where_nothing_stands(question: str) -> None:
    assert ruled(question, "The lamp glows green.") == NO_SHORT


def test_how_sure_the_rules_are() -> None:
    alone = ruled("When did the lamp open?", "The lamp opened in 1987.")
    rivals = ruled("When did the lamp open?", "The lamp opened in 1987 or 1988.")
    asked = ruled("With whom did Zorblat sign?", "Zorblat signed for Otto Berg a paper with Ana Gil.")
    name = ruled("Where does the lamp stand?", "The lamp stands and glows like Quindle.")
    assert alone.confidence == asked.confidence == 1.0
    assert 0.5 <= rivals.confidence < alone.confidence
    assert ruled("Who built the lamp?", "Ana Gil built the lamp.").confidence == 0.9
    assert name.confidence == 0.4  # a mere name behind no "in" or "at"


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("Which maker built the lamp?", "The maker Quindle built the lamp for Frobnik.", "Quindle"),
        ("Which maker built the lamp?", "For Frobnik the maker Quindle built the lamp.", "Quindle"),
        ("Which university did they see?", "Frobnik knows who saw the Quindle University.", "Quindle University"),
        ("Which city has the lamp?", "The lamp came to Norway.", "Norway"),  # no apposition: the nearest of its kind
    ],
)
def test_name_beside_the_noun_asked_for(question: str, sentence: str, expected: str) -> None:
    assert ruled_words(question, sentence) == (expected,)


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        (
            "Which firms joined the Zorblat forum?",
            "The Zorblat forum was joined by firms such as Quindle, Frobnik and Vrumpel.",
            ("Quindle, Frobnik and Vrumpel",),
        ),
        ("Which firms joined the forum?", "Quindle, Frobnik and Vrumpel joined the forum of Ana Gil.", ("Quindle, Frobnik and Vrumpel",)),
        # the one behind a cue rather than the longer one
        (
            "Which firms joined the forum?",
            "Ana Gil, Otto Berg and Ida Holm led the forum, joined by firms such as Quindle and Frobnik.",
            ("Quindle and Frobnik",),
        ),
        # commas alone make no list
        ("Which firms joined the forum?", "In Quindle, Frobnik joined the forum.", ("Quindle",)),
        (
            "Which services does the shop offer?",
            "The shop does offer check-ups, vaccinations and advice.",
            ("check-ups, vaccinations and advice",),
        ),
        ("Which firms joined the forum?", "The forum was joined by Quindle.", ("Quindle",)),
        ("Which firms joined the forum?", "The forum was joined in time.", ()),
    ],
)
def test_enumerations(question: str, sentence: str, expected: tuple[str, ...]) -> None:
    assert ruled_words(question, sentence) == expected


def test_how_sure_enumerations_are() -> None:
    question = "Which firms joined the forum?"
    cued = ruled(question, "The forum was joined by firms such as Quindle and Frobnik.")
    plain = ruled(question, "Quindle and Frobnik joined the forum.")
    single = ruled(question, "Quindle joined the forum.")
    assert cued.confidence > plain.confidence > single.confidence > 0.0


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Zorblat, the yearly forum of lamps, grew.", ("the yearly forum of lamps",)),
        ("They saw Zorblat, meaning a forum of lamps.", ("a forum of lamps",)),
        ("Zorblat is a yearly forum of lamps.", ("a yearly forum of lamps",)),
        ("Zorblat stands for lamps of Oslo.", ("lamps of Oslo",)),
        ("Zorblat (in Oslo) is one big lamp; it glows.", ("one big lamp",)),
        ("Zorblat (a yearly forum) grew.", ("a yearly forum",)),
        ("Zorblat grew.", ()),
        ("Zorblat, Quindle and Frobnik grew.", ()),
        ("Quindle is a yearly forum.", ()),  # of somebody else
    ],
)
def test_definitions(sentence: str, expected: tuple[str, ...]) -> None:
    assert ruled_words("What is Zorblat?", sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected", "confidence"),
    [
        ("The lamp glowed because it was hot, they say.", ("because it was hot",), 0.8),
        ("The lamp glowed due to a short circuit.", ("due to a short circuit",), 0.8),
        ("The lamp glowed to warn ships.", ("to warn ships",), 0.6),
        ("The lamp glowed after it fell.", ("after it fell",), 0.6),
        ("The lamp glowed to the end.", (), 0.0),
    ],
)
def test_why(sentence: str, expected: tuple[str, ...], confidence: float) -> None:
    assert ruled_words("Why did the lamp glow?", sentence) == expected
    assert ruled("Why did the lamp glow?", sentence).confidence == confidence


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The lamp glows by means of a coil.", ("by means of a coil",)),
        ("The lamp glows through hot wires!", ("through hot wires",)),
        ("The lamp glows.", ()),
    ],
)
def test_how(sentence: str, expected: tuple[str, ...]) -> None:
    assert ruled_words("How does the lamp glow?", sentence) == expected


QUESTIONS = (
    "When did the Zorblat lamp open?", "Who built the lamp?", "Where is Zorblat?", "Which firms joined Zorblat?", "What is Zorblat?",
    "Why did Zorblat glow?", "How does Zorblat glow?", "Which lamp is it?", "How many lamps glow?", "How much did Zorblat cost?",
    "Zorblat lamp",
)  # fmt: skip
PIECES = (
    "Zorblat Quindle lamp lamps , and the a is because by in ( ) 1987 €3 million 27% Ana Gil Otto Berg Norway region such as . with firms"
)


@given(st.sampled_from(QUESTIONS), st.lists(st.sampled_from(PIECES.split()), max_size=25))
def test_slices_lie_inside_the_sentence_in_order_and_are_never_empty(question: str, pieces: list[str]) -> None:
    sentence = " ".join(["Zorblat", *pieces])
    short = ruled(question, sentence)
    assert 0.0 <= short.confidence <= 1.0
    assert bool(short.slices) == (short.confidence > 0.0)
    assert all(0 <= start < end <= len(sentence) for start, end in short.slices)
    assert list(short.slices) == sorted(short.slices)
    assert short == ruled(question, sentence)


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("How many lamps glowed in 2023?", "Some 47,300 lamps glowed, compared with 41,800 in 2023.", "41,800"),
        ("When was the building closed?", "The mill was built in 1911 for lamps and was closed in 1934 by Ana Gil.", "1934"),
        ("When will the show start?", "The lamp show will start in March 2026, and lamps should glow in May 2028.", "March 2026"),
        ("When was the lamp founded?", "The lamp was founded in 1998 by Ana Gil and moved to the lamp square in 2016.", "1998"),
        ("How long is a lamp session?", "Lamp session, 45 minutes, €52.", "45 minutes"),
        ("How can lamps be booked?", "Lamps can be booked by telephone or through the shop.", "by telephone or through the shop"),
        ("What is a deposit lamp?", "A deposit lamp, that is, a lamp for which guests pay, was shown.", "a lamp for which guests pay"),
    ],
)
def test_the_words_that_belong_to_what_is_asked(question: str, sentence: str, expected: str) -> None:
    world = World({"a.txt": sentence})
    ranking = world.ranking(question)
    short = ruled_answer(ranking.query, ranking.candidates[0], ranking.matcher)
    assert [sentence[start:end] for start, end in short.slices] == [expected]
    assert short.confidence >= 0.75


def test_two_dates_of_one_verb_leave_it_open() -> None:
    world = World({"a.txt": "The lamp opened in 1987 or 1988."})
    ranking = world.ranking("When did the lamp open?")
    assert ruled_answer(ranking.query, ranking.candidates[0], ranking.matcher).confidence < 1.0

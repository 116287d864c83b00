"""Another rank, time or holder of a role than the one asked about, and half of a name."""

from __future__ import annotations

import pytest

from pmbot.answering import others
from pmbot.answering.case import Refusal
from pmbot.models import Status
from tests.fakes_answering import World

# Names are what the documents write with a capital inside a sentence, so each stands so here.
NAMES = "See Ana Gil and Otto Berg of Quindle and Frobnik in Norway, in Chile, and see Oslo."


def refusal(guard: str, question: str, document: str) -> Refusal | None:
    """What the guard says of the last sentence of a document."""
    case = World({"a.txt": f"{document}\n\n{NAMES}"}).case(question, document.rsplit(" | ", maxsplit=1)[-1])
    found: Refusal | None = getattr(others, guard)(case)
    return found


@pytest.mark.parametrize(
    ("question", "document", "rank"),
    [
        ("What was the smallest item?", "The largest item was heating.", "smallest"),
        ("Which is the smallest of the bridges?", "Trams use five bridges.", "smallest"),
        ("Which town has the largest organ?", "The organ of the town is the second largest.", "largest"),
        ("Which town has the second largest organ?", "The organ of the town is the third largest.", "second"),
        ("Which country ranks third in exports?", "The country ranks fourth in exports.", "third"),
        ("What glowed on the first dive?", "It glowed on the last dive.", "first"),
        ("What is the most valuable lamp?", "The lamp is in the house.", "most"),
        ("What was the largest item?", "The largest item was heating.", None),
        ("How long does the fair last?", "The third fair lasts a week.", None),
        ("When does the last tram glow?", "The first tram glows at night.", "last"),
        ("Which is the largest bridge?", "The largest bridge is new. | It is a bridge of iron.", None),  # in the sentence before
        ("Which town has the second largest organ?", "The organ of the town is the second largest.", None),
        ("Which bridge opened in the first year?", "The third bridge opened in that year.", None),  # a year is not ranked
        ("What do most people ask?", "People ask for lamps.", None),  # no superlative
        ("What is the most common lamp?", "The commonest lamp is green.", None),
        ("What is the most costly lamp?", "The costliest lamp is green.", None),
        ("What is the most common lamp?", "The greenest lamp is common.", "most"),
    ],
)
def test_another_rank(question: str, document: str, rank: str | None) -> None:
    assert refusal("other_rank", question, document) == (Refusal("other_rank", (rank,)) if rank else None)


@pytest.mark.parametrize(
    ("question", "document", "words"),
    [
        ("Who will sing after the spring fair?", "Ana Gil will sing at the spring fair.", ("after", "spring", "fair")),
        ("Who sang before the fair?", "After the fair Ana Gil sang.", ("before", "fair")),
        ("Who sang after the fair?", "After the fair Ana Gil sang.", None),
        ("Who sang after the fair?", "Ana Gil sang, and then at the bridge there was a fair.", None),
        ("Who sang at the fair?", "After the fair Ana Gil sang.", None),
    ],
)
def test_another_time(question: str, document: str, words: tuple[str, ...] | None) -> None:
    assert refusal("other_time", question, document) == (Refusal("relation_apart", words) if words else None)


@pytest.mark.parametrize(
    ("question", "document", "words"),
    [
        ("Who is the chief of Quindle?", "Chief Ana Gil came; she was director of the chain Quindle.", ("Quindle", "chief")),
        ("Who is the director of Quindle?", "Ana Gil was director of the chain Quindle.", None),
        ("Who is the director of Quindle?", "The director, Ana Gil, left Quindle.", None),  # it belongs to no noun
        ("Who is the director of Quindle?", "Director Ana Gil saw the lamps of Quindle.", None),  # to no role
        ("What is the price of Quindle?", "The price; the director of Quindle.", None),  # no role is asked
    ],
)
def test_a_role_held_elsewhere(question: str, document: str, words: tuple[str, ...] | None) -> None:
    assert refusal("role_in_other", question, document) == (Refusal("role_elsewhere", words) if words else None)


@pytest.mark.parametrize(
    ("question", "document", "refused"),
    [
        ("Who is the mayor of Oslo?", "Deputy mayor Ana Gil came to Oslo.", True),
        ("Who is the deputy mayor of Oslo?", "Deputy mayor Ana Gil came to Oslo.", False),
        ("Who is the mayor of Oslo?", "The mayor and the deputy mayor came to Oslo.", False),
    ],
)
def test_who_stands_in_for_another(question: str, document: str, *, refused: bool) -> None:
    assert refusal("role_stood_in", question, document) == (Refusal("role_of_other_kind", ("mayor",)) if refused else None)


@pytest.mark.parametrize(
    ("question", "document", "expected"),
    [
        ("Who designed the Iron Museum?", "The museum was designed by Ana Gil.\n\nLamps of iron.", ("name_apart", ("Iron", "Museum"))),
        ("Who designed the Gnorf Museum?", "The museum was designed by Ana Gil.", ("absent_name", ("Gnorf",))),
        ("Who designed the Iron Museum?", "It is of iron. | The museum was designed by Ana Gil.", None),
        ("When did Zara Gil come?", "In May Gil came.", None),  # the surname is enough
        ("When did Mayor Quindle come?", "In May Quindle came.", None),  # a title may be left out
        ("Who Designed The Iron Museum?", "The museum was designed by Ana Gil.", None),  # capitals say nothing
    ],
)
def test_half_a_name(question: str, document: str, expected: tuple[str, tuple[str, ...]] | None) -> None:
    sentence = document.split("\n\n", maxsplit=1)[0].rsplit(" | ", maxsplit=1)[-1]
    case = World({"a.txt": f"{document}\n\n{NAMES}"}).case(question, sentence)
    status = Status.NOT_MENTIONED if expected and expected[0] == "absent_name" else Status.NOT_ENOUGH
    assert others.name_torn(case) == (Refusal(*expected, status) if expected else None)


@pytest.mark.parametrize(
    ("question", "document", "words"),
    [
        ("How many lakes are there in Vimland?", "There are 212 lakes in Zorland, Vimland and Quork.", ("Vimland",)),
        ("How many lakes are there in Quork?", "There are 212 lakes in Zorland, Vimland and Quork.", ("Quork",)),
        ("How many lakes are there in Vimland and Quork?", "There are 212 lakes in Vimland and Quork.", None),
        ("How many lakes are there in Vimland?", "There are 212 lakes in Vimland.", None),
        ("How many lakes are there in Vimland?", "There are 212 lakes in Zorland, but 7 lakes in Vimland.", None),
        ("Which lakes are there in Vimland?", "There are 212 lakes in Zorland and Vimland.", None),
    ],
)
def test_one_of_a_list(question: str, document: str, words: tuple[str, ...] | None) -> None:
    assert refusal("part_of_list", question, document) == (Refusal("part_of_figure", words) if words else None)

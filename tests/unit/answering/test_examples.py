"""Example questions."""

from __future__ import annotations

from pmbot.answering.examples import EXAMPLES, LOOKED_AT, example_questions
from tests.fakes_answering import World

TEXT = "We met Otto Berg, a lamp maker from Oslo. | He came to us in 1987 and in 1987 alone. | We saw Zorblat, the lamp firm, in 1990."


def examples(text: str, *, refused: frozenset[str] = frozenset()) -> tuple[str, ...]:
    world = World({"a.txt": text})
    return example_questions(world.views, world.corpus, lambda question: question not in refused)


def test_one_of_each_kind() -> None:
    assert examples(TEXT) == ("Who is Otto Berg?", "What happened in 1987?", "What is said about Otto Berg?")


def test_a_question_that_is_not_answered_gives_way_to_the_next() -> None:
    refused = frozenset({"Who is Otto Berg?", "What happened in 1987?"})
    assert examples(TEXT, refused=refused)[:2] == ("What is Zorblat?", "What happened in 1990?")


def test_other_kinds_fill_up() -> None:
    assert examples("We met Otto Berg. | We saw Zorblat. | We went to see Quindle.") == (
        "What is said about Otto Berg?",
        "What is said about Zorblat?",
        "What is said about Quindle?",
    )


def test_documents_without_names_and_years_have_no_examples() -> None:
    assert examples("it glows.") == ()
    assert examples(TEXT, refused=frozenset(examples(TEXT)) | set(ALL)) == ()


ALL = [f"{w} is {n}?" for w in ("Who", "What") for n in ("Otto Berg", "Zorblat", "Oslo")] + [
    *(f"What is said about {n}?" for n in ("Otto Berg", "Zorblat", "Oslo")),
    *(f"What happened in {y}?" for y in (1987, 1990)),
]


def test_no_question_is_asked_twice_nor_too_many_kept() -> None:
    asked: list[str] = []
    world = World({"a.txt": TEXT})
    found = example_questions(world.views, world.corpus, lambda question: asked.append(question) or True)
    assert len(found) == len(set(found)) == EXAMPLES == len(asked)


def test_only_the_first_sentences_are_looked_at() -> None:
    text = " | ".join(["it glows."] * LOOKED_AT + ["We met Otto Berg in 1987."])
    assert examples(text) == ()

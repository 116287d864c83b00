"""Lists: announced by a colon, closed by "and", not cut short."""

from __future__ import annotations

import pytest

from tests.fakes_spans import ruled_words, told, told_words


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        (
            "Into which three classes did she divide lakes?",
            "She divided lakes into three classes: rich, variable and poor.",
            "rich, variable and poor",
        ),
        ("What are the three colours of the flag?", "The flag has three colours: red, white and green.", "red, white and green"),
        ("Which colours has the flag?", "The flag has bright colours: red, white and green.", "red, white and green"),
        ("What are the two colours of the flag?", "The flag has three colours: red, white and green.", ""),
        ("Which colours has the flag?", "The flag has colours, and its makers of old times were few: red, white and green.", ""),
    ],
)
def test_announced(question: str, sentence: str, expected: str) -> None:
    assert told_words(question, sentence) == expected


def test_a_list_of_the_number_asked_for_is_surer() -> None:
    sentence = "The flag has three colours: red, white and green."
    assert told("What are the three colours of the flag?", sentence).confidence > told("Which colours has the flag?", sentence).confidence


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The forum was joined by Quindle, Frobnik, and Vrumpel.", ("Quindle, Frobnik, and Vrumpel",)),
        ("The forum was joined by firms such as Quindle, Frobnik, Vrumpel, etc.", ("Quindle, Frobnik, Vrumpel",)),
        ("The forum was joined in Quindle, and Frobnik left.", ("Quindle",)),  # a clause of its own
        ("The forum was joined by Quindle, Frobnik, Vrumpel, some shops and a bank.", ("Quindle",)),  # the list goes on
    ],
)
def test_whole_lists_of_names(sentence: str, expected: tuple[str, ...]) -> None:
    assert ruled_words("Which firms joined the forum?", sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The shop does offer check-ups, vaccinations and advice.", ("check-ups, vaccinations and advice",)),
        ("The shop does offer check-ups and advice.", ()),  # two may be part of something else
        ("The offer of the shop.", ()),
    ],
)
def test_lists_of_things(sentence: str, expected: tuple[str, ...]) -> None:
    assert ruled_words("Which services does the shop offer?", sentence) == expected

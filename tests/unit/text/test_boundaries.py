from __future__ import annotations

import pytest

from pmbot.text.boundaries import mark_of, stop_at, stops, verdict

MARKS = {"dr": "", "inc": "+", "etc": "*", "fig": "~", "Sat": "", "g": "+"}


@pytest.mark.parametrize(
    ("word", "mark"),
    [("dr", ""), ("DR", ""), ("Inc", "+"), ("Lt-Inc", "+"), ("sat", None), ("Sat", ""), ("g", "+"), ("G", None), ("-", None), ("", None)],
)
def test_mark_of(word: str, mark: str | None) -> None:
    assert mark_of(word, MARKS) == mark


@pytest.mark.parametrize(
    ("text", "decided"),
    [
        ("Plain. Next", True),
        ("Dr. Next", False),
        ("Inc. Next", None),
        ("Inc. next", False),
        ("etc. Next", True),
        ("etc. next", False),
        ("Fig. 3", False),
        ("Fig. Next", True),
        ("by J. Next", None),
        ("plan B. Next", True),
        ("U.S. Navy", False),
        ("U.S. The", True),
        ("word. , next", False),
        ("end.", False),
    ],
)
def test_verdict_on_the_first_stop(text: str, decided: bool | None) -> None:
    match, before = next(stops(text))
    assert verdict(stop_at(text, match, before, 0), MARKS) is decided


def test_no_stop_stands_within_a_word_number_or_address() -> None:
    text = "1.5 a.b www.x.eu/y?z=1 what?! end"
    assert [match.start() for match, _ in stops(text)] == [text.index("?!")]

"""Segments of a sentence: where they end and where they do not."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.answering.clauses import gaps, segments
from tests.fakes_answering import view_of


def pieces(text: str) -> list[str]:
    """The tokens of each segment, as text."""
    view = view_of(text)
    pairs = zip(segments(view), view.tokens, strict=True)
    return [" ".join(t.text for _, t in group) for _, group in itertools.groupby(pairs, key=lambda pair: pair[0])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The lamp glows green.", ["The lamp glows green"]),
        ("The lamp glows, the bridge hums.", ["The lamp glows", "the bridge hums"]),
        ("The lamp (of Oslo) glows", ["The lamp", "of Oslo", "glows"]),
        ("It glows and hums while trams pass", ["It glows", "and hums", "while trams pass"]),
        ("A lamp – green – glows: bright; hot", ["A lamp", "green", "glows", "bright", "hot"]),
        ("A lamp - green", ["A lamp", "green"]),
        ("And it glows", ["And it glows"]),  # nothing stands before the first word
        (", it glows", ["it glows"]),
        ("It sold 41,800 lamps", ["It sold 41,800 lamps"]),  # a comma in a figure parts nothing
    ],
)
def test_segments(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


def test_gaps_are_what_stands_between_tokens() -> None:
    assert gaps(view_of("“A lamp”, glowing!")) == ["“", " ", "”, ", "!"]


@given(st.text(alphabet="ab,;:() –-.1€\n“andwho", max_size=80))
def test_gaps_and_tokens_make_up_the_text(text: str) -> None:
    view = view_of(text)
    between = gaps(view)
    assert len(between) == len(view.tokens) + 1
    whole = between[0] + "".join(token.text + gap for token, gap in zip(view.tokens, between[1:], strict=True))
    assert len(whole) == len(text)
    assert len(segments(view)) == len(view.tokens)


@given(st.lists(st.sampled_from(["lamp", "and", ",", "glows", "(", "1987", "who"]), max_size=30))
def test_segment_numbers_rise_by_one_from_nought(words: list[str]) -> None:
    numbers = segments(view_of(" ".join(words)))
    assert numbers[:1] in ([], [0])
    assert all(b - a in {0, 1} for a, b in itertools.pairwise(numbers))

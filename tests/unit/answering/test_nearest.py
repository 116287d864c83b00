"""Where an edited passage stands now, and what was edited."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.answering.nearest import Pieces, counterpart, difference, nearest
from pmbot.models import Span

TEXT = (
    "The harbour opens at six. Boats of more than 12 metres pay a fee of €40 a day, and €200 a week. "
    "The fee is paid at the office, next to the crane.\n\nThe crane lifts 5 tonnes. It is closed in winter."
)
FEE = "Boats of more than 12 metres pay a fee of €40 a day, and €200 a week."


def found(text: str, passage: str, near: int = 0) -> str | None:
    span = nearest(Pieces(text), passage, near)
    return None if span is None else text[span.start : span.end]


def shown(old: str, new: str) -> str:
    marks = {"kept": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return "".join(marks[change.kind].format(change.text) for change in difference(old, new))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("€40 a day", "€45 a day"),
        ("Boats of more than 12 metres", "Ships longer than 12 m"),
        ("and €200 a week.", "and €200 each week, or €600 a month."),
        ("Boats of more than 12 metres pay a fee", "A fee"),
        (", and €200 a week", ""),
        ("Boats", "BOATS"),
    ],
)
def test_an_edited_sentence_is_found_whole(before: str, after: str) -> None:
    assert found(TEXT.replace(before, after), FEE) == FEE.replace(before, after)


def test_what_is_unlike_everything_is_not_found() -> None:
    assert found(TEXT, "Parking in the old town is free after seven in the evening.") is None
    assert found(TEXT, "…") is None
    assert found("", FEE) is None
    assert found("!!!", "word") is None


def test_of_two_equal_places_the_nearer_one_is_taken() -> None:
    text = "The gate is green. " + "Nothing else here. " * 20 + "The gate is green."
    span = nearest(Pieces(text), "The gate is brown.", len(text))
    assert span is not None
    assert span.start > 100
    assert nearest(Pieces(text), "The gate is brown.", 3) == Span(start=0, end=18)


def test_languages_without_blanks() -> None:
    text = "港は六時に開きます。長さ十二メートルを超える船は一日四十ユーロを払います。事務所はクレーンの隣です。"
    old = "長さ十二メートルを超える船は一日三十ユーロを払います。"
    assert found(text, old) == "長さ十二メートルを超える船は一日四十ユーロを払います。"
    assert shown(old, old.replace("三", "四")) == "長さ十二メートルを超える船は一日[-三-]{+四+}十ユーロを払います。"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("€40 a day", "€45 a day", "€[-40 -]{+45 +}a day"),
        ("same words", "same\nwords", "same\nwords"),
        ("one two three", "one three", "one [-two -]three"),
        ("one three", "one two three", "one {+two +}three"),
        ("", "new", "{+new+}"),
        ("old", "", "[-old-]"),
        ("Rīga", "Riga", "[-Rīga-]{+Riga+}"),
    ],
)
def test_the_difference_is_told_by_words(old: str, new: str, told: str) -> None:
    assert shown(old, new) == told


WORDS = st.lists(st.sampled_from("the fee is €40 a day, week. 12 1.5 — ☃ Boat boat Ž ž".split()), max_size=20).map(" ".join)


@given(WORDS, WORDS)
def test_the_difference_holds_both_texts(old: str, new: str) -> None:
    changes = difference(old, new)
    assert "".join("".join(change.text for change in changes if change.kind != "added").split()) == "".join(old.split())
    assert "".join("".join(change.text for change in changes if change.kind != "removed").split()) == "".join(new.split())


@given(WORDS, WORDS, WORDS)
def test_a_passage_that_is_there_is_found_as_it_is(before: str, passage: str, after: str) -> None:
    text = f"{before} {passage} {after}"
    span = nearest(Pieces(text), passage, len(before) + 1)
    if Pieces(passage).words:
        assert span is not None
        assert sorted(Pieces(text[span.start : span.end]).folded) == sorted(Pieces(passage).folded)


@pytest.mark.parametrize(
    ("new", "part", "now"),
    [
        (FEE, "€40", "€40"),
        (FEE.replace("40", "45"), "€40", "€45"),
        (FEE.replace("€40", "EUR 45"), "€40", "EUR 45"),
        ("Now: " + FEE, "€200 a week", "€200 a week"),
        (FEE.replace(", and €200 a week", ""), "€200 a week", None),
        (FEE.replace("a fee of €40", "nothing"), "€40", "nothing"),
    ],
)
def test_the_counterpart_of_a_part(new: str, part: str, now: str | None) -> None:
    start = FEE.index(part)
    span = counterpart(FEE, Span(start=start, end=start + len(part)), new)
    assert (None if span is None else new[span.start : span.end]) == now


def test_a_part_of_blanks_has_none() -> None:
    assert counterpart("a   b", Span(start=2, end=3), "a b") is None


def test_a_megabyte_takes_a_moment() -> None:
    """Linear: generous for a slow machine, far below what comparing every window would take."""
    text = (TEXT + " ") * 5_000
    start = time.process_time()
    assert found(text, FEE.replace("40", "50"), near=500_000) == FEE
    assert found(text, text[:20_000]) is not None
    assert found("a " * 500_000, "a " * 1_000) is not None
    assert time.process_time() - start < 8

"""What a question says of candidate spans."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.answering.span_anchors import Anchors, Around, dynamic_features
from pmbot.answering.span_features import layout_of
from tests.fakes_answering import view_of
from tests.fakes_spans import TEXTS, anchors_at, place_of

GLOWS = "The lamp, made by Ana Gil in Oslo, glows green."


def dynamic_of(text: str, span: str, anchors: Anchors) -> dict[str, float]:
    view = view_of(text)
    found = dynamic_features(Around(view, anchors), place_of(view, span))
    assert len({name for name, _ in found}) == len(found)
    return dict(found)


@given(TEXTS, st.sets(st.integers(0, 29), max_size=5))
def test_dynamic_features_are_told_once_and_never_of_a_mere_echo(text: str, asked: set[int]) -> None:
    view = view_of(text)
    weights = {at: 1.0 for at in sorted(asked) if at < len(view.tokens)}
    anchors = Anchors(weights, dict.fromkeys(weights, 0.0), max(1.0, float(len(weights))), frozenset())
    for first, last in layout_of(view).candidates:
        features = dynamic_features(Around(view, anchors), (first, last))
        names = [name for name, _ in features]
        assert len(names) == len(set(names))
        assert all(0.0 <= value <= 1.0 for _, value in features)
        echo = all(at in weights or view.tokens[at].term in view.stops for at in range(first, last + 1))
        assert bool(features) != echo


def test_dynamic_features_tell_where_the_matched_words_stand() -> None:
    text = "The lamp was made by Ana Gil in Oslo"
    anchors = anchors_at(view_of(text), "lamp", "made", pick=(5, 6))
    found = dynamic_of(text, "Ana Gil", anchors)
    assert found["picked by rule"] == found["after"] == found["from left 1"] == found["from right none"] == found["nearest 1"] == 1.0
    assert found["left asked last"] == 1.0
    assert found["repeats"] == 0.0
    assert found["near"] == pytest.approx((1 / 1.25 + 1 / 1.75) / 2)
    assert "repeats some" not in found


def test_dynamic_features_between_and_before_matched_words() -> None:
    text = "Ana Gil made the lamp in Oslo"
    anchors = anchors_at(view_of(text), "lamp", "oslo", "gil")
    assert {"around", "left asked last", "right asked first"} <= dynamic_of(text, "made", anchors).keys()
    assert {"before", "right asked middle"} <= dynamic_of("Quindle, Oslo", "Quindle", Anchors({1: 1.0}, {1: 0.5}, 1.0, frozenset())).keys()
    some = dynamic_of(text, "made the lamp", anchors)
    assert some["repeats"] == pytest.approx(1 / 2)
    assert some["repeats some"] == 1.0
    assert "picked by rule" not in some


def test_a_span_that_only_repeats_the_question_has_no_features() -> None:
    assert dynamic_of(GLOWS, "lamp", anchors_at(view_of(GLOWS), "lamp")) == {}


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ("Quindle", {"focus left"}),
        ("big", {"focus right"}),
        ("big lamp", {"focus closes"}),
        ("lamp Quindle", {"focus inside"}),
        ("glows", {"focus two left"}),
        ("green", set()),
    ],
)
def test_focus(span: str, expected: set[str]) -> None:
    anchors = Anchors({}, {}, 1.0, frozenset({"lamp"}))
    names = dynamic_of("The big lamp Quindle glows green", span, anchors).keys()
    assert {name for name in names if name.startswith("focus")} == expected

"""Candidate spans and their features."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.answering.span_features import LONGEST, Anchors, dynamic_features, layout_of, question_kind, static_features
from pmbot.answering.views import View
from pmbot.models import MentionKind, QuestionType
from tests.fakes_answering import view_of
from tests.fakes_spans import anchors_at, case_of

GLOWS = "The lamp, made by Ana Gil in Oslo, glows green."
TEXTS = st.lists(
    st.sampled_from("the lamp of Ana Gil built €3 million in 1987 , ; ( ) . and quickly glows who 27 % was Oslo \n".split(" ")), max_size=30
).map(" ".join)


def candidates(text: str) -> set[str]:
    view = view_of(text)
    return {text[view.tokens[a].start : view.tokens[b].end] for a, b in layout_of(view).candidates}


def static_of(text: str, span: str) -> set[str]:
    view = view_of(text)
    layout = layout_of(view)
    place = place_of(view, span)
    return set(static_features(view, layout)[layout.candidates.index(place)])


def place_of(view: View, span: str) -> tuple[int, int]:
    start = view.sentence.text.index(span)
    inside = [at for at, token in enumerate(view.tokens) if start <= token.start and token.end <= start + len(span)]
    return inside[0], inside[-1]


def dynamic_of(text: str, span: str, anchors: Anchors) -> dict[str, float]:
    view = view_of(text)
    found = dynamic_features(view, place_of(view, span), anchors, sorted(anchors.weights))
    assert len({name for name, _ in found}) == len(found)
    return dict(found)


@pytest.mark.parametrize("span", ["lamp", "Ana Gil", "by Ana Gil", "by Ana Gil in Oslo", "in Oslo", "green"])
def test_candidates_hold_whole_phrases(span: str) -> None:
    assert span in candidates(GLOWS)


@pytest.mark.parametrize("span", ["The lamp", "made by", "Ana Gil in", "by"])
def test_candidates_neither_open_nor_close_badly(span: str) -> None:
    assert span not in candidates(GLOWS)


@pytest.mark.parametrize("text", ["lamps glow; trams hum", "lamps glow (trams hum)", "lamps glow. trams hum", "lamps glow “trams hum”"])
def test_no_candidate_reaches_across_a_hard_border(text: str) -> None:
    assert not any("glow" in span and "trams" in span for span in candidates(text))
    assert {"lamps glow", "trams hum"} <= candidates(text)


@given(TEXTS)
def test_candidates_lie_inside_the_sentence_and_are_short(text: str) -> None:
    view = view_of(text)
    layout = layout_of(view)
    assert len(set(layout.candidates)) == len(layout.candidates)
    assert len(layout.classes) == len(view.tokens) == len(layout.gaps) - 1
    for first, last in layout.candidates:
        assert 0 <= first <= last < len(view.tokens)
        assert last - first < LONGEST
        assert view.tokens[last].term not in view.stops
    features = static_features(view, layout)
    assert len(features) == len(layout.candidates)
    assert all(len(names) == len(set(names)) for names in features)


@given(TEXTS, st.sets(st.integers(0, 29), max_size=5))
def test_dynamic_features_are_told_once_and_never_of_a_mere_echo(text: str, asked: set[int]) -> None:
    view = view_of(text)
    weights = {at: 1.0 for at in sorted(asked) if at < len(view.tokens)}
    anchors = Anchors(weights, dict.fromkeys(weights, 0.0), max(1.0, float(len(weights))), frozenset())
    for first, last in layout_of(view).candidates:
        features = dynamic_features(view, (first, last), anchors, sorted(weights))
        names = [name for name, _ in features]
        assert len(names) == len(set(names))
        assert all(0.0 <= value <= 1.0 for _, value in features)
        echo = all(at in weights or view.tokens[at].term in view.stops for at in range(first, last + 1))
        assert bool(features) != echo


def test_static_features_tell_form_borders_and_mentions() -> None:
    assert static_of(GLOWS, "Ana Gil") == {
        "length 2", "opens capital", "closes capital", "shape capital capital", "left preposition", "right preposition",
        "between preposition preposition", "is person", "capitals", "after word by", "before word in",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ("lamp", {"left article", "right ,", "length 1", "after word the"}),
        ("by Ana Gil", {"opens preposition", "holds person", "length 3", "left word"}),
        ("Gil in Oslo", {"cuts a mention", "holds preposition"}),
        ("made by Ana Gil", {"length 4-5", "left ,"}),
        ("Oslo, glows green", {"holds comma", "right ."}),
    ],
)
def test_static_features_of_spans(span: str, expected: set[str]) -> None:
    assert expected <= static_of(GLOWS, span)


def test_lengths_are_put_in_few_groups() -> None:
    text = "lamp tram coil bulb tube wire pole post sign gate road"
    view = view_of(text)
    layout = layout_of(view)
    by_size = {b - a + 1: names[0] for (a, b), names in zip(layout.candidates, static_features(view, layout), strict=True)}
    assert list(by_size.values()) == [f"length {n}" for n in ("1", "2", "3", "4-5", "4-5", "6-7", "6-7", "8+", "8+", "8+")]


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


@pytest.mark.parametrize(
    ("kind", "expects", "expected"),
    [
        (QuestionType.WHO, (MentionKind.PERSON,), "who"),
        (QuestionType.WHICH, (), "which"),
        (QuestionType.WHICH, (MentionKind.PLACE, MentionKind.NAME), "which place"),
        (QuestionType.LIST, (MentionKind.NAME,), "which name"),
        (QuestionType.YES_NO, (), "what"),
        (QuestionType.KEYWORD, (MentionKind.MONEY,), "what"),
        (QuestionType.HOW_MANY, (MentionKind.NUMBER,), "how_many"),
    ],
)
def test_kinds_of_question(kind: QuestionType, expects: tuple[MentionKind, ...], expected: str) -> None:
    reading = case_of("Who made it?", "Ana Gil made it.").query.reading
    assert question_kind(reading.model_copy(update={"type": kind, "expects": expects})) == expected

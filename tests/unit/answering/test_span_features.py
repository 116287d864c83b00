"""Candidate spans and their features."""

from __future__ import annotations

import pytest
from hypothesis import given

from pmbot.answering.span_features import LONGEST, layout_of, question_kind, static_features
from pmbot.models import MentionKind, QuestionType
from tests.fakes_answering import view_of
from tests.fakes_spans import TEXTS, case_of, place_of

GLOWS = "The lamp, made by Ana Gil in Oslo, glows green."


def candidates(text: str) -> set[str]:
    view = view_of(text)
    return {text[view.tokens[a].start : view.tokens[b].end] for a, b in layout_of(view).candidates}


def static_of(text: str, span: str) -> set[str]:
    view = view_of(text)
    layout = layout_of(view)
    place = place_of(view, span)
    features = static_features(view, layout)[layout.candidates.index(place)]
    return {*features.edges, *features.others}


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
    assert all(len(set(names)) == len(names) for names in ([*static.edges, *static.others] for static in features))


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


@given(TEXTS)
def test_each_candidate_is_told_as_if_it_were_alone(text: str) -> None:
    view = view_of(text)
    layout = layout_of(view)
    for place, static in zip(layout.candidates, static_features(view, layout), strict=True):
        assert static_features(view, layout._replace(candidates=(place,))) == [static]
        kinds = layout.classes[place[0] + 1 : place[1] + 1]
        assert ("holds preposition" in static.inside) == ("preposition" in kinds)
        assert ("capitals" in static.inside) == (
            layout.classes[place[0]] == "capital" and {"capital", "preposition", "article"} >= {*kinds}
        )


def test_lengths_are_put_in_few_groups() -> None:
    text = "lamp tram coil bulb tube wire pole post sign gate road"
    view = view_of(text)
    layout = layout_of(view)
    by_size = {b - a + 1: static.edges[0] for (a, b), static in zip(layout.candidates, static_features(view, layout), strict=True)}
    assert list(by_size.values()) == [f"length {n}" for n in ("1", "2", "3", "4-5", "4-5", "6-7", "6-7", "8+", "8+", "8+")]


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

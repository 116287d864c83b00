"""The span model: hand-made weights, files of weights."""

from __future__ import annotations

import json
import math
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.answering import span_model
from pmbot.answering.span_anchors import Anchors, Around, dynamic_features
from pmbot.answering.span_features import layout_of, static_features
from pmbot.answering.span_model import LONGEST_SENTENCE, SpanChoice, SpanModel, read_weights
from pmbot.errors import ConfigError
from tests.fakes_answering import view_of
from tests.fakes_spans import TEXTS, anchors_at

MADE = "The lamp was made by Ana Gil in Oslo"
NOWHERE = Anchors({}, {}, 1.0, frozenset())
NAMES = st.sampled_from(["near", "is person", "length 1", "capitals", "after", "opens capital", "holds comma", "is money", "repeats"])
GROUPS = st.dictionaries(NAMES, st.floats(-50, 50), max_size=6)


def chosen(weights: dict[str, dict[str, float]], text: str, *asked: str, kind: str = "who") -> tuple[str, float]:
    view = view_of(text)
    choice = SpanModel(weights).best(view, kind, anchors_at(view, *asked))
    assert choice is not None
    return text[choice.start : choice.end], choice.probability


def test_the_highest_score_wins() -> None:
    assert chosen({"": {"is person": 9.0}}, MADE, "lamp")[0] == "Ana Gil"
    assert chosen({"": {"is person": 9.0, "after word in": 20.0, "length 1": 1.0}}, MADE, "lamp")[0] == "Oslo"


def test_weights_of_the_kind_come_on_top_of_the_general_ones() -> None:
    weights = {"": {"is person": 5.0}, "where": {"is person": -5.0, "after word in": 5.0, "length 1": 1.0}}
    assert chosen(weights, MADE, "lamp", kind="who")[0] == "Ana Gil"
    assert chosen(weights, MADE, "lamp", kind="where")[0] == "Oslo"


def test_scores_become_probabilities() -> None:
    view = view_of("Ana Gil")
    # Three candidates: one of two words, two of one.
    even = SpanModel({"": {"is money": 1.0}}).best(view, "who", NOWHERE)
    assert even is not None
    assert even.probability == pytest.approx(1 / 3)
    sure = SpanModel({"": {"length 2": 100.0}}).best(view, "who", NOWHERE)
    assert sure == SpanChoice(0, 7, pytest.approx(1.0))


def test_ties_go_to_the_first_and_shortest() -> None:
    assert chosen({"": {"is money": 1.0}}, MADE)[0] == "lamp"
    assert chosen({"": {"opens capital": 1e-12, "is money": 1.0}}, MADE)[0] == "lamp"  # less than arithmetic can be trusted with


@pytest.mark.parametrize("weights", [{}, {"who": {}}])
def test_weights_of_nothing(weights: dict[str, dict[str, float]]) -> None:
    choice = SpanModel(weights).best(view_of(MADE), "who", NOWHERE)
    assert (choice is None) == (not weights)


def test_no_choice_without_anything_new() -> None:
    view = view_of("The lamp of it")
    assert SpanModel({"": {"near": 1.0}}).best(view, "who", anchors_at(view, "lamp")) is None
    for text in ("It was.", "", "…"):
        assert SpanModel({"": {"near": 1.0}}).best(view_of(text), "who", NOWHERE) is None


def test_a_sentence_that_is_too_long_is_none() -> None:
    found = [SpanModel({"": {"near": 1.0}}).best(view_of("lamp " * n), "who", NOWHERE) for n in (LONGEST_SENTENCE, LONGEST_SENTENCE + 1)]
    assert [choice is None for choice in found] == [False, True]


@pytest.mark.parametrize(
    ("text", "opens", "expected"),
    [
        ("It cost €3 million then.", "opens number", "€3 million"),
        ("It grew by 27% then.", "opens number", "27%"),
        ("It sold 3 lamps then.", "opens number", "3"),
        ("It cost $1,234.50 then.", "opens number", "$1,234.50"),
    ],
)
def test_signs_and_scales_belong_to_their_figures(text: str, opens: str, expected: str) -> None:
    assert chosen({"": {opens: 9.0, "length 1": 3.0}}, text)[0] == expected


def test_a_full_cache_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(span_model, "CACHE_SIZE", 2)
    model = SpanModel({"": {"is person": 9.0}, "where": {"after word in": 20.0, "length 1": 1.0}})
    view = view_of(MADE)
    first = [model.best(view, kind, NOWHERE) for kind in ("who", "where", "when", "who", "where")]
    assert first[:2] == first[3:]
    assert first[0] == first[2] != first[1]


@given(st.dictionaries(st.sampled_from(["", "who", "when"]), GROUPS, max_size=3), st.text(alphabet="lamp Ana Gi€3%1987,.()\n", max_size=60))
def test_a_span_lies_in_its_sentence_and_is_never_empty(weights: dict[str, dict[str, float]], text: str) -> None:
    choice = SpanModel(weights).best(view_of(text), "who", NOWHERE)
    if choice is not None:
        assert 0 <= choice.start < choice.end <= len(text)
        assert 0.0 < choice.probability <= 1.0
        assert choice == SpanModel(weights).best(view_of(text), "who", NOWHERE)


@given(TEXTS, st.sets(st.integers(0, 29), max_size=4), st.booleans())
def test_a_span_is_chosen_by_the_sum_of_its_features(text: str, asked: set[int], has_focus: bool) -> None:
    view = view_of(text)
    layout, places = layout_of(view), [at for at in sorted(asked) if at < len(view.tokens)]
    order = {at: at / max(1, len(view.tokens) - 1) for at in places}
    focus = frozenset({view.tokens[0].term}) if has_focus and view.tokens else frozenset[str]()
    anchors = Anchors(dict.fromkeys(places, 0.7), order, 1.4, focus, layout.candidates[-1] if layout.candidates else None)
    told = [
        [*((name, 1.0) for name in (*static.edges, *static.others)), *dynamic]
        for place, static in zip(layout.candidates, static_features(view, layout), strict=True)
        if (dynamic := dynamic_features(Around(view, anchors), place))
    ]
    weights = {name: (zlib.crc32(name.encode()) % 200 - 100) / 50 for features in told for name, _ in features}
    choice = SpanModel({"": weights}).best(view, "who", anchors)
    assert (choice is not None) == bool(told)
    if choice is not None:
        scores = [sum(weights[name] * value for name, value in features) for features in told]
        assert choice.probability == pytest.approx(1.0 / sum(math.exp(score - max(scores)) for score in scores))


def test_weights_are_read(tmp_path: Path) -> None:
    path = tmp_path / "spans.json"
    path.write_text(json.dumps({"": {"near": 1.5}, "who": {}}), encoding="utf-8")
    assert read_weights(path) == {"": {"near": 1.5}, "who": {}}


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"3", b"null", b'{"": 1}', b'{"": {}, "who": []}', b"\xff\xfe{}"])
def test_what_is_no_file_of_weights(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "spans.json"
    path.write_bytes(data)
    with pytest.raises(ConfigError, match=r"spans\.json: .*train"):
        read_weights(path)


@pytest.mark.parametrize("value", ['"much"', "null", "[]", "{}"])
def test_a_weight_is_a_number(value: str, tmp_path: Path) -> None:
    path = tmp_path / "spans.json"
    path.write_text(f'{{"": {{"near": {value}}}}}', encoding="utf-8")
    with pytest.raises(ConfigError, match="train"):
        read_weights(path)


def test_a_missing_file_of_weights(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"gone\.json: cannot be read"):
        read_weights(tmp_path / "gone.json")

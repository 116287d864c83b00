"""How sure an answer is: the formula, the weights and trees, files of them."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.answering.confidence import BIAS, MIDDLE, STEEPNESS, ConfidenceModel, read_confidence
from pmbot.answering.trees import DEEPEST, Tree
from pmbot.errors import ConfigError

ANY = st.floats(allow_nan=False, allow_infinity=False, width=32)


@pytest.mark.parametrize("covered", [0.0, 0.25, 0.5, 0.75, 1.0])
def test_the_formula_without_weights(covered: float) -> None:
    expected = 1.0 / (1.0 + math.exp(-STEEPNESS * (covered - MIDDLE)))
    assert ConfidenceModel({}).probability({"covered": covered, "absent": 1.0}) == pytest.approx(expected)


def test_half_of_the_question_is_an_even_chance() -> None:
    assert ConfidenceModel({}).probability({"covered": 0.5}) == 0.5


def test_the_logistic_model() -> None:
    model = ConfidenceModel({BIAS: -1.0, "covered": 2.0, "absent": -3.0, "no such signal": 50.0})
    assert model.probability({"covered": 0.5, "absent": 0.0, "unweighted": 9.0}) == 0.5
    assert model.probability({"covered": 1.0, "absent": 1.0}) == pytest.approx(1 / (1 + math.exp(2.0)))
    assert ConfidenceModel({"covered": 1.0}).probability({}) == 0.5  # no bias


def test_the_weights_are_its_own() -> None:
    weights = {BIAS: 0.0}
    model = ConfidenceModel(weights)
    weights[BIAS] = 9.0
    assert model.probability({}) == 0.5


@given(st.dictionaries(st.sampled_from([BIAS, "covered", "absent"]), ANY), ANY, ANY)
def test_it_is_a_probability(weights: dict[str, float], covered: float, absent: float) -> None:
    assert 0.0 < ConfidenceModel(weights).probability({"covered": covered, "absent": absent}) < 1.0


@given(st.floats(0, 1), st.floats(0, 1))
def test_more_of_the_question_is_never_less_sure(one: float, other: float) -> None:
    less, more = (ConfidenceModel({}).probability({"covered": value}) for value in sorted((one, other)))
    assert less <= more


def test_a_tree_asks_for_limits() -> None:
    tree: Tree = ("covered", 0.5, ("absent", 1.0, -1.0, -2.0), 3.0)
    model = ConfidenceModel({"span": 1.0}, [tree, 0.25])
    for found, added in [({"covered": 0.5, "absent": 9.0}, 3.0), ({"covered": 0.49}, -1.0), ({"absent": 1.0}, -2.0), ({}, -1.0)]:
        assert model.probability({**found, "span": 0.5}) == pytest.approx(1 / (1 + math.exp(-added - 0.75)))


def test_trees_say_nothing_without_weights() -> None:
    assert ConfidenceModel({}, [9.0]).probability({"covered": 0.5}) == 0.5


def test_a_model_is_read(tmp_path: Path) -> None:
    path = tmp_path / "confidence.json"
    path.write_text(
        json.dumps({"weights": {BIAS: 1, "covered": -0.5}, "trees": [["covered", 0.5, 1, ["span", 1, 0, 2.5]]]}), encoding="utf-8"
    )
    model = read_confidence(path)
    assert model.weights == {BIAS: 1, "covered": -0.5}
    assert model.trees == (("covered", 0.5, 1.0, ("span", 1.0, 0.0, 2.5)),)


def grown(depth: int) -> object:
    return ["covered", 0.5, 0.0, grown(depth - 1)] if depth else 0.0


@pytest.mark.parametrize(
    "tree",
    [
        "covered",
        None,
        True,
        [],
        ["covered", 0.5, 1.0],
        ["covered", 0.5, 1.0, 2.0, 3.0],
        [0.5, "covered", 1.0, 2.0],
        ["covered", "0.5", 1.0, 2.0],
        ["covered", 0.5, 1.0, [2.0]],
        ["covered", 0.5, 1.0, math.inf],
        {"covered": 0.5},
        grown(DEEPEST + 1),
        grown(200),
    ],
)
def test_what_is_no_tree(tree: object, tmp_path: Path) -> None:
    path = tmp_path / "confidence.json"
    path.write_text(json.dumps({"weights": {}, "trees": [tree]}), encoding="utf-8")
    with pytest.raises(ConfigError, match=r"confidence\.json: .*train"):
        read_confidence(path)


def test_the_deepest_tree(tmp_path: Path) -> None:
    path = tmp_path / "confidence.json"
    path.write_text(json.dumps({"weights": {}, "trees": [grown(DEEPEST)]}), encoding="utf-8")
    assert len(read_confidence(path).trees) == 1


WRONG = (
    "",
    "{",
    "[]",
    "3",
    "null",
    "[" * 100_000,
    '{"bias": 1}',
    '{"weights": {}}',
    '{"trees": []}',
    '{"weights": [], "trees": []}',
    '{"weights": {}, "trees": 3}',
    '{"weights": {"bias": "1"}, "trees": []}',
    '{"weights": {"bias": {}}, "trees": []}',
    '{"weights": {"bias": null}, "trees": []}',
)


@pytest.mark.parametrize("data", [*(text.encode() for text in WRONG), b"\xff\xfe"])
def test_what_is_no_model(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "confidence.json"
    path.write_bytes(data)
    with pytest.raises(ConfigError, match=r"confidence\.json: .*train"):
        read_confidence(path)


@pytest.mark.parametrize("value", ["NaN", "Infinity", "true"])
def test_a_weight_is_a_finite_number(value: str, tmp_path: Path) -> None:
    path = tmp_path / "confidence.json"
    path.write_text(f'{{"weights": {{"bias": {value}}}, "trees": []}}', encoding="utf-8")
    with pytest.raises(ConfigError, match="train"):
        read_confidence(path)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"gone\.json: cannot be read"):
        read_confidence(tmp_path / "gone.json")

"""How sure an answer is: the formula, the logistic model, files of weights."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.answering.confidence import BIAS, MIDDLE, STEEPNESS, ConfidenceModel, read_confidence
from pmbot.errors import ConfigError

ANY = st.floats(allow_nan=False, allow_infinity=False, width=32)


@pytest.mark.parametrize("covered", [0.0, 0.25, 0.5, 0.75, 1.0])
def test_the_formula_without_weights(covered: float) -> None:
    expected = 1.0 / (1.0 + math.exp(-STEEPNESS * (covered - MIDDLE)))
    assert ConfidenceModel({}).probability({"covered around": covered, "absent": 1.0}) == pytest.approx(expected)


def test_half_of_the_question_is_an_even_chance() -> None:
    assert ConfidenceModel({}).probability({"covered around": 0.5}) == 0.5


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


@given(st.dictionaries(st.sampled_from([BIAS, "covered around", "absent"]), ANY), ANY, ANY)
def test_it_is_a_probability(weights: dict[str, float], covered: float, absent: float) -> None:
    assert 0.0 < ConfidenceModel(weights).probability({"covered around": covered, "absent": absent}) < 1.0


@given(st.floats(0, 1), st.floats(0, 1))
def test_more_of_the_question_is_never_less_sure(one: float, other: float) -> None:
    less, more = (ConfidenceModel({}).probability({"covered around": value}) for value in sorted((one, other)))
    assert less <= more


def test_weights_are_read(tmp_path: Path) -> None:
    path = tmp_path / "confidence.json"
    path.write_text(json.dumps({BIAS: 1, "covered": -0.5}), encoding="utf-8")
    assert read_confidence(path).weights == {BIAS: 1, "covered": -0.5}


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"3", b"null", b'{"bias": "1"}', b'{"bias": {}}', b'{"bias": null}', b"\xff\xfe"])
def test_what_is_no_file_of_weights(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "confidence.json"
    path.write_bytes(data)
    with pytest.raises(ConfigError, match=r"confidence\.json: .*train"):
        read_confidence(path)


@pytest.mark.parametrize("value", ["NaN", "Infinity", "true"])
def test_a_weight_is_a_finite_number(value: str, tmp_path: Path) -> None:
    path = tmp_path / "confidence.json"
    path.write_text(f'{{"bias": {value}}}', encoding="utf-8")
    with pytest.raises(ConfigError, match="train"):
        read_confidence(path)


def test_a_missing_file_of_weights(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"gone\.json: cannot be read"):
        read_confidence(tmp_path / "gone.json")

"""Which units measure what is asked."""

from __future__ import annotations

import pytest

from pmbot.answering.units import another_side, is_unit, measure_asked


@pytest.mark.parametrize(
    ("question", "fits", "fits_not"),
    [
        ("how much does it weigh", "3.4 kg", "9.5 cm"),
        ("how heavy is the lamp", "20 tonnes", "20 litres"),
        ("how tall is the tower", "34 metres", "900 tonnes"),
        ("how wide is the bridge", "250,000 feet", "4 hectares"),
        ("what is the area of the park", "120 square metres", "120 metres"),
        ("how loud is the pump", "48 dB", "48 cm"),
        ("how hot does it get", "80 °C", "80 kg"),
        ("how fast does it drive", "130 km/h", "130 km"),
        ("how much water does it hold", "0.45 litres", "45 metres"),
        ("how much water does it hold", "240 millilitres", "240 kg"),
        ("how much gas does it contain", "1.2 kg", "45 metres"),
    ],
)
def test_a_measure_knows_its_units(question: str, fits: str, fits_not: str) -> None:
    measure = measure_asked(question.split())
    assert measure is not None
    assert measure.fits(fits)
    assert not measure.fits(fits_not)


@pytest.mark.parametrize("question", ["how much did it cost", "how big is the park", "how tall and how heavy is the tower"])
def test_a_question_for_no_one_measure_names_none(question: str) -> None:
    assert measure_asked(question.split()) is None


def test_what_a_measure_excludes() -> None:
    weight, capacity = measure_asked(["heavy"]), measure_asked(["hold"])
    assert weight is not None
    assert capacity is not None
    assert weight.excludes("12", bare=True)
    assert weight.excludes("12 cm", bare=False)
    assert not capacity.excludes("12", bare=True)  # "holds 12 people"
    assert not capacity.excludes("12 points", bare=False)
    assert capacity.excludes("12 °C", bare=False)


def test_sides_of_a_thing() -> None:
    assert another_side(["how", "deep"], "long")
    assert not another_side(["how", "tall"], "high")
    assert not another_side(["how", "big"], "long")
    assert not another_side(["how", "deep"], "here")


def test_units_by_name() -> None:
    assert is_unit("kilometres")
    assert is_unit("tonnes")
    assert not is_unit("album")
    assert not is_unit("lamps")

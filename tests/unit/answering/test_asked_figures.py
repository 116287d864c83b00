"""Which figures of a sentence can answer at all."""

from __future__ import annotations

import pytest

from pmbot.answering.asked_figures import elliptical, fitting, new_mentions, unfit
from pmbot.text.figures.finding import Mention
from tests.fakes_spans import case_of


def fit(question: str, sentence: str) -> list[str]:
    case = case_of(question, sentence)
    view, expects = case.candidate.view, case.query.reading.expects
    return words(sentence, fitting(case.query, view, case.matcher, new_mentions(case.query, view, expects)))


def words(sentence: str, mentions: list[Mention]) -> list[str]:
    return [sentence[m.start : m.end] for m in mentions]


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        # a number counts the noun behind it
        ("How many lamps glow?", "The 12 lamps took 300 people.", ["12"]),
        ("How many lamps glow?", "The two newly built lamps took 300 people.", ["two"]),
        ("How many lamps glow?", "Of the lamps one glowed at 388 metres.", ["one"]),
        ("How many lamps glow?", "The lamps of 18 towns glow.", []),
        ("How many lamps glow?", "In phase 2 the lamps glow.", []),
        ("How many children came?", "Children under 12 came.", []),
        # a quantity is counted by its unit, and is of the stuff asked for
        ("How many tonnes came?", "It took 18 million tonnes to 12 firms.", ["18 million tonnes"]),
        ("How many tonnes of grain came?", "It took 18 tonnes of grain.", ["18 tonnes"]),
        ("How many tonnes of grain came?", "It took 18 tonnes of sand.", []),
        # of a part and its whole
        ("How many members came?", "Came: 47 of 68 members.", ["47"]),
        ("How many members are there?", "Came: 47 of 68 members.", ["68"]),
        ("How many lamps are let?", "47 of the 68 lamps are let.", ["47"]),
        ("How many lamp kinds are there?", "Each belongs to one of three lamp kinds.", ["three"]),
        # a measure
        ("How much does it weigh?", "It weighs 3.4 kg, is 9.5 cm high and cleans 120 square metres.", ["3.4 kg"]),
        ("How tall is it?", "It weighs 3.4 kg, is 9.5 cm high and cleans 120 square metres.", ["9.5 cm"]),
        ("How tall is it?", "It weighs 3.4 kg.", []),
        ("How deep is it?", "It is 50 metres long and 2.5 metres deep.", ["2.5 metres"]),
        ("How wide is it?", "It is 50 metres in height and 2 metres in width.", ["2 metres"]),
        ("How tall is it?", "It is 83 metres long.", []),
        ("How much does it hold?", "It is kept at 27 °C and holds 12 firms.", ["12"]),
        ("How long is the bridge?", "The bridge drew 5,200 firms.", []),
        ("How long is the bridge?", "The bridge is 5,200 metres long.", ["5,200 metres"]),
        # one size in two units is one size, unless the unit is asked for
        ("How large is the park?", "The park has 2 acres (8,100 m²).", ["2 acres"]),
        ("How tall is the lamp in feet?", "The lamp is 10 metres (33 feet) tall.", ["33 feet"]),
    ],
)
def test_figures_that_fit(question: str, sentence: str, expected: list[str]) -> None:
    assert fit(question, sentence) == expected


def test_a_number_may_leave_its_noun_out() -> None:
    sentence = "Of the 46 lamps in 12 halls, 31 still glow."
    case = case_of("How many lamps glow?", sentence)
    view, every = case.candidate.view, new_mentions(case.query, case.candidate.view, case.query.reading.expects)
    assert words(sentence, elliptical(case.query, view, case.matcher, every)) == ["46", "31"]
    assert words(sentence, unfit(case.query, view, case.matcher)) == ["12"]


def test_a_number_without_a_whole_leaves_no_noun_out() -> None:
    case = case_of("How many lamps glow?", "By 283 lamps for to 16 against, it glows.")
    view, every = case.candidate.view, new_mentions(case.query, case.candidate.view, case.query.reading.expects)
    assert elliptical(case.query, view, case.matcher, every) == []


def test_of_two_kinds_of_one_figure_the_likelier_counts() -> None:
    sentence = "Ana Gil died at the age of 76."
    case = case_of("How old was Ana Gil?", sentence)
    found = new_mentions(case.query, case.candidate.view, case.query.reading.expects)
    assert words(sentence, found) == ["76"]


def test_what_the_question_says_is_not_new() -> None:
    case = case_of("How many of the 240 lamps glow?", "The 240 lamps glow.")
    assert new_mentions(case.query, case.candidate.view, case.query.reading.expects) == []

"""Each figure with its own words."""

from __future__ import annotations

import pytest

from pmbot.answering.stretches import of_own_words, stretches
from pmbot.models import MentionKind
from tests.fakes_answering import view_of
from tests.fakes_spans import case_of


def cut(sentence: str, kind: MentionKind) -> list[str]:
    view = view_of(sentence)
    return [sentence[start:end] for start, end in stretches(view, [m for m in view.mentions if m.kind is kind])]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("A card costs €18 for adults; pupils and others pay €9.", ["A card costs €18 for adults", "; pupils and others pay €9."]),
        ("Lamps cost €12 in May, while old lamps cost €9.", ["Lamps cost €12 in May", ", while old lamps cost €9."]),
        ("Heating was €121, followed by lamps at €96.", ["Heating was €121", ", followed by lamps at €96."]),
        ("It costs €12 for lamps and wicks and €9 for oil.", ["It costs €12 for lamps and wicks", " and €9 for oil."]),
        ("Lamps (€12) glow (€9).", ["Lamps (€12", ") glow (€9)."]),
        ("It costs €12 per €9.", ["It costs €12 per €9.", "It costs €12 per €9."]),
    ],
)
def test_cuts(sentence: str, expected: list[str]) -> None:
    assert cut(sentence, MentionKind.MONEY) == expected


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("How much do adults pay?", "A card costs €18 for adults; pupils pay €9.", "€18"),
        ("How much do pupils pay?", "A card costs €18 for adults; pupils pay €9.", "€9"),
        ("How much does a green lamp cost?", "A red lamp costs €1 and a green lamp €4.", "€4"),
        ("How much does a red lamp cost?", "A red lamp costs €1, a green lamp €4, and a bridge €9.", "€1"),
        ("How much is a green lamp?", "A red lamp costs €1, a green lamp €4, and a bridge €9.", "€4"),
        ("How many lamps glow?", "Of the 46 lamps in the hall, 31 glow.", "31"),
        ("When did Ana Gil win?", "Ana Gil won in 1936 and Otto Berg slept in 1952.", "1936"),
        ("When did Otto Berg sleep?", "On 3 May 1936 Ana Gil won, and on 5 June 1952 Otto Berg slept.", "5 June 1952"),
        ("How much did the lamp cost?", "It rose from €3 to €5.", None),  # the ends of a change
        ("When did the lamp open?", "The lamp opened in 1987 or 1988.", None),  # alternatives
        ("How much did it cost in May?", "Bridges cost €3 in May, and lamps cost €5 in May.", None),  # stands with both
    ],
)
def test_own_words(question: str, sentence: str, expected: str | None) -> None:
    case = case_of(question, sentence)
    figures = [m for m in case.candidate.view.mentions if m.kind in case.query.reading.expects]
    found = of_own_words(case.query, case.candidate, case.matcher, figures)
    assert (None if found is None else sentence[found.start : found.end]) == expected

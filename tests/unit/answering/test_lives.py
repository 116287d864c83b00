"""Births and deaths in brackets behind a name."""

from __future__ import annotations

import pytest

from pmbot.answering.lives import with_life
from tests.fakes_answering import World

OTTO = "Otto Berg came to the lamp works in 1920."
ANA = "Ana Gil (3 May 1891 in Oslo – 2 June 1967 in Quindle) was a painter of lamps."


def told(question: str, sentence: str = ANA) -> str | None:
    ranking = with_life(World({"a.txt": f"{OTTO}\n\n{sentence}"}).ranking(question))
    if ranking.cells is None:
        return None
    assert ranking.evidence[0].sentence.text == sentence
    (cell,) = ranking.cells.cells
    return cell.text if cell is not None else None


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("When was Ana Gil born?", "3 May 1891"),
        ("In what year was Ana Gil born?", "1891"),
        ("Where was Gil born?", "Oslo"),
        ("When did Ana Gil die?", "2 June 1967"),
        ("Where did Ana Gil die?", "Quindle"),
        # of somebody else, of more, or neither of both
        ("When was Otto Berg born?", None),
        ("When did the lamp of Ana Gil die?", None),
        ("When did Ana Gil paint?", None),
        ("Who died with Ana Gil?", None),
    ],
)
def test_the_part_of_a_life_that_is_asked_for(question: str, answer: str | None) -> None:
    assert told(question) == answer


@pytest.mark.parametrize(
    ("sentence", "answer"),
    [
        ("Ana Gil (1891–1967) was a painter.", "1891"),
        ("Ana Gil (born May 3, 1891, Oslo – June 2, 1967) was a painter.", "May 3, 1891"),
        ("Ana Gil (1891–1967) built lamps.", None),  # may be her reign
        ("Ana Gil (3 lamps – 2 bridges) was rich.", None),
    ],
)
def test_what_a_bracket_tells(sentence: str, answer: str | None) -> None:
    assert told("When was Ana Gil born?", sentence) == answer

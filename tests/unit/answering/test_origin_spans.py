"""Where something is from."""

from __future__ import annotations

import pytest

from pmbot.answering.case import Refusal
from pmbot.answering.origin_spans import origin_untold
from tests.fakes_spans import case_of, told_words


@pytest.mark.parametrize(
    ("question", "sentence", "answer"),
    [
        ("Where does Quindle come from?", "The Norwegian lamp maker Quindle sells in Chile.", "Norwegian"),
        ("Which country is Quindle from?", "Norwegian lamp maker Quindle sells in Chile.", "Norwegian"),
        ("Where does Quindle come from?", "Norway's Quindle and Chile's Vrumpel signed.", "Norway"),
        ("Where does Vrumpel come from?", "Several Norwegian firms, including Quindle and Vrumpel, chose Chile.", "Norwegian"),
        ("Where do Quindle and Vrumpel come from?", "They met Norwegian firms such as Quindle and Vrumpel.", "Norwegian"),
        # what stands elsewhere says nothing of it
        ("Where does Quindle come from?", "The lamp maker Quindle sells in Chile.", ""),
        ("Where does Quindle come from?", "In Norway, they met Quindle.", ""),
        ("Where are Quindle lamps sold from?", "The Norwegian lamp maker Quindle sells lamps.", ""),
    ],
)
def test_the_adjective_of_place_before_a_name(question: str, sentence: str, answer: str) -> None:
    assert told_words(question, sentence) == answer


@pytest.mark.parametrize(
    ("sentence", "untold"),
    [
        ("The lamp maker Quindle sells in Chile.", True),
        ("The lamp maker Quindle, from Chile, sells lamps.", False),
        ("The Norwegian lamp maker Quindle sells in Chile.", False),
    ],
)
def test_where_nothing_tells_the_origin(sentence: str, untold: bool) -> None:
    refusal = origin_untold(case_of("Where does Quindle come from?", sentence))
    assert refusal == (Refusal("type_absent", ()) if untold else None)

from __future__ import annotations

from typing import Any

import pytest

from pmbot.evaluation.diff import aspects_of, diff_of
from pmbot.models import Document, Status
from tests.fakes_evaluation import answer_of, case_of, report_of

TRADE = "Trade grew fivefold over the last decade, reaching €130 million in 2023."
VISIT = "Edgars Rinkēvičs led the visit."


@pytest.mark.parametrize(
    ("changed", "aspects"),
    [
        ({}, ()),
        ({"confidence": 0.9, "signature": "other"}, ()),
        ({"short": "fivefold"}, ("answer",)),
        ({"quotes": (TRADE, VISIT)}, ("citations",)),
        ({"text": "Otherwise said."}, ("wording",)),
        ({"notes": ("reading this as: x",)}, ("wording",)),
        ({"quotes": (), "short": None, "status": Status.NOT_ENOUGH, "reason": "thin_coverage"}, ("status", "answer", "citations")),
        ({"verdict": "yes"}, ("answer",)),
    ],
)
def test_in_what_two_answers_differ(say: Any, changed: dict[str, Any], aspects: tuple[str, ...]) -> None:
    fields: dict[str, Any] = {"text": "t", "quotes": (TRADE,), "short": "€130 million"}
    assert aspects_of(say(**fields), say(**{**fields, **changed})) == aspects


def test_a_moved_quote_is_no_change(document: Document) -> None:
    moved = document.model_copy(update={"text": "A line before.\n" + document.text})
    assert aspects_of(answer_of(document, TRADE), answer_of(moved, TRADE)) == ()


def test_the_summary_counts(document: Document) -> None:
    one, both, none = answer_of(document, TRADE), answer_of(document, TRADE, VISIT), answer_of(document)
    visit = answer_of(document, VISIT)
    old = report_of(case_of("same", one), case_of("lost", both), case_of("other", one), case_of("refused", one), case_of("found", none))
    new = report_of(case_of("same", one), case_of("lost", one), case_of("other", visit), case_of("refused", none), case_of("found", one))
    found = diff_of(old, new)
    assert [change.case_id for change in found.changes] == ["lost", "other", "refused", "found"]
    assert [[c.quote for c in change.lost] for change in found.changes] == [[VISIT], [TRADE], [TRADE], []]
    assert found.summary == (
        "This edit changes 4 of 5 answers, loses 2 citations, gains 1 citation, answers 1 question more, no longer answers 1 question."
    )
    assert diff_of(new, new).summary == "This edit changes none of 5 answers."


def test_runs_of_other_cases_are_not_compared(document: Document) -> None:
    answer = answer_of(document, TRADE)
    with pytest.raises(ValueError, match="did not ask the same cases"):
        diff_of(report_of(case_of("a", answer)), report_of(case_of("b", answer)))

from __future__ import annotations

from typing import Any

import pytest

from pmbot.evaluation import CaseResult, CheckResult, TurnResult


def result(say: Any, *passed: bool, xfail: str | None = None) -> CaseResult:
    turns = [TurnResult(answer=say("t"), checks=(CheckResult(name="n", passed=ok, reason="r"),)) for ok in passed]
    return CaseResult(id="c", turns=tuple(turns), xfail=xfail)


@pytest.mark.parametrize(
    ("passed", "xfail", "outcome"),
    [
        ((True, True), None, "passed"),
        ((True, False), None, "failed"),
        ((True, False), "known", "xfailed"),
        ((True, True), "known", "xpassed"),
    ],
)
def test_outcomes(say: Any, passed: tuple[bool, ...], xfail: str | None, outcome: str) -> None:
    assert result(say, *passed, xfail=xfail).outcome == outcome


def test_failures_name_question_check_and_reason(say: Any) -> None:
    assert result(say, True, False, False).failures == ("?: n: r", "?: n: r")
    assert result(say, True).failures == ()

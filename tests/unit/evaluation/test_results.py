from __future__ import annotations

from typing import Any

import pytest

from pmbot.evaluation import CaseResult, CheckResult, TurnResult
from pmbot.evaluation.results import Times
from pmbot.questionset import Turn
from tests.fakes_evaluation import case_of, report_of


def result(say: Any, *passed: bool, xfail: str | None = None) -> CaseResult:
    def check(ok: bool) -> CheckResult:
        return CheckResult(name="n", passed=ok, expected="e", got="g")

    turns = [TurnResult(question="?", wanted=Turn(question="?", contains=("x",)), answer=say("t"), checks=(check(ok),)) for ok in passed]
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
    assert result(say, True, False, False).failures == ("?: n: expected e; got g",) * 2
    assert result(say, True).failures == ()


def test_an_error_comes_before_all_else(say: Any) -> None:
    case = case_of("c", say("t"), xfail="known", error="no such document")
    assert (case.outcome, case.ok, case.failures[0]) == ("error", False, "no such document")


def test_totals_and_what_is_the_same_on_every_run(say: Any) -> None:
    answer = say("t")
    cases = [
        case_of("a", answer),
        case_of("b", answer, passed=False),
        case_of("c", answer, passed=False, xfail="known"),
        case_of("d", answer, xfail="known"),
        case_of("e", answer, error="wrong"),
    ]
    report = report_of(*cases)
    totals = report.totals
    assert (totals.cases, totals.passed, totals.failed, totals.xfailed, totals.xpassed, totals.error) == (5, 1, 1, 1, 1, 1)
    assert [case.ok for case in cases] == [True, False, True, False, False]
    timed = report.model_copy(update={"times": Times(total_ms=1.0, cases=((1.0,),) * 5)})
    assert timed != report
    assert timed.without_times() == report
    assert (report.signature, report.knowledge, len(list(report.turns))) == ("s", "knowledge", 5)

"""A run as a page for a terminal or a pipe: what failed, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from pmbot.evaluation.baseline import Comparison
from pmbot.evaluation.reports.differences import Piece, differences
from pmbot.evaluation.reports.explain import Pair, pairs_of, reasons_of
from pmbot.evaluation.results import CaseResult, Report, TurnResult
from pmbot.rendering.page import BLANK, Ink, Page, Paragraph, Run, line
from pmbot.rendering.sanitize import visible_line

_LABEL = 10
_TITLES = {"failed": "FAILED", "xpassed": "PASSED, THOUGH XFAIL", "error": "ERROR", "passed": "passed", "xfailed": "failed as expected"}


def failures_page(cases: Sequence[CaseResult]) -> Page:
    """Lay out cases that are not good: question, expected and got, the two sentences, why."""
    return tuple(paragraph for case in cases for paragraph in _case(case))


def totals_text(report: Report) -> str:
    """Count the outcomes: `76 cases: 60 passed, 2 failed, 14 failed as expected`."""
    totals = report.totals
    parts = [
        (totals.passed, "passed"),
        (totals.failed, "failed"),
        (totals.xfailed, "failed as expected"),
        (totals.xpassed, "passed though xfail"),
        (totals.error, "in error"),
    ]
    said = ", ".join(f"{number} {name}" for number, name in parts if number)
    return f"{totals.cases} case{'' if totals.cases == 1 else 's'}: {said or 'none chosen'}"


def slow_turns(report: Report) -> tuple[str, ...]:
    """Say which turns took longer than their `max_ms`, a line each; empty without times."""
    if report.times is None:
        return ()
    lines = []
    for case, times in zip(report.cases, report.times.cases, strict=True):
        for turn, taken in zip(case.turns, times, strict=True):
            most = turn.wanted.max_ms
            if most is not None and taken > most:
                lines.append(f"{case.place} {case.id}: took {taken:.0f} ms, max_ms is {most}")
    return tuple(lines)


def comparison_page(comparison: Comparison, baseline: str) -> Page:
    """Say what a baseline makes of the run; `baseline` names its file."""
    page = []
    if comparison.signature is not None:
        page.append(line(f"The baseline {baseline} was made by another signature: {comparison.signature}", Ink.NOTE))
    page += _names("Newly failing:", comparison.newly_failing)
    page += _names("Newly passing:", comparison.newly_passing)
    page += _names("Failing as in the baseline:", comparison.still_failing)
    if comparison.gone:
        page += [line("In the baseline, but in no file any more:", Ink.LABEL)]
        page += [line(visible_line(name), indent=2) for name in comparison.gone]
    return tuple(page)


def compared_runs(old: str, new: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Write two texts with their differences marked, `[-old-]` and `{+new+}`, in ink too."""
    left, right = differences(old, new)
    return _runs(left, "[-", "-]"), _runs(right, "{+", "+}")


def labelled(label: str, runs: Sequence[Run], *, indent: int = 2) -> Paragraph:
    """Put a label before text, so that the texts of several lines stand under each other."""
    return Paragraph((Run(label.ljust(_LABEL), Ink.LABEL), *runs), indent, _LABEL)


def _names(title: str, cases: Sequence[CaseResult]) -> list[Paragraph]:
    if not cases:
        return []
    return [line(title, Ink.LABEL), *(line(f"{case.place}  {case.id}", indent=2) for case in cases)]


def _case(case: CaseResult) -> Iterator[Paragraph]:
    yield Paragraph(
        (Run(f"{_TITLES[case.outcome]}  ", Ink.REFUSAL), Run(case.id, Ink.LABEL), Run(f"  {visible_line(case.place)}", Ink.PLACE))
    )
    if case.outcome == "xpassed":
        yield labelled("known as", [Run(case.xfail or "")])
        yield labelled("to do", [Run("the case passes: remove its xfail line")])
    if case.error is not None:
        for problem in case.error.split("\n"):
            yield labelled("mistake", [Run(problem)])
    for number, turn in enumerate(case.turns, 1):
        if not turn.passed:
            yield from _turn(turn, f"turn {number}" if len(case.turns) > 1 else "question")
    yield BLANK


def _turn(turn: TurnResult, label: str) -> Iterator[Paragraph]:
    yield labelled(label, [Run(turn.question)])
    pairs = pairs_of(turn)
    beside = {"cites"} if pairs and all(pair.given is not None for pair in pairs) else set()
    # Checks in a row that got the same say so once, and not at all where the quotes stand below.
    for got, group in groupby((check for check in turn.checks if not check.passed), key=lambda check: check.got):
        checks = list(group)
        yield from (labelled("expected", [Run(check.expected)]) for check in checks)
        if any(check.name not in beside for check in checks):
            yield labelled("got", [Run(got)])
    for pair in pairs:
        yield from _pair(pair)
    for number, reason in enumerate(reasons_of(turn)):
        yield labelled("" if number else "why", [Run(reason, Ink.NOTE)])


def _pair(pair: Pair) -> Iterator[Paragraph]:
    if pair.given is None:
        yield labelled("wanted", [Run(f"“{pair.wanted}”", Ink.QUOTE), Run(f" {visible_line(pair.wanted_in)}", Ink.PLACE)])
        return
    wanted, given = pair.marked()
    yield labelled("wanted", [Run("“"), *_runs(wanted, "[-", "-]"), Run("” "), Run(visible_line(pair.wanted_in), Ink.PLACE)])
    yield labelled("quoted", [Run("“"), *_runs(given, "{+", "+}"), Run("” "), Run(visible_line(pair.given_in), Ink.PLACE)])


def _runs(pieces: Sequence[Piece], opening: str, closing: str) -> tuple[Run, ...]:
    return tuple(Run(f"{opening}{p.text}{closing}", Ink.HIGHLIGHT) if p.differs else Run(p.text, Ink.QUOTE) for p in pieces)

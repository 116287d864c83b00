"""A run as JUnit XML, the form that CI servers read: one suite per question set, one test case per case."""

from __future__ import annotations

import html
from collections.abc import Iterator

from pmbot.evaluation.results import CaseResult, Report
from pmbot.rendering.sanitize import visible


def junit_xml(report: Report) -> str:
    """Write `report` as JUnit XML. Expected failures are skipped tests; a case that is wrong itself is an error."""
    totals = report.totals
    counts = _counts(totals.cases, totals.failed + totals.xpassed, totals.error, totals.xfailed)
    total = f' time="{_seconds(report.times.total_ms)}"' if report.times else ""
    lines = ['<?xml version="1.0" encoding="utf-8"?>', f'<testsuites name="pmbot" {counts}{total}>']
    lines += [text for source in range(len(report.sources)) for text in _suite(report, source)]
    return "\n".join([*lines, "</testsuites>", ""])


def _suite(report: Report, source: int) -> Iterator[str]:
    numbers = [number for number, case in enumerate(report.cases) if case.source == source]
    outcomes = [report.cases[number].outcome for number in numbers]
    failed = outcomes.count("failed") + outcomes.count("xpassed")
    counts = _counts(len(numbers), failed, outcomes.count("error"), outcomes.count("xfailed"))
    yield f"  <testsuite name={_quoted(report.sources[source].file)} {counts}>"
    yield f'    <properties><property name="signature" value={_quoted(report.sources[source].signature)}/></properties>'
    for number in numbers:
        taken = f' time="{_seconds(sum(report.times.cases[number]))}"' if report.times else ""
        yield from _case(report.cases[number], report.sources[source].file, taken)
    yield "  </testsuite>"


def _case(case: CaseResult, file: str, taken: str) -> Iterator[str]:
    line = case.place.rpartition(":")[2]
    where = f' line="{line}"' if line.isdecimal() else ""
    start = f"    <testcase name={_quoted(case.id)} classname={_quoted(file)} file={_quoted(file)}{where}{taken}"
    if case.outcome == "passed":
        yield f"{start}/>"
        return
    yield f"{start}>"
    text = _text("\n".join(case.failures))
    if case.outcome == "xfailed":
        yield f"      <skipped message={_quoted(f'fails as expected: {case.xfail}')}/>"
    elif case.outcome == "xpassed":
        yield f"      <failure message={_quoted('passes, though it is marked xfail: remove the mark')}>{_text(case.xfail or '')}</failure>"
    else:
        tag = "error" if case.outcome == "error" else "failure"
        yield f"      <{tag} message={_quoted(case.failures[0])}>{text}</{tag}>"
    yield "    </testcase>"


def _counts(tests: int, failures: int, errors: int, skipped: int) -> str:
    return f'tests="{tests}" failures="{failures}" errors="{errors}" skipped="{skipped}"'


def _seconds(milliseconds: float) -> str:
    return f"{milliseconds / 1000:.6f}"


def _text(text: str) -> str:
    """Escape; control characters, which XML 1.0 cannot hold, and the two code points it forbids become visible symbols."""
    return html.escape(visible(text), quote=False).replace("\ufffe", "⟨U+FFFE⟩").replace("\uffff", "⟨U+FFFF⟩")


def _quoted(text: str) -> str:
    plain = _text(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
    return f'"{plain}"'

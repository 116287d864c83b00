"""Reports as text: what stands in them, and that no text of a document or question can break out of them."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from pmbot.evaluation import Task, run_case
from pmbot.evaluation.baseline import baseline_text, compare, parse_baseline
from pmbot.evaluation.diff import diff_of
from pmbot.evaluation.reports.changes import diff_page
from pmbot.evaluation.reports.json import DiffRecord, ReportRecord, report_json
from pmbot.evaluation.reports.junit import junit_xml
from pmbot.evaluation.reports.markdown import LONGEST, diff_markdown, escaped, report_markdown
from pmbot.evaluation.reports.page import comparison_page, failures_page, slow_turns, totals_text
from pmbot.evaluation.results import Report, Source, Times
from pmbot.models import Answer, Document
from pmbot.questionset import QuestionCase
from pmbot.rendering import plain
from tests.fakes_evaluation import answer_of, case_of, evidence_of, report_of, trace_of

TRADE = "Trade grew fivefold over the last decade, reaching €130 million in 2023."
VISIT = "Edgars Rinkēvičs led the visit."
HOSTILE = "</script> <b>| `x` ]]> \x1b[31m \x00 \u202e @everyone #12 [a](http://x) \uffff & \" ' \n# title"


@pytest.fixture
def report(document: Document) -> Report:
    """One case of every outcome."""

    def run(name: str, said: Answer, /, *texts: str, **wanted: Any) -> Any:
        case = QuestionCase.model_validate({"id": name, "question": said.question.text, **wanted})
        trace = trace_of(said, evidence=evidence_of(document, *texts))
        return run_case(Task(case, f"sets/a.yaml:{len(name)}"), lambda *_: trace, {"d.txt": document})

    cites = {"document": "d.txt", "text": "reaching €130 million"}
    good, wrong = answer_of(document, TRADE, short="€130 million"), answer_of(document, VISIT, short="Edgars Rinkēvičs")
    cases = (
        run("fine", good, TRADE, VISIT, answer="€130 million", cites=cites),
        run("wrong", wrong, VISIT, TRADE, answer="€130 million", cites=cites, not_contains="Edgars"),
        run("refused", answer_of(document), TRADE, answer="€130 million", max_ms=5),
        run("known", wrong, VISIT, answer="€130 million", xfail="too eager"),
        run("mended", good, TRADE, answer="€130 million", xfail="was too shy"),
        run("broken", good, TRADE, cites={"document": "d.txt", "text": "reaching €140 million"}),
    )
    times = Times(total_ms=123.4, cases=((1.5,), (2.0,), (7.25,), (1.0,), (1.0,), (1.0,)))
    return Report(sources=(Source(file="sets/a.yaml", knowledge="knowledge", signature="corpus:1|pmbot:0"),), cases=cases, times=times)


def test_failures_for_people(report: Report, snapshot: SnapshotAssertion) -> None:
    text = plain.render(failures_page([case for case in report.cases if not case.ok]))
    assert f"{text}{totals_text(report)}\n" == snapshot
    assert slow_turns(report) == ("sets/a.yaml:7 refused: took 7 ms, max_ms is 5",)
    assert slow_turns(report.without_times()) == ()


def test_junit(report: Report, snapshot: SnapshotAssertion) -> None:
    text = junit_xml(report)
    assert text == snapshot
    root = ET.fromstring(text)
    suite = root.find("testsuite")
    assert suite is not None
    figures = {name: int(root.attrib[name]) for name in ("tests", "failures", "errors", "skipped")}
    assert figures == {"tests": 6, "failures": 3, "errors": 1, "skipped": 1}
    assert len(suite.findall("testcase")) == 6
    assert len(suite.findall("testcase/failure")) == 3
    assert "time" not in junit_xml(report.without_times())


def test_markdown(report: Report, snapshot: SnapshotAssertion) -> None:
    assert report_markdown(report) == snapshot


def test_markdown_against_a_baseline(report: Report, say: Any) -> None:
    from pathlib import Path

    baseline = parse_baseline(baseline_text(report, Path("sets")), "f")
    comparison = compare(report, baseline, Path("sets"), ["a.yaml#fine"])
    text = report_markdown(report, comparison)
    assert text.startswith("## pmbot test: passed\n")
    assert "newly failing 0, newly passing 0, failing as before 4." in text
    page = plain.render(comparison_page(comparison, "f"))
    assert "Failing as in the baseline:\n  sets/a.yaml:5  wrong\n" in page
    assert "In the baseline, but in no file any more:\n  a.yaml#broken\n" in page


def test_json_is_the_record_with_a_line_per_case(report: Report) -> None:
    text = report_json(report)
    assert json.loads(text) == ReportRecord.of(report).model_dump(mode="json", by_alias=True)
    assert [json.loads(line.rstrip(","))["id"] for line in text.splitlines() if line.startswith('{"id"')] == [c.id for c in report.cases]
    assert json.loads(report_json(report_of()))["cases"] == []
    data = json.loads(text)
    assert (data["schema"], data["totals"]["failed"], data["times"]["total_ms"]) == ("pmbot.report/1", 2, 123.4)
    assert [ranked["relevant"] for ranked in data["cases"][0]["turns"][0]["ranking"]] == [True, False]


def test_two_reports_differ_in_times_alone(report: Report) -> None:
    def rest(one: Report) -> dict[str, Any]:
        data: dict[str, Any] = json.loads(report_json(one))
        return {name: value for name, value in data.items() if name != "times"}

    assert rest(report) == rest(report.without_times())


def test_a_diff(document: Document, snapshot: SnapshotAssertion) -> None:
    edited = document.model_copy(update={"text": document.text.replace("€130 million", "€150 million")})
    refused = answer_of(document, question="Who?")
    old = report_of(case_of("trade", answer_of(document, TRADE, short="€130 million")), case_of("visit", answer_of(document, VISIT)))
    new = report_of(
        case_of("trade", answer_of(edited, TRADE.replace("130", "150"), short="€150 million")), case_of("visit", refused), signature="t"
    )
    diff = diff_of(old, new)
    assert f"{plain.render(diff_page(diff))}\n=====\n{diff_markdown(diff)}" == snapshot
    record = DiffRecord.of(diff)
    assert (record.changed, record.asked, record.lost, record.now_refused) == (2, 2, 1, 1)


def hostile_report(document: Document) -> Report:
    cited = document.model_copy(update={"text": HOSTILE, "blocks": ()})
    answer = answer_of(cited, HOSTILE, question=HOSTILE, text=HOSTILE)
    return report_of(
        case_of("bad", answer, passed=False, error=HOSTILE), case_of("known", answer, passed=False, xfail=HOSTILE), file=HOSTILE
    )


def test_hostile_text_stays_text(document: Document) -> None:
    report = hostile_report(document)
    root = ET.fromstring(junit_xml(report))
    assert root.find("testsuite/testcase/error") is not None
    assert root[0].attrib["name"].startswith("</script> <b>| `x` ]]> ␛[31m ␀ ⟨U+202E⟩ @everyone")
    old = report_of(*(case.model_copy(update={"turns": case.turns}) for case in report.cases))
    for text in (
        report_markdown(report),
        diff_markdown(diff_of(old, report)),
        plain.render(failures_page(report.cases)),
        report_json(report),
    ):
        assert not re.search("[\x00\x1b\u202e\ud800]", text)
    assert "<b>" not in report_markdown(report)


@given(st.text())
def test_escaped_text_forms_nothing(text: str) -> None:
    found = escaped(text)
    assert "\n" not in found
    assert not re.search(r"[\\`*_{}\[\]|~]", re.sub(r"\\.", "", found))
    assert not re.search(r"<(?!br>|!-- -->)", found)
    assert not re.search(r"[@#]\w", found)


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_junit_is_xml_whatever_is_asked(text: str) -> None:
    from pmbot.evaluation.reports.junit import _quoted, _text

    root = ET.fromstring(f"<a b={_quoted(text)}>{_text(text)}</a>")
    assert root.tag == "a"


def test_a_comment_is_never_too_long(document: Document) -> None:
    answer = answer_of(document, TRADE, text="long " * 3000)
    report = report_of(*(case_of(f"c{n}", answer, passed=False) for n in range(2000)))
    text = report_markdown(report)
    assert len(text) < LONGEST + 200
    assert re.search(r"… and \d+ more; `--json` has them all\.", text)

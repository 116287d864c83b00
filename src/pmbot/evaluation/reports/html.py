"""The report as one page that needs nothing else: no network, no script, readable in light and dark, usable by keyboard."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence

from pmbot.evaluation.bootstrap import Plan
from pmbot.evaluation.judged import Judged, judge_report
from pmbot.evaluation.measures import Measure, measure
from pmbot.evaluation.reports.html_cases import Documents, cases_html
from pmbot.evaluation.reports.html_plots import metrics_table, plots_html, threshold_of
from pmbot.evaluation.reports.html_style import style_of
from pmbot.evaluation.reports.html_text import line
from pmbot.evaluation.results import Report

_OUTCOMES = ("failed", "error", "xpassed", "xfailed", "passed")
_MEANS = {
    "failed": "failed",
    "error": "wrong cases",
    "xpassed": "passed, expected to fail",
    "xfailed": "failed as expected",
    "passed": "passed",
}
_LEGEND = (
    '<p class="soft small">Marked are <mark class="mark">what was cited</mark>, in it <mark class="mark short">the short answer</mark>, '
    'and <mark class="want">what was wanted</mark>.</p>'
)


def html_page(report: Report, documents: Sequence[Documents], plan: Plan | None = None) -> str:
    """The page of a run; `plan` is that of the intervals of its metrics.

    `documents` are the documents by id of each of `report.sources`, in their order. The same input gives the same bytes: what a clock
    said is not shown. The content security policy allows the page's own style and nothing else.
    """
    judged = judge_report(report)
    measures = measure(judged, plan or Plan()) if judged else ()
    cases = sorted(report.cases, key=lambda case: case.ok)  # what failed is what a reader came for
    tags = {tag: number for number, tag in enumerate(sorted({tag for case in report.cases for tag in case.tags}))}
    present = [kind for kind in _OUTCOMES if any(case.outcome == kind for case in report.cases)]
    style = style_of(present, len(tags), _empty_pairs(report, present, tags))
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark">'
        f"<title>pmbot test: {line(_verdict(report))}</title><style>{style}</style></head>\n"
        f'<body><a class="skip" href="#cases">To the cases</a>{_header(report)}<main>{"".join(_figures(report, judged, measures))}'
        f'<h2 id="cases">Cases</h2>{_filters(report, present, tags)}'
        f"{_LEGEND}"
        f'<p class="none soft">No case has both this outcome and this tag.</p>\n{cases_html(cases, documents, tags)}\n'
        f"</main>{_footer(report)}</body></html>\n"
    )


def _verdict(report: Report) -> str:
    bad = sum(not case.ok for case in report.cases)
    whole = len(report.cases)
    return f"{bad} of {whole} cases failed" if bad else f"all {whole} cases are as expected"


def _header(report: Report) -> str:
    totals = report.totals
    items = "".join(
        f'<li class="{kind}"><b>{count}</b>{_MEANS[kind]}</li>'
        for kind in reversed(_OUTCOMES)
        if (count := getattr(totals, kind)) or kind == "passed"
    )
    asked = "".join(f"<li><code>{line(source.file)}</code> asks <code>{line(source.knowledge)}</code></li>" for source in report.sources)
    return (
        f"<header><h1>{line(_verdict(report)).capitalize()}</h1>"
        f'<ul class="sources soft">{asked}</ul><ul class="totals">{items}</ul></header>'
    )


def _figures(report: Report, judged: Sequence[Judged], measures: Sequence[Measure]) -> Iterator[str]:
    if measures:
        yield f"<h2>Metrics</h2>{metrics_table(measures)}"
    else:
        yield '<p class="soft">No case says whether its question has an answer, so there is nothing to measure.</p>'
    plots = plots_html(judged, report.cases, threshold_of(report.signature))
    yield f"<h2>Figures</h2>{plots}" if "<figure>" in plots else ""


def _filters(report: Report, present: Sequence[str], tags: Mapping[str, int]) -> str:
    outcomes: list[str] = [case.outcome for case in report.cases]
    chips = [_chip("outcome", "o-all", f"all {len(outcomes)}", checked=True)]
    chips += [_chip("outcome", f"o-{kind}", f"{kind} {outcomes.count(kind)}", checked=False) for kind in present]
    sets = _fieldset("Outcome", chips)
    if tags:
        counts = [tag for case in report.cases for tag in dict.fromkeys(case.tags)]
        named = [_chip("tag", f"t{number}", f"{tag} {counts.count(tag)}", checked=False) for tag, number in tags.items()]
        sets += _fieldset("Tag", [_chip("tag", "t-all", "all", checked=True), *named])
    return f'<form class="filters">{sets}</form>'


def _fieldset(name: str, chips: Sequence[str]) -> str:
    return f'<fieldset><legend>{name}</legend><div class="chips">{"".join(chips)}</div></fieldset>'


def _chip(group: str, name: str, label: str, *, checked: bool) -> str:
    state = " checked" if checked else ""
    return f'<label><input type="radio" name="{group}" id="{name}" autocomplete="off"{state}>{line(label)}</label>'


def _empty_pairs(report: Report, present: Sequence[str], tags: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """The pairs of an outcome and a tag that no case has."""
    found = {(case.outcome, tag) for case in report.cases for tag in case.tags}
    for kind in present:
        for tag, number in tags.items():
            if (kind, tag) not in found:
                yield f"o-{kind}", f"t{number}"


def _footer(report: Report) -> str:
    return f"<footer><p>Signature: <code>{line(report.signature)}</code></p></footer>"

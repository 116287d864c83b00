"""A calibration as text, as JSON and as one web page."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from pmbot.evaluation.bootstrap import Interval
from pmbot.evaluation.calibrate import Poll, Recommendation, Tradeoff, curve, needed, tradeoff
from pmbot.evaluation.judged import Judged
from pmbot.evaluation.measures import between, shown
from pmbot.evaluation.reports.html_plots import tradeoff_plot
from pmbot.evaluation.reports.html_style import style_of
from pmbot.evaluation.reports.html_text import line as escaped
from pmbot.rendering.page import BLANK, Ink, Page, line

PLOT_TITLE = "What the threshold trades"


class Calibration(NamedTuple):
    """What was asked, what is set, what is wanted and what is recommended (None: no threshold is that precise)."""

    judged: tuple[Judged, ...]
    asked: Poll
    now: float
    wanted: float
    recommendation: Recommendation | None
    signature: str

    @property
    def rows(self) -> tuple[Tradeoff, ...]:
        """The table: every tenth, the threshold that is set, and those recommended."""
        cuts = {step / 10 for step in range(10)} | {self.now}
        if self.recommendation is not None:
            cuts |= {point.threshold for point in (self.recommendation.at, self.recommendation.safe) if point is not None}
        return tuple(tradeoff(self.asked, cut) for cut in sorted(cuts))

    @property
    def refused(self) -> tuple[Judged, ...]:
        """The questions that guards refuse under every threshold."""
        return tuple(one for one in self.judged if not one.yields)


def sentences(made: Calibration) -> Iterator[str]:
    """What is found, in words."""
    asked = made.asked
    yield f"{asked.questions:,} questions: {asked.answerable:,} with an answer, {asked.unanswerable:,} without."
    refused = made.refused
    reasons = Counter(one.reason or "no reason" for one in refused)
    named = ", ".join(f"{reason} {count}" for reason, count in sorted(reasons.items(), key=lambda item: (-item[1], item[0])))
    held = sum(one.truth.answerable for one in refused)
    yield f"{len(refused):,} are refused by guards whatever the threshold, {held:,} of them with an answer{f': {named}' if named else ''}."
    yield from _advice(made)


def _advice(made: Calibration) -> Iterator[str]:
    wanted = f"{100 * made.wanted:g} %"
    found = made.recommendation
    if found is None:
        best = max((p for p in curve(made.asked) if p.precision is not None), key=lambda p: (p.precision, p.answered), default=None)
        most = f"; the best is {shown(best.precision)} % of {best.answered} answers, at {best.threshold:g}" if best else ""
        yield f"No threshold makes {wanted} of the answers right{most}."
        return
    spread = (
        f"; 95 % of samples give {found.spread.low:g} – {found.spread.high:g}"
        if found.spread
        else "; samples differ too much to say within which bounds"
    )
    yield f"For {wanted} right answers: threshold {found.at.threshold:g}{spread}."
    yield f"It answers {_described(found.at, made.asked)}"
    if found.safe is not None:
        yield f"From {found.safe.threshold:g} up these questions prove {wanted}: it answers {_described(found.safe, made.asked)}"
    elif made.wanted < 1.0:
        yield (
            f"No threshold proves {wanted} on so few questions: that takes {needed(made.wanted)} answers without one wrong, more with; "
            f"the recommendation is the best guess."
        )
    yield "It was chosen on these questions and looks a little better on them than it will on others."


def _described(point: Tradeoff, asked: Poll) -> str:
    false = f", {point.false} of {asked.unanswerable} false answers" if asked.unanswerable else ""
    low, high = (f"{100 * end:.1f}" for end in point.precision_interval)
    return f"{point.answered} of {asked.questions}, {shown(point.precision)} % right (95 %: {low} – {high}){false}."


def calibration_page(made: Calibration) -> Page:
    """The table and the advice for a terminal."""
    heads = ("threshold", "answered %", "95 %", "right of these %", "95 %", "false answers %", "95 %", "")
    rows = [heads, *(_cells(made, point) for point in made.rows)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(heads))]
    table = [line("  ".join(f"{cell:>{wide}}" for cell, wide in zip(row, widths, strict=True)).rstrip()) for row in rows]
    found = list(sentences(made))
    return (
        *(line(one) for one in found[:2]),
        BLANK,
        *table,
        BLANK,
        *(line(one, Ink.ANSWER if n == 0 else Ink.PLAIN) for n, one in enumerate(found[2:])),
    )


def _cells(made: Calibration, point: Tradeoff) -> tuple[str, ...]:
    marks = ["set now"] if point.threshold == made.now else []
    if made.recommendation is not None:
        marks += ["recommended"] if point.threshold == made.recommendation.at.threshold else []
        marks += ["proven"] if made.recommendation.safe is not None and point.threshold == made.recommendation.safe.threshold else []
    return (
        f"{point.threshold:g}",
        shown(point.coverage),
        between(point.coverage_interval),
        shown(point.precision),
        between(point.precision_interval) if point.answered else "–",
        shown(point.false_rate),
        between(point.false_interval) if point.false_rate is not None else "–",
        ", ".join(marks),
    )


def calibration_record(made: Calibration) -> dict[str, Any]:
    """The same for JSON, with the whole curve; shares of 1."""
    found = made.recommendation
    reasons = Counter(one.reason or "" for one in made.refused)
    return {
        "schema": "pmbot.calibration/1",
        "questions": made.asked.questions,
        "answerable": made.asked.answerable,
        "unanswerable": made.asked.unanswerable,
        "refused_by_guards": dict(sorted(reasons.items())),
        "threshold": made.now,
        "wanted_precision": made.wanted,
        "recommended": _record(found.at) if found else None,
        "recommended_interval": _ends(found.spread) if found else None,
        "proven": _record(found.safe) if found and found.safe else None,
        "curve": [_record(point) for point in reversed(curve(made.asked))],
        "signature": made.signature,
    }


def _record(point: Tradeoff) -> dict[str, Any]:
    return {
        "threshold": point.threshold,
        "answered": point.answered,
        "right": point.right,
        "false_answers": point.false,
        "coverage": point.coverage,
        "coverage_interval": _ends(point.coverage_interval),
        "precision": point.precision,
        "precision_interval": _ends(point.precision_interval),
        "false_rate": point.false_rate,
        "false_rate_interval": _ends(point.false_interval),
    }


def _ends(found: Interval | None) -> list[float] | None:
    return [found.low, found.high] if found else None


def calibration_plot(made: Calibration) -> str:
    """The plot, inline SVG."""
    return tradeoff_plot(made.asked, made.now, PLOT_TITLE)


def calibration_html(made: Calibration) -> str:
    """The page: advice, plot, table; needs nothing else, like the report's."""
    style = style_of((), 0, ())
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    advice = "".join(f"<p>{escaped(one)}</p>" for one in sentences(made))
    heads = ("threshold", "answered %", "95 %", "right of these %", "95 %", "false answers %", "95 %", "")
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark">'
        f"<title>pmbot calibrate</title><style>{style}</style></head>\n<body><header><h1>The threshold of answering</h1></header>"
        f"<main>{advice}<h2>{PLOT_TITLE}</h2><figure>{calibration_plot(made)}</figure><h2>Table</h2>"
        f'<div class="card scroll">{_table(heads, [_cells(made, point) for point in made.rows])}</div></main>'
        f"<footer><p>Signature: <code>{escaped(made.signature)}</code></p></footer></body></html>\n"
    )


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    top = "".join(f'<th scope="col" class="n">{escaped(head)}</th>' for head in heads)
    body = "".join("<tr>" + "".join(f'<td class="n">{escaped(cell)}</td>' for cell in row) + "</tr>" for row in rows)
    return f"<table><tr>{top}</tr>{body}</table>"

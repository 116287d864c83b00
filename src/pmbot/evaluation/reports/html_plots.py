"""The figures of the report page, each with its numbers as a table for those who cannot see it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pmbot.evaluation.calibrate import Poll, curve, poll, tradeoff
from pmbot.evaluation.judged import Judged
from pmbot.evaluation.measures import HEADLINE, Measure, between, shown
from pmbot.evaluation.reports.html_text import line
from pmbot.evaluation.reports.svg import Bar, Line, bar_plot, mirror_histogram, step_plot
from pmbot.evaluation.results import CaseResult

_TAGS = 12
_COLOURS = {"passed": 2, "xfailed": 4, "xpassed": 5, "failed": 3, "error": 3}
_TABLE = tuple(step / 20 for step in range(21))


def threshold_of(signature: str) -> float | None:
    """The threshold of answering that a signature tells of; None when it tells none, or several."""
    found = {float(number) for number in re.findall(r"\|answer:([0-9.]+),", signature)}
    return found.pop() if len(found) == 1 else None


def metrics_table(measures: Sequence[Measure]) -> str:
    """The main metrics, and all of them to be unfolded: a reader of the page came for the cases. What stands on nothing is left out."""
    main = sorted((m for m in measures if m.name in HEADLINE), key=lambda m: HEADLINE.index(m.name))
    every = f'<details><summary>All metrics</summary><div class="scroll">{_metrics(measures)}</div></details>'
    return f'<div class="card">{_metrics(main)}{every}</div>'


def _metrics(measures: Iterable[Measure]) -> str:
    rows = "".join(
        f'<tr><th scope="row">{line(m.name)}</th><td class="n">{shown(m.value)}</td><td class="n">{between(m.interval)}</td>'
        f'<td class="n">{m.count:,}</td><td class="soft">{line(m.meaning)}</td></tr>'
        for m in measures
        if m.value is not None
    )
    head = '<tr><th>metric</th><th class="n">%</th><th class="n">95 %</th><th class="n">of</th><th>meaning</th></tr>'
    return f'<table class="metrics">{head}{rows}</table>'


def tradeoff_plot(asked: Poll, threshold: float | None, title: str) -> str:
    """What every threshold would give: coverage, precision, false answers."""
    points = curve(asked)[::-1]
    lines = [
        Line("answered", 1, _steps([(p.threshold, p.coverage) for p in points], last=0.0)),
        Line("right of these", 2, _steps([(p.threshold, p.precision) for p in points], last=None), "7 3"),
        Line("false answers", 3, _steps([(p.threshold, p.false_rate) for p in points], last=0.0), "2 3"),
    ]
    return step_plot(title, [one for one in lines if one.points], across="threshold", limit=threshold)


def _steps(points: Sequence[tuple[float, float | None]], *, last: float | None) -> list[tuple[float, float]]:
    """A value per cut holds from the cut below; above the highest cut it is `last`, or nothing where that is None."""
    known = [(cut, value) for cut, value in points if value is not None]
    if not known:
        return []
    starts = [0.0, *(cut for cut, _ in known)]
    found = [(start, value) for start, (_, value) in zip(starts, known, strict=False)]
    return [*found, (starts[-1], found[-1][1])] if last is None else [*found, (starts[-1], last), (1.0, last)]


def plots_html(judged: Sequence[Judged], cases: Sequence[CaseResult], threshold: float | None) -> str:
    """All figures, side by side where there is room."""
    figures = []
    if judged:
        figures += [_tradeoff_figure(poll(judged), threshold), _scores_figure(judged, threshold)]
    tagged = _tags(cases)
    if tagged:
        figures.append(_tags_figure(tagged))
    return f'<div class="plots">{"".join(figures)}</div>'


def _tradeoff_figure(asked: Poll, threshold: float | None) -> str:
    title = "What the threshold trades"
    note = "Guards refuse whatever the threshold."
    if threshold:
        note = f"Below {threshold:g}, where these questions were refused, the best sentence stands for the answer. {note}"
    rows = [
        (f"{p.threshold:.2f}", f"{p.answered}", shown(p.coverage), shown(p.precision), shown(p.false_rate))
        for p in (tradeoff(asked, cut) for cut in _TABLE)
    ]
    heads = ("threshold", "answered", "% of all", "% right", "% false")
    return _figure(title, tradeoff_plot(asked, threshold, title), _table(heads, rows), note)


def _scores_figure(judged: Sequence[Judged], threshold: float | None) -> str:
    title = "How sure, by whether there is an answer"
    sides = [
        (name, [one.confidence for one in judged if one.truth.answerable is side])
        for name, side in (("answerable", True), ("unanswerable", False))
    ]
    plot = mirror_histogram(title, sides, across="confidence", limit=threshold)
    ranges = [(low / 20, (low + 1) / 20) for low in range(20)]
    rows = []
    for low, high in ranges:
        counts = [sum(low <= value < high or value == high == 1.0 for value in values) for _, values in sides]
        rows.append((f"{low:.2f} – {high:.2f}", *map(str, counts)))
    return _figure(
        title,
        plot,
        _table(("confidence", "answerable", "unanswerable"), rows),
        "Counts of questions. What a guard refused is given as no surer than the threshold.",
    )


def _tags_figure(tagged: Sequence[tuple[str, Sequence[str]]]) -> str:
    title = "Results by tag"
    bars = [Bar(tag, [(_COLOURS[kind], outcomes.count(kind)) for kind in _COLOURS]) for tag, outcomes in tagged[:_TAGS]]
    rows = [(tag, str(len(outcomes)), *(str(outcomes.count(kind)) for kind in _COLOURS)) for tag, outcomes in tagged]
    more = f" {len(tagged) - _TAGS} more tags stand in the table." if len(tagged) > _TAGS else ""
    return _figure(
        title, bar_plot(title, bars), _table(("tag", "cases", *_COLOURS), rows), f"Passed of all; those with most failures first.{more}"
    )


def _tags(cases: Sequence[CaseResult]) -> list[tuple[str, list[str]]]:
    """The outcomes of each tag, most failures first."""
    found: dict[str, list[str]] = {}
    for case in cases:
        for tag in case.tags:
            found.setdefault(tag, []).append(case.outcome)
    return sorted(found.items(), key=lambda item: (-item[1].count("failed") - item[1].count("error"), -len(item[1]), item[0]))


def _figure(title: str, plot: str, table: str, note: str) -> str:
    numbers = f'<details class="small"><summary>Numbers</summary><div class="scroll">{table}</div></details>'
    return f'<figure><figcaption><h3>{line(title)}</h3></figcaption>{plot}<p class="soft small">{line(note)}</p>{numbers}</figure>'


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    top = "".join(f'<th scope="col"{_numeric(place)}>{line(head)}</th>' for place, head in enumerate(heads))
    body = "".join("<tr>" + "".join(f"<td{_numeric(place)}>{line(cell)}</td>" for place, cell in enumerate(row)) + "</tr>" for row in rows)
    return f"<table><tr>{top}</tr>{body}</table>"


def _numeric(place: int) -> str:
    return ' class="n"' if place else ""

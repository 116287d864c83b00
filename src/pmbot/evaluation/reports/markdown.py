"""Runs and diffs as Markdown that fits a pull request's comment. Texts of documents and questions are escaped: they format nothing."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from pmbot.evaluation.baseline import Comparison
from pmbot.evaluation.diff import AnswerChange, AnswerDiff
from pmbot.evaluation.measures import between, headline, measures_of, shown
from pmbot.evaluation.reports.differences import Piece, differences
from pmbot.evaluation.reports.explain import pairs_of, reasons_of
from pmbot.evaluation.reports.page import slow_turns, totals_text
from pmbot.evaluation.results import CaseResult, Report, TurnResult
from pmbot.models import Answer, Citation
from pmbot.rendering.sanitize import visible

LONGEST = 60_000
"""Characters; a comment on GitHub holds 65,536, and what is cut off here is counted."""

_SIGNS = re.compile(r"([\\`*_{}\[\]()#+!|~$-])")
_REFERENCE = re.compile(r"([@#])(?=\w)|(?<=\w)(://)")


def report_markdown(report: Report, comparison: Comparison | None = None) -> str:
    """Write a run: totals, then every case that is not good; with a baseline the newly failing ones only."""
    bad = comparison.newly_failing if comparison else tuple(case for case in report.cases if not case.ok)
    head = [f"## pmbot test: {'passed' if not bad else 'failed'}", "", f"{totals_text(report)}."]
    if comparison:
        figures = f"newly failing {len(comparison.newly_failing)}, newly passing {len(comparison.newly_passing)}"
        head.append(f"Against the baseline: {figures}, failing as before {len(comparison.still_failing)}.")
        head += ["The baseline was made by another signature."] if comparison.signature else []
    head += [f"- slow: {escaped(text)}" for text in slow_turns(report)]
    head += _measures(report)
    return _limited(head, [list(_case(case)) for case in bad], f"<sub>{escaped(report.signature)}</sub>")


def diff_markdown(diff: AnswerDiff) -> str:
    """Write a diff: one sentence, then a table per changed answer."""
    head = ["## pmbot diff", "", f"**{diff.summary}**"]
    return _limited(head, [list(_change(change)) for change in diff.changes], f"<sub>{escaped(diff.new_signature)}</sub>")


def escaped(text: str) -> str:
    """Make `text` stand for itself: no markup, no line of its own, no mention of a person or issue, nothing hidden."""
    plain = html.escape(visible(text), quote=False)
    plain = _REFERENCE.sub(lambda found: f"{found[0][:1]}\ue000{found[0][1:]}", plain)
    plain = _SIGNS.sub(r"\\\1", plain).replace("\ue000", "<!-- -->")
    return re.sub(r"\s*\n\s*", "<br>", plain)


def _measures(report: Report) -> Iterator[str]:
    """A table that a reader of the comment unfolds."""
    found = [m for m in measures_of(report) if m.value is not None]
    if not found:
        return
    yield from ("", f"<details><summary>{headline(report)} (per cent)</summary>", "", "| | % | 95 % | of | |", "|---|--:|--:|--:|---|")
    for m in found:
        yield f"| {m.name} | {shown(m.value)} | {between(m.interval)} | {m.count:,} | {escaped(m.meaning)} |"
    yield from ("", "</details>")


def _limited(head: Sequence[str], blocks: Sequence[Sequence[str]], foot: str) -> str:
    lines, length = [*head], sum(len(line) + 1 for line in head) + len(foot)
    for place, block in enumerate(blocks):
        size = sum(len(line) + 1 for line in block) + 1
        if length + size > LONGEST:
            lines += ["", f"… and {len(blocks) - place} more; `--json` has them all."]
            break
        lines += ["", *block]
        length += size
    return "\n".join([*lines, "", foot, ""])


def _case(case: CaseResult) -> Iterator[str]:
    yield f"### {case.outcome}: {escaped(case.id)}"
    yield f"<sub>{escaped(case.place)}</sub>"
    yield ""
    if case.outcome == "xpassed":
        yield f"- passes, though it is marked xfail ({escaped(case.xfail or '')}): remove the mark"
    for problem in (case.error or "").splitlines():
        yield f"- mistake: {escaped(problem)}"
    for turn in case.turns:
        if not turn.passed:
            yield from _turn(turn)


def _turn(turn: TurnResult) -> Iterator[str]:
    yield f"- **{escaped(turn.question)}**"
    for check in turn.checks:
        if not check.passed:
            yield f"  - expected {escaped(check.expected)}"
            yield f"    <br>got {escaped(check.got)}"
    for pair in pairs_of(turn):
        if pair.given is not None:
            left, right = pair.marked()
            yield f"  - wanted: {_marked(left, 'del')}"
            yield f"    <br>quoted: {_marked(right, 'ins')}"
    for reason in reasons_of(turn):
        yield f"  - {escaped(reason)}"


def _change(change: AnswerChange) -> Iterator[str]:
    yield f"### {escaped(change.question)}"
    yield f"<sub>{escaped(change.case_id)} · {escaped(change.place)} · changed: {', '.join(change.aspects)}</sub>"
    yield ""
    yield "| | old | new |"
    yield "|---|---|---|"
    yield _row("answer", answer_line(change.old), answer_line(change.new))
    for old, new in zip_longest(change.lost, change.gained):
        yield _row("quote", _quote(old), _quote(new))


def answer_line(answer: Answer) -> str:
    """Give what is said in one line: the short answer or the verdict, else the text."""
    return answer.short_answer or answer.verdict or answer.text


def _quote(citation: Citation | None) -> str:
    return citation.quote if citation else ""


def _row(name: str, old: str, new: str) -> str:
    left, right = differences(old, new)
    return f"| {name} | {_marked(left, 'del') or '–'} | {_marked(right, 'ins') or '–'} |"


def _marked(pieces: Sequence[Piece], tag: str) -> str:
    return "".join(f"<{tag}>{escaped(piece.text)}</{tag}>" if piece.differs else escaped(piece.text) for piece in pieces)

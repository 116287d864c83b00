"""A diff of answers and a coverage as pages for a terminal or a pipe."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from pmbot.evaluation.coverage import Coverage, DocumentCoverage
from pmbot.evaluation.diff import AnswerChange, AnswerDiff
from pmbot.evaluation.reports.markdown import answer_line
from pmbot.evaluation.reports.page import compared_runs, labelled
from pmbot.models import Citation
from pmbot.rendering.answers import place
from pmbot.rendering.page import BLANK, Ink, Page, Paragraph, Run, line
from pmbot.rendering.sanitize import visible_line


def diff_page(diff: AnswerDiff) -> Page:
    """Lay out every change, old above new, then the summary."""
    paragraphs = [paragraph for change in diff.changes for paragraph in _change(change)]
    return (*paragraphs, line(diff.summary, Ink.ANSWER))


def coverage_page(coverage: Coverage) -> Page:
    """Lay out the sentences that no answer cites, by document, then the shares."""
    paragraphs = [paragraph for document in coverage.documents if document.uncovered for paragraph in _document(document)]
    width = max((len(visible_line(document.doc_id)) for document in coverage.documents), default=0)
    shares = [line(f"{visible_line(d.doc_id):<{width}}  {_share(d.covered, d.sentences, d.share)}") for d in coverage.documents]
    total = f"{'all':<{width}}  {_share(coverage.covered, coverage.sentences, coverage.share)}"
    return (*paragraphs, *shares, line(total, Ink.ANSWER))


def _change(change: AnswerChange) -> Iterator[Paragraph]:
    name = change.case_id if not change.turn else f"{change.case_id}, turn {change.turn + 1}"
    yield Paragraph((Run(change.question, Ink.ANSWER),))
    yield labelled("case", [Run(f"{name}  "), Run(visible_line(change.place), Ink.PLACE)])
    yield labelled("changed", [Run(", ".join(change.aspects))])
    if answer_line(change.old) != answer_line(change.new):
        old, new = compared_runs(answer_line(change.old), answer_line(change.new))
        yield labelled("old", old)
        yield labelled("new", new)
    for before, after in zip_longest(change.lost, change.gained):
        old, new = compared_runs(before.quote if before else "", after.quote if after else "")
        yield _quote("old quote", old, before)
        yield _quote("new quote", new, after)
    yield BLANK


def _quote(label: str, runs: tuple[Run, ...], citation: Citation | None) -> Paragraph:
    if citation is None:
        return labelled(label, [Run("none", Ink.NOTE)])
    return labelled(label, [Run("“"), *runs, Run("” "), Run(place(citation.doc_id, citation.locator), Ink.PLACE)])


def _document(document: DocumentCoverage) -> Iterator[Paragraph]:
    yield line(visible_line(document.doc_id), Ink.LABEL)
    for sentence in document.uncovered:
        where = place(sentence.doc_id, sentence.locator)
        yield Paragraph((Run(f"{where}  ", Ink.PLACE), Run(" ".join(sentence.text.split()), Ink.QUOTE)), 2, 2)
    yield BLANK


def _share(covered: int, sentences: int, share: float) -> str:
    return f"{covered} of {sentences} sentences cited ({100 * share:.0f} %)"

"""The same text for a colour terminal: emphasis by ANSI escapes of ours, and no others.

Bold, underline and faint only, and one hue for refusals that reads on light and dark: nothing depends on colour alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from pmbot.models import Answer, Trace
from pmbot.rendering.answers import DocumentOf, answer_page
from pmbot.rendering.page import Ink, Page, Run
from pmbot.rendering.traces import trace_page
from pmbot.rendering.wrap import laid_out, margins

_CODES = {
    Ink.ANSWER: "1",
    Ink.REFUSAL: "35",
    Ink.MATCHED: "1",
    Ink.HIGHLIGHT: "1;4",
    Ink.PLACE: "2",
    Ink.NOTE: "2",
    Ink.LABEL: "1",
}


def render(page: Page, width: int | None = None, *, links: bool = False) -> str:
    """Write `page` with escapes; every escape is closed on its own line. With `links`, runs that lead somewhere are hyperlinks (OSC 8)."""
    lines = []
    for paragraph in page:
        for margin, runs in zip(margins(paragraph), laid_out(paragraph, width), strict=False):
            text = "".join(map(_painted, runs if links else _without_links(runs)))
            lines.append(f"{margin}{text}\n" if text else "\n")
    return "".join(lines)


def answer_text(answer: Answer, document_of: DocumentOf, *, width: int | None = None, matched: Iterable[str] = ()) -> str:
    """Write an answer for a terminal; `matched` are words of the question (see `emphasis`). ProofError when a quote is not there."""
    return render(answer_page(answer, document_of, matched=matched), width)


def trace_text(trace: Trace, document_of: DocumentOf, *, width: int | None = None) -> str:
    """Write down how the answer came about, for a terminal; ProofError when a quote is not there."""
    return render(trace_page(trace, document_of), width)


def _without_links(runs: Iterable[Run]) -> Iterator[Run]:
    """Join neighbours of one ink, which only their links set apart."""
    for ink, group in groupby(runs, key=lambda run: run.ink):
        yield Run("".join(run.text for run in group), ink)


def _painted(run: Run) -> str:
    code = _CODES.get(run.ink)
    text = f"\x1b[{code}m{run.text}\x1b[0m" if code else run.text
    return f"\x1b]8;;{run.link}\x1b\\{text}\x1b]8;;\x1b\\" if run.link else text

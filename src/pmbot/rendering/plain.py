"""Plain text: no escapes, no boxes, unbroken lines unless a width is given. Good for pipes and screen readers."""

from __future__ import annotations

from pmbot.models import Answer, Trace
from pmbot.rendering.answers import DocumentOf, answer_page
from pmbot.rendering.page import Page
from pmbot.rendering.traces import trace_page
from pmbot.rendering.wrap import laid_out, margins


def render(page: Page, width: int | None = None) -> str:
    """Write `page` as text, every line ended by a line feed, wrapped to `width` columns where one is given."""
    lines = []
    for paragraph in page:
        for margin, runs in zip(margins(paragraph), laid_out(paragraph, width), strict=False):
            text = "".join(run.text for run in runs)
            lines.append(f"{margin}{text}\n" if text else "\n")
    return "".join(lines)


def answer_text(answer: Answer, document_of: DocumentOf, *, width: int | None = None) -> str:
    """Write an answer in plain text; ProofError when a quote does not stand in its document."""
    return render(answer_page(answer, document_of), width)


def trace_text(trace: Trace, document_of: DocumentOf, *, width: int | None = None) -> str:
    """Write down how the answer came about, in plain text; ProofError as above."""
    return render(trace_page(trace, document_of), width)

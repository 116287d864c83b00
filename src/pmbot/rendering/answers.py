"""An answer as a page: what is said first, then the quotes it rests on and where they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from pmbot.answering.receipt import prove
from pmbot.models import Answer, Citation, Document, Locator, Status
from pmbot.rendering.emphasis import matching_spans
from pmbot.rendering.links import source_link
from pmbot.rendering.page import BLANK, Ink, Page, Paragraph, Run, line
from pmbot.rendering.sanitize import visible_line

DocumentOf = Callable[[str], Document]

_INDENT = 2
_COPIES = 3
_SAID = {Status.ANSWERED: Ink.ANSWER, Status.NOT_MENTIONED: Ink.REFUSAL, Status.NOT_ENOUGH: Ink.REFUSAL}


def answer_page(answer: Answer, document_of: DocumentOf, *, matched: Iterable[str] = (), root: Path | None = None) -> Page:
    """Lay `answer` out; `matched` are words of the question to be emphasised in the quotes, `root` is where files are linked to.

    Every quote is proven against its document first: ProofError when one is not there, and nothing is shown.
    """
    prove(answer, document_of)
    words = frozenset(matched)
    page = [line(answer.text, _SAID.get(answer.status, Ink.PLAIN))]
    page += [line(f"({note})", Ink.NOTE) for note in answer.notes]
    for citation in answer.citations:
        page += [BLANK, _quote(citation, answer.highlights, words), _source(f"[{citation.marker}] ", citation, root)]
    if answer.closest:
        page += [BLANK, line("Closest, not an answer:", Ink.LABEL, indent=_INDENT)]
    for citation in answer.closest:
        page += [_quote(citation, (), words), _source("– ", citation, root)]
    return tuple(page)


def place(doc_id: str, locator: Locator) -> str:
    """Where something stands, as short as it can be said: `notes/trade.md:12`, `report.pdf, page 3`."""
    name = visible_line(doc_id)
    if locator.line is not None:
        return f"{name}:{locator.line}"
    parts = [name]
    if locator.page is not None:
        parts.append(f"page {locator.page}")
    if locator.row is not None:
        parts.append(f"row {locator.row}")
    return ", ".join(parts)


def also(citation: Citation) -> str:
    """The copies of the document that is cited, the first three of them."""
    more = f" and {len(citation.also) - _COPIES} more" if len(citation.also) > _COPIES else ""
    return ", ".join(map(visible_line, citation.also[:_COPIES])) + more


def quoted(runs: Iterable[Run], *, indent: int = _INDENT) -> Paragraph:
    """Put a quote between its marks; continuation lines stand under its first letter."""
    return Paragraph((Run("“", Ink.QUOTE), *runs, Run("”", Ink.QUOTE)), indent, 1)


def _source(marker: str, citation: Citation, root: Path | None) -> Paragraph:
    text = ""
    if citation.locator.heading_path:
        text += " · " + " › ".join(visible_line(heading) for heading in citation.locator.heading_path)
    if citation.source != citation.doc_id:
        text += f" · {visible_line(citation.source)}"
    if citation.also:
        text += f" · also in {also(citation)}"
    where = Run(place(citation.doc_id, citation.locator), Ink.PLACE, source_link(citation, root))
    runs = (Run(marker, Ink.PLACE), where, *((Run(text, Ink.PLACE),) if text else ()))
    return Paragraph(runs, _INDENT, len(marker))


def _quote(citation: Citation, highlights: Iterable[Citation], words: frozenset[str]) -> Paragraph:
    inside = [h.span for h in highlights if h.doc_id == citation.doc_id and citation.span.contains(h.span)]
    base = citation.span.start
    marks = [(span.start - base, span.end - base, Ink.HIGHLIGHT) for span in inside]
    marks += [(start, end, Ink.MATCHED) for start, end in matching_spans(citation.quote, words)]
    return quoted(_inked(citation.quote, marks))


def _inked(quote: str, marks: Iterable[tuple[int, int, Ink]]) -> Iterator[Run]:
    """Cut `quote` at the marks; where two overlap, a highlight wins over a matched word."""
    position = 0
    for start, end, ink in _apart(marks):
        if start > position:
            yield Run(quote[position:start], Ink.QUOTE)
        yield Run(quote[start:end], ink)
        position = end
    if position < len(quote):
        yield Run(quote[position:], Ink.QUOTE)


def _apart(marks: Iterable[tuple[int, int, Ink]]) -> list[tuple[int, int, Ink]]:
    kept: list[tuple[int, int, Ink]] = []
    for mark in sorted(marks, key=lambda m: (m[0], m[2] is not Ink.HIGHLIGHT, m[1])):
        if kept and mark[0] < kept[-1][1]:
            if kept[-1][2] is Ink.HIGHLIGHT or mark[2] is not Ink.HIGHLIGHT:
                continue
            kept[-1] = (kept[-1][0], mark[0], kept[-1][2])
        kept.append(mark)
    return kept

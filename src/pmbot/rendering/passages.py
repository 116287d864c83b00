"""The passage that a quote stands in, and the documents as they are read."""

from __future__ import annotations

from collections.abc import Iterator

from pmbot.models import Citation, Document, Evidence, Span
from pmbot.rendering.answers import place, quoted
from pmbot.rendering.page import BLANK, Ink, Page, Paragraph, Run, line
from pmbot.rendering.sanitize import visible_line

REACH = 600
"""Characters shown on either side of a quote at most."""


def passage_page(citation: Citation, document: Document) -> Page:
    """Show the block that `citation` stands in with its neighbours, the quote marked. ProofError when the quote is not there."""
    citation.prove(document)
    span = _around(citation.span, document)
    before, after = document.text[span.start : citation.span.start], document.text[citation.span.end : span.end]
    where = place(citation.doc_id, citation.locator)
    page = [Paragraph((Run(f"[{citation.marker}] "), Run(where, Ink.PLACE)))]
    if citation.locator.heading_path:
        page.append(line("under " + " › ".join(map(visible_line, citation.locator.heading_path)), Ink.NOTE, indent=2))
    # The marks stay where there is no emphasis.
    marked = (Run("“", Ink.LABEL), Run(citation.quote, Ink.HIGHLIGHT), Run("”", Ink.LABEL))
    opening = "… " if span.start and not before[:1].isspace() and not _at_block_start(span.start, document) else ""
    closing = " …" if span.end < len(document.text) else ""
    runs = (Run(opening + before.lstrip(), Ink.QUOTE), *marked, Run(after.rstrip() + closing, Ink.QUOTE))
    return (*page, Paragraph(tuple(run for run in runs if run.text), 2))


def also_found(evidence: Evidence, document: Document) -> Page:
    """Show a sentence that was found too, and say that it is not the answer."""
    sentence = evidence.sentence
    where = place(sentence.doc_id, document.locate(sentence.span))
    quote = quoted((Run(document.excerpt(sentence.span), Ink.QUOTE),))
    return (line("Also found, not given as the answer:", Ink.LABEL), quote, line(f"– {where}", Ink.PLACE, indent=2, hang=2))


def document_lines(document: Document) -> Iterator[str]:
    """Yield the lines of a document, made harmless, as they are searched."""
    from pmbot.rendering.sanitize import visible

    yield f"{visible_line(document.doc_id)} · {visible_line(document.title)}"
    yield ""
    yield from visible(document.text).split("\n")


def joined(pages: Iterator[Page]) -> Page:
    """Put pages below each other, a blank line between."""
    found: list[Paragraph] = []
    for page in pages:
        found += [BLANK, *page] if found else page
    return tuple(found)


def _around(span: Span, document: Document) -> Span:
    """The blocks before, at and after `span`, but no more than `REACH` characters on either side, cut at blanks."""
    starts = [block.span for block in document.blocks]
    own = next((number for number, block in enumerate(starts) if block.start <= span.start < block.end), None)
    if own is None:
        return span
    first, last = starts[max(0, own - 1)].start, starts[min(len(starts) - 1, own + 1)].end
    start, end = max(first, span.start - REACH), min(max(last, span.end), span.end + REACH)
    if start > first:
        blank = document.text.find(" ", start, span.start)
        start = blank + 1 if blank >= 0 else start
    if end < last:
        blank = document.text.rfind(" ", span.end, end)
        end = blank if blank >= 0 else end
    return Span(start=start, end=end)


def _at_block_start(offset: int, document: Document) -> bool:
    return any(block.span.start == offset for block in document.blocks)

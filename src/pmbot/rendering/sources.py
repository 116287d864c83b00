"""Where quotes stand, and how anybody can check them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pmbot.models import Citation
from pmbot.rendering.answers import place
from pmbot.rendering.page import Ink, Page, Paragraph, Run, line
from pmbot.rendering.sanitize import visible_line


def sources_page(citations: Sequence[Citation]) -> Page:
    """List the places of `citations`: document, line or page, headings, the original's address, offsets in code points."""
    return tuple(paragraph for citation in citations for paragraph in _source(citation))


def _source(citation: Citation) -> Iterator[Paragraph]:
    marker = f"[{citation.marker}] "
    where = place(citation.doc_id, citation.locator)
    yield Paragraph((Run(marker), Run(where, Ink.PLACE), Run(f" · {visible_line(citation.title)}")), hang=len(marker))
    if citation.locator.heading_path:
        yield line("under " + " › ".join(map(visible_line, citation.locator.heading_path)), Ink.NOTE, indent=len(marker))
    if citation.source != citation.doc_id:
        yield line(visible_line(citation.source), indent=len(marker))
    yield line(f"characters {citation.span.start} to {citation.span.end} of the text", Ink.NOTE, indent=len(marker))

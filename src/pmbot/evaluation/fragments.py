"""Verbatim fragments: where a piece of text that a question set names stands in its document."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from pmbot.errors import QuestionSetError
from pmbot.models import Document, Span
from pmbot.questionset import Cites, QuestionCase

_SHOWN = 120


def spans_of(document: Document, fragment: str) -> tuple[Span, ...]:
    """Every place of `fragment` in the document; a line break in the document counts as a blank, nothing else is forgiven."""
    words = unicodedata.normalize("NFC", fragment).split()
    if not words:
        return ()
    pattern = r"\s+".join(map(re.escape, words))
    return tuple(Span(start=found.start(), end=found.end()) for found in re.finditer(pattern, document.text))


def refuse_unknown(case: QuestionCase, documents: Mapping[str, Document]) -> None:
    """Raise `QuestionSetError` for a passage of `case` that is in no document, naming the nearest text there is."""
    problems = [found for turn in case.conversation for cites in turn.cites if (found := _problem(cites, documents))]
    if problems:
        raise QuestionSetError("\n".join(f"case {case.id}: cites: {problem}" for problem in problems))


def _problem(cites: Cites, documents: Mapping[str, Document]) -> str | None:
    document = documents.get(cites.document)
    if document is None:
        return f"there is no document {cites.document!r}; the documents are {', '.join(sorted(documents)) or 'none'}"
    if spans_of(document, cites.text):
        return None
    return (
        f"{cites.text!r} does not stand in {cites.document}; the nearest text is {_nearest(document, cites.text)!r}: copy it word for word"
    )


def _nearest(document: Document, fragment: str) -> str:
    from rapidfuzz import fuzz, process

    blocks = [document.excerpt(block.span) for block in document.blocks]
    if not blocks:
        return ""
    block = process.extractOne(fragment, blocks, scorer=fuzz.partial_ratio)[0]
    place = fuzz.partial_ratio_alignment(fragment, block)
    if place is None:
        return block[:_SHOWN]
    start = block.rfind(" ", 0, place.dest_start + 1) + 1
    end = block.find(" ", max(start, place.dest_end - 1))
    return block[start : end if end >= 0 else None][:_SHOWN]

"""Verbatim fragments: where a piece of text that a question set names stands in its document."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from pmbot.evaluation.results import Passage
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


def passage_of(cites: Cites, documents: Mapping[str, Document]) -> Passage:
    """Find every place of a passage; without places it is in no document."""
    document = documents.get(cites.document)
    return Passage(doc_id=cites.document, text=cites.text, spans=spans_of(document, cites.text) if document else ())


def problem_of(case: QuestionCase, documents: Mapping[str, Document]) -> str | None:
    """Say which passages of `case` are in no document, a line each, naming the nearest text there is; None when all are there."""
    problems = dict.fromkeys(found for check, document, text in _named(case) if (found := _problem(document, text, documents, check)))
    return "\n".join(problems) or None


def _named(case: QuestionCase) -> Iterator[tuple[str, str, str | None]]:
    """Yield every passage a case names: the name of the check, the document's id, the text if there is one."""
    for turn in case.conversation:
        for name in ("cites", "cites_only", "not_cites"):
            yield from ((name, passage.document, passage.text) for passage in getattr(turn, name))


def _problem(doc_id: str, text: str | None, documents: Mapping[str, Document], check: str) -> str | None:
    document = documents.get(doc_id)
    if document is None:
        return f"{check}: there is no document {doc_id!r}; {_known(doc_id, documents)}"
    if text is None or spans_of(document, text):
        return None
    return (
        f"{check}: {text!r} does not stand in {doc_id}; the nearest text is {_nearest(document, text)!r}: "
        "copy it word for word, or put the document right"
    )


def _known(doc_id: str, documents: Mapping[str, Document]) -> str:
    """Name the nearest document, or all where they are few."""
    from rapidfuzz import fuzz, process

    if len(documents) <= 10:
        return f"the documents are {', '.join(sorted(documents)) or 'none'}"
    nearest = process.extractOne(doc_id, sorted(documents), scorer=fuzz.ratio)
    return f"did you mean {nearest[0]!r}? `pmbot docs` lists all {len(documents)}"


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

"""Links that open the bot at a document or a sentence: `https://t.me/<bot>?start=<payload>`.

A payload is `d-<document>` or `s-<document>-<start>-<length>-<quote>`: the document's id and the quote as digests, offsets in base 36.
Telegram takes 1 to 64 of `A-Z a-z 0-9 _ -`. Ids and texts themselves stand in no link: others may see it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from pmbot.interfaces.telegram.base36 import base36
from pmbot.models import Citation, Document, Span
from pmbot.rendering.page import BLANK, Ink, Page, Paragraph, Run, line
from pmbot.rendering.passages import passage_page
from pmbot.rendering.sanitize import visible_line

if TYPE_CHECKING:
    from pmbot.interfaces.knowledge import Knowledge

SITE = "https://t.me"
_PAYLOAD = re.compile(r"([ds])-([0-9a-f]{12})(?:-([0-9a-z]{1,8})-([0-9a-z]{1,6})-([0-9a-f]{8}))?")
_BEGINNING = 700
"""Characters shown of a document."""


class Place(NamedTuple):
    """What a link leads to: a document by the digest of its id, and a sentence of it if `length` is not 0."""

    document: str
    start: int = 0
    length: int = 0
    quote: str = ""


class Shelf:
    """Documents by digest; made when it is first needed, and again for every new generation."""

    def __init__(self) -> None:
        self._shelved: tuple[str, dict[str, str]] | None = None

    def find(self, knowledge: Knowledge, digest: str) -> Document | None:
        """The document of this digest; None when there is none (any more)."""
        shelved = self._shelved
        if shelved is None or shelved[0] != knowledge.signature:
            signature = knowledge.signature
            shelved = (signature, {document_digest(document.doc_id): document.doc_id for document in knowledge.documents})
            self._shelved = shelved
        doc_id = shelved[1].get(digest)
        return None if doc_id is None else knowledge.document(doc_id)


def document_digest(doc_id: str) -> str:
    """The 12 hex digits that stand for a document in links."""
    return _digest(doc_id, 12)


def document_link(username: str, doc_id: str) -> str:
    """Make the link to a document."""
    return f"{SITE}/{username}?start=d-{document_digest(doc_id)}"


def sentence_link(username: str, doc_id: str, span: Span, quote: str) -> str:
    """Make the link to a sentence."""
    offsets = f"{base36(span.start)}-{base36(span.end - span.start)}"
    return f"{SITE}/{username}?start=s-{document_digest(doc_id)}-{offsets}-{_digest(quote, 8)}"


def place_of(payload: str) -> Place | None:
    """Read a payload; None for what is none of ours."""
    found = _PAYLOAD.fullmatch(payload)
    if found is None or (found[1] == "s") != (found[3] is not None):
        return None
    return Place(found[2]) if found[1] == "d" else Place(found[2], int(found[3], 36), int(found[4], 36), found[5])


def place_page(place: Place, document: Document) -> Page | None:
    """Show what a link leads to; None when that sentence does not stand there any more."""
    if not place.length:
        return tuple(_beginning(document))
    span = Span(start=place.start, end=place.start + place.length)
    if _digest(document.text[span.start : span.end], 8) != place.quote:
        return None
    return passage_page(Citation.quoting(document, span, 1), document)


def _beginning(document: Document) -> Iterator[Paragraph]:
    yield line(visible_line(document.title), Ink.LABEL)
    facts = [document.doc_id, document.date, f"{len(document.text):,} characters"]
    if document.source != document.doc_id:
        facts.append(document.source)
    yield line(" · ".join(visible_line(fact) for fact in facts if fact), Ink.NOTE)
    yield BLANK
    cut = len(document.text)
    if cut > _BEGINNING:
        cut = document.text.rfind(" ", _BEGINNING // 2, _BEGINNING) + 1 or _BEGINNING
    runs = [Run("“", Ink.QUOTE), Run(document.text[:cut].rstrip(), Ink.QUOTE), Run("”", Ink.QUOTE)]
    yield Paragraph(tuple(runs))
    if cut < len(document.text):
        yield line("…")


def _digest(text: str, digits: int) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:digits]

"""PDF; see `pmbot.corpus.extraction.pdf` for how lines and paragraphs are found."""

from __future__ import annotations

from pmbot.corpus.readers.base import Source, require
from pmbot.corpus.readers.layout import lay_out
from pmbot.errors import UnreadableDocument
from pmbot.models import Document

_SUFFIXES = (".pdf",)
_HEADER_WITHIN = 1024


class PdfReader:
    """Reads `.pdf`: paragraphs, headings, lists and simple tables, each with its page; no headers, footers and page numbers.

    Words parted at the end of a line are joined. A scan, or a file that opens with a password only, is refused.
    """

    suffixes = _SUFFIXES

    def read(self, data: bytes, source: Source) -> tuple[Document, ...]:
        """See `Reader.read`."""
        require("pypdf")
        if b"%PDF-" not in data[:_HEADER_WITHIN]:
            raise UnreadableDocument("not a PDF, whatever its name says; give it the right suffix, or make it anew")
        return (lay_out(source.extract("pdf", data), source),)

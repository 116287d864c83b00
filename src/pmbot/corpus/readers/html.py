"""Web pages; see `pmbot.corpus.extraction.html` for what is kept of one."""

from __future__ import annotations

from pmbot.corpus.encoding import decode_page
from pmbot.corpus.readers.base import Source, require
from pmbot.corpus.readers.layout import lay_out
from pmbot.models import Document

_SUFFIXES = (".html", ".htm", ".xhtml")


class HtmlReader:
    """Reads `.html`: the main text, with headings, lists, tables row by row and code; no scripts, navigation or hidden parts.

    The title is that of the page (less the name of the site), the source its canonical link, the language its own. Bytes that are
    not UTF-8 are read in the encoding that the page declares.
    """

    suffixes = _SUFFIXES

    def read(self, data: bytes, source: Source) -> tuple[Document, ...]:
        """See `Reader.read`."""
        require("selectolax")
        page = decode_page(data, source.fallback_encoding)
        return (lay_out(source.extract("html", page.encode("utf-8", "replace")), source),)

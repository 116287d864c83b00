"""Word documents; see `pmbot.corpus.extraction.docx` for what is kept of one."""

from __future__ import annotations

from pmbot.corpus.extraction.archive import check_archive
from pmbot.corpus.readers.base import Source, require
from pmbot.corpus.readers.layout import lay_out
from pmbot.models import Document

_SUFFIXES = (".docx",)


class DocxReader:
    """Reads `.docx`: headings, paragraphs, lists with their numbers, tables row by row, text boxes and footnotes.

    The directory of the archive is checked before anything is unpacked.
    """

    suffixes = _SUFFIXES

    def read(self, data: bytes, source: Source) -> tuple[Document, ...]:
        """See `Reader.read`."""
        require("docx", "lxml")
        check_archive(data, source.archive)
        return (lay_out(source.extract("docx", data), source),)

"""What every reader is given, and what it must be able to do."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import NamedTuple, Protocol

from pmbot.models import Document


class Source(NamedTuple):
    """Where the bytes come from. `fallback_encoding` is the code page for text that is not UTF-8, or None."""

    doc_id: str
    fallback_encoding: str | None = None

    @property
    def readable_name(self) -> str:
        """A title made of the file name: `annual_report-2023.txt` gives "Annual report 2023"."""
        words = PurePosixPath(self.doc_id).stem.replace("_", " ").replace("-", " ").split()
        name = " ".join(words) or self.doc_id
        return name[0].upper() + name[1:]


class Reader(Protocol):
    """A file format.

    The text of the document is NFC with LF; its blocks are in order, do not overlap, start and end with a non-blank
    character, cover every non-blank character, and each line break inside a block is one in the source, so that
    `Document.locate` counts lines right.
    """

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The suffixes of the format, in lower case, with their dot."""
        ...

    def read(self, data: bytes, source: Source) -> Document:
        """Read the document in `data`, with no blocks when it has no text; `UnreadableDocument` says what is wrong."""
        ...

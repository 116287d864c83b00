"""What every reader is given, and what it must be able to do."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple, Protocol

from pmbot.corpus.extraction.archive import ArchiveLimits
from pmbot.corpus.extraction.pieces import Extraction
from pmbot.errors import UnsupportedDocument
from pmbot.models import Document

if TYPE_CHECKING:
    from pmbot.corpus.sandbox import Sandbox

NEEDS_EXTRA = "needs the extra `documents`: pip install 'pmbot[documents]'"


class Source(NamedTuple):
    """Where the bytes come from, and how they may be read.

    `fallback_encoding` is the code page for text that is not UTF-8, or None. `sandbox` is where parsers of untrusted formats
    run; None starts one for this file alone, which is as safe and slower.
    """

    doc_id: str
    fallback_encoding: str | None = None
    sandbox: Sandbox | None = None
    archive: ArchiveLimits = ArchiveLimits()

    @property
    def readable_name(self) -> str:
        """A title made of the file name: `annual_report-2023.txt` gives "Annual report 2023"."""
        words = PurePosixPath(self.doc_id).stem.replace("_", " ").replace("-", " ").split()
        name = " ".join(words) or self.doc_id
        return name[0].upper() + name[1:]

    def extract(self, parser: str, data: bytes) -> Extraction:
        """Parse `data` in the sandbox; see `Sandbox.extract`."""
        if self.sandbox is not None:
            return self.sandbox.extract(parser, data)
        from pmbot.corpus.sandbox import Sandbox

        with Sandbox() as sandbox:
            return sandbox.extract(parser, data)


class Reader(Protocol):
    """A file format.

    The text of a document is NFC with LF; its blocks are in order, do not overlap, start and end with a non-blank
    character, cover every non-blank character, and each line break inside a block with a line is one in the source, so that
    `Document.locate` counts lines right. A file that holds one document has its id; the documents of others have an id each,
    which begins with that of the file and `#`.
    """

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The suffixes of the format, in lower case, with their dot."""
        ...

    def read(self, data: bytes, source: Source) -> tuple[Document, ...]:
        """Read the documents in `data`, without blocks where there is no text; `UnreadableDocument` says what is wrong."""
        ...


def require(*modules: str) -> None:
    """Raise `UnsupportedDocument` unless the libraries of the extra `documents` are installed."""
    if any(find_spec(module) is None for module in modules):
        raise UnsupportedDocument(NEEDS_EXTRA)

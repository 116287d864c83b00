"""One reader per format, by suffix. A new format is a module beside these and a line per suffix in `READERS`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version

from pmbot.corpus.readers.base import Reader
from pmbot.errors import UnsupportedDocument

RULES = 1
"""Raised whenever a reader gives other text or blocks than before, so that stored documents are read anew."""


class _Readers(Mapping[str, Reader]):
    """The reader of each suffix; its module is imported when it is asked for, since a fresh index needs none."""

    def __init__(self, homes: Mapping[str, str]) -> None:
        """`homes` maps suffixes to `module.Class`, the module beside this one."""
        self._homes = homes

    def __getitem__(self, suffix: str) -> Reader:
        return _reader(self._homes[suffix])

    def __iter__(self) -> Iterator[str]:
        return iter(self._homes)

    def __len__(self) -> int:
        return len(self._homes)


@cache
def _reader(home: str) -> Reader:
    module, _, name = home.partition(".")
    reader: Reader = getattr(import_module(f"{__name__}.{module}"), name)()
    return reader


READERS: Mapping[str, Reader] = _Readers(
    {
        ".txt": "plain.PlainReader",
        ".md": "markdown.MarkdownReader",
        ".html": "html.HtmlReader",
        ".htm": "html.HtmlReader",
        ".xhtml": "html.HtmlReader",
        ".pdf": "pdf.PdfReader",
        ".docx": "docx.DocxReader",
        ".csv": "table.TableReader",
        ".tsv": "table.TableReader",
        ".jsonl": "jsonl.JsonLinesReader",
        ".ndjson": "jsonl.JsonLinesReader",
    }
)
_LIBRARIES = ("cryptography", "lxml", "pypdf", "python-docx", "selectolax")


def reader_for(suffix: str) -> Reader:
    """Find the reader for `suffix` (with its dot, any case); `UnsupportedDocument` lists the formats there are."""
    try:
        return READERS[suffix.lower()]
    except KeyError:
        what = f"{suffix} files are not supported" if suffix else "a name without a suffix"
        raise UnsupportedDocument(f"{what}; supported are {', '.join(sorted(READERS))}") from None


def readers_fingerprint() -> str:
    """Eight hex digits over all that decides what readers give, the versions of their libraries included."""
    parts = [f"rules {RULES}", *sorted(READERS), *(f"{name} {_version(name)}" for name in _LIBRARIES)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:8]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"

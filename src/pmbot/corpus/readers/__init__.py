"""One reader per format, by suffix. A new format is a module beside these and a line in `READERS`."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from types import MappingProxyType

from pmbot.corpus.readers.base import Reader
from pmbot.corpus.readers.docx import DocxReader
from pmbot.corpus.readers.html import HtmlReader
from pmbot.corpus.readers.jsonl import JsonLinesReader
from pmbot.corpus.readers.markdown import MarkdownReader
from pmbot.corpus.readers.pdf import PdfReader
from pmbot.corpus.readers.plain import PlainReader
from pmbot.corpus.readers.table import TableReader
from pmbot.errors import UnsupportedDocument

RULES = 1
"""Raised whenever a reader gives other text or blocks than before, so that stored documents are read anew."""

READERS: Mapping[str, Reader] = MappingProxyType(
    {
        suffix: reader
        for reader in (PlainReader(), MarkdownReader(), HtmlReader(), PdfReader(), DocxReader(), TableReader(), JsonLinesReader())
        for suffix in reader.suffixes
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

"""One reader per format, by suffix. A new format is a module beside these and a line in `READERS`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pmbot.corpus.readers.base import Reader
from pmbot.corpus.readers.markdown import MarkdownReader
from pmbot.corpus.readers.plain import PlainReader
from pmbot.errors import UnreadableDocument

READERS: Mapping[str, Reader] = MappingProxyType(
    {suffix: reader for reader in (PlainReader(), MarkdownReader()) for suffix in reader.suffixes}
)


def reader_for(suffix: str) -> Reader:
    """Find the reader for `suffix` (with its dot, any case); `UnreadableDocument` lists the formats there are."""
    try:
        return READERS[suffix.lower()]
    except KeyError:
        what = f"{suffix} files are not supported" if suffix else "a name without a suffix"
        raise UnreadableDocument(f"{what}; supported are {', '.join(sorted(READERS))}") from None

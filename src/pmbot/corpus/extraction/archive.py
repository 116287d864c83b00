"""A zip archive, looked at from outside: nothing is unpacked before its directory has been believed.

The sizes in the directory bind: `zipfile` gives no byte more than they say, whatever the compressed data would expand to.
"""

from __future__ import annotations

import io
import zipfile
from typing import NamedTuple

from pmbot.errors import UnreadableDocument

_DIRECTORY_ENTRY = b"PK\x01\x02"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED = 0x1
_SMALL = 1_000_000


class ArchiveLimits(NamedTuple):
    """How many entries, bytes in one and bytes in all are allowed; `ratio` of an entry larger than 1 MB: expanded to packed."""

    entries: int = 5_000
    entry_bytes: int = 150_000_000
    total_bytes: int = 300_000_000
    ratio: int = 300


def check_archive(data: bytes, limits: ArchiveLimits) -> None:
    """Raise `UnreadableDocument` unless the archive in `data` is whole, of a sane size, and names only files inside itself."""
    if data.startswith(_OLE):
        raise UnreadableDocument("protected by a password, or in Word's old format; save it as .docx without a password")
    # Counted before the directory is parsed, which makes an object of every entry.
    if data.count(_DIRECTORY_ENTRY) > limits.entries:
        raise UnreadableDocument(f"dangerous: the archive has more than {limits.entries:,} entries; do not open it")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    # A directory that contradicts itself makes zipfile raise any of these.
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError) as problem:
        raise UnreadableDocument(f"broken: not a whole zip archive ({problem}); copy or save it anew") from None
    for entry in entries:
        _check_entry(entry, limits)
    if len({entry.filename for entry in entries}) < len(entries):
        raise UnreadableDocument("dangerous: two entries of the archive have one name; do not open it")
    total = sum(entry.file_size for entry in entries)
    if total > limits.total_bytes:
        raise UnreadableDocument(_expands(total, limits.total_bytes))


def _check_entry(entry: zipfile.ZipInfo, limits: ArchiveLimits) -> None:
    parts = entry.orig_filename.replace("\\", "/").split("/")
    if parts[0] == "" or ".." in parts or ":" in parts[0] or "\0" in entry.orig_filename:
        raise UnreadableDocument("dangerous: an entry of the archive names a file outside of it; do not open it")
    if entry.flag_bits & _ENCRYPTED:
        raise UnreadableDocument("protected by a password; save it without one")
    if entry.compress_type not in _METHODS:
        raise UnreadableDocument(f"packed with a method that .docx does not have (number {entry.compress_type}); save it anew")
    if entry.file_size > limits.entry_bytes:
        raise UnreadableDocument(_expands(entry.file_size, limits.entry_bytes))
    if entry.file_size > _SMALL and entry.file_size > limits.ratio * max(entry.compress_size, 1):
        raise UnreadableDocument(_expands(entry.file_size, limits.ratio * max(entry.compress_size, 1)))


def _expands(size: int, allowed: int) -> str:
    return f"dangerous: expands to {size / 1e6:,.0f} MB ({allowed / 1e6:,.0f} MB are allowed); do not open it"

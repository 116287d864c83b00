"""Which files an index was made of, and whether they are still the same: by their stamps first, by their content where these differ."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from pmbot.corpus.walk import Found
from pmbot.indexing.layout import dump
from pmbot.indexing.tables import Bytes

UNCERTAIN_NS = 2_000_000_000
"""A file that changed so shortly before it was looked at may have changed once more under the same stamp: some file systems count
time in steps of two seconds."""

_PIECE = 1 << 20


class Stamp(NamedTuple):
    """What the file system says of a file: bytes, times of the last change to content and to anything (ns), inode."""

    size: int
    modified: int
    changed: int
    inode: int

    @classmethod
    def of(cls, path: Path) -> Stamp | None:
        """The stamp of a file; None when it is gone."""
        try:
            status = os.lstat(path)
        except OSError:
            return None
        return cls(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


class Entry(NamedTuple):
    """A file as it was when it was indexed: `documents` are the ids it gave; `reason` says why it gave none.

    `stamp` is None when the file could have changed under it unnoticed.
    """

    stamp: Stamp | None
    sha256: str
    documents: tuple[str, ...]
    reason: str | None = None


@dataclass
class Scan:
    """The files there are now, held against the entries of an index."""

    known: dict[str, Entry] = field(default_factory=dict)
    fresh: list[Found] = field(default_factory=list)
    stamps: dict[str, tuple[Stamp | None, str]] = field(default_factory=dict)
    removed: bool = False

    @property
    def changed(self) -> bool:
        """Whether anything is new, different or gone."""
        return bool(self.fresh) or self.removed


def scan(files: Iterable[Found], entries: Mapping[str, Entry], now: int) -> Scan:
    """Sort `files` into those that `entries` know as they are and those to be read. `now` is the time in ns before the look."""
    found = Scan()
    for file in files:
        stamp, entry = Stamp.of(file.path), entries.get(file.doc_id)
        if entry is not None and stamp is not None and stamp == entry.stamp:
            found.known[file.doc_id] = entry
            continue
        sha256 = _sha256(file.path)
        lasting = stamp if stamp is not None and stamp.changed < now - UNCERTAIN_NS else None
        if entry is not None and sha256 == entry.sha256:
            found.known[file.doc_id] = entry._replace(stamp=lasting)
        else:
            found.fresh.append(file)
            found.stamps[file.doc_id] = (lasting, sha256)
    found.removed = len(found.known) < len(entries) and bool(entries.keys() - found.known.keys() - found.stamps.keys())
    return found


def pack_entries(entries: Mapping[str, Entry]) -> bytes:
    """The entries as they are stored."""
    return dump({name: [entry.stamp, entry.sha256, entry.documents, entry.reason] for name, entry in entries.items()})


def unpack_entries(data: Bytes) -> dict[str, Entry]:
    """The entries that were stored."""
    stored = json.loads(bytes(data[:]))
    return {
        name: Entry(None if stamp is None else Stamp(*stamp), sha256, tuple(documents), reason)
        for name, (stamp, sha256, documents, reason) in stored.items()
    }


def _sha256(path: Path) -> str:
    """64 hex digits over the content; empty when it cannot be read, which is no content's."""
    digest = hashlib.sha256()
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with open(descriptor, "rb") as file:  # noqa: PTH123 - a descriptor, not a path
            while piece := file.read(_PIECE):
                digest.update(piece)
    except OSError:
        return ""
    return digest.hexdigest()

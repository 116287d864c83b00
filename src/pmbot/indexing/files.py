"""Which files an index was made of, and whether they are still the same: by their stamps first, by their content where these differ."""

from __future__ import annotations

import errno
import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from pmbot.corpus.walk import Found, Skipped
from pmbot.errors import UnreadableDocument
from pmbot.indexing.layout import dump
from pmbot.indexing.tables import Bytes

UNCERTAIN_NS = 2_000_000_000
"""A file that changed so shortly before it was looked at may have changed once more under the same stamp: some file systems count
time in steps of two seconds."""

_PIECE = 1 << 20
_HASHED = 100_000_000
_LASTING = frozenset({errno.EACCES, errno.EPERM, errno.ELOOP})
"""Refusals that go when the file is changed, which its stamp shows."""


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
    """A file as it was when it was indexed: `documents` are the ids it gave; `skipped` says why it gave none.

    `stamp` is None when the file could have changed under it unnoticed, or could not be read for a reason that may pass. `sha256` is
    that of the bytes that were read; empty when none were, or need not be compared: no content has that.
    """

    stamp: Stamp | None
    sha256: str
    documents: tuple[str, ...]
    skipped: Skipped | None = None


@dataclass
class Scan:
    """The files there are now, held against the entries of an index. `hashed` bytes were read to know that files are the same."""

    known: dict[str, Entry] = field(default_factory=dict)
    fresh: list[Found] = field(default_factory=list)
    removed: bool = False
    hashed: int = 0

    @property
    def changed(self) -> bool:
        """Whether anything is new, different or gone."""
        return bool(self.fresh) or self.removed


def scan(files: Iterable[Found], entries: Mapping[str, Entry], now: int) -> Scan:
    """Sort `files` into those that `entries` know as they are and those to be read. `now` is the time in ns before the look."""
    found, met = Scan(), 0
    for file in files:
        stamp, entry = Stamp.of(file.path), entries.get(file.doc_id)
        met += entry is not None
        if entry is not None and stamp is not None and stamp == entry.stamp:
            found.known[file.doc_id] = entry
        elif entry is not None and _same(file.path, stamp, entry):
            # A stamp of a file that could not be read would keep it from being tried again.
            found.known[file.doc_id] = entry._replace(stamp=lasting(stamp, now)) if entry.sha256 else entry
            found.hashed += stamp.size if stamp is not None else 0
        else:
            found.fresh.append(file)
    found.removed = met < len(entries)
    return found


class Reading:
    """Watches a file while it is read: made before, `entry` tells after it what may be remembered.

    The hash is of the bytes that were read, not of the file: one that is replaced twice within a tick of the file system's clock has
    the same stamp before and after, and other content between.
    """

    def __init__(self, path: Path, now: int) -> None:
        """`now` is the time in ns."""
        self._path, self._now, self._stamp, self._sha256 = path, now, Stamp.of(path), ""

    def saw(self, data: bytes) -> None:
        """These are the bytes that were read."""
        self._sha256 = hashlib.sha256(data).hexdigest()

    def entry(self, documents: tuple[str, ...]) -> Entry:
        """The entry of a file that gave `documents`; one that changed meanwhile will be read again."""
        steady = self._stamp == Stamp.of(self._path)
        return Entry(lasting(self._stamp, self._now) if steady else None, self._sha256, documents)

    def refused(self, problem: UnreadableDocument, skipped: Skipped) -> Entry:
        """The entry of a file that gave nothing, which is reported as `skipped`. Films and archives are not read for their hash."""
        stamp, steady = self._stamp, self._stamp == Stamp.of(self._path) and not _passes(problem)
        if not steady or stamp is None:
            return Entry(None, "", (), skipped)
        kept = lasting(stamp, self._now)
        if kept is None and stamp.size <= _HASHED:
            return Entry(None, self._sha256 or _sha256(self._path), (), skipped)
        return Entry(stamp, "", (), skipped)


def lasting(stamp: Stamp | None, now: int) -> Stamp | None:
    """`stamp` when no later change can have the same one, else None; `now` is the time in ns before it was taken."""
    return stamp if stamp is not None and stamp.changed < now - UNCERTAIN_NS else None


def pack_entries(entries: Mapping[str, Entry]) -> bytes:
    """The entries as they are stored."""
    return dump({name: [entry.stamp, entry.sha256, entry.documents, entry.skipped] for name, entry in entries.items()})


def unpack_entries(data: Bytes) -> dict[str, Entry]:
    """The entries that were stored."""
    stored = json.loads(bytes(data[:]))
    return {
        name: Entry(stamp and Stamp(*stamp), sha256, tuple(documents), skipped and Skipped(*skipped))
        for name, (stamp, sha256, documents, skipped) in stored.items()
    }


def _same(path: Path, stamp: Stamp | None, entry: Entry) -> bool:
    """Whether a file whose stamp tells nothing holds what it held. One that could not be read holds the same as long as it cannot."""
    if stamp is not None and entry.stamp is not None and stamp.size != entry.stamp.size:
        return False
    if entry.sha256:
        return _sha256(path) == entry.sha256
    return entry.stamp is None and not entry.documents and not _sha256(path)


def _passes(problem: BaseException) -> bool:
    """Whether the system refused a file for a reason that has nothing to do with the file: too many are open, the disk stumbled."""
    cause: BaseException | None = problem
    while cause is not None:
        if isinstance(cause, OSError):
            return cause.errno not in _LASTING
        cause = cause.__cause__ or cause.__context__
    return False


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

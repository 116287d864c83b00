"""Writing a generation: blocks are streamed to a temporary file, whose first bytes come last."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from pmbot.errors import StateError
from pmbot.storage.layout import CLOSING, PRELUDE, SEGMENT, Entry, Meta, Prelude, Table, aligned, checksum

Part = bytes | bytearray | memoryview
"""A piece of a block. A view may have any shape and type, as long as its bytes are contiguous."""

_NO_FOLDER_SYNC = frozenset({errno.EINVAL, errno.ENOTSUP})
"""What file systems say that cannot flush a folder: there is nothing to do about it."""


class Writer:
    """A new file at `path`, for this user alone (mode 600). StateError says what failed; the caller removes the file then."""

    def __init__(self, path: Path, target: Path) -> None:
        """Create the file, which will be published as `target`; it must not exist."""
        self._target = target
        self._entries: list[Entry] = []
        self._pending = bytearray()
        self._checksums: list[str] = []
        self._position = PRELUDE
        with saving(target, "create the file"):
            self._descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            os.close(self._descriptor)
        except OSError as error:
            if kind is None:
                raise failed(self._target, "close", error) from error

    def block(self, name: str, parts: Iterable[Part]) -> None:
        """Write a block; ValueError when there is one of this name."""
        if any(entry.name == name for entry in self._entries):
            raise ValueError(f"two blocks are named {name!r}")
        offset, length = self._position, 0
        for part in parts:
            view = memoryview(part)
            if not view.nbytes:
                continue  # an empty array of several dimensions cannot be cast
            length += view.nbytes
            self._take(view.cast("B"))
        self._pending += bytes(aligned(len(self._pending)) - len(self._pending))
        self._flush()
        self._entries.append(Entry(name, offset, length, "".join(self._checksums)))
        self._checksums = []

    def finish(self, meta: Meta) -> None:
        """Write the table, then the first bytes that make the file a generation, and flush it to the disk."""
        table = Table(meta, tuple(self._entries)).to_bytes()
        prelude = Prelude(self._position, len(table), checksum(table)).to_bytes()
        self._write(table + CLOSING)
        self._position = 0
        self._write(prelude)
        with saving(self._target, "flush to the disk"):
            os.fsync(self._descriptor)

    def _take(self, view: memoryview) -> None:
        while view:
            taken = SEGMENT - len(self._pending)
            self._pending += view[:taken]
            view = view[taken:]
            if len(self._pending) == SEGMENT:
                self._flush()

    def _flush(self) -> None:
        if self._pending:
            self._checksums.append(checksum(self._pending).hex())
            self._write(self._pending)
            self._pending = bytearray()

    def _write(self, data: Part) -> None:
        view = memoryview(data)
        with saving(self._target, "write"):
            while view:
                written = os.pwrite(self._descriptor, view, self._position)
                view = view[written:]
                self._position += written


def sync_folder(folder: Path, target: Path) -> None:
    """Flush `folder` to the disk, so that a rename in it survives a power cut."""
    with saving(target, "flush its folder to the disk"):
        descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        except OSError as error:
            if error.errno not in _NO_FOLDER_SYNC:
                raise
        finally:
            os.close(descriptor)


@contextmanager
def saving(target: Path, step: str) -> Iterator[None]:
    """Turn an OSError of a step of saving `target` into a StateError."""
    try:
        yield
    except OSError as error:
        raise failed(target, step, error) from error


def failed(target: Path, step: str, error: OSError) -> StateError:
    """The error that says which step of saving `target` failed, and why."""
    return StateError(f"the index {target} could not be saved ({step}): {error.strerror}. {_advice(error)}")


def _advice(error: OSError) -> str:
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return "Free some space, or name another folder with --index."
        case errno.EROFS | errno.EACCES | errno.EPERM:
            return "Name a folder you can write with --index."
        case errno.EISDIR | errno.ENOTEMPTY | errno.ENOTDIR:
            return "Remove what stands in its place."
        case errno.EMFILE | errno.ENFILE:
            return "Too many files are open: raise the limit (ulimit -n)."
        case _:
            return "The index that was there before stays."

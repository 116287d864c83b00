"""An open generation: a memory-mapped file whose blocks are checked when they are first touched.

A reader keeps the file it opened, whatever is published over it. Never write into a published file: the system kills a
process that touches the map of a file that has shrunk.
"""

from __future__ import annotations

import errno
import mmap
import os
import stat
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

from pmbot.errors import DamagedIndex, StateError, UnusableIndex
from pmbot.storage.layout import CLOSING, PRELUDE, SEGMENT, Entry, Meta, Prelude, Table, checksum

_BUILDING_HELPS = frozenset({errno.EIO, errno.ENXIO})
"""A bad disk and a socket: a new file can take the place of both."""


class Generation:
    """An open generation. Opening reads the header alone; a block is checked when it is first touched. Safe in threads.

    `path` is where it was published, `id` is derived from all its content, `meta` is what its writer said of it.
    Views that were given out stay valid after `close`, for as long as they live.
    """

    def __init__(self, path: Path) -> None:
        """Open the file. FileNotFoundError when there is none, UnusableIndex when building again helps, StateError otherwise."""
        self.path = path
        self._lock = threading.Lock()
        with _readable(path):
            self._descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
            self._open = weakref.finalize(self, _let_go, self._descriptor)
            try:
                table, self.id = _read_header(self._descriptor)
                self._map = mmap.mmap(self._descriptor, 0, access=mmap.ACCESS_READ)
            except BaseException:  # whatever it was, Ctrl-C too: a descriptor must not be lost
                self._open()
                raise
        self.meta: Meta = table.meta
        self._entries = {entry.name: entry for entry in table.entries}
        self._unchecked: dict[str, set[int]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def names(self) -> tuple[str, ...]:
        """The names of the blocks, in the order they were written."""
        return tuple(self._entries)

    def length(self, name: str) -> int:
        """Bytes of a block; KeyError when there is no such block."""
        return self._entries[name].length

    def block(self, name: str) -> memoryview:
        """A whole block, without copying; it starts at a multiple of 64 bytes.

        KeyError when there is no such block, DamagedIndex when it is not what was written.
        """
        return self.part(name, 0, self._entries[name].length)

    def part(self, name: str, start: int, end: int) -> memoryview:
        """Bytes `start` to `end` (half-open) of a block, without copying. Only the segments of 256 KiB that they touch are checked."""
        entry = self._entries[name]
        if not 0 <= start <= end <= entry.length:
            raise IndexError(f"block {name!r} has {entry.length} bytes, not {start} to {end}")
        if name not in self._unchecked:
            self._unchecked.setdefault(name, set(entry.segments))
        if self._unchecked[name]:
            self._check(entry, range(start // SEGMENT, -(-end // SEGMENT)))
        if not self._open.alive:
            raise ValueError("the generation is closed")
        return memoryview(self._map)[entry.offset + start : entry.offset + end]

    def verify(self) -> None:
        """Check every byte of the file, again if need be; DamagedIndex names the block that is not what was written."""
        with self._reading():
            _read_header(self._descriptor)
        for entry in self._entries.values():
            self._unchecked[entry.name] = set(entry.segments)
            self._check(entry, entry.segments)

    def close(self) -> None:
        """Let go of the file. Views that are still in use keep its bytes until the last of them is gone."""
        with self._lock:
            self._open()
            with suppress(BufferError):
                self._map.close()

    def _check(self, entry: Entry, segments: range) -> None:
        """Check those of the segments that were not checked yet.

        They are read, not touched through the map: that would count as our memory, and an unreadable disk would kill us.
        """
        unchecked = self._unchecked[entry.name]
        for number in segments:
            if number not in unchecked:  # most are checked: no need to wait for those who check others
                continue
            with self._reading():
                if number not in unchecked:
                    continue
                start, end, wanted = entry.segment(number)
                if checksum(_read(self._descriptor, start, end - start)).hex() != wanted:
                    raise DamagedIndex(f"block {entry.name!r} is not what was written, near byte {start} of the file")
                unchecked.discard(number)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with self._lock, _readable(self.path):
            if not self._open.alive:
                raise ValueError("the generation is closed")
            yield


def _let_go(descriptor: int) -> None:
    with suppress(OSError):  # nothing was written, and the descriptor is gone all the same
        os.close(descriptor)


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """Turn what goes wrong inside into errors that name the file, except that it is not there."""
    try:
        yield
    except UnusableIndex as error:
        raise type(error)(f"the index {path} cannot be used: {error}.") from error
    except FileNotFoundError:
        raise
    except OSError as error:
        kind = DamagedIndex if error.errno in _BUILDING_HELPS else StateError
        raise kind(f"the index {path} cannot be read: {error.strerror}.") from error


def _read_header(descriptor: int) -> tuple[Table, str]:
    """The table, and the hex digits of its checksum, which all content goes into."""
    found = os.fstat(descriptor)
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, "it is a folder; remove it")
    if not stat.S_ISREG(found.st_mode):
        raise DamagedIndex("it is not a regular file")
    prelude = Prelude.from_bytes(os.pread(descriptor, PRELUDE, 0))
    if prelude.file_length != found.st_size:
        raise DamagedIndex(f"it has {found.st_size} bytes and should have {prelude.file_length}")
    table = _read(descriptor, prelude.offset, prelude.length + len(CLOSING))
    if not table.endswith(CLOSING):
        raise DamagedIndex("its last bytes were changed")
    table = table[: -len(CLOSING)]
    if checksum(table) != prelude.checksum:
        raise DamagedIndex("its table of blocks was changed")
    try:
        return Table.from_bytes(table, prelude.offset), prelude.checksum.hex()
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise DamagedIndex(f"its table of blocks cannot be read: {error}") from error


def _read(descriptor: int, start: int, length: int) -> bytes:
    """Exactly these bytes of the file; a read may give fewer than it was asked for."""
    data = os.pread(descriptor, length, start)
    while len(data) < length:
        more = os.pread(descriptor, length - len(data), start + len(data))
        if not more:
            raise DamagedIndex(f"it ends at byte {start + len(data)}, too early")
        data += more
    return data

"""The layout of a generation file; docs/adr/0008-one-file-generations.md draws it.

A prelude of 64 bytes, the blocks, the table (JSON), the closing magic. Integers are little-endian.
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pmbot.errors import DamagedIndex, OtherVersion

Meta = Mapping[str, Any]
"""What a writer says of its generation: JSON, and small, as every opening reads it. Long lists belong in blocks."""

FORMAT_VERSION = 1
"""Raise it with every change of the layout: files of another version are built again."""

MAGIC = b"\x89pmbot\r\n"
CLOSING = b"\npmbot\x1a\n"
ALIGNMENT = 64
"""Blocks start at multiples of this many bytes, so that arrays of any type can be laid over them."""

SEGMENT = 1 << 18
"""Bytes under one checksum."""

DIGEST = 16
"""Bytes of a checksum."""

DIGITS = 2 * DIGEST
_FIELDS = struct.Struct("<8sIIQQ16s")
PRELUDE = 64


@dataclass(frozen=True)
class Entry:
    """A block: where it lies (bytes), and the checksums of its segments, as hex digits in a row."""

    name: str
    offset: int
    length: int
    checksums: str

    @property
    def end(self) -> int:
        """The first byte behind the block and its padding, which the last checksum covers too."""
        return aligned(self.offset + self.length)

    @property
    def segments(self) -> range:
        """The numbers of its segments; none when it is empty."""
        return range(-(-(self.end - self.offset) // SEGMENT))

    def segment(self, number: int) -> tuple[int, int, str]:
        """Start and end of a segment, as offsets into the file, and its checksum."""
        start = self.offset + number * SEGMENT
        return start, min(start + SEGMENT, self.end), self.checksums[number * DIGITS : (number + 1) * DIGITS]


@dataclass(frozen=True)
class Table:
    """What a generation says of itself: the caller's `meta`, and its blocks in the order of the file."""

    meta: Meta
    entries: tuple[Entry, ...]

    def to_bytes(self) -> bytes:
        """Serialise; ValueError or TypeError when `meta` is not JSON."""
        blocks = [[e.name, e.offset, e.length, e.checksums] for e in self.entries]
        return json.dumps({"meta": self.meta, "blocks": blocks}, ensure_ascii=True, allow_nan=False, separators=(",", ":")).encode()

    @classmethod
    def from_bytes(cls, data: bytes, end: int) -> Table:
        """Parse; `end` is where the blocks must end. ValueError when the blocks do not fill the file without a gap."""
        read = json.loads(data)
        entries = tuple(Entry(name, offset, length, checksums) for name, offset, length, checksums in read["blocks"])
        position = PRELUDE
        for entry in entries:
            if entry.offset != position or entry.length < 0 or len(entry.checksums) != DIGITS * len(entry.segments):
                raise ValueError(f"the table places block {entry.name!r} wrongly")
            position = entry.end
        if position != end:
            raise ValueError("the table does not describe the whole file")
        return cls(read["meta"], entries)


@dataclass(frozen=True)
class Prelude:
    """The first 64 bytes: where the table lies and what it must be. Written last, so that an unfinished file has none."""

    offset: int
    length: int
    checksum: bytes

    @property
    def file_length(self) -> int:
        """Bytes that the whole file must have."""
        return self.offset + self.length + len(CLOSING)

    def to_bytes(self) -> bytes:
        """Serialise, with a checksum of its own."""
        fields = _FIELDS.pack(MAGIC, FORMAT_VERSION, 0, self.offset, self.length, self.checksum)
        return fields + checksum(fields)

    @classmethod
    def from_bytes(cls, data: bytes) -> Prelude:
        """Parse; DamagedIndex when this is no prelude, OtherVersion when it is one that we do not read.

        The magic and the version stand at the same place in all versions.
        """
        if not data.startswith(MAGIC):
            raise DamagedIndex("it is not an index of pmbot, or was never finished")
        if len(data) < PRELUDE:
            raise DamagedIndex("it is cut off in its first bytes")
        _, version, _, offset, length, table = _FIELDS.unpack_from(data)
        if version != FORMAT_VERSION:
            raise OtherVersion(f"it has format {version}, and this version of pmbot reads format {FORMAT_VERSION}")
        if data[_FIELDS.size :] != checksum(data[: _FIELDS.size]):
            raise DamagedIndex("its first bytes were changed")
        return cls(offset, length, table)


def checksum(data: bytes | bytearray | memoryview) -> bytes:
    """16 bytes of BLAKE2b."""
    return hashlib.blake2b(data, digest_size=DIGEST).digest()


def aligned(position: int) -> int:
    """The first aligned position from `position` on."""
    return -(-position // ALIGNMENT) * ALIGNMENT

"""Tables in memory-mapped blocks: fixed records, texts by number, words in order. Nothing is read until it is asked for."""

from __future__ import annotations

import bisect
import itertools
import struct
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Protocol, overload

_CACHED = 65536
_FETCHED_WHOLE = 1 << 22  # bytes
_LENGTHS = 128
_OFFSET, _OFFSETS = struct.Struct("=q"), struct.Struct("=qq")


class Bytes(Protocol):
    """A block: bytes that are fetched, and checked, when they are asked for."""

    def __len__(self) -> int:
        """How many bytes there are."""

    def __getitem__(self, part: slice) -> memoryview:
        """The bytes from `part.start` to `part.stop`."""


class Records(Sequence[tuple[Any, ...]]):
    """Records of one `struct` layout, one behind the other."""

    def __init__(self, layout: struct.Struct, data: Bytes) -> None:
        self._layout, self._data = layout, data
        self._size = len(data) // layout.size

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, place: int) -> tuple[Any, ...]: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[tuple[Any, ...]]: ...
    def __getitem__(self, place: int | slice) -> tuple[Any, ...] | Sequence[tuple[Any, ...]]:
        size = self._layout.size
        if isinstance(place, slice):
            start, stop, _ = place.indices(self._size)
            return list(self._layout.iter_unpack(self.raw(start, max(start, stop))))
        if not 0 <= place < self._size:
            raise IndexError(place)
        return self._layout.unpack(self._data[place * size : (place + 1) * size])

    def raw(self, start: int, stop: int) -> memoryview:
        """The records from `start` to `stop`, which there must be, as they are stored."""
        return self._data[start * self._layout.size : stop * self._layout.size]


class Strings(Sequence[str]):
    """Texts by number: `starts` are n + 1 offsets (int64) into `data`, UTF-8."""

    def __init__(self, starts: Bytes, data: Bytes) -> None:
        self._starts, self._data = starts, data
        self._size = len(starts) // _OFFSET.size - 1
        self._table: memoryview | None = None

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, number: int) -> str: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[str]: ...
    def __getitem__(self, number: int | slice) -> str | Sequence[str]:
        if isinstance(number, slice):
            return [self[place] for place in range(*number.indices(len(self)))]
        if not 0 <= number < len(self):
            raise IndexError(number)
        return str(self.raw(number), "utf-8")

    def __iter__(self) -> Iterator[str]:
        """All texts, in order; ten times as fast as one by one."""
        data = self._data[:]
        for start, end in itertools.pairwise(self._starts[:].cast("q")):
            yield str(data[start:end], "utf-8")

    def raw(self, number: int) -> memoryview:
        """One text as it is stored; `number` must be one that there is. The offsets are read through one view while they are few."""
        if self._table is None:
            if self._size * _OFFSET.size > _FETCHED_WHOLE:
                at = number * _OFFSET.size
                start, end = _OFFSETS.unpack(self._starts[at : at + _OFFSETS.size])
                return self._data[start:end]
            self._table = self._starts[:].cast("q")
        return self._data[self._table[number] : self._table[number + 1]]

    @staticmethod
    def pack(texts: Iterable[str]) -> tuple[bytes, bytes]:
        """Return `starts` and `data` for `texts`."""
        starts, data = array("q", [0]), bytearray()
        for text in texts:
            data += text.encode("utf-8")
            starts.append(len(data))
        return starts.tobytes(), bytes(data)


class Words:
    """A set of words that is searched where it lies: sorted by length, then by code points."""

    def __init__(self, words: Strings) -> None:
        self._words = words
        self._known = lru_cache(maxsize=_CACHED)(self._holds)
        self._range = lru_cache(maxsize=_LENGTHS)(self._between)

    def __len__(self) -> int:
        return len(self._words)

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and self._known(word)

    def beginning(self, start: str, length: int) -> Iterator[str]:
        """The words of `length` characters that begin with `start`, in order."""
        place, (_, end) = self._place(start, length), self._range(length)
        while place < end and (word := self._words[place]).startswith(start):
            yield word
            place += 1

    @staticmethod
    def pack(words: Iterable[str]) -> tuple[bytes, bytes]:
        """Return the two blocks of `Strings` for a set of words."""
        return Strings.pack(sorted(words, key=lambda word: (len(word), word)))

    def _holds(self, word: str) -> bool:
        place = self._place(word, len(word))
        return place < len(self._words) and self._words[place] == word

    def _place(self, start: str, length: int) -> int:
        """Where the words of `length` characters begin that are not before `start`; UTF-8 is in the order of code points."""
        wanted = start.encode("utf-8", "surrogatepass")
        low, high = self._range(length)
        while low < high:
            middle = (low + high) // 2
            if bytes(self._words.raw(middle)) < wanted:
                low = middle + 1
            else:
                high = middle
        return low

    def _between(self, length: int) -> tuple[int, int]:
        """Where the words of `length` characters begin and end."""
        first, after = (bisect.bisect_left(self._words, size, key=len) for size in (length, length + 1))
        return first, after

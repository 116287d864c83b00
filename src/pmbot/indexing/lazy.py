"""Sequences and mappings over stored things, each made when it is asked for."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar, overload

T = TypeVar("T")


class Lazy(Sequence[T], Generic[T]):
    """A sequence whose items are made when they are asked for."""

    def __init__(self, size: int, make: Callable[[int], T]) -> None:
        self._size, self._make = size, make

    def __len__(self) -> int:
        return self._size

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(other) == self._size and all(map(operator.eq, self, other))

    __hash__ = None  # type: ignore[assignment] # as of any sequence that is compared by its items

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[T]: ...
    def __getitem__(self, place: int | slice) -> T | Sequence[T]:
        if isinstance(place, slice):
            return [self._make(number) for number in range(*place.indices(self._size))]
        number = place + self._size if place < 0 else place
        if not 0 <= number < self._size:
            raise IndexError(place)
        return self._make(number)


class ById(Mapping[str, T], Generic[T]):
    """A value for each document id."""

    def __init__(self, ids: Sequence[str], number: Callable[[str], int | None], make: Callable[[int], T]) -> None:
        self._ids, self._number, self._make = ids, number, make

    def __getitem__(self, doc_id: str) -> T:
        number = self._number(doc_id)
        if number is None:
            raise KeyError(doc_id)
        return self._make(number)

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

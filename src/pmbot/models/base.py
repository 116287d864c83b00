"""What all nouns share: frozen, no unknown fields, tuples instead of lists."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict

N = TypeVar("N", bound="Noun")


class Noun(BaseModel):
    """An immutable record; equal when its fields are equal."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


def lean(noun: N) -> N:
    """Let `noun` share what pydantic notes of the fields it was given with all of its kind, and return it.

    A set of names in each object is more than half of what the sentences of a large text take.
    """
    object.__setattr__(noun, "__pydantic_fields_set__", _fields_of(type(noun)))
    return noun


def made(kind: type[N], fields: dict[str, Any]) -> N:
    """A noun of our own figures, all of whose fields are given: nothing is checked, which takes 0.5 µs instead of 2 to 5.

    For what was checked before (when it was stored) or follows from what was; never for what comes from outside.
    """
    noun = object.__new__(kind)
    put = object.__setattr__
    put(noun, "__dict__", fields)
    put(noun, "__pydantic_fields_set__", _fields_of(kind))
    put(noun, "__pydantic_extra__", None)
    put(noun, "__pydantic_private__", None)
    return noun


@cache
def _fields_of(kind: type[Noun]) -> set[str]:
    return set(kind.model_fields)  # shared, and yet never changed: nouns are frozen, and a copy of one gets a copy of it

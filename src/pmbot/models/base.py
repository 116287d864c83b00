"""What all nouns share: frozen, no unknown fields, tuples instead of lists."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Noun(BaseModel):
    """An immutable record; equal when its fields are equal."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

"""Settings of the index."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field


class IndexParams(BaseModel):
    """Whether and where the index is kept between runs."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    keep: bool = Field(default=True, description="keep the index between runs, so that only what changed is read again")
    folder: Path | None = Field(default=None, description="where; null: a folder of the knowledge's own in the user's state folder")

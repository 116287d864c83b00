"""Settings of what is kept between runs."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class UsageParams(BaseModel):
    """Whether questions and votes are recorded, and for how long."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    record: bool = Field(default=True, description="Record questions and votes on this computer, for `pmbot gaps`.")
    retention_days: int = Field(default=90, ge=1, le=3650, description="What is older is deleted.")

"""Settings of the answer layer."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class AnsweringParams(BaseModel):
    """How sure to be before answering, and how much to show."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    threshold: float = Field(default=0.45, ge=0.0, le=1.0, description="Answer when at least this sure; lower answers more and errs more.")
    short_threshold: float = Field(default=0.5, ge=0.0, le=1.0, description="Show a short answer when at least this sure of it.")
    closest: int = Field(default=3, ge=0, le=10, description="How many closest passages a refusal shows.")
    max_citations: int = Field(default=5, ge=1, le=20, description="How many sentences one answer may cite.")
    max_question_chars: int = Field(default=4096, ge=64, le=65536, description="Longer questions are cut to this many characters.")

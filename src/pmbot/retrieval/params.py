"""The settings of retrieval."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class RetrievalParams(BaseModel):
    """How chunks are searched.

    `backend` names the retriever. `k1` (how fast repeats of a word stop counting) and `b` (how much long chunks are
    marked down) are BM25's own; `epsilon` is the share of the average word weight that even the commonest word keeps.
    `top_k` is the number of chunks looked at for one question.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    backend: str = Field(default="postings", min_length=1)
    k1: float = Field(default=1.5, ge=0.0, le=10.0, allow_inf_nan=False)
    b: float = Field(default=0.75, ge=0.0, le=1.0, allow_inf_nan=False)
    epsilon: float = Field(default=0.25, gt=0.0, le=1.0, allow_inf_nan=False)
    top_k: int = Field(default=24, ge=1, le=1000)

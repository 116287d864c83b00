"""What can be set about reading and cutting documents."""

from __future__ import annotations

import codecs

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

_ASCII = bytes(range(32, 127))
_ESCAPES = rb"\x41\u0041"


class CorpusParams(BaseModel):
    """Settings of this package.

    `fallback_encoding` is the code page of files that are neither marked nor valid UTF-8 (`cp1257`, `latin-1` …);
    None refuses them. `max_file_mb` is in units of 1,000,000 bytes, of a file and of the text in it. `max_read_mb` of memory
    and `max_read_seconds` of processor time are what reading one HTML, PDF or Word file may take; `max_expanded_mb` is what
    the parts of a Word file may expand to. Chunks are windows of `chunk_sentences`
    sentences, of which `chunk_overlap` are shared with the next window.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    fallback_encoding: str | None = None
    max_file_mb: float = Field(default=50, gt=0, le=2000, allow_inf_nan=False)
    max_read_mb: int = Field(default=512, ge=64, le=64_000)
    max_read_seconds: int = Field(default=10, ge=1, le=3600)
    max_expanded_mb: float = Field(default=300, gt=0, le=10_000, allow_inf_nan=False)
    chunk_sentences: int = Field(default=3, ge=1, le=100)
    chunk_overlap: int = Field(default=1, ge=0)

    @field_validator("fallback_encoding")
    @classmethod
    def _is_code_page(cls, value: str | None) -> str | None:
        if value is None:
            return None
        try:
            name = codecs.lookup(value).name
            kept = all(probe.decode(name) == probe.decode("ascii") for probe in (_ESCAPES, _ASCII))
        except (LookupError, ValueError):
            raise ValueError(f"{value!r} is not a code page Python knows; try cp1252 or cp1257") from None
        if not kept:
            raise ValueError(f"{value!r} is not a code page that extends ASCII; try cp1252 or cp1257")
        return name

    @model_validator(mode="after")
    def _windows_advance(self) -> CorpusParams:
        if self.chunk_overlap >= self.chunk_sentences:
            raise ValueError(f"chunk_overlap ({self.chunk_overlap}) must be less than chunk_sentences ({self.chunk_sentences})")
        return self

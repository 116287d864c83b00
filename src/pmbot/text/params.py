"""The settings of this package."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class TextParams(BaseModel):
    """How text is cut and compared.

    `language` chooses the stopwords, the stemmer and the templates. The abbreviations of all `sentence_languages` are used
    together, because one folder may hold documents in several languages. Codes are ISO 639, two or three small letters.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    language: str = Field(default="en", pattern=r"^[a-z]{2,3}$")
    sentence_languages: tuple[str, ...] = Field(default=("en", "lv", "ru"), min_length=1)

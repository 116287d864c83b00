"""What a Markdown file says of itself at its top, between two lines of three dashes."""

from __future__ import annotations

import re
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from pmbot.errors import UnreadableDocument
from pmbot.yamlfile import YamlData, parse_yaml

_FIRST_KEY = re.compile(r"[\w\"'][^:\n]{0,100}:(?:\s|$)|#")
_LONGEST = 20_000
_CLOSING = frozenset({"---", "..."})


class FrontMatter(BaseModel):
    """The fields that are used; others (`tags`, `layout` …) are left to the tools they belong to."""

    model_config = ConfigDict(extra="ignore", frozen=True, coerce_numbers_to_str=True, defer_build=True)

    title: str | None = Field(default=None, min_length=1, max_length=1000)
    source_url: str | None = Field(default=None, pattern=r"^https?://[^\s]{1,2000}$")
    language: str | None = Field(default=None, pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}$")
    date: str | None = Field(default=None, pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2}([T ][^\s]{1,30})?)?)?$")


class Parted(NamedTuple):
    """The front matter, and the index of the first line below it."""

    front: FrontMatter
    body_from: int


def part(lines: list[str], where: str) -> Parted:
    """Part the lines of a file in front matter and body.

    Without a closing line, or when what stands between does not start like a mapping, the dashes are a rule in the
    text. Raises `UnreadableDocument` with `where:line` for YAML that is broken or endless, for a value that is not what it should
    be, and for a field that is nearly one of ours (`titel`).
    """
    end = _end(lines)
    if end is None:
        return Parted(FrontMatter(), 0)
    text = "\n".join(lines[1:end])
    if len(text) > _LONGEST:
        raise UnreadableDocument(f"{where}:1: the front matter is longer than {_LONGEST:,} characters; shorten it")
    data = parse_yaml(text, error=UnreadableDocument, where=where, first_line=2)
    _refuse_misspelt(data)
    return Parted(data.validate(FrontMatter, error=UnreadableDocument), end + 1)


def _end(lines: list[str]) -> int | None:
    if not lines or lines[0].rstrip() != "---":
        return None
    begun = False
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() in _CLOSING:
            return number
        if not begun and line.strip():
            if not _FIRST_KEY.match(line):
                return None
            begun = True
    return None


def _refuse_misspelt(data: YamlData) -> None:
    import difflib

    known = tuple(FrontMatter.model_fields)
    for key in data.data if isinstance(data.data, dict) else ():
        near = [] if key in known else difflib.get_close_matches(key[:100].lower(), known, n=1, cutoff=0.8)
        if near:
            raise UnreadableDocument(f"{data.place((key,))}: {key}: is not a known field; did you mean {near[0]!r}?")

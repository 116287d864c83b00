"""Reading the word lists of `config/`: their lines, one word a line, or a table of demonyms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from pydantic import BaseModel, ConfigDict

from pmbot.errors import ConfigError
from pmbot.text.normalize import fold
from pmbot.yamlfile import Parse, read_model, read_text

_COMMENT = re.compile(r"(?:^|\s)#.*")


def content_lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a word file that hold something, with their numbers from 1: UTF-8, NFC, without the blanks around them.

    `#` starts a comment at the start of a line or after a blank. ConfigError, as `file:line: what; what to do`, when the file cannot be
    read or is not UTF-8.
    """
    text = read_text(path, error=ConfigError)
    for number, raw in enumerate(unicodedata.normalize("NFC", text).splitlines(), start=1):
        content = (_COMMENT.sub("", raw) if "#" in raw else raw).strip()
        if content:
            yield number, content


def read_words(path: Path) -> frozenset[str]:
    """Read a list with one word a line, case kept; ConfigError names a line that holds several words. See `content_lines`."""
    words: set[str] = set()
    for number, content in content_lines(path):
        found = content.split()
        if len(found) > 1:
            raise ConfigError(f"{path}:{number}: holds {len(found)} words; write one word a line, comments behind #")
        words.update(found)
    return frozenset(words)


def read_demonyms(path: Path, parse: Parse | None = None) -> Mapping[str, str]:
    """Read `places: {place: [demonym, …]}` as demonym → place, both folded (see `text.normalize.fold`).

    Every entry is one word. ConfigError, naming file and field, when the YAML is wrong, an entry is not a single word, or one
    demonym belongs to two places.
    """
    table: dict[str, str] = {}
    for place, demonyms in read_model(path, _Table, error=ConfigError, parse=parse).places.items():
        for word in (place, *demonyms):
            if not word or len(word.split()) != 1:
                raise ConfigError(f"{path}: places.{place}: {word!r} is not a single word; write one word, or leave it out")
        for demonym in map(fold, demonyms):
            if table.setdefault(demonym, fold(place)) != fold(place):
                raise ConfigError(f"{path}: places.{place}: {demonym!r} already belongs to {table[demonym]!r}; keep one of the two")
    return MappingProxyType(table)


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    places: dict[str, tuple[str, ...]]

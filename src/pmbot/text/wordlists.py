"""Reading the word lists of `config/`: one word a line, or a table of demonyms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from pydantic import BaseModel, ConfigDict

from pmbot.errors import ConfigError
from pmbot.text.normalize import fold
from pmbot.yamlfile import Parse, read_model

_COMMENT = re.compile(r"(?:^|\s)#.*")


def read_words(path: Path) -> frozenset[str]:
    """Read a list with one word a line (UTF-8, NFC, case kept); `#` starts a comment at the start of a line or after a blank.

    ConfigError, as `file:line: what; what to do`, when the file cannot be read, is not UTF-8, or a line holds several words.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as problem:
        raise ConfigError(f"{path}: cannot be read: {problem.strerror or problem}; check the path and its permissions") from problem
    except UnicodeDecodeError as problem:
        line = problem.object.count(b"\n", 0, problem.start) + 1
        raise ConfigError(f"{path}:{line}: is not UTF-8; save the file as UTF-8") from problem
    words: set[str] = set()
    for number, raw in enumerate(text.splitlines(), start=1):
        found = unicodedata.normalize("NFC", _COMMENT.sub("", raw)).split()
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

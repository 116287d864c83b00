"""YAML, parsed once: parsing a settings file takes longer than answering a question."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from pmbot import yamlfile
from pmbot.errors import PmbotError
from pmbot.storage.prepared import Prepared, code_of
from pmbot.yamlfile import YamlData, parse_yaml

SHORTEST = 200
"""Characters; what is shorter is parsed as fast as it is looked up."""


class ParsedYaml:
    """Parses YAML as `yamlfile.parse_yaml` does, and remembers what came of it. A text with a mistake is not remembered."""

    def __init__(self, prepared: Prepared) -> None:
        self._prepared = prepared

    @classmethod
    def usual(cls, environ: Mapping[str, str]) -> ParsedYaml:
        """In the folder for what can be lost."""
        return cls(Prepared.usual(environ))

    def __call__(self, text: str, /, *, error: type[PmbotError], where: str) -> YamlData:
        """Parse `text`, which came from the file `where`; raise `error` for what is not our YAML."""

        def make() -> list[Any]:
            found = parse_yaml(text, error=error, where=where)
            return [found.data, [[entry, *place] for entry, place in found.places.items()]]

        if len(text) < SHORTEST:
            return parse_yaml(text, error=error, where=where)
        data, places = self._prepared.get((b"yaml", code_of(yamlfile), text.encode("utf-8", "surrogatepass")), make)
        return YamlData(data, where, MappingProxyType({tuple(entry): (line, column) for entry, line, column in places}))

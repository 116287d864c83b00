"""Parsed YAML, kept by the hash of its text: parsing a large question set takes longer than asking some of its questions."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from pmbot.errors import PmbotError, StateError
from pmbot.storage.places import private_folder, state_home
from pmbot.version import __version__
from pmbot.yamlfile import YamlData, parse_yaml

FORMAT = "1"
SHORTEST = 4_000
"""Characters; what is shorter is parsed as fast as it is looked up."""

MOST = 50
"""Texts that are kept; the ones not used for longest go first."""


class ParsedYaml:
    """Parses YAML as `yamlfile.parse_yaml` does, and remembers what came of it in `folder` (None: nowhere).

    A text with a mistake is not remembered. What was kept and cannot be read is made anew; a folder that cannot be written to, or that
    others can, is not used: then everything is parsed every time, which is slower and nothing else.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    @classmethod
    def usual(cls, environ: Mapping[str, str]) -> ParsedYaml:
        """In the folder of all state."""
        try:
            return cls(state_home(environ) / "parsed")
        except StateError:
            return cls(None)

    def __call__(self, text: str, /, *, error: type[PmbotError], where: str) -> YamlData:
        """Parse `text`, which came from the file `where`; raise `error` for what is not our YAML."""
        if self._folder is None or len(text) < SHORTEST:
            return parse_yaml(text, error=error, where=where)
        digest = hashlib.sha256(f"{FORMAT} {__version__}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()
        path = self._folder / f"{digest}.json"
        try:
            private_folder(self._folder)
        except StateError:
            return parse_yaml(text, error=error, where=where)
        found = _read(path, where)
        if found is None:
            found = parse_yaml(text, error=error, where=where)
            _write(path, found)
        return found


def _read(path: Path, where: str) -> YamlData | None:
    try:
        data, places = json.loads(path.read_bytes())
        found = YamlData(data, where, MappingProxyType({tuple(entry): (line, column) for entry, line, column in places}))
    except (OSError, ValueError, TypeError):
        return None
    with contextlib.suppress(OSError):
        os.utime(path)
    return found


def _write(path: Path, found: YamlData) -> None:
    """Write beside and rename, so that readers see all or nothing; what was not used for longest goes."""
    text = json.dumps([found.data, [[entry, *place] for entry, place in found.places.items()]], ensure_ascii=True, separators=(",", ":"))
    beside = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        beside.write_text(text, encoding="ascii")
        beside.replace(path)
        kept = sorted(path.parent.iterdir(), key=lambda file: (file.stat().st_mtime_ns, file.name))
        for old in kept[:-MOST]:
            old.unlink(missing_ok=True)
    except OSError:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)

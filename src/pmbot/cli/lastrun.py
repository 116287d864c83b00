"""Which cases failed when they were last run: kept in the state folder of their knowledge."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from pmbot.cli.files import replace_file
from pmbot.errors import StateError
from pmbot.storage.places import private_folder, state_folder, state_home


class LastRun:
    """The names of the cases of one knowledge that failed last."""

    def __init__(self, knowledge: Path, environ: Mapping[str, str]) -> None:
        self._folder = state_folder(knowledge, state_home(environ)) / "results"
        self._file = self._folder / "last.json"

    def failed(self) -> frozenset[str]:
        """Read them; none when nothing was ever run. StateError when the file cannot be read."""
        try:
            data = json.loads(self._file.read_text(encoding="utf-8"))
            return frozenset(str(name) for name in data["failed"])
        except FileNotFoundError:
            return frozenset()
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StateError(f"{self._file}: cannot be read ({error}); remove it, it is written again by the next run") from error

    def keep(self, failed: Iterable[str], passed: Iterable[str]) -> None:
        """Add and take away names, atomically; StateError when that is impossible."""
        try:
            before = self.failed()
        except StateError:
            before = frozenset()  # what cannot be read is written anew
        names = sorted((before | set(failed)) - set(passed))
        private_folder(self._folder.parent)
        private_folder(self._folder)
        try:
            replace_file(self._file, json.dumps({"schema": "pmbot.results/1", "failed": names}, indent=1) + "\n")
            self._file.chmod(0o600)
        except OSError as error:
            raise StateError(f"{self._file}: cannot be written: {error.strerror or error}") from error

"""What was typed before, kept between conversations in a file that nobody else can read."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from prompt_toolkit.history import FileHistory

MOST = 1_000_000
"""Bytes of history that are kept; when a conversation begins with more, the older half goes."""


class PrivateHistory(FileHistory):
    """A file of prompt_toolkit's form, mode 600. When it cannot be read or written, the history lasts as long as the conversation."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self._path = path

    def load_history_strings(self) -> Iterable[str]:
        """Yield what was typed before, newest first."""
        try:
            self._prepare()
            return tuple(super().load_history_strings())
        except OSError:
            return ()

    def store_string(self, string: str) -> None:
        """Add a line to the file."""
        try:
            self._prepare()
            super().store_string(string)
        except OSError:
            return

    def _prepare(self) -> None:
        """Make the file, for this user alone, and keep it from growing for ever."""
        os.close(os.open(self._path, os.O_CREAT | os.O_WRONLY | os.O_CLOEXEC, 0o600))
        self._path.chmod(0o600)
        if self._path.stat().st_size > MOST:
            kept = self._path.read_bytes()[-MOST // 2 :]
            # An entry begins with an empty line and its time.
            self._path.write_bytes(kept[kept.find(b"\n\n#") + 1 :])

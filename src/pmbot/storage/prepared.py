"""What was made of texts that seldom change (settings, word lists, question sets), kept by the hash of what it was made of."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

from pmbot.errors import StateError
from pmbot.storage.places import cache_home, private_folder
from pmbot.version import __version__

MOST = 100
"""Results that are kept; the ones not used for longest go first."""


class Prepared:
    """Keeps results in `folder` (None: nowhere), each in a file of its own: the SHA-256 of the rest, a line end, and JSON.

    The name of the file is the hash of everything that the result was made of, pmbot's version included: what is out of date is never
    found. What is damaged is made anew. A folder that cannot be written to, or that others can, is not used: then everything is made
    every time, which is slower and nothing else.
    """

    def __init__(self, folder: Path | None) -> None:
        self._given = folder

    @classmethod
    def usual(cls, environ: Mapping[str, str]) -> Prepared:
        """In the folder for what can be lost."""
        try:
            return cls(cache_home(environ) / "prepared")
        except StateError:
            return cls(None)

    def get(self, made_of: Sequence[bytes], make: Callable[[], Any]) -> Any:
        """What `make` gives, which must be JSON and depend on `made_of` alone. Errors of `make` are passed on, and not kept."""
        if self._folder is None:
            return make()
        digest = hashlib.sha256(__version__.encode())
        for part in made_of:
            digest.update(b"%d:" % len(part))
            digest.update(part)
        path = self._folder / f"{digest.hexdigest()}.json"
        kept = _read(path)
        if kept is None:
            found = make()
            _write(path, json.dumps(found, ensure_ascii=True, separators=(",", ":")).encode())
            return found
        return json.loads(kept)

    @cached_property
    def _folder(self) -> Path | None:
        try:
            return private_folder(self._given) if self._given is not None else None
        except StateError:
            return None


def code_of(module: ModuleType) -> bytes:
    """The bytes of a module's file, to be among what a result was made of: nobody has to remember that it depends on them.

    Empty where the module has no file, as in a frozen program, which does not change either.
    """
    try:
        return Path(module.__file__ or "").read_bytes()
    except OSError:
        return b""


def _checksum(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode()


def _read(path: Path) -> bytes | None:
    """The JSON in the file; None when there is none, or not the JSON that was written."""
    try:
        checksum, _, body = path.read_bytes().partition(b"\n")
        if checksum != _checksum(body):
            return None
    except OSError:
        return None
    with contextlib.suppress(OSError):
        os.utime(path)
    return body


def _write(path: Path, body: bytes) -> None:
    """Write beside and rename, so that readers see all or nothing; what was not used for longest goes."""
    beside = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        beside.touch(mode=0o600)
        beside.write_bytes(_checksum(body) + b"\n" + body)
        beside.replace(path)
        kept = sorted(path.parent.iterdir(), key=lambda file: (file.stat().st_mtime_ns, file.name))
        for old in kept[:-MOST]:
            old.unlink(missing_ok=True)
    except OSError:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)

"""Where state lies: one private folder per knowledge, under the state folder of the XDG base directories."""

from __future__ import annotations

import hashlib
import os
import pwd
import re
import stat
from collections.abc import Mapping
from pathlib import Path

from pmbot.errors import StateError

ELSEWHERE = "Set XDG_STATE_HOME to a folder you can write, or name one with --index."
READABLE = 40
"""Characters of the name of the knowledge that a folder's name keeps."""

_UNREADABLE = re.compile(r"[^\w.]+")


def state_home(environ: Mapping[str, str]) -> Path:
    """Name the folder that holds all state: $XDG_STATE_HOME/pmbot, or ~/.local/state/pmbot. Creates nothing.

    Paths that are not absolute are ignored, as the XDG specification demands. Without HOME the user database is asked;
    StateError when it knows no home either.
    """
    return _named(environ, "XDG_STATE_HOME") or _home(environ) / ".local" / "state" / "pmbot"


def cache_home(environ: Mapping[str, str]) -> Path:
    """Name the folder for what can be lost at any time: $XDG_CACHE_HOME/pmbot, or ~/.cache/pmbot. Otherwise like `state_home`."""
    return _named(environ, "XDG_CACHE_HOME") or _home(environ) / ".cache" / "pmbot"


def _named(environ: Mapping[str, str], variable: str) -> Path | None:
    given = Path(environ.get(variable, ""))
    return given / "pmbot" if given.is_absolute() else None


def _home(environ: Mapping[str, str]) -> Path:
    home = environ.get("HOME", "")
    if Path(home).is_absolute():
        return Path(home)
    try:
        home = pwd.getpwuid(os.getuid()).pw_dir
    except KeyError:
        home = ""
    if not Path(home).is_absolute():
        raise StateError(f"there is no home folder to keep the index in: HOME is not set, and user {os.getuid()} has none. {ELSEWHERE}")
    return Path(home)


def state_folder(knowledge: Path, home: Path) -> Path:
    """Name the folder for the state of `knowledge` under `home`: a readable name and 12 hex digits of its real path's SHA-256.

    Two ways to the same folder (relative, by a symbolic link) give the same name. Creates nothing.
    """
    real = os.path.realpath(knowledge)
    name = os.fsencode(Path(real).name).decode("utf-8", "replace")
    readable = _UNREADABLE.sub("-", name).strip("-._")[:READABLE].rstrip("-._")
    digest = hashlib.sha256(os.fsencode(real)).hexdigest()[:12]
    # Named in UTF-8 whatever the code page is, so that it is the same folder, and can be made, in every one.
    return home / os.fsdecode(f"{readable or 'knowledge'}-{digest}".encode())


def private_folder(path: Path) -> Path:
    """Make sure that `path` is a folder of ours that nobody else can write to, and return it.

    What is missing is created for this user alone (mode 700), parents too; what is there keeps its mode.
    StateError when that is impossible, when it belongs to somebody else, or when others may write to it.
    """
    try:
        _create(path)
        found = path.stat()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise StateError(f"cannot make the folder {path}: {reason}. {ELSEWHERE}") from error
    if not stat.S_ISDIR(found.st_mode):
        raise StateError(f"{path} is not a folder. Remove it, or name another folder with --index.")
    if found.st_uid != os.geteuid():
        raise StateError(f"{path} belongs to another user ({found.st_uid}). {ELSEWHERE}")
    if found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise StateError(f"others can write to {path}, and so change what pmbot answers. Run: chmod go-w {path}")
    return path


def _create(path: Path) -> None:
    missing = [folder for folder in (path, *path.parents) if not os.path.lexists(folder)]
    for folder in reversed(missing):
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            continue  # another process was faster
        folder.chmod(0o700)  # whatever the umask

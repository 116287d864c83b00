"""Which files a knowledge folder holds, and their bytes: regular files inside the root, in the same order everywhere."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from pmbot.corpus.ignore import IGNORE_FILE, MAX_IGNORE_MB, Ignore, read_ignore
from pmbot.corpus.names import as_text, shown
from pmbot.errors import CorpusError, UnreadableDocument

_MEGABYTE = 1_000_000
_ATTEMPTS = 3
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC


class Found(NamedTuple):
    """A regular file: `doc_id` is its path below the root with forward slashes, in NFC."""

    doc_id: str
    path: Path


Outcome = Literal["skipped", "refused", "ignored"]


class Skipped(NamedTuple):
    """A file that was not used: its path below the root, and the reason with what to do.

    `kind` says why in a word: `skipped` (no document for us: another format, a missing extra, no text), `refused` (dangerous or
    unreadable), or `ignored` (left out by choice).
    """

    path: str
    reason: str
    kind: Outcome = "skipped"


class Walk(NamedTuple):
    """What a root holds, each part sorted by document id."""

    files: tuple[Found, ...]
    skipped: tuple[Skipped, ...]


def walk(root: Path) -> Walk:
    """All regular files below `root`, or `root` itself when it is a file (a link to one is followed: it was asked for).

    Hidden files and folders are left out silently, what `.pmbotignore` names is reported as ignored (a folder once, with all that
    is in it). Symbolic links, pipes, devices, unreadable folders, and names that are not Unicode are refused. Raises
    `CorpusError` when there is nothing at `root`, when it cannot be opened, or when its `.pmbotignore` is wrong.
    """
    mode = _mode_of(root)
    if stat.S_ISREG(mode):
        return Walk((Found(_doc_id(root.name), Path(os.path.realpath(root))),), ())
    if not stat.S_ISDIR(mode):
        raise CorpusError(f"{shown(str(root))}: {_nature(mode)}, neither a folder nor a file; name a folder with documents or one document")
    found: dict[str, Found] = {}
    skipped: list[Skipped] = []
    # By file name, so that which of two names with the same NFC form wins does not hang on the file system.
    for entry in sorted(_below(root, _ignore_of(root)), key=lambda e: str(e[0])):
        _sort_in(entry, found, skipped)
    return Walk(tuple(found[doc_id] for doc_id in sorted(found)), tuple(sorted(skipped)))


def read_found(found: Found, max_mb: float) -> bytes:
    """Read a file that `walk` found, of at most `max_mb` megabytes; `UnreadableDocument` says why not.

    Every folder on the way down from the root is opened without following links, so that one swapped for a link since the walk
    leads nowhere.
    """
    parts = found.path.parts[-(found.doc_id.count("/") + 1) :]
    here: int | None = None
    try:
        here = os.open(Path(*found.path.parts[: -len(parts)]), _FOLDER)
        for name in parts[:-1]:
            below = os.open(name, _FOLDER | os.O_NOFOLLOW, dir_fd=here)
            os.close(here)
            here = below
        return _read(parts[-1], max_mb, here)
    except OSError as exc:
        raise UnreadableDocument(f"cannot be read: {exc.strerror or exc}") from None
    finally:
        if here is not None:
            os.close(here)


def read_bytes(path: Path, max_mb: float) -> bytes:
    """Read a regular file of at most `max_mb` megabytes; `UnreadableDocument` says why not.

    The file is checked after it is opened, so one swapped for a link or a pipe meanwhile is refused, not waited for. One that
    changes while it is read is read again, a few times at most.
    """
    try:
        return _read(path, max_mb, None)
    except OSError as exc:
        raise UnreadableDocument(f"cannot be read: {exc.strerror or exc}") from None


def _read(path: str | Path, max_mb: float, folder: int | None) -> bytes:
    limit = int(max_mb * _MEGABYTE)
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
    with open(descriptor, "rb") as file:  # noqa: PTH123 - a descriptor, not a path
        for _ in range(_ATTEMPTS):
            before = os.fstat(descriptor)
            if not stat.S_ISREG(before.st_mode):
                raise UnreadableDocument(f"{_nature(before.st_mode)}, not a regular file")
            file.seek(0)
            data = b"" if before.st_size > limit else file.read(limit + 1)
            if before.st_size > limit or len(data) > limit:
                size = max(before.st_size, len(data)) / _MEGABYTE
                raise UnreadableDocument(f"too large ({size:.1f} MB, allowed are {max_mb:g}); split it, or raise max_file_mb")
            after = os.fstat(descriptor)
            if (before.st_mtime_ns, before.st_size) == (after.st_mtime_ns, after.st_size):
                break
    return data


def _ignore_of(root: Path) -> Ignore | None:
    """The rules of a folder; a file of rules that cannot be read is an error, since it may hide what is private."""
    path = root / IGNORE_FILE
    if not os.path.lexists(path):
        return None
    try:
        return read_ignore(path, read_bytes(path, MAX_IGNORE_MB))
    except UnreadableDocument as problem:
        raise CorpusError(f"{shown(str(path))}: {problem}") from None


class _Entry(NamedTuple):
    relative: Path
    path: Path
    problem: str | None
    ignored: bool = False


def _below(root: Path, ignore: Ignore | None) -> Iterator[_Entry]:
    """Every file below `root`, and every folder that could not be opened; a stack, as folders may nest very deep."""
    waiting = [(Path(), root)]
    while waiting:
        relative, folder = waiting.pop()
        try:
            with os.scandir(folder) as listing:
                entries = [(entry.name, _mode(entry)) for entry in listing if not entry.name.startswith(".")]
        except OSError as exc:
            if folder == root:
                raise CorpusError(f"{shown(str(root))}: the folder cannot be opened: {exc.strerror}; check its permissions") from None
            yield _Entry(relative, folder, f"the folder cannot be opened: {exc.strerror}")
            continue
        for name, mode in entries:
            is_folder = isinstance(mode, int) and stat.S_ISDIR(mode)
            pattern = ignore.reason(as_text((relative / name).as_posix()), folder=is_folder) if ignore else None
            if pattern is not None:
                yield _Entry(relative / name, folder / name, pattern, ignored=True)
            elif is_folder:
                waiting.append((relative / name, folder / name))
            else:
                yield _Entry(relative / name, folder / name, _objection(mode))


def _objection(mode: int | OSError) -> str | None:
    if isinstance(mode, OSError):
        return f"cannot be opened: {mode.strerror}"
    return None if stat.S_ISREG(mode) else f"{_nature(mode)}; only regular files inside the folder are read"


def _sort_in(entry: _Entry, found: dict[str, Found], skipped: list[Skipped]) -> None:
    name = entry.relative.as_posix()
    doc_id = _doc_id(name)
    if entry.ignored:
        skipped.append(Skipped(doc_id, entry.problem or IGNORE_FILE, "ignored"))
    elif entry.problem:
        skipped.append(Skipped(doc_id, entry.problem, "refused"))
    elif shown(name) != as_text(name):
        skipped.append(Skipped(doc_id, "the file name is not valid Unicode; rename it", "refused"))
    elif doc_id in found:
        skipped.append(Skipped(doc_id, "two files have this name, written with different code points; rename one", "refused"))
    else:
        found[doc_id] = Found(doc_id, entry.path)


def _mode(entry: os.DirEntry[str]) -> int | OSError:
    try:
        return entry.stat(follow_symlinks=False).st_mode
    except OSError as exc:
        return exc


def _mode_of(root: Path) -> int:
    try:
        return root.stat().st_mode
    except FileNotFoundError:
        raise CorpusError(f"{shown(str(root))}: no such file or folder; name a folder with documents or one document") from None
    except (OSError, ValueError) as exc:
        reason = exc.strerror if isinstance(exc, OSError) else exc
        raise CorpusError(f"{shown(str(root))}: cannot be opened: {reason}; name a folder with documents or one document") from None


def _nature(mode: int) -> str:
    if stat.S_ISLNK(mode):
        return "a symbolic link"
    if stat.S_ISFIFO(mode):
        return "a pipe"
    if stat.S_ISSOCK(mode):
        return "a socket"
    if stat.S_ISDIR(mode):
        return "a folder"
    return "a device"


def _doc_id(name: str) -> str:
    return unicodedata.normalize("NFC", shown(name))

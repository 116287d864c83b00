"""Noticing that documents change: by events of the system where `watchfiles` is installed, else by looking.

Events only wake us; whether something has changed is always seen from the files. So nothing is missed for long when events
are lost, or never come (network folders), and nothing is told when a file was merely touched by a reader.
"""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Callable, Hashable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

from pmbot.errors import PmbotError

if TYPE_CHECKING:
    from watchfiles import Change

INTERVAL = 1.0
"""Seconds between two looks when there are no events."""

INTERVAL_WITH_EVENTS = 30.0
QUIET = 0.3
"""Seconds without a change after which a change is told: a folder that is being copied is told once."""

MOST_LOOKS = 20
"""So many times we wait for quiet; a file that never rests (a log) is told all the same."""

FILES_PER_SECOND = 10_000
"""Looks at large folders are rarer, so that they cost a tenth of one processor at most."""

IGNORE_FILE = ".pmbotignore"
"""The one hidden file that counts: it says which others are read."""


class Look(NamedTuple):
    """What the files were like at one time: how many, and a digest of their names, sizes, times and inodes."""

    files: int
    digest: int


class Watcher:
    """Calls `on_change` in a thread of its own when something below `paths` has changed since it was made.

    Make it before the documents are read, `start` it after: then no change is missed. Hidden files do not count, as they
    are not read either; symbolic links inside a folder are not followed. What `on_change` raises goes to `on_error`, and
    watching goes on; changes during `on_change` are told after it.
    """

    def __init__(
        self,
        paths: Sequence[Path],
        on_change: Callable[[], None],
        on_error: Callable[[Exception], None],
        *,
        interval: float | None = None,
        quiet: float = QUIET,
    ) -> None:
        """`interval`: look every so many seconds, without events; None: by events where possible."""
        self._paths = tuple(paths)
        self._on_change, self._on_error = on_change, on_error
        self._interval, self._quiet = interval, quiet
        self._stop, self._wake = threading.Event(), threading.Event()
        self._seen = look(self._paths)
        self._threads: list[threading.Thread] = []
        self._events = False

    @property
    def by_events(self) -> bool:
        """Whether the system tells us of changes; if not, we look every second or so."""
        return self._events

    def start(self) -> None:
        """Begin to watch."""
        self._events = self._interval is None and _has_events()
        self._threads = [threading.Thread(target=self._run, name="pmbot-watch", daemon=True)]
        if self._events:
            self._threads += [threading.Thread(target=self._listen, args=(path,), name="pmbot-events", daemon=True) for path in self._paths]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End watching; a change that is being told is waited for, two seconds at most."""
        self._stop.set()
        self._wake.set()
        for thread in self._threads:
            if thread is not threading.current_thread():
                thread.join(timeout=2)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _run(self) -> None:
        while not self._stop.is_set():
            self._wake.wait(self._pause())
            self._wake.clear()
            try:
                if not self._stop.is_set() and self._changed():
                    self._on_change()
            except Exception as error:  # noqa: BLE001 - a thread that dies would leave old answers standing, silently
                self._on_error(error)

    def _pause(self) -> float:
        usual = INTERVAL_WITH_EVENTS if self._events else self._interval or INTERVAL
        return max(usual, self._seen.files / FILES_PER_SECOND)

    def _changed(self) -> bool:
        now = look(self._paths)
        if now == self._seen:
            return False
        for _ in range(MOST_LOOKS):
            before = now
            if self._stop.wait(self._quiet):
                return False
            now = look(self._paths)
            if now == before:
                break
        changed, self._seen = now != self._seen, now
        return changed

    def _listen(self, path: Path) -> None:
        """Wake the watcher at every event below `path`, and when another folder has taken its place."""
        while not self._stop.is_set():
            try:
                self._listen_to(path)
            except FileNotFoundError:
                self._stop.wait(INTERVAL)
            except (OSError, RuntimeError) as error:
                self._events = False
                message = f"cannot be told of changes in {path}: {error}. Looking every {INTERVAL:g} s instead"
                self._on_error(PmbotError(message))
                self._wake.set()
                return
            self._wake.set()

    def _listen_to(self, path: Path) -> None:
        from watchfiles import watch

        # Editors replace a file when they save it, and events belong to the old one: listen to its folder.
        alone = not path.is_dir()
        target = path.parent if alone else path
        identity = _identity(target)
        batches = watch(
            target,
            watch_filter=None if alone else _visible_below(target),
            debounce=200,
            stop_event=self._stop,
            rust_timeout=int(INTERVAL * 1000),
            yield_on_timeout=True,
            raise_interrupt=False,
            recursive=not alone,
            ignore_permission_denied=True,
        )
        for batch in batches:
            if batch:
                self._wake.set()
            elif _identity(target) != identity or path.is_dir() == alone:
                return


def look(paths: Sequence[Path]) -> Look:
    """Look at all files below `paths`, without opening any. What cannot be looked at counts by the reason why."""
    files = digest = 0
    for path in paths:
        for fact in _facts(path):
            files += 1
            digest = (digest + hash(fact)) % (1 << 64)  # in whatever order a folder is listed
    return Look(files, digest)


def _facts(root: Path) -> Iterator[Hashable]:
    try:
        status = root.stat()
    except OSError as error:
        yield error.errno
        return
    if not stat.S_ISDIR(status.st_mode):
        yield _fact(status)
        return
    waiting = [os.fspath(root)]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as listing:
                entries = [entry for entry in listing if not _hidden(entry.name)]
        except OSError as error:
            yield folder, error.errno
            continue
        for entry in entries:
            try:
                status = entry.stat(follow_symlinks=False)
            except OSError as error:
                yield entry.path, error.errno
                continue
            if stat.S_ISDIR(status.st_mode):
                waiting.append(entry.path)
            else:
                yield entry.path, _fact(status)


def _fact(status: os.stat_result) -> tuple[int, ...]:
    return status.st_dev, status.st_ino, status.st_mode, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _hidden(name: str) -> bool:
    return name.startswith(".") and name != IGNORE_FILE


def _identity(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_dev, status.st_ino


def _visible_below(folder: Path) -> Callable[[Change, str], bool]:
    """Whether an event is about a file that is not hidden: a repository's own folder is busy, and not read."""
    depth = len(folder.parts)
    return lambda _, name: not any(_hidden(part) for part in Path(name).parts[depth:])


def _has_events() -> bool:
    try:
        import watchfiles  # noqa: F401 - an extra: it is there or not
    except ImportError:
        return False
    return True

"""The folder of a generation: opening, locking, publishing by one rename, sweeping up after writers that were killed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from pmbot.errors import StateError
from pmbot.storage.layout import Meta
from pmbot.storage.mapped import Generation
from pmbot.storage.places import private_folder
from pmbot.storage.writing import Part, Writer, saving, sync_folder

if TYPE_CHECKING:
    from filelock import BaseFileLock

__all__ = ["Generation", "GenerationFolder", "Meta", "Part"]

INDEX = "index.pmbot"
LOCK = "index.lock"
LOCK_TIMEOUT = 3600.0
"""Seconds to wait for another indexer before giving up."""


class GenerationFolder:
    """A state folder and the generation in it. The first lock or write creates the folder, for this user alone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / INDEX

    def open(self) -> Generation | None:
        """Open the published generation; None when there is none yet.

        DamagedIndex and OtherVersion (both UnusableIndex: build again) say why in words; StateError when it cannot be read at all.
        """
        try:
            return Generation(self.path)
        except FileNotFoundError:
            return None

    @contextmanager
    def lock(self, timeout: float = LOCK_TIMEOUT, on_wait: Callable[[str], None] = lambda _: None) -> Iterator[None]:
        """Keep other indexers (processes and threads) out. A thread may take the lock again while it has it.

        When somebody else has it, `on_wait` gets a message, once, and we wait `timeout` seconds; StateError after that.
        The system frees the lock of a process that was killed.
        """
        from filelock import Timeout

        private_folder(self.folder)
        lock = self._file_lock()
        try:
            try:
                lock.acquire(timeout=0)
            except Timeout:
                on_wait("Another pmbot is indexing these documents: waiting until it is done.")
                lock.acquire(timeout=timeout)
        except Timeout as error:
            raise StateError(f"another pmbot still indexes these documents after {timeout:.0f} s (lock: {lock.lock_file}).") from error
        except (OSError, NotImplementedError) as error:  # the second where the file system knows no locks
            raise StateError(f"the folder {self.folder} cannot be locked: {error}. Name a folder you can write with --index.") from error
        try:
            yield
        finally:
            lock.release()

    def write(self, meta: Meta, blocks: Iterable[tuple[str, Iterable[Part]]]) -> Generation:
        """Write a generation beside the published one, check every byte of it, publish it, and return it open.

        `meta` must be JSON; it is read after the last block. Names of blocks are distinct. Takes the lock, unless the caller has it.
        When anything fails, the temporary file is removed and the old generation stays: StateError says what failed; errors
        of `blocks` and KeyboardInterrupt go through. Only when flushing the folder fails has the new one, complete, already
        taken its place.
        """
        with self.lock():
            self.sweep()
            temporary = self.folder / f"{INDEX}.{os.getpid()}.tmp"
            try:
                with Writer(temporary, self.path) as writer:
                    for name, parts in blocks:
                        writer.block(name, parts)
                    writer.finish(meta)
                generation = self._publish(temporary)
            except BaseException:  # whatever ended it, Ctrl-C too: half a generation must not stay
                with suppress(OSError):  # what cannot be removed now is swept by the next writer
                    temporary.unlink()
                raise
        return generation

    def _publish(self, temporary: Path) -> Generation:
        generation = Generation(temporary)
        try:
            generation.verify()
            with saving(self.path, "publish"):
                temporary.replace(self.path)
            generation.path = self.path
            sync_folder(self.folder, self.path)
        except BaseException:  # whatever ended it, Ctrl-C too: a descriptor must not be lost
            generation.close()
            raise
        return generation

    def sweep(self) -> None:
        """Remove the temporary files of writers that were killed; nothing while a writer is at work."""
        from filelock import Timeout

        try:
            if not self.folder.is_dir():
                return
            with self._file_lock().acquire(timeout=0):
                for path in self.folder.glob(f"{INDEX}.*.tmp"):
                    path.unlink(missing_ok=True)
        except Timeout:
            return
        except (OSError, NotImplementedError) as error:  # the second where the file system knows no locks
            raise StateError(f"what a killed writer left in {self.folder} cannot be removed: {error}.") from error

    def _file_lock(self) -> BaseFileLock:
        """The one lock object of this folder in this process, however the folder is spelled: so a thread can take it twice."""
        from filelock import FileLock

        return FileLock(Path(os.path.realpath(self.folder)) / LOCK, mode=0o600, is_singleton=True)

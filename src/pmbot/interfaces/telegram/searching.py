"""Searching in threads, so that the loop stays free."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


class Searcher:
    """Runs what takes processor time in `threads` threads of its own."""

    def __init__(self, threads: int) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="pmbot-search")
        self._desk = ThreadPoolExecutor(1, thread_name_prefix="pmbot-record")
        self._running = 0
        self._lock = threading.Lock()

    @property
    def busy(self) -> bool:
        """Whether something is still running."""
        return self._running > 0

    async def run(self, work: Callable[[], T]) -> T:
        """Give what `work` gives; its errors come through."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, self._counted, work)

    async def jot(self, work: Callable[[], T]) -> T:
        """Run something short that may wait for a file, beside the searches."""
        return await asyncio.get_running_loop().run_in_executor(self._desk, self._counted, work)

    def close(self) -> None:
        """Take no more work, and wait for none."""
        for pool in (self._pool, self._desk):
            pool.shutdown(wait=False, cancel_futures=True)

    def _counted(self, work: Callable[[], T]) -> T:
        with self._lock:
            self._running += 1
        try:
            return work()
        finally:
            with self._lock:
                self._running -= 1

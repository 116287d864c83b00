"""The time, for what has to know when it looked at files."""

from __future__ import annotations

import time


def now_ns() -> int:
    """Nanoseconds since 1970."""
    return time.time_ns()

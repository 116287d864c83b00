"""How fast one user may ask: a token bucket each, on a clock that never jumps."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

_USERS = 10_000
"""Buckets kept; the user who has been silent longest is forgotten first, and starts with a full one."""


@dataclass
class _Bucket:
    tokens: float
    at: float
    told: bool = False


class Rates:
    """One bucket a user: `burst` questions at once, `per_minute` on the average. `clock` is monotonic, in seconds."""

    def __init__(self, per_minute: float, burst: int, clock: Callable[[], float]) -> None:
        self._per_second, self._burst, self._clock = per_minute / 60.0, float(burst), clock
        self._buckets: OrderedDict[int, _Bucket] = OrderedDict()

    def admit(self, user: int) -> bool:
        """Take a token; False when there is none."""
        bucket = self._filled(user)
        if bucket.tokens < 1.0:
            return False
        bucket.tokens -= 1.0
        bucket.told = False
        return True

    def tell(self, user: int) -> int | None:
        """Seconds to wait, to be told to a user who was not admitted; None when that was said since the last admission."""
        bucket = self._filled(user)
        if bucket.told:
            return None
        bucket.told = True
        return max(1, math.ceil((1.0 - bucket.tokens) / self._per_second))

    def _filled(self, user: int) -> _Bucket:
        now = self._clock()
        bucket = self._buckets.setdefault(user, _Bucket(self._burst, now))
        bucket.tokens = min(self._burst, bucket.tokens + (now - bucket.at) * self._per_second)
        bucket.at = now
        self._buckets.move_to_end(user)
        if len(self._buckets) > _USERS:
            self._buckets.popitem(last=False)
        return bucket

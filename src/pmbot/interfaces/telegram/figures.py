"""The figures of /metrics."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pmbot.interfaces.telegram.health import Gauge, Health
from pmbot.interfaces.telegram.inbox import Inbox

if TYPE_CHECKING:
    from pmbot.interfaces.telegram.delivery import Courier


def figures(inbox: Inbox, health: Health, courier: Courier | None) -> Iterator[Gauge]:
    """Yield what is going on now."""
    by_outcome = {outcome.value: float(count) for outcome, count in inbox.outcomes.items()}
    yield Gauge("pmbot_telegram_updates", "Updates dealt with, by what became of them.", "counter", by_outcome, "outcome")
    yield Gauge("pmbot_telegram_seconds", "Seconds from taking updates to having dealt with them.", "counter", {"": inbox.seconds})
    yield Gauge("pmbot_telegram_retries", "Calls made once more.", "counter", {"": float(courier.retries if courier else 0)})
    yield Gauge("pmbot_telegram_in_flight", "Updates taken and not yet dealt with.", "gauge", {"": float(inbox.waiting)})
    yield Gauge("pmbot_telegram_healthy", "1 when we hear from Telegram.", "gauge", {"": float(health.problem is None)})
    if health.silence is not None:
        yield Gauge("pmbot_telegram_silence_seconds", "Seconds since we last heard from Telegram.", "gauge", {"": health.silence})

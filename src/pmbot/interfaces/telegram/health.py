"""Whether we hear from Telegram; told to supervisors (/healthz) and to Prometheus (/metrics) on a port of this computer alone."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pmbot.errors import InterfaceError

if TYPE_CHECKING:
    from aiohttp import web

STALE_AFTER = 3
"""Health is red when nothing was heard for so many times the time-out of a poll."""


class Health:
    """Green or red. `timeout` is the longest time between two signs of life, in seconds; `clock` is monotonic."""

    def __init__(self, timeout: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._timeout, self._clock = timeout, clock
        self._heard: float | None = None
        self.trouble: str | None = "starting"

    def heard(self) -> None:
        """Telegram has answered as it should."""
        self._heard, self.trouble = self._clock(), None

    def in_trouble(self, reason: str) -> None:
        """Something is wrong until we hear again."""
        self.trouble = reason

    @property
    def silence(self) -> float | None:
        """Seconds since we last heard; None when we never did."""
        return None if self._heard is None else self._clock() - self._heard

    @property
    def problem(self) -> str | None:
        """What is wrong; None when nothing is."""
        if self.trouble is not None:
            return self.trouble
        silence = self.silence
        if silence is not None and silence > STALE_AFTER * self._timeout:
            return f"nothing heard for {silence:.0f} s"
        return None


@dataclass(frozen=True)
class Gauge:
    """A figure for Prometheus: `kind` is counter or gauge; `labels` are the values of its one label."""

    name: str
    help: str
    kind: str
    values: dict[str, float]
    label: str = ""


Figures = Callable[[], Iterator[Gauge]]


class HealthServer:
    """Serves /healthz (200 or 503, with the reason) and /metrics."""

    def __init__(self, health: Health, figures: Figures) -> None:
        self._health, self._figures = health, figures
        self._runner: web.AppRunner | None = None

    async def start(self, host: str, port: int) -> None:
        """Listen; InterfaceError when the port is taken."""
        from aiohttp import web

        app = web.Application()
        app.router.add_get("/healthz", self._healthz)
        app.router.add_get("/metrics", self._metrics)
        self._runner = await listening(app, host, port, "telegram.health_port")

    async def stop(self) -> None:
        """Stop listening."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def _healthz(self, _request: web.Request) -> web.StreamResponse:
        from aiohttp import web

        problem = self._health.problem
        body = {"status": "red" if problem else "green", "problem": problem, "silence_seconds": self._health.silence}
        return web.Response(status=503 if problem else 200, text=json.dumps(body), content_type="application/json")

    async def _metrics(self, _request: web.Request) -> web.StreamResponse:
        from aiohttp import web

        try:
            text = exposition(self._figures())
        except ImportError:
            return web.Response(status=501, text="metrics need prometheus-client: pip install 'pmbot[metrics]'\n")
        return web.Response(text=text, headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"})


def exposition(figures: Iterator[Gauge]) -> str:
    """Write figures as Prometheus reads them; ImportError without prometheus-client."""
    from prometheus_client import CollectorRegistry, generate_latest
    from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

    families = []
    for figure in figures:
        make = CounterMetricFamily if figure.kind == "counter" else GaugeMetricFamily
        family = make(figure.name, figure.help, labels=[figure.label] if figure.label else [])
        for value, number in figure.values.items():
            family.add_metric([value] if figure.label else [], number)
        families.append(family)

    class Collector:
        def collect(self) -> Iterator[Any]:
            return iter(families)

    registry = CollectorRegistry(auto_describe=False)
    registry.register(Collector())
    return generate_latest(registry).decode("utf-8")


async def listening(app: web.Application, host: str, port: int, setting: str) -> web.AppRunner:
    """Serve `app` at this address; InterfaceError, naming the `setting` to change, when that is impossible."""
    from aiohttp import web

    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0, handle_signals=False)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        await runner.cleanup()
        reason = error.strerror or str(error)
        raise InterfaceError(f"cannot listen on {host}:{port}: {reason.strip()[:200]}; choose another with {setting}") from None
    return runner

"""Green while we hear, red when we do not."""

from __future__ import annotations

import subprocess
import sys

import pytest

from pmbot.interfaces.telegram.health import Gauge, Health, exposition


class Clock:
    now = 50.0

    def __call__(self) -> float:
        return self.now


def test_silence_is_red_after_three_times_the_timeout() -> None:
    clock = Clock()
    health = Health(10.0, clock)
    assert (health.problem, health.silence) == ("starting", None)
    health.heard()
    clock.now += 30.0
    assert (health.problem, health.silence) == (None, 30.0)
    clock.now += 1.0
    assert health.problem == "nothing heard for 31 s"
    health.heard()
    assert health.problem is None


def test_trouble_is_red_until_we_hear() -> None:
    health = Health(10.0, Clock())
    health.heard()
    health.in_trouble("another program fetches")
    assert health.problem == "another program fetches"
    health.heard()
    assert health.problem is None


def test_figures_as_prometheus_reads_them() -> None:
    pytest.importorskip("prometheus_client")
    figures = [Gauge("a_b", "What.", "counter", {"x": 1.0, "y": 2.0}, "kind"), Gauge("c", "Now.", "gauge", {"": 3.5})]
    lines = exposition(iter(figures)).splitlines()
    assert [line for line in lines if not line.startswith("#")] == ['a_b_total{kind="x"} 1.0', 'a_b_total{kind="y"} 2.0', "c 3.5"]


def test_the_library_is_not_imported_before_it_is_needed() -> None:
    """`pmbot --help` and the settings must not pay for it."""
    code = (
        "import sys, pmbot.config, pmbot.cli.telegram; print([m for m in ('telegram', 'aiohttp', 'prometheus_client') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

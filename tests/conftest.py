"""What every test stands on: no network, no traces of the person who runs it, the same examples each time.

pytest-socket (flags in pyproject.toml) lets tests connect to loopback only. It leaves looking up names, datagrams and
`connect_ex` open, so an audit hook closes these too.

Hypothesis profiles: `ci` (the default) draws the same examples on every run; `HYPOTHESIS_PROFILE=dev make test` looks for new ones.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost", "", None})
NETWORK_EVENTS = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
LOOKUP_EVENTS = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})
SETTINGS_PREFIXES = ("PMBOT_", "XDG_", "NLTK_")
SETTINGS_NAMES = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "LINES", "PYTHONWARNINGS", "TELEGRAM_TOKEN")

settings.register_profile("ci", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("dev", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def _refuse_network(event: str, args: tuple[Any, ...]) -> None:
    if event in NETWORK_EVENTS:
        address = args[1]
        host = address[0] if isinstance(address, tuple) else None
    elif event in LOOKUP_EVENTS:
        host = args[0]
    else:
        return
    if isinstance(host, bytes):
        host = host.decode()
    if host not in LOOPBACK:
        # Not an OSError: code that copes with being offline must not swallow it.
        raise RuntimeError(f"a test tried to reach the network: {event} {host!r}")


sys.addaudithook(_refuse_network)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="run the heavy tests at their full size, minutes instead of seconds")


@pytest.fixture
def scale(request: pytest.FixtureRequest) -> Callable[[int, int], int]:
    """How often a heavy test does what it does: the first figure, with --full the second."""
    full = request.config.getoption("--full")
    return lambda quick, whole: whole if full else quick


@pytest.fixture(autouse=True)
def _nobody_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty HOME and XDG folders for every test, and no settings from outside."""
    for name in list(os.environ):
        if name.startswith(SETTINGS_PREFIXES) or name in SETTINGS_NAMES:
            monkeypatch.delenv(name)
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name in ("CONFIG", "DATA", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / f".{name.lower()}"))
    return home

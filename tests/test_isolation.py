"""The promises of conftest.py: loopback only, an empty HOME, the same examples each time."""

from __future__ import annotations

import errno
import os
import socket
import urllib.request
from pathlib import Path

import pytest
from hypothesis import settings

# TEST-NET-1 of RFC 5737: an address that belongs to nobody.
NOWHERE = "192.0.2.1"


def test_connecting_beyond_loopback_fails() -> None:
    # pytest-socket warns before it raises, and warnings are errors here: either way it does not connect.
    with socket.socket() as plug:
        plug.settimeout(0.2)
        with pytest.raises(UserWarning, match=r"socket\.connect"):
            plug.connect((NOWHERE, 80))


def test_the_quiet_ways_out_are_closed_too() -> None:
    with socket.socket() as plug, pytest.raises(RuntimeError, match="tried to reach the network"):
        plug.connect_ex((NOWHERE, 80))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as plug, pytest.raises(RuntimeError, match="tried to reach the network"):
        plug.sendto(b"hello", (NOWHERE, 53))
    with pytest.raises(RuntimeError, match="tried to reach the network"):
        socket.getaddrinfo("example.org", 80)


def test_a_download_fails() -> None:
    with pytest.raises(RuntimeError, match="tried to reach the network"):
        urllib.request.urlopen("http://example.org/", timeout=1)


def test_loopback_works() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        try:
            client = socket.create_connection(server.getsockname(), timeout=5)
        except OSError as error:
            if error.errno != errno.ENETUNREACH:
                raise
            pytest.skip("loopback itself is down, as under `unshare -n`")
        with client, server.accept()[0] as peer:
            client.sendall(b"hello")
            assert peer.recv(5) == b"hello"


def test_home_is_empty_and_not_yours() -> None:
    home = Path.home()
    assert str(home) == os.environ["HOME"]
    assert "pytest" in str(home)
    assert list(home.iterdir()) == []
    assert all(value.startswith(str(home)) for name, value in os.environ.items() if name.startswith("XDG_"))
    assert not any(name.startswith("PMBOT_") for name in os.environ)


@pytest.mark.skipif("HYPOTHESIS_PROFILE" in os.environ, reason="another profile was asked for")
def test_examples_are_the_same_each_time() -> None:
    assert settings().derandomize
    assert settings().deadline is None

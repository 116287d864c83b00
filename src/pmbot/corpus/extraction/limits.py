"""Limits a process sets on itself before it looks at a file that nobody vouches for.

Memory, processor time, open files and file size by `setrlimit`; the network by a network namespace of its own, which holds no
interface that is up. Nothing here can be undone by the process. Linux does all of it; elsewhere some limits do not exist.
"""

from __future__ import annotations

import os
import sys
from typing import NamedTuple

_OPEN_FILES = 24  # standard streams, the pipe, and what importing a library opens at a time
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000  # CLONE_NEWUSER and CLONE_NEWNET of sched.h
_NO_NEW_PRIVILEGES = 38  # PR_SET_NO_NEW_PRIVS of linux/prctl.h


class Confinement(NamedTuple):
    """Which limits took hold."""

    memory: bool
    processor: bool
    files: bool
    network: bool


def confine(memory_mb: int) -> Confinement:
    """Give up the network, limit memory (address space, in units of 1,000,000 bytes) and files. What cannot be set is left out."""
    import resource

    network = _leave_network()
    for name, limit in (("RLIMIT_CORE", 0), ("RLIMIT_NPROC", 0)):
        _limited(resource, name, limit)
    files = _limited(resource, "RLIMIT_FSIZE", 0) and _limited(resource, "RLIMIT_NOFILE", _OPEN_FILES)
    memory = _limited(resource, "RLIMIT_AS", memory_mb * 1_000_000)
    return Confinement(memory, processor=hasattr(resource, "RLIMIT_CPU"), files=files, network=network)


def limit_processor(seconds: int) -> None:
    """End this process by SIGXCPU when it has used so many more seconds of processor time."""
    import math
    import resource

    usage = resource.getrusage(resource.RUSAGE_SELF)
    spent = math.ceil(usage.ru_utime + usage.ru_stime)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (spent + seconds, hard))


def _limited(resource: object, name: str, limit: int) -> bool:
    """Set soft and hard limit, never higher than the hard limit there is; whether it holds now."""
    kind = getattr(resource, name, None)
    if kind is None:
        return False
    import resource as system

    try:
        _, hard = system.getrlimit(kind)
        lowest = limit if hard == system.RLIM_INFINITY else min(limit, hard)
        system.setrlimit(kind, (lowest, lowest))
    except (OSError, ValueError):
        return False
    return True


def _leave_network() -> bool:
    """Move into an empty network namespace; the user namespace is what allows it without privileges."""
    if sys.platform != "linux":
        return False
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    both: int = libc.unshare(_NEW_USER | _NEW_NETWORK)
    return both == 0 or libc.unshare(_NEW_NETWORK) == 0


def network_is_cut() -> bool:
    """Whether this process sees no network interface but the loopback of an empty namespace, which is down."""
    import socket

    try:
        names = {name for _, name in socket.if_nameindex()}
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as plug:
            plug.connect(("198.51.100.1", 9))  # TEST-NET-2 (RFC 5737); a datagram socket sends nothing on connecting
    except OSError:
        return names <= {"lo"}
    return False


def memory_is_limited(memory_mb: int) -> bool:
    """Whether asking for more memory than allowed fails; nothing is touched, so nothing is used when it does not."""
    import mmap

    try:
        mmap.mmap(-1, memory_mb * 1_000_000).close()
    except (OSError, MemoryError):
        return True
    return False


def writing_is_refused() -> bool:
    """Whether a byte cannot be written to a file."""
    import tempfile

    try:
        with tempfile.TemporaryFile() as file:
            os.write(file.fileno(), b"x")
    except OSError:
        return True
    return False

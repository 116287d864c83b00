"""Untrusted files are parsed in a child process: what kills the parser costs one file, not the program.

The child is a new interpreter, not a fork, so it shares no memory with us and may be started from any thread. It gets the bytes of a
file on a pipe, knows neither path nor settings nor environment, and sends back JSON, which is checked like any other input. One
child serves many files; one that died is replaced at the next file.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import weakref
from contextlib import suppress
from dataclasses import dataclass
from signal import SIGXCPU, Signals
from typing import Any, NamedTuple, Self

from pmbot.corpus.extraction.pieces import Extraction, from_json
from pmbot.corpus.sandbox_child import LENGTH, OUT_OF_MEMORY
from pmbot.errors import UnreadableDocument, UnsupportedDocument

_START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from pmbot.corpus.sandbox_child import main; main(int(sys.argv[2]))"
# What the dynamic linker needs to start the interpreter; tokens and settings stay outside.
_ENVIRONMENT = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH", "PYTHONHOME")
# Waiting and being scheduled takes time too: a busy machine is not the document's fault.
_WALL_FACTOR = 3
_FILES_PER_CHILD = 500
_LONGEST_REPLY = 2**31


class SandboxLimits(NamedTuple):
    """What a parser may use for one file: memory in units of 1,000,000 bytes, processor time in seconds, characters of text."""

    memory_mb: int = 512
    seconds: int = 10
    characters: int = 50_000_000


@dataclass(frozen=True)
class SandboxStatus:
    """Which limits hold on this machine, each one tried out in a child. `problem` says why no child could be asked."""

    works: bool
    memory_limited: bool = False
    time_limited: bool = False
    files_refused: bool = False
    network_cut: bool = False
    problem: str | None = None

    def __str__(self) -> str:
        """In words, such as `memory limited, time limited, writing refused, network open`."""
        if not self.works:
            return f"no process to read untrusted files in: {self.problem}"
        parts = (
            ("memory", self.memory_limited, "limited", "not limited"),
            ("time", self.time_limited, "limited", "not limited"),
            ("writing", self.files_refused, "refused", "possible"),
            ("network", self.network_cut, "cut", "open"),
        )
        return ", ".join(f"{name} {yes if holds else no}" for name, holds, yes, no in parts)


class _Died(Exception):
    """The child ended before it replied; `memory` and `time` say what of it had run out, if anything."""

    def __init__(self, reason: str, *, memory: bool = False, time: bool = False) -> None:
        super().__init__(reason)
        self.memory, self.time = memory, time


class Sandbox:
    """Parses files in a child process, which is started at the first file. Safe to share between threads, which then take turns.

    Use it in a `with` statement, or call `close` when nothing is to be read for a while: an idle child keeps some 50 MB. A closed
    sandbox starts again when it is needed again.
    """

    def __init__(self, limits: SandboxLimits | None = None) -> None:
        self.limits = limits or SandboxLimits()
        self._child: _Child | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the child, if there is one."""
        with self._lock:
            self._end()

    def extract(self, parser: str, data: bytes) -> Extraction:
        """Parse `data` with the parser of that name (`docx`, `html`, `pdf`).

        `UnreadableDocument` when it cannot be parsed, wants too much memory or time, or crashes its parser;
        `UnsupportedDocument` when a library is missing.
        """
        reply = self._answer(parser, data)
        if "unsupported" in reply:
            raise UnsupportedDocument(str(reply["unsupported"]))
        if "refused" in reply:
            raise UnreadableDocument(str(reply["refused"]))
        try:
            return from_json(reply["extraction"])
        except (KeyError, ValueError) as problem:
            self.close()
            raise UnreadableDocument(f"its parser gave back nonsense ({problem}); do not trust this file") from None

    def status(self) -> SandboxStatus:
        """Try out which limits hold."""
        try:
            held = self._answer(None, b"")["status"]
        except (KeyError, UnreadableDocument) as problem:
            return SandboxStatus(works=False, problem=str(problem))
        return SandboxStatus(
            works=True,
            memory_limited=held["memory"] is True,
            time_limited=held["processor"] is True,
            files_refused=held["files"] is True,
            network_cut=held["network"] is True,
        )

    def _answer(self, parser: str | None, data: bytes) -> dict[str, Any]:
        with self._lock:
            used = self._child is not None
            try:
                return self._ask(parser, data)
            except _Died as death:
                # What earlier files left behind must not decide on this one.
                if not used or death.time:
                    raise UnreadableDocument(self._told(death)) from None
            try:
                return self._ask(parser, data)
            except _Died as death:
                raise UnreadableDocument(self._told(death)) from None

    def _ask(self, parser: str | None, data: bytes) -> dict[str, Any]:
        if self._child is None:
            self._child = _Child(self.limits)
        answered = False
        try:
            reply = self._child.ask(parser, data)
            answered = True
        finally:
            if not answered or self._child.served >= _FILES_PER_CHILD:
                self._end()
        return reply

    def _end(self) -> None:
        if self._child is not None:
            self._child.end()
            self._child = None

    def _told(self, death: _Died) -> str:
        if death.time:
            return f"reading it takes longer than {self.limits.seconds} s; split it, or raise corpus.max_read_seconds if you trust it"
        if death.memory:
            return f"reading it takes more than {self.limits.memory_mb} MB; split it, or raise corpus.max_read_mb if you trust it"
        return f"it crashes its parser ({death}); do not trust this file"


def sandbox_status(limits: SandboxLimits | None = None) -> SandboxStatus:
    """Start a child, and say which limits hold in it; takes a tenth of a second or two."""
    with Sandbox(limits) as sandbox:
        return sandbox.status()


class _Child:
    """A running child process. `served` counts the files it was asked about."""

    def __init__(self, limits: SandboxLimits) -> None:
        self.served = 0
        self._limits = limits
        command = [sys.executable, "-I", "-c", _START, json.dumps([os.path.abspath(entry) for entry in sys.path]), str(limits.memory_mb)]  # noqa: PTH100 - "" is the working folder
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter, our own module
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd="/",
                env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
                start_new_session=True,  # Ctrl-C in the terminal is for us to handle
            )
        except OSError as problem:
            raise UnreadableDocument(f"the process that reads such files does not start: {problem.strerror}") from None
        # A sandbox that nobody closed takes its child along, at the latest when the interpreter ends.
        self._finalizer = weakref.finalize(self, _end, self._process)

    def ask(self, parser: str | None, data: bytes) -> dict[str, Any]:
        """Send a request and wait for the reply. `_Died` when there is none."""
        self.served += 1
        request = {"parser": parser, "bytes": len(data), "seconds": self._limits.seconds, "characters": self._limits.characters}
        head = json.dumps(request).encode("ascii")
        late, process = threading.Event(), self._process

        def give_up() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(self._limits.seconds * _WALL_FACTOR, give_up)
        timer.daemon = True
        timer.start()
        try:
            return self._exchange(LENGTH.pack(len(head)) + head, data)
        except (OSError, EOFError):
            raise self._death(late=late.is_set()) from None
        finally:
            timer.cancel()

    def _exchange(self, head: bytes, data: bytes) -> dict[str, Any]:
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise EOFError
        stdin.write(head)
        stdin.write(data)
        stdin.flush()
        length = stdout.read(LENGTH.size)
        if len(length) < LENGTH.size or LENGTH.unpack(length)[0] > _LONGEST_REPLY:
            raise EOFError
        message = stdout.read(LENGTH.unpack(length)[0])
        try:
            reply = json.loads(message)
        except (ValueError, RecursionError):
            raise EOFError from None
        return reply if isinstance(reply, dict) else {}

    def _death(self, *, late: bool) -> _Died:
        code = self.end()
        if late or code == -SIGXCPU:
            return _Died("too slow", time=True)
        if code == OUT_OF_MEMORY:
            return _Died("out of memory", memory=True)
        return _Died(_name(code))

    def end(self) -> int:
        """End the process; its exit code."""
        self._finalizer.detach()
        return _end(self._process)


def _end(process: subprocess.Popen[bytes]) -> int:
    """Close the pipes, upon which the process ends, and kill it if it does not; its exit code."""
    for pipe in (process.stdin, process.stdout):
        # What is still in the buffer belongs to a reader that is gone.
        with suppress(OSError):
            if pipe is not None:
                pipe.close()
    try:
        return process.wait(timeout=0.5)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def _name(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    try:
        return Signals(-code).name
    except ValueError:
        return f"signal {-code}"

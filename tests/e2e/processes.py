"""Running pmbot as its users do: as a process, with streams of bytes, in a pipe or in a terminal."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).parents[2]
KNOWLEDGE = ROOT / "knowledge" / "pmnet.txt"
TRADE = "How much did Latvia and South Korea trade in 2023?"
TRADE_QUOTE = (
    "With trade between the two nations increasing fivefold over the last decade, reaching €130 million in 2023, "
    "foundations are set for continued success."
)
UNANSWERED = "Who is the president of France?"
PMBOT = (sys.executable, "-m", "pmbot")
_ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\^_=>])")
_WHERE = b"\x1b[6n"
"""The question where the cursor is."""


@dataclass(frozen=True)
class Done:
    """What a process left behind."""

    code: int
    out: str
    err: str

    def calm(self, code: int = 0) -> Self:
        """Assert that it ended as wanted, without a traceback or an apology, and sent nothing to steer a terminal; return self."""
        both = self.out + self.err
        assert self.code == code, f"exit code {self.code}: {both[-2000:]}"
        assert "Traceback" not in both
        assert "mistake in pmbot" not in both
        assert hostile_characters(both) == []
        return self


def hostile_characters(text: str) -> list[str]:
    """Control, format and surrogate characters and line separators; line feeds and tabs are harmless."""
    return sorted({f"U+{ord(c):04X}" for c in set(text) - set("\n\t") if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}})


def environment(**more: str) -> dict[str, str]:
    """That of the test (HOME is empty there, no settings), with the sources importable and no byte code written."""
    return {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONDONTWRITEBYTECODE": "1", **more}


def run(command: Sequence[str | bytes | Path], *, stdin: bytes = b"", cwd: Path = ROOT, env: Mapping[str, str] | None = None) -> Done:
    """Run a command to its end; its output must be UTF-8."""
    done = subprocess.run(command, input=stdin, capture_output=True, cwd=cwd, env=env or environment(), timeout=120, check=False)
    return Done(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def pmbot(*arguments: str | bytes | Path, stdin: bytes = b"", cwd: Path = ROOT, env: Mapping[str, str] | None = None) -> Done:
    """Run `python -m pmbot` with these arguments."""
    return run([*PMBOT, *arguments], stdin=stdin, cwd=cwd, env=env)


def ask(knowledge: Path, question: str | bytes, *options: str) -> Done:
    """Ask one question of one folder or file."""
    return pmbot("ask", "--knowledge", knowledge, *options, "--", question)


class Terminal:
    """A process in a terminal of its own, a hundred columns wide. `shown` is all it wrote, escapes removed."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str]) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
        self.process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=ROOT,
            env=env,
            start_new_session=True,
            # Makes it the controlling terminal, so that Ctrl-C there is a SIGINT.
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509 - no threads here
        )
        os.close(slave)
        self.raw = ""
        self._bytes = b""
        self._read_to = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._master)

    @property
    def shown(self) -> str:
        """What a person sees, roughly: no cursor movements are followed."""
        return _ESCAPE.sub("", self.raw).replace("\r", "")

    def resize(self, columns: int, rows: int = 40) -> None:
        """Make the window another size; the process is told by SIGWINCH."""
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def type(self, text: str) -> None:
        """Press keys."""
        os.write(self._master, text.encode())

    def expect(self, text: str, seconds: float = 20) -> str:
        """Wait until `text` is shown after what was expected before; return what is shown up to its end."""
        end = time.monotonic() + seconds
        while (found := self.shown.find(text, self._read_to)) < 0:
            if not self._receive(end - time.monotonic()):
                raise AssertionError(f"{text!r} was not shown after:\n{self.shown[self._read_to :]}")
        before, self._read_to = self._read_to, found + len(text)
        return self.shown[before : self._read_to]

    def end(self, seconds: float = 20) -> int:
        """Wait for the process to end by itself; its exit code."""
        end = time.monotonic() + seconds
        while self._receive(end - time.monotonic()):
            pass
        return self.process.wait(max(0.1, end - time.monotonic()))

    def _receive(self, seconds: float) -> bool:
        """Take in what was written meanwhile; False when nothing came in time, or the process has ended."""
        if seconds <= 0 or not select.select([self._master], [], [], seconds)[0]:
            return False
        try:
            new = os.read(self._master, 65_536)
        except OSError:  # Linux: EIO once the other side is closed
            return False
        if _WHERE in new:
            os.write(self._master, b"\x1b[1;1R")  # as terminals do: at the top, so that there is room below
        self._bytes += new
        self.raw = self._bytes.decode("utf-8", "ignore")
        return bool(new)

"""The standard streams of a command: answers go to standard output, everything else to standard error."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, TextIO

from pmbot.rendering.sanitize import visible

if TYPE_CHECKING:
    from pmbot.interfaces.screen import Screen


@dataclass(frozen=True)
class Console:
    """The streams and the environment a command sees."""

    stdin: TextIO
    stdout: TextIO
    stderr: TextIO
    environ: Mapping[str, str]

    @classmethod
    def of_process(cls) -> Console:
        """Make the console of this process; a closed input reads as empty, what a code page lacks is written as an escape."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        if isinstance(sys.stdin, io.TextIOWrapper):
            with contextlib.suppress(io.UnsupportedOperation):  # it was read already: who apologises makes a second console
                sys.stdin.reconfigure(errors="replace")
        # A stream that was closed before the start is None, whatever its type says.
        stdin: TextIO | None = sys.stdin
        return cls(io.StringIO() if stdin is None else stdin, _output(sys.stdout), _output(sys.stderr), os.environ)

    @property
    def screen(self) -> Screen:
        """The standard output as a screen."""
        from pmbot.interfaces.screen import Screen

        return Screen.on(self.stdout, self.environ)

    @property
    def binary_input(self) -> BinaryIO:
        """The standard input as bytes."""
        if isinstance(self.stdin, io.TextIOWrapper):
            buffer: BinaryIO = self.stdin.buffer
            return buffer
        return io.BytesIO(self.stdin.read().encode("utf-8", "surrogatepass"))

    def write(self, text: str) -> None:
        """Write `text` to standard output, as UTF-8 whatever the code page, and flush: for JSON and exact text."""
        self.stdout.flush()
        if isinstance(self.stdout, io.TextIOWrapper):
            self.stdout.buffer.write(text.encode("utf-8"))
        else:
            self.stdout.write(text)
        self.stdout.flush()

    def complain(self, message: str) -> None:
        """Write `pmbot: message` to standard error."""
        self.stderr.write(f"pmbot: {visible(message)}\n")
        self.stderr.flush()


def _output(stream: TextIO | None) -> TextIO:
    return _Closed() if stream is None else stream


class _Closed(io.StringIO):
    """Stands for an output that was closed before the start: writing to it fails, as it would for any program."""

    def write(self, text: str) -> int:
        raise BrokenPipeError(f"{len(text)} characters could not be written: the output is closed")

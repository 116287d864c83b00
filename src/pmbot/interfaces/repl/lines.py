"""Where the lines of a conversation come from: a stream, or a terminal with line editing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol, TextIO

from pmbot.rendering.sanitize import visible

PROMPT = "> "


class LineReader(Protocol):
    """A source of lines. `interactive`: a person types, so Ctrl-C clears the line and does not end the conversation."""

    interactive: bool

    def read(self) -> str | None:
        """Return the next line, None when there are no more; KeyboardInterrupt at Ctrl-C."""


class StreamLines:
    """Lines of a stream. With `echo` each one is written after the prompt, which makes a transcript of a pipe."""

    def __init__(self, source: TextIO, output: TextIO, *, interactive: bool = False, echo: bool = True) -> None:
        self.interactive = interactive
        self._source = source
        self._output = output
        self._echo = echo

    def read(self) -> str | None:
        """Return the next line without its line feed; blank ones are not echoed."""
        if not self._echo:
            self._write(PROMPT)
        try:
            text = self._source.readline()
        except KeyboardInterrupt:
            self._write("\n")
            raise
        if not text:
            if not self._echo:
                self._write("\n")
            return None
        text = text.rstrip("\r\n")
        if self._echo and text.strip():
            self._write(f"{PROMPT}{visible(text.strip())}\n")
        return text

    def _write(self, text: str) -> None:
        self._output.write(text)
        self._output.flush()


def choose_lines(source: TextIO, output: TextIO, environ: Mapping[str, str], edited: Callable[[], LineReader]) -> LineReader:
    """What `edited` makes where a person sits at a capable terminal; a bare prompt on a dumb one; else the lines of the pipe."""
    typed = source.isatty()
    if not typed or not output.isatty():
        return StreamLines(source, output, interactive=typed)
    if environ.get("TERM", "dumb") == "dumb":
        return StreamLines(source, output, interactive=True, echo=False)
    return edited()

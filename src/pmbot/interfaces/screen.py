"""Where pages become output: a text stream, with or without colour, as wide as it is."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from typing import TextIO

from pmbot.interfaces.abilities import has_colour, has_links
from pmbot.interfaces.devices import clipboard_escape, pager, read_in_pager
from pmbot.rendering import plain, terminal
from pmbot.rendering.page import Page

WIDEST = 100
"""Longer lines are hard to read; a wider terminal is not filled."""


class Screen:
    """Shows pages on `stream`. `width` is asked each time (terminals are resized); None means: do not break lines.

    With `links` places are hyperlinks. `pager` is the command that long texts are read with; None writes them out.
    """

    def __init__(self, stream: TextIO, *, colour: bool = False, width: Callable[[], int | None] = lambda: None) -> None:
        self.stream = stream
        self.colour = colour
        self.links = False
        self.pager: tuple[str, ...] | None = None
        self._width = width

    @classmethod
    def on(cls, stream: TextIO, environ: Mapping[str, str]) -> Screen:
        """Make the screen that suits `stream`: plain and unbroken for a pipe or file, no colour for NO_COLOR or TERM=dumb."""
        if not stream.isatty():
            return cls(stream)
        screen = cls(stream, colour=has_colour(environ), width=_terminal_width)
        screen.links = has_links(environ)
        screen.pager = pager(environ) if environ.get("TERM", "dumb") != "dumb" else None
        return screen

    def show(self, page: Page, width: int | None = None) -> None:
        """Write `page` and flush; `width` takes the place of the screen's own."""
        room = width or self._width()
        self.write(terminal.render(page, room, links=self.links) if self.colour else plain.render(page, room))

    def write(self, text: str) -> None:
        """Write harmless text as it is, and flush."""
        self.stream.write(text)
        self.stream.flush()

    def read(self, text: str, line: int) -> None:
        """Show a long harmless text in the pager, from `line` (counted from 1) on; write it out where there is none."""
        if self.pager is None:
            self.write(text)
        else:
            read_in_pager(self.pager, text, line)

    def copy(self, text: str) -> bool:
        """Put `text` into the clipboard of the terminal; False where there is none."""
        escape = clipboard_escape(text) if self.colour else None
        if escape is not None:
            self.write(escape)
        return escape is not None


def _terminal_width() -> int:
    return min(shutil.get_terminal_size().columns, WIDEST)

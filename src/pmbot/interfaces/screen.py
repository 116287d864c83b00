"""Where pages become output: a text stream, with or without colour, as wide as it is."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from typing import TextIO

from pmbot.rendering import plain, terminal
from pmbot.rendering.page import Page

WIDEST = 100
"""Longer lines are hard to read; a wider terminal is not filled."""


class Screen:
    """Shows pages on `stream`. `width` is asked each time (terminals are resized); None means: do not break lines."""

    def __init__(self, stream: TextIO, *, colour: bool = False, width: Callable[[], int | None] = lambda: None) -> None:
        self.stream = stream
        self.colour = colour
        self._width = width

    @classmethod
    def on(cls, stream: TextIO, environ: Mapping[str, str]) -> Screen:
        """Make the screen that suits `stream`: plain and unbroken for a pipe or file, no colour for NO_COLOR or TERM=dumb."""
        if not stream.isatty():
            return cls(stream)
        colour = not environ.get("NO_COLOR") and environ.get("TERM", "dumb") != "dumb"
        return cls(stream, colour=colour, width=_terminal_width)

    def show(self, page: Page) -> None:
        """Write `page` and flush."""
        render = terminal.render if self.colour else plain.render
        self.stream.write(render(page, self._width()))
        self.stream.flush()


def _terminal_width() -> int:
    return min(shutil.get_terminal_size().columns, WIDEST)

"""A progress bar for people: on standard error, on a terminal alone, and gone when the work is done."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol, TextIO

from pmbot.rendering.sanitize import visible_line

if TYPE_CHECKING:
    from rich.progress import Progress, Task
    from rich.text import Text

    from pmbot.cli.console import Console

PATIENCE = 0.3
"""Seconds of work before a bar is shown: what is done sooner needs none."""


class Advance(Protocol):
    """Tells that `count` more are done; from any thread."""

    def __call__(self, count: int = 1) -> None:
        """Move the bar."""


@contextmanager
def progress(console: Console, what: str, total: int | None, unit: str = "documents") -> Iterator[Advance]:
    """Show how far `what` ("indexing") has come, how many `unit` a second, and the time left; `total` None: not known.

    Nothing is shown when standard error is no terminal, or a dumb one. Write to the terminal before or after, not meanwhile.
    """
    if not console.stderr.isatty() or console.environ.get("TERM", "dumb") in ("", "dumb"):
        yield _unseen
        return
    bar = bar_on(console.stderr, console, unit)
    task = bar.add_task(visible_line(what), total=total)
    start = threading.Timer(PATIENCE, bar.start)
    start.daemon = True
    start.start()
    try:
        yield lambda count=1: bar.advance(task, count)
    finally:
        start.cancel()
        start.join()
        bar.stop()


def _unseen(count: int = 1) -> None:
    """Nobody looks."""


def bar_on(stream: TextIO, console: Console, unit: str) -> Progress:
    """A bar that is drawn on `stream`, once it is started."""
    from rich.console import Console as Terminal
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, TextColumn, TimeRemainingColumn
    from rich.text import Text

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text(rate(task.speed, unit))

    terminal = Terminal(file=stream, force_terminal=True, no_color=bool(console.environ.get("NO_COLOR")), _environ=console.environ)
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn(compact=True))
    return Progress(*columns, console=terminal, transient=True, redirect_stdout=False, redirect_stderr=False, expand=False)


def rate(speed: float | None, unit: str) -> str:
    """`speed` in units a second, with as many digits as it needs; empty while it is not known."""
    if speed is None:
        return ""
    return f"{speed:.1f} {unit}/s" if speed < 10 else f"{speed:,.0f} {unit}/s"

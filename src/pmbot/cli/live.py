"""A run while it goes: a sign for each case behind the name of its file, and on a terminal a bar below."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pmbot.rendering.sanitize import visible_line

if TYPE_CHECKING:
    from pmbot.cli.console import Console
    from pmbot.evaluation import CaseResult

SIGNS = {"passed": ".", "failed": "F", "xfailed": "x", "xpassed": "X", "error": "E"}
SIGNS_A_LINE = 60
COLUMN = 78
"""Where the share that is done stands, as long as the name of the file leaves room."""

Show = Callable[["CaseResult"], None]
FileOf = Callable[["CaseResult"], str]


@contextmanager
def signs(console: Console, file_of: FileOf, total: int) -> Iterator[Show]:
    """Show cases on standard output as they come; `file_of` names the file of one, `total` is how many there will be.

    A pipe gets each sign at once. On a terminal the line that is being filled stands above a bar, and both are gone when all is done:
    what is left is the same text.
    """
    lines = _Lines(total)
    if console.stdout.isatty() and console.environ.get("TERM", "dumb") not in ("", "dumb"):
        with _on_terminal(console, lines, file_of) as show:
            yield show
        return
    out = console.stdout

    def write(case: CaseResult) -> None:
        done, fresh = lines.add(case, file_of(case))
        out.write(f"{lines.end(done)}\n" if done is not None else "")
        out.write(fresh)
        out.flush()

    try:
        yield write
    finally:
        if lines.current:
            out.write(f"{lines.end(lines.current)}\n\n")


@contextmanager
def _on_terminal(console: Console, lines: _Lines, file_of: FileOf) -> Iterator[Show]:
    from rich.console import Group
    from rich.live import Live
    from rich.text import Text

    from pmbot.cli.progress import bar_on

    bar = bar_on(console.stdout, console, "cases")
    task = bar.add_task("asking", total=lines.total)
    terminal, current = bar.console, Text()
    live = Live(Group(current, bar), console=terminal, transient=True, refresh_per_second=8, redirect_stdout=False, redirect_stderr=False)

    def show(case: CaseResult) -> None:
        done, _ = lines.add(case, file_of(case))
        current.plain = lines.current
        if done is not None:
            terminal.print(Text(done + lines.end(done)), soft_wrap=True)
        bar.advance(task)

    with live:
        try:
            yield show
        finally:
            if lines.current:
                current.plain = ""
                terminal.print(Text(f"{lines.current}{lines.end(lines.current)}\n"), soft_wrap=True)


class _Lines:
    """The signs so far: at most `SIGNS_A_LINE` in a line, and a line for each file."""

    def __init__(self, total: int) -> None:
        self.total, self.current = total, ""
        self._file, self._signs, self._done = "", 0, 0
        self._before = 0

    def add(self, case: CaseResult, file: str) -> tuple[str | None, str]:
        """Take a case. The line that it ended, if any, and what it adds to the present one."""
        ended, fresh = None, ""
        if file != self._file or self._signs >= SIGNS_A_LINE:
            ended = self.current or None
            fresh = f"{visible_line(file)} " if file != self._file else "  "
            self.current, self._file, self._signs = fresh, file, 0
        fresh += SIGNS[case.outcome]
        self.current += SIGNS[case.outcome]
        self._signs += 1
        self._before, self._done = self._done, self._done + 1
        return ended, fresh

    def end(self, line: str) -> str:
        """What stands behind a line that is complete: how much of all is done."""
        done = self._done if line is self.current else self._before
        return f"{' ' * max(1, COLUMN - len(line))}[{100 * done // max(1, self.total):3d}%]"

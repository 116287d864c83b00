"""What a terminal has besides its lines: a pager and a clipboard."""

from __future__ import annotations

import base64
import shlex
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

CLIPBOARD = 70_000
"""Bytes that terminals take for their clipboard; xterm takes 75,000 of base64 and more."""
_LESS = ("less", "-R")


def pager(environ: Mapping[str, str]) -> tuple[str, ...] | None:
    """The command of the pager: $PAGER, else less, else more; None when there is none."""
    try:
        wanted = tuple(shlex.split(environ.get("PAGER", "")))
    except ValueError:  # an unclosed quote
        wanted = ()
    for command in (wanted, _LESS, ("more",)):
        if command and shutil.which(command[0], path=environ.get("PATH")):
            return command
    return None


def read_in_pager(command: tuple[str, ...], text: str, line: int) -> None:
    """Show `text` in a pager, from `line` on where it is less; returns when the reader leaves it. OSError when it cannot start."""
    start = (f"+{line}",) if line > 1 and Path(command[0]).name == "less" else ()
    # Ctrl-C belongs to the pager while it runs; leaving it early is no mistake.
    with subprocess.Popen((*command, *start), stdin=subprocess.PIPE, text=True, encoding="utf-8", errors="replace") as process:  # noqa: S603 - the reader's own $PAGER, no shell
        try:
            process.communicate(text)
        except (BrokenPipeError, KeyboardInterrupt):
            process.wait()


def clipboard_escape(text: str) -> str | None:
    """The escape (OSC 52) that puts `text` into the clipboard of the terminal; None when it is too long for one."""
    data = text.encode("utf-8", "replace")
    return f"\x1b]52;c;{base64.b64encode(data).decode('ascii')}\x07" if len(data) <= CLIPBOARD else None

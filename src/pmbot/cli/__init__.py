"""The command line. This module is the entry point and stays light: `pmbot --version` imports nothing else."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

import pmbot

if TYPE_CHECKING:
    from pmbot.cli.console import Console
    from pmbot.cli.knowledge import Loader


_YOUNG = 100_000
"""Objects that are made before garbage is looked for; Python's 700 means going through modules and word lists dozens of times."""


def main(arguments: Sequence[str] | None = None, *, load: Loader | None = None, console: Console | None = None) -> int:
    """Run the command line and return its exit code.

    `arguments` are those of the process unless given; `load(knowledge path, config path)` and `console` take the
    place of the real knowledge and streams in tests. Exit codes: those of `pmbot.errors`, 2 for wrong usage,
    130 after Ctrl-C, 141 when the reader of our output has gone (as the shell reports a SIGPIPE).
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given in (["--version"], ["-V"]) and console is None and _wrote(f"pmbot {pmbot.__version__}\n"):
        return 0
    if arguments is None:
        gc.set_threshold(_YOUNG)
    try:
        from pmbot.cli import program
    except KeyboardInterrupt:
        return 130

    if arguments is None:
        sys.excepthook = program.apologise
    return program.run(given, load, console)


def _wrote(text: str) -> bool:
    """Whether `text` reached the standard output; if not (it is closed, the disk is full), `program` knows what to say."""
    # A stream that was closed before the start is None, whatever its type says.
    stream: TextIO | None = sys.stdout
    if stream is None:
        return False
    try:
        stream.write(text)
        stream.flush()
    except OSError:
        return False
    return True

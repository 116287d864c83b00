"""`pmbot test --watch`: again, whenever a file changes."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from pmbot.errors import PmbotError

if TYPE_CHECKING:
    from pmbot.cli.console import Console
    from pmbot.cli.test_options import TestOptions

_PAUSE = 0.3
Stamp = dict[str, tuple[int, int]]


def watch(options: TestOptions, run_once: Callable[[], int], console: Console, wait: Callable[[float], None] = time.sleep) -> int:
    """Run, wait for a change, run again, until Ctrl-C; 0. A mistake in a file is shown and waited over.

    Files are looked at every third of a second: that works on every file system and costs nothing that is felt.
    """
    while True:
        roots = _roots(options)
        before = stamp_of(roots)
        try:
            run_once()
        except PmbotError as error:
            console.complain(str(error))
        console.stderr.write("waiting for a change; Ctrl-C ends\n")
        console.stderr.flush()
        try:
            while stamp_of(roots) == before:
                wait(_PAUSE)
        except KeyboardInterrupt:
            return 0


def stamp_of(roots: Iterable[Path]) -> Stamp:
    """Size and time of every file at or below the `roots`; what is missing or vanishes meanwhile is left out."""
    found: Stamp = {}
    for root in roots:
        paths = (Path(folder) / name for folder, _, names in os.walk(root) for name in names) if root.is_dir() else iter((root,))
        for path in paths:
            try:
                status = path.stat()
            except OSError:
                continue
            found[str(path)] = (status.st_mtime_ns, status.st_size)
    return found


def _roots(options: TestOptions) -> list[Path]:
    """All that answers depend on: question sets, their knowledge, the folders of the settings."""
    from pmbot.cli.asking import plan_of
    from pmbot.config import load_configuration
    from pmbot.questionset.read import USUAL_FOLDERS

    roots = list(options.paths or USUAL_FOLDERS)
    try:
        roots += load_configuration(options.config).folders
        roots += plan_of(options.paths, options.knowledge, options.config).knowledge
    except PmbotError:
        # The run says what is wrong; here it is enough to wait where it can be put right.
        roots += [path for path in (options.config, options.knowledge) if path is not None]
    return roots

"""`pmbot test --watch`: again, whenever a file changes."""

from __future__ import annotations

import queue
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from pmbot.errors import PmbotError

if TYPE_CHECKING:
    from pmbot.cli.console import Console
    from pmbot.cli.test_options import TestOptions

Watch = Callable[[tuple[Path, ...], Callable[[], None], Callable[[Exception], None]], AbstractContextManager[object]]
"""Makes what calls the first function when something below the paths has changed, and the second when it cannot watch."""


def watch(options: TestOptions, run_once: Callable[[], int], console: Console, watching: Watch | None = None) -> int:
    """Run, wait for a change, run again, until Ctrl-C; 0. A mistake in a file is shown and waited over.

    `watching` stands for `indexing.watch.Watcher`. It is made before the run, so that a change during the run is not missed.
    """
    from pmbot.indexing.watch import Watcher

    try:
        while True:
            _once(options, run_once, console, watching or Watcher)
    except KeyboardInterrupt:
        return 0


def _once(options: TestOptions, run_once: Callable[[], int], console: Console, watching: Watch) -> None:
    """Run, and come back when something has changed."""
    events: queue.SimpleQueue[Exception | None] = queue.SimpleQueue()

    def changed() -> None:
        events.put(None)

    with watching(_roots(options), changed, events.put):
        try:
            run_once()
        except PmbotError as error:
            console.complain(str(error))
        console.stderr.write("waiting for a change; Ctrl-C ends\n")
        console.stderr.flush()
        while (problem := events.get()) is not None:
            console.complain(str(problem))


def _roots(options: TestOptions) -> tuple[Path, ...]:
    """All that answers depend on: question sets, their knowledge, the folders of the settings."""
    from pmbot.cli.asking import plan_of
    from pmbot.config import load_configuration
    from pmbot.questionset.read import SECOND, USUAL

    roots = list(options.paths or ())
    try:
        configuration = load_configuration(options.config)
        roots += configuration.folders
        roots += [] if options.paths else [configuration.settings.questions, SECOND]
        roots += plan_of(options.paths, options.knowledge, options.config).knowledge
    except PmbotError:
        # The run says what is wrong; here it is enough to wait where it can be put right.
        roots += [path for path in (options.config, options.knowledge, *(() if options.paths else (USUAL, SECOND))) if path is not None]
    return tuple(dict.fromkeys(roots))

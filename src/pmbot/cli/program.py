"""The typer application, and what becomes of errors."""

from __future__ import annotations

import importlib
import os
import sys
import traceback
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

import typer

import pmbot
from pmbot.cli.console import Console
from pmbot.cli.knowledge import Loader, loader
from pmbot.cli.options import Options, callback
from pmbot.errors import PmbotError

_INTERRUPTED = 130
_READER_GONE = 141
_USAGE = 2


class Command(NamedTuple):
    """A command: the record of its options, what it does with them (options, loader, console -> exit code), its help."""

    options: type[Options]
    run: Callable[..., int]
    help: str


COMMANDS = {
    "ask": "pmbot.cli.ask",
    "chat": "pmbot.cli.chat",
    "telegram": "pmbot.cli.telegram",
    "docs": "pmbot.cli.docs",
    "index": "pmbot.cli.index",
    "test": "pmbot.cli.test",
    "diff": "pmbot.cli.diff",
    "coverage": "pmbot.cli.coverage",
    "calibrate": "pmbot.cli.calibrate",
    "case": "pmbot.cli.case",
    "gaps": "pmbot.cli.gaps",
    "verify": "pmbot.cli.verify",
    "forget": "pmbot.cli.forget",
    "lint": "pmbot.cli.lint",
    "doctor": "pmbot.cli.doctor",
    "config": "pmbot.cli.config",
    "init": "pmbot.cli.init",
    "completion": "pmbot.cli.completion",
}
"""Every command and its module, in the order of the help. The module has `HELP` and `run(options, load, console)`; the options are
the dataclass that annotates `run`. A module is imported when its command is chosen, all of them for the help alone."""


def command(name: str) -> Command:
    """Import the command of that name, one of `COMMANDS`."""
    module = importlib.import_module(COMMANDS[name])
    return Command(getattr(module, module.run.__annotations__["options"]), module.run, module.HELP)


def run(arguments: Sequence[str], load: Loader | None = None, console: Console | None = None) -> int:
    """Run the command that `arguments` name and return the exit code; see `pmbot.cli.main`."""
    console = console or Console.of_process()
    try:
        code = _run(list(arguments), load, console)
        console.stdout.flush()
    except PmbotError as error:
        console.complain(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        console.stderr.write("\n")
        return _INTERRUPTED
    except BrokenPipeError:
        _silence(console)
        return _READER_GONE
    except OSError as error:
        console.complain(f"cannot read or write: {error.strerror or error}")
        _silence(console)
        return 1
    return code


def apologise(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Take the place of `sys.excepthook`: a mistake of ours in two lines; the traceback in Python's development mode only."""
    if sys.flags.dev_mode:
        sys.__excepthook__(kind, error, trace)
        return
    frames = traceback.extract_tb(trace)
    where = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    Console.of_process().complain(
        f"sorry, this is a mistake in pmbot, not in what you did: {kind.__name__}: {error}{where}\n"
        "Please report it; `python -X dev -m pmbot …` with the same arguments shows more."
    )


def _run(arguments: list[str], load: Loader | None, console: Console) -> int:
    if arguments and not arguments[0].startswith("-") and arguments[0] not in COMMANDS and " " in arguments[0].strip():
        console.complain('there is no such command; to ask a question: pmbot ask "…"')
        return _USAGE
    chosen: list[Callable[[], int]] = []
    hook = sys.excepthook
    try:
        names = arguments[:1] if arguments and arguments[0] in COMMANDS else COMMANDS
        _application(names, chosen, load, console)(args=arguments, prog_name="pmbot")
    except SystemExit as end:
        # typer ends the process itself, after help, a usage error, or the choice of a command; a choice is run here,
        # outside of its own handling of errors.
        code = end.code if isinstance(end.code, int) else 0
        if code or not chosen:
            return code
    finally:
        sys.excepthook = hook  # typer has put its own there
    return chosen[0]() if chosen else 0


def _application(names: Iterable[str], chosen: list[Callable[[], int]], load: Loader | None, console: Console) -> typer.Typer:
    """Build the application of these commands; a command only puts what is to be done into `chosen`."""
    settings = {"help_option_names": ["-h", "--help"]}
    application = typer.Typer(
        add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False, context_settings=settings, help=_HELP
    )

    def root(context: typer.Context, version: bool = typer.Option(False, "--version", "-V", help="Show the version and exit.")) -> None:  # noqa: FBT001, FBT003 - typer calls it
        if version:
            chosen.append(partial(_say, console, f"pmbot {pmbot.__version__}\n"))
            raise typer.Exit
        if context.invoked_subcommand is None:
            chosen.append(partial(_say, console, context.get_help() + "\n"))

    application.callback(invoke_without_command=True)(root)
    for name in names:
        wanted = command(name)
        choose = partial(_choose, chosen, wanted.run, load, console)
        application.command(name, help=wanted.help)(callback(wanted.options, choose))
    return application


def _choose(
    chosen: list[Callable[[], int]], run_command: Callable[..., int], load: Loader | None, console: Console, options: Options
) -> None:
    chosen.append(partial(run_command, options, load or loader(console, getattr(options, "index", None)), console))


def _say(console: Console, text: str) -> int:
    console.write(text)
    return 0


def _silence(console: Console) -> None:
    """Let the interpreter flush into nothing when it ends: our output has nowhere to go."""
    if console.stdout is sys.__stdout__:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


_HELP = """Answers questions about the documents in a folder, and proves every quote.

\b
  pmbot ask "How much was the trade in 2023?"
  pmbot chat --knowledge notes/
  pmbot docs
"""

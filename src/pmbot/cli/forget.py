"""`pmbot forget`: delete from the record of use."""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from pmbot.cli.knowledge import Loader
from pmbot.cli.options import KnowledgeOptions, UsageError
from pmbot.cli.usage import usage_of
from pmbot.rendering.sanitize import visible_line

if TYPE_CHECKING:
    from pmbot.cli.console import Console

HELP = """Delete recorded questions and votes.

Says how many go. At a terminal it asks first, unless --yes is given. Options together narrow it down: --channel telegram --before 30
deletes what came through Telegram more than 30 days ago. Nothing of what is deleted is left in the file. Ends with 1 when you say no.

\b
  pmbot forget --all
  pmbot forget --before 30
  pmbot forget --channel telegram --user 4711
"""
_HASH = re.compile("[0-9a-f]{24}")


@dataclass(frozen=True, kw_only=True)
class ForgetOptions(KnowledgeOptions):
    """The options of `pmbot forget`."""

    everything: Annotated[bool, typer.Option("--all", help="Everything in the record of this knowledge.")] = False
    channel: Annotated[Literal["repl", "ask", "telegram"] | None, typer.Option(help="What came through this channel.")] = None
    before: Annotated[float | None, typer.Option(metavar="DAYS", min=0, help="What is older than so many days.")] = None
    user: Annotated[
        str | None, typer.Option(metavar="ID", help="What this user asked and voted: the id in Telegram, or its hash in the record.")
    ] = None
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False


def run(options: ForgetOptions, _load: Loader, console: Console) -> int:
    """Delete; 0, or 1 when the person said no."""
    from pmbot.storage.use import DAY, Forgotten, UseStore
    from pmbot.storage.used import Which

    now = time.time()
    if options.everything == any(value is not None for value in (options.channel, options.before, options.user)):
        raise UsageError("say what to forget: --all, or one or more of --channel, --before DAYS and --user ID")
    usage = usage_of(options, console)
    if not usage.path.exists():
        return _said(Forgotten(0, 0), options, console)
    with UseStore.open(usage.path, now, retention_days=usage.params.retention_days) as store:
        user = options.user if options.user is None or _HASH.fullmatch(options.user) else store.user_hash(options.user)
        which = Which(options.channel, None if options.before is None else now - options.before * DAY, user)
        if console.stdin.isatty() and not options.yes and not _agreed(store.count(which), console):
            console.complain("nothing was deleted")
            return 1
        return _said(store.forget(which), options, console)


def _agreed(number: int, console: Console) -> bool:
    console.stderr.write(f"Delete {_count(number, 'question')} and the votes on {'it' if number == 1 else 'them'}? [y/N] ")
    console.stderr.flush()
    return console.stdin.readline().strip().lower() in {"y", "yes"}


def _said(forgotten: tuple[int, int], options: ForgetOptions, console: Console) -> int:
    questions, votes = forgotten
    if options.json:
        console.write(json.dumps({"schema": "pmbot.forgotten/1", "questions": questions, "votes": votes}) + "\n")
    else:
        console.write(visible_line(f"Deleted {_count(questions, 'question')} and {_count(votes, 'vote')}.") + "\n")
    return 0


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"

"""`pmbot chat`: a conversation."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import pmbot
from pmbot.cli.knowledge import Loader, report_skipped
from pmbot.cli.options import KnowledgeOptions

if TYPE_CHECKING:
    from pmbot.cli.console import Console
    from pmbot.interfaces.repl.lines import LineReader
    from pmbot.interfaces.session import Session

HELP = """Talk with the documents.

Follow-up questions are read in the light of the earlier ones. Type :help for the commands. Also works through a pipe, and then
prints a transcript.

What is asked at a terminal is recorded on this computer, after that was said once, so that `pmbot gaps` can list what was not answered;
what comes through a pipe only with --record.

\b
  pmbot chat
  pmbot chat --knowledge notes/
  pmbot chat < questions.txt > transcript.txt

At a terminal the arrow keys bring back what was typed before (--no-history keeps nothing), TAB completes commands, documents and words
of the documents, Alt-Enter begins a new line, Ctrl-C clears the line, Ctrl-D leaves.
"""


@dataclass(frozen=True, kw_only=True)
class ChatOptions(KnowledgeOptions):
    """The options of `pmbot chat`."""

    record: Annotated[
        bool | None,
        typer.Option("--record/--no-record", help="Record the questions. Default: at a terminal, unless usage.record is false."),
    ] = None
    no_history: Annotated[bool, typer.Option("--no-history", help="Neither read nor keep what is typed.")] = False


def run(options: ChatOptions, load: Loader, console: Console) -> int:
    """Converse until the user leaves; 0."""
    from pmbot.cli.usage import recorder_for
    from pmbot.interfaces.repl.lines import choose_lines
    from pmbot.interfaces.repl.loop import converse
    from pmbot.interfaces.session import Session

    knowledge = load(options.knowledge, options.config)
    report_skipped(knowledge, console)
    session = Session(knowledge)
    session.named = options.knowledge
    lines = choose_lines(console.stdin, console.stdout, console.environ, lambda: _edited(session, options, console))
    # What comes through a pipe is a script more often than a person, and its transcript must be the same every time.
    record = options.record if options.record is not None or lines.interactive else False
    session.recorder = recorder = recorder_for(options, console, "repl", record=record)
    # A transcript must be the same every time; a person wants to see what was just saved.
    watcher = knowledge.watch(session.news.changed, session.news.failed) if lines.interactive else nullcontext()
    try:
        with watcher:
            converse(session, lines, console.screen, version=pmbot.__version__)
    finally:
        if recorder is not None:
            recorder.close()
    return 0


def _edited(session: Session, options: ChatOptions, console: Console) -> LineReader:
    """Make the line editor, and let the session know where its documents come from."""
    from pmbot.config import load_configuration
    from pmbot.interfaces.repl.editor import EditedLines, Editing
    from pmbot.interfaces.repl.loop import terminal_registry
    from pmbot.interfaces.session import Origin

    settings = load_configuration(options.config).settings
    session.origin = Origin(options.knowledge or settings.knowledge, settings.text.language)
    history = None if options.no_history else _history_file(console)
    return EditedLines(session, terminal_registry(), Editing(history, vi=settings.repl.editing == "vi"))


def _history_file(console: Console) -> Path | None:
    """Where the history is kept; None, with a word on standard error, when there is no place for it."""
    from pmbot.errors import StateError
    from pmbot.storage.places import private_folder, state_home

    try:
        return private_folder(state_home(console.environ)) / "history"
    except StateError as error:
        console.complain(f"no history is kept: {error}")
        return None

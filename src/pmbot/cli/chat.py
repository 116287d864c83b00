"""`pmbot chat`: a conversation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pmbot
from pmbot.cli.knowledge import Loader, report_skipped
from pmbot.cli.options import KnowledgeOptions

if TYPE_CHECKING:
    from pmbot.cli.console import Console

HELP = """Talk with the documents.

Follow-up questions are read in the light of the earlier ones. Type :help for the commands. Also works through a pipe, and then
prints a transcript.

\b
  pmbot chat
  pmbot chat --knowledge notes/
  pmbot chat < questions.txt > transcript.txt
"""


@dataclass(frozen=True, kw_only=True)
class ChatOptions(KnowledgeOptions):
    """The options of `pmbot chat`."""


def run(options: ChatOptions, load: Loader, console: Console) -> int:
    """Converse until the user leaves; 0."""
    from pmbot.interfaces.repl.lines import choose_lines
    from pmbot.interfaces.repl.loop import converse
    from pmbot.interfaces.session import Session

    knowledge = load(options.knowledge, options.config)
    report_skipped(knowledge, console)
    lines = choose_lines(console.stdin, console.stdout, console.environ)
    converse(Session(knowledge), lines, console.screen, version=pmbot.__version__)
    return 0

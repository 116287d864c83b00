"""The chat commands every channel has. To add one, add it to `standard_commands`, or hand it to the `Registry` of a channel."""

from __future__ import annotations

from pmbot.interfaces.explaining import explaining_commands
from pmbot.interfaces.registry import Call, Command, Opened, Registry, Reply
from pmbot.interfaces.session import Session
from pmbot.interfaces.working import working_commands
from pmbot.rendering.listing import documents_total
from pmbot.rendering.page import BLANK, Ink, Paragraph, Run, line

__all__ = ["Call", "Command", "Opened", "Registry", "Reply", "loaded", "standard_commands"]


_HANG = 4
"""Columns that a long help is indented by: the width of the names would leave a narrow terminal none."""


def standard_commands(*, terminal: bool = False) -> tuple[Command, ...]:
    """Return the commands in the order of the help; with `terminal` also those that make sense in a terminal only."""
    every = (
        *explaining_commands(),
        *working_commands(),
        Command("help", "this list", _help, ("h", "?")),
        Command("quit", "leave (Ctrl-D does too)", _quit, ("q", "exit")),
    )
    return tuple(command for command in every if terminal or not command.terminal)


def _help(call: Call) -> Reply:
    prefix = call.registry.prefix
    names = {command: f"{prefix}{command.name} {command.takes}".rstrip() for command in call.registry.commands}
    width = max(map(len, names.values())) + 2
    examples = call.session.knowledge.examples()
    page = [line("Ask about the documents, in your own words.")]
    page += [line(example, Ink.QUOTE, indent=2, hang=2) for example in examples]
    page.append(BLANK)
    for command, name in names.items():
        page.append(Paragraph((Run(name.ljust(width), Ink.LABEL), Run(command.help)), hang=_HANG))
    return Reply(tuple(page))


def _quit(_call: Call) -> Reply:
    return Reply((), leave=True)


def loaded(session: Session) -> str:
    """Say in a line what is loaded."""
    return documents_total(len(session.knowledge.documents), session.knowledge.sentence_count)

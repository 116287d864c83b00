"""The bot's commands. To add one: a `BotCommand` here, and its line under `commands:` in each `telegram.<language>.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pmbot.interfaces.registry import nearest_of
from pmbot.interfaces.telegram import informing, stats
from pmbot.interfaces.telegram.asking import answer, edited, empty
from pmbot.interfaces.telegram.incoming import Incoming
from pmbot.interfaces.telegram.responses import Outcome, Response, said
from pmbot.interfaces.telegram.services import Handler, Services
from pmbot.interfaces.telegram.texts import Texts

Scope = Literal["everybody", "private", "admins"]
LONGEST_NAME = 32


@dataclass(frozen=True)
class BotCommand:
    """A command: its name without the slash, what runs it, and its scope. Its help stands in the texts.

    The menu shows `private` ones in private chats only; `admins` may run theirs in private, for others it does not exist.
    """

    name: str
    run: Handler
    scope: Scope = "everybody"


async def command(incoming: Incoming, services: Services) -> Response:
    """Run the command of `incoming`; an unknown one, or one for admins, is said to be unknown.

    In a group, an unknown command that does not name us is for another bot. A command that is edited has been run already, but for /ask.
    """
    wanted = command_table().get(incoming.command)
    if wanted is None or (wanted.scope == "admins" and wanted not in visible_commands(services, incoming)):
        if not incoming.private and not incoming.named:
            return Response(Outcome.IGNORED)
        return _unknown(incoming, services)
    if incoming.edited and wanted.run is not _ask:
        return Response(Outcome.IGNORED)
    return await wanted.run(incoming, services)


def visible_commands(services: Services, incoming: Incoming) -> tuple[BotCommand, ...]:
    """The commands that the menu shows to the sender, there."""
    return commands_of(private=incoming.private, admin=incoming.private and services.gate.is_admin(incoming.user))


def commands_of(*, private: bool, admin: bool) -> tuple[BotCommand, ...]:
    """The commands shown in a private chat or a group, to an admin or not."""
    shown = {"everybody", *(("private",) if private else ()), *(("admins",) if admin else ())}
    return tuple(known for known in BOT_COMMANDS if known.scope in shown)


def command_table() -> Mapping[str, BotCommand]:
    """All commands by name."""
    return {known.name: known for known in BOT_COMMANDS}


def help_lines(texts: Texts, shown: tuple[BotCommand, ...]) -> str:
    """The commands with their descriptions, a line each."""
    return "\n".join(f"/{known.name} – {texts.commands[known.name]}" for known in shown)


async def _help(incoming: Incoming, services: Services) -> Response:
    texts = services.texts_for(incoming)
    lines = help_lines(texts, visible_commands(services, incoming))
    return said(Outcome.COMMAND, texts.said.help.format_map({"examples": services.examples(), "commands": lines}))


async def _ask(incoming: Incoming, services: Services) -> Response:
    if not any(character.isalnum() for character in incoming.text):
        return await empty(incoming, services)
    if incoming.edited:
        return await edited(incoming, services)
    return await answer(incoming, services, incoming.text)


def _unknown(incoming: Incoming, services: Services) -> Response:
    texts = services.texts_for(incoming)
    text = texts.said.unknown_command.format_map({"command": f"/{incoming.command[:LONGEST_NAME]}"})
    nearest = nearest_of(incoming.command, [c.name for c in visible_commands(services, incoming)])
    return said(Outcome.COMMAND, f"{text}\n{texts.said.did_you_mean} /{nearest}" if nearest else text)


BOT_COMMANDS = (
    BotCommand("start", informing.start, "private"),
    BotCommand("ask", _ask),
    BotCommand("sources", informing.sources),
    BotCommand("why", informing.why),
    BotCommand("docs", informing.docs),
    BotCommand("new", informing.new),
    BotCommand("help", _help),
    BotCommand("about", informing.about),
    BotCommand("privacy", informing.privacy, "private"),
    BotCommand("forget", informing.forget, "private"),
    BotCommand("reload", stats.reload, "admins"),
    BotCommand("stats", stats.stats, "admins"),
    BotCommand("gaps", stats.gaps, "admins"),
)
"""In the order of the menu."""

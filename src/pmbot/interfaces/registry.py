"""Chat commands as such: what one is, and how a line finds its command."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from pmbot.interfaces.session import Session
from pmbot.rendering.page import Page, line
from pmbot.rendering.sanitize import visible_line


class Opened(NamedTuple):
    """A document to read, with the line to start from (from 1)."""

    text: str
    line: int = 1


class Reply(NamedTuple):
    """What to show, and whether the conversation ends with it.

    `exact` is text that must be shown unbroken and is harmless already (JSON); `opened` is to be shown in a pager, where there is one;
    `copied` is to be put into the clipboard.
    """

    page: Page
    leave: bool = False
    exact: str | None = None
    opened: Opened | None = None
    copied: str | None = None


class Call(NamedTuple):
    """What a command is run with; `argument` is the rest of its line, stripped."""

    session: Session
    argument: str
    registry: Registry


@dataclass(frozen=True)
class Command:
    """A command by its name, without the channel's prefix. `help` is one short line; `aliases` are not listed.

    `takes` names its argument for the help (`DOC`, `[FILE]`). `terminal` is whether it makes sense in a terminal only.
    """

    name: str
    help: str
    run: Callable[[Call], Reply]
    aliases: tuple[str, ...] = ()
    takes: str = ""
    terminal: bool = False


class Registry:
    """The commands of a channel; `prefix` is what they start with there (`:` in the terminal)."""

    def __init__(self, commands: tuple[Command, ...], prefix: str = ":") -> None:
        self.commands = commands
        self.prefix = prefix
        self._by_name = {name: command for command in commands for name in (command.name, *command.aliases)}

    def is_command(self, text: str) -> bool:
        """Whether `text` is meant as a command and not as a question."""
        return text.startswith(self.prefix)

    def run(self, text: str, session: Session) -> Reply:
        """Run the command line `text`, prefix and all; an unknown one is answered with the nearest known."""
        name, _, argument = text.removeprefix(self.prefix).strip().partition(" ")
        command = self._by_name.get(name.lower())
        if command is None:
            return Reply((line(self._unknown(name)),))
        return command.run(Call(session, argument.strip(), self))

    def _unknown(self, name: str) -> str:
        from rapidfuzz import fuzz, process

        shown = f"{self.prefix}{visible_line(name[:40])}"
        known = [word for word in self._by_name if len(word) > 1]
        nearest = process.extractOne(name[:40].lower(), known, scorer=fuzz.ratio, score_cutoff=50)
        guess = f" Did you mean {self.prefix}{self._by_name[nearest[0]].name}?" if nearest else ""
        return f"There is no command {shown}.{guess} {self.prefix}help lists them all."


def nearest_of(given: str, known: list[str]) -> str | None:
    """The name in `known` that `given` was probably meant to be."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(given[:200], known, scorer=fuzz.WRatio, score_cutoff=60)
    return None if found is None else str(found[0])


NOTHING_YET: Page = (line("Nothing has been asked yet."),)

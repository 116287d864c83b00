#!/usr/bin/env python3
"""Write docs/commands.md, the reference of the command line and of the chat commands, from the commands themselves.

With --check nothing is written: exit code 1 when the file is not what the commands say.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from pmbot.cli.program import Command
from pmbot.cli.reference import Parameter, commands, parameters, summary
from pmbot.interfaces.repl.loop import terminal_registry

PATH = Path(__file__).resolve().parent.parent / "docs" / "commands.md"
_HEAD = """# Commands

Written by `scripts/write_commands.py` from the commands themselves: change their help, not this file.

Answers go to standard output, everything else to standard error. Every command ends with 0 when it did what was asked, unless it says
otherwise, with 2 for wrong usage or wrong settings, 3 when the documents cannot be used, 4 for a wrong question set, 5 when a channel
cannot start, 6 when the search cannot be reached, 7 when a quote is not proven, 8 when files of pmbot's own cannot be used, 130 after
Ctrl-C, 141 when the reader of its output has gone. Settings come from options, then the environment (`PMBOT_…`), then the settings file,
then the defaults; see [configuration](configuration.md).
"""


def text() -> str:
    """Give the whole reference."""
    known = commands()
    index = [f"| [`pmbot {name}`](#pmbot-{name}) | {summary(wanted)} |" for name, wanted in known.items()]
    parts = [_HEAD, "\n".join(["| Command | |", "|---|---|", *index]) + "\n"]
    parts += ["\n".join(_command(name, wanted)) for name, wanted in known.items()]
    parts.append("\n".join(_chat()))
    return "\n".join(parts)


def _command(name: str, wanted: Command) -> Iterator[str]:
    given = tuple(parameters(wanted))
    arguments = " ".join(_argument(p) for p in given if p.is_argument)
    yield f"## pmbot {name}"
    yield ""
    yield "```text"
    yield f"pmbot {name} [OPTIONS] {arguments}".rstrip()
    yield "```"
    yield ""
    yield from _prose(wanted.help)
    yield "| Option or argument | Meaning |"
    yield "|---|---|"
    for parameter in given:
        yield f"| {_names(parameter)} | {_meaning(parameter)} |"
    yield ""


def _argument(parameter: Parameter) -> str:
    shown = (parameter.value or "") + ("…" if parameter.repeats else "")
    return shown if parameter.required else f"[{shown}]"


def _names(parameter: Parameter) -> str:
    value = "" if parameter.value is None else f" {parameter.value}"
    names = ", ".join(parameter.names)
    return f"`{(names + value).strip()}`".replace("|", "\\|")


def _meaning(parameter: Parameter) -> str:
    default = "" if parameter.default is None or "efault" in parameter.help else f" Default: `{parameter.default}`."
    return f"{parameter.help}{default}".replace("|", "\\|")


def _prose(help_text: str) -> Iterator[str]:
    """The help as Markdown: what stands behind a backspace, and so is not wrapped in the terminal, is an example."""
    for paragraph in re.split(r"\n\s*\n", help_text.strip()):
        if paragraph.startswith("\b\n"):
            yield "```sh"
            yield from (line.removeprefix("  ") for line in paragraph.splitlines()[1:])
            yield "```"
        else:
            yield re.sub(r"(`[^`]*`)|(?<![\w-])(--[a-z][a-z-]*)", lambda match: match[1] or f"`{match[2]}`", paragraph)
        yield ""


def _chat() -> Iterator[str]:
    registry = terminal_registry()
    yield "## In a conversation"
    yield ""
    yield "What begins with `:` in `pmbot chat` is a command; the nearest one is named when there is none. See [chat](chat.md)."
    yield ""
    yield "| Command | |"
    yield "|---|---|"
    for command in registry.commands:
        name = f"{registry.prefix}{command.name} {command.takes}".strip()
        also = f" Also {', '.join(f'`{registry.prefix}{alias}`' for alias in command.aliases)}." if command.aliases else ""
        where = " Not in Telegram." if command.terminal else ""
        yield f"| `{name}` | {command.help[0].upper()}{command.help[1:]}.{also}{where} |".replace("[KEY|", "[KEY\\|")
    yield ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Write or check; the result is the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing, say whether it is up to date")
    if parser.parse_args(arguments).check:
        current = PATH.is_file() and PATH.read_text(encoding="utf-8") == text()
        if not current:
            print(f"{PATH}: is not what the commands say; run scripts/write_commands.py", file=sys.stderr)
        return 0 if current else 1
    PATH.write_text(text(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

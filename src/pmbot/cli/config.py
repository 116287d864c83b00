"""`pmbot config`: the settings in effect, and whether they are right."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pmbot.cli.options import Options
from pmbot.rendering.sanitize import visible_line

if TYPE_CHECKING:
    from pmbot.cli.console import Console
    from pmbot.cli.knowledge import Loader
    from pmbot.cli.origins import Origin
    from pmbot.config import Configuration

HELP = """Show the settings in effect, or check them.

`show` prints every setting with its value and where that comes from: the defaults, the line of a file, or a variable of the environment.
Secrets are never printed. `check` also reads the word lists and texts, and ends with 2 when something is wrong.

\b
  pmbot config show
  pmbot config show --json | jq '.settings[] | select(.from != "default")'
  pmbot config check --config other.yaml
"""


class Action(StrEnum):
    """What is wanted of the settings."""

    SHOW = "show"
    CHECK = "check"


@dataclass(frozen=True, kw_only=True)
class ConfigOptions(Options):
    """The options of `pmbot config`."""

    action: Annotated[Action, typer.Argument(help="`show` prints the settings, `check` only says whether they are right.")]
    config: Annotated[
        Path | None,
        typer.Option(metavar="PATH", help="Configuration file. Default: PMBOT_CONFIG, config/pmbot.yaml, then the built-in one."),
    ] = None
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False


def run(options: ConfigOptions, load: Loader, console: Console) -> int:  # noqa: ARG001 - a command takes a loader; this one reads no documents
    """Show or check; 0. ConfigError when something is wrong."""
    from pmbot.bootstrap import build_knowledge
    from pmbot.cli.origins import origins
    from pmbot.config import chosen_file, load_configuration

    configuration = load_configuration(options.config)
    chosen = chosen_file(options.config)
    if options.action is Action.CHECK:
        build_knowledge(configuration)
    found = tuple(origins(configuration, options.config))
    if options.json:
        console.write(_json(chosen, found))
    elif options.action is Action.CHECK:
        console.stdout.write(f"{_file(chosen)}\n{_count(found)}: all right\n{_language(configuration)}")
    else:
        room = shutil.get_terminal_size().columns if console.stdout.isatty() else None
        console.stdout.write(f"{_file(chosen)}\n\n{_table(found, room)}")
    return 0


def _file(chosen: Path | None) -> str:
    if chosen is None:
        return "No settings file of your own: there is no config/pmbot.yaml here. `pmbot init DIR` writes one with comments."
    return f"Settings file: {visible_line(str(chosen))}"


def _language(configuration: Configuration) -> str:
    """How well the language of the settings is supported; nothing about English."""
    from pmbot.answering.spoken import support_of

    language = configuration.settings.text.language
    return "" if language == "en" else f"Language {language}: supported {_adverb(support_of(language, configuration.find))}\n"


def _adverb(support: str) -> str:
    return "in basic form" if support == "basic" else support


def _count(found: Sequence[Origin]) -> str:
    own = sum(origin.kind != "default" for origin in found)
    return f"{len(found)} settings, {own} of them not from the defaults"


def _table(found: Sequence[Origin], room: int | None) -> str:
    """One setting a line; where a line has no room for that (a terminal of so many columns), its value and origin stand below it."""
    rows = [(origin.setting, visible_line(origin.shown), visible_line(origin.where or origin.kind)) for origin in found]
    names, values = max(len(setting) for setting, _, _ in rows), min(32, max(len(value) for _, value, _ in rows))
    lines = [f"{setting:<{names}}  {value:<{values}}  {where}" for setting, value, where in rows]
    if room is not None and max(map(len, lines)) > room:
        lines = [f"{setting}\n  {value}\n  {where}" for setting, value, where in rows]
    return "".join(f"{line}\n" for line in lines)


def _json(chosen: Path | None, found: Sequence[Origin]) -> str:
    import json

    from pmbot.rendering.sanitize import harmless_json

    settings = [{"setting": o.setting, "value": o.value, "from": o.kind, "where": o.where} for o in found]
    record = {"schema": "pmbot.config/1", "file": None if chosen is None else str(chosen), "settings": settings}
    return harmless_json(json.dumps(record, ensure_ascii=False, indent=2)) + "\n"

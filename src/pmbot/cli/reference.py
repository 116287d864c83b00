"""What the commands take, read from their options: what shell completion and the command reference are written from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, Field, fields
from enum import Enum
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from typer.models import ArgumentInfo

from pmbot.cli.program import COMMANDS, Command, command


class Parameter(NamedTuple):
    """An option or argument of a command.

    `names` are what is typed (`--json`), none for an argument; `value` is the word for its value, None for a switch. `default` is None
    when there is none to speak of, `required` whether it must be given.
    """

    names: tuple[str, ...]
    value: str | None
    help: str
    choices: tuple[str, ...] = ()
    is_path: bool = False
    repeats: bool = False
    required: bool = False
    default: str | None = None

    @property
    def is_argument(self) -> bool:
        """Whether it is given by its place and not by name."""
        return not self.names


HELP_OPTION = Parameter(("--help", "-h"), None, "Show this help and exit.")
VERSION_OPTION = Parameter(("--version", "-V"), None, "Show the version and exit.")


def commands() -> dict[str, Command]:
    """Import every command, in the order of the help."""
    return {name: command(name) for name in COMMANDS}


def summary(wanted: Command) -> str:
    """The first line of a command's help."""
    return wanted.help.partition("\n")[0]


def parameters(wanted: Command) -> Iterator[Parameter]:
    """Yield what a command takes, in the order of its help, `--help` last."""
    hints = get_type_hints(wanted.options, include_extras=True)
    for field in fields(wanted.options):
        yield _parameter(field, hints[field.name])
    yield HELP_OPTION


def _parameter(field: Field[Any], hint: Any) -> Parameter:
    declared = hint.__metadata__[0]
    kind, repeats, choices = _kind(get_args(hint)[0])
    is_argument = isinstance(declared, ArgumentInfo)
    names = tuple(name for given in _declared(declared, field.name) for name in given.split("/"))
    word = declared.metavar or "|".join(choices) or _word(kind, field.name, is_argument=is_argument)
    value = None if kind is bool and not is_argument else word
    default = field.default
    return Parameter(
        names=() if is_argument else names,
        value=value,
        help=declared.help or "",
        choices=choices,
        is_path=issubclass(kind, Path) or value in {"FILE", "PATH", "DIR"},
        repeats=repeats,
        required=default is MISSING and field.default_factory is MISSING,
        default=None if default in (None, False, MISSING) else str(getattr(default, "value", default)),
    )


def _declared(declared: Any, name: str) -> tuple[str, ...]:
    """The names an option was given; typer takes the first for a default where it stands in an annotation."""
    first = (declared.default,) if isinstance(declared.default, str) and declared.default.startswith("-") else ()
    return (*first, *(declared.param_decls or ())) or (f"--{name.replace('_', '-')}",)


def _kind(hint: Any) -> tuple[type, bool, tuple[str, ...]]:
    """The type of a value, whether there may be several, and what it must be one of: `list[str] | None` is text, several."""
    if get_origin(hint) in {Union, UnionType}:
        hint = next(part for part in get_args(hint) if part is not NoneType)
    if get_origin(hint) in {list, tuple}:
        return get_args(hint)[0], True, ()
    if get_origin(hint) is Literal:
        return str, False, tuple(map(str, get_args(hint)))
    return hint, False, tuple(str(choice.value) for choice in hint) if issubclass(hint, Enum) else ()


def _word(kind: type, name: str, *, is_argument: bool) -> str:
    return name.upper() if is_argument else {int: "NUMBER", float: "NUMBER"}.get(kind, "TEXT")

"""Options as records: one frozen dataclass per command, its annotated fields are the options typer shows."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Annotated, Any, TypeVar, get_type_hints

import typer

from pmbot.errors import PmbotError

Jobs = Annotated[int, typer.Option("-j", "--jobs", min=0, max=256, metavar="N", help="Processes to ask in; 0: one per processor.")]
"""The option of every command that asks whole question sets."""
O = TypeVar("O", bound="Options")  # noqa: E741 - there is nothing to mistake it for


class UsageError(PmbotError):
    """The command was called in a way that makes no sense."""

    exit_code = 2


@dataclass(frozen=True, kw_only=True)
class Options:
    """What every record of options is; commands that read no documents start from it."""


@dataclass(frozen=True, kw_only=True)
class KnowledgeOptions(Options):
    """What every command takes that reads documents."""

    knowledge: Annotated[
        Path | None, typer.Option(metavar="PATH", help="Folder of documents, or one file. Default: the configured one (knowledge/).")
    ] = None
    config: Annotated[
        Path | None,
        typer.Option(metavar="PATH", help="Configuration file. Default: PMBOT_CONFIG, config/pmbot.yaml, then the built-in one."),
    ] = None
    index: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Folder to keep the index in. Default: one of the knowledge's own in ~/.local/state/pmbot."),
    ] = None


@dataclass(frozen=True, kw_only=True)
class AskOptions(KnowledgeOptions):
    """The options of `pmbot ask`."""

    question: Annotated[list[str] | None, typer.Argument(metavar="QUESTION", help="What to ask; - reads it from standard input.")] = None
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False
    trace: Annotated[bool, typer.Option("--trace", help="Also tell how the answer came about.")] = False
    jsonl: Annotated[
        str | None, typer.Option(metavar="FILE", help="Ask every line of FILE (- for standard input), a line of JSON each.")
    ] = None
    doc: Annotated[str | None, typer.Option(metavar="DOC_ID", help="Search this document only.")] = None
    receipt: Annotated[
        bool, typer.Option("--receipt", help="Also print the receipt, which proves every quote; with --json or --jsonl it alone.")
    ] = False
    record: Annotated[bool, typer.Option("--record", help="Record the question, as pmbot chat does, for pmbot gaps.")] = False
    fail_on_abstain: Annotated[bool, typer.Option("--fail-on-abstain", help="End with 1 when a question is not answered.")] = False


def callback(options: type[O], run: Callable[[O], None]) -> Callable[..., None]:
    """Make the function typer wants (a parameter per option) out of one that takes an `options` record."""

    def command(**given: Any) -> None:
        run(options(**given))

    hints = get_type_hints(options, include_extras=True)
    parameters = [
        inspect.Parameter(
            field.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=inspect.Parameter.empty if field.default is MISSING else field.default,
            annotation=hints[field.name],
        )
        for field in fields(options)
    ]
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return command

"""Options are records."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from pmbot.cli.options import KnowledgeOptions, callback


@dataclass(frozen=True, kw_only=True)
class Options(KnowledgeOptions):
    name: Annotated[str, typer.Option(help="A name.")]
    loud: Annotated[bool, typer.Option("--loud", help="Loudly.")] = False


def test_a_parameter_for_every_field() -> None:
    given: list[Options] = []
    command = callback(Options, given.append)
    parameters = inspect.signature(command).parameters
    assert list(parameters) == ["knowledge", "config", "index", "name", "loud"]
    assert parameters["name"].default is inspect.Parameter.empty
    assert parameters["loud"].default is False
    command(knowledge=Path("k"), config=None, name="n", loud=True)
    assert given == [Options(knowledge=Path("k"), name="n", loud=True)]

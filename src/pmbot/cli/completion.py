"""`pmbot completion`: a script that teaches a shell to complete the commands and options."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from pmbot.cli.options import Options

if TYPE_CHECKING:
    from pmbot.cli.console import Console
    from pmbot.cli.knowledge import Loader

HELP = """Print a script that completes commands and options in a shell.

\b
  pmbot completion bash > ~/.local/share/bash-completion/completions/pmbot
  pmbot completion zsh > "${fpath[1]}/_pmbot"
  pmbot completion fish > ~/.config/fish/completions/pmbot.fish

To try it in this shell only: source <(pmbot completion bash)
"""


class Shell(StrEnum):
    """The shells there is a script for."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"


@dataclass(frozen=True, kw_only=True)
class CompletionOptions(Options):
    """The options of `pmbot completion`."""

    shell: Annotated[Shell, typer.Argument(help="The shell to write for.")]


def run(options: CompletionOptions, load: Loader, console: Console) -> int:  # noqa: ARG001 - a command takes a loader; this one reads no documents
    """Print the script; 0."""
    from pmbot.cli import shells

    script = {Shell.BASH: shells.bash, Shell.ZSH: shells.zsh, Shell.FISH: shells.fish}[options.shell]
    console.write(script())
    return 0

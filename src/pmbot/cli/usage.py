"""The record of use of the knowledge that a command works on."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pmbot.cli.options import KnowledgeOptions

if TYPE_CHECKING:
    from pmbot.cli.console import Console
    from pmbot.interfaces.recorder import Recorder
    from pmbot.storage.params import UsageParams
    from pmbot.storage.used import Channel


class Usage(NamedTuple):
    """Where the record of use lies, whether there is one or not, and its settings."""

    path: Path
    params: UsageParams


def usage_of(options: KnowledgeOptions, console: Console) -> Usage:
    """Find the record of use; ConfigError, or StateError when there is no place for it."""
    from pmbot.config import load_configuration
    from pmbot.storage.places import state_folder, state_home
    from pmbot.storage.use import FILE_NAME

    settings = load_configuration(options.config).settings
    folder = state_folder(options.knowledge or settings.knowledge, state_home(console.environ))
    return Usage(folder / FILE_NAME, settings.usage)


def recorder_for(options: KnowledgeOptions, console: Console, channel: Channel, *, record: bool | None) -> Recorder | None:
    """Make what records on `channel`; None when nothing shall be recorded. `record` (a flag) wins over the settings.

    That there is no place for the record is said on standard error, and is no reason not to answer.
    """
    from pmbot.errors import StateError
    from pmbot.interfaces.recorder import Recorder
    from pmbot.storage.use import UseStore

    if record is False:
        return None
    try:
        usage = usage_of(options, console)
    except StateError as error:
        console.complain(f"nothing is recorded: {error}")
        return None
    if not (usage.params.record or record):
        return None
    # An answer waits for its record, and nobody waits long for an answer.
    open_store = partial(UseStore.open, usage.path, retention_days=usage.params.retention_days, patience=0.5)
    return Recorder(open_store, channel)

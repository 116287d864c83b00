"""`pmbot telegram`: the documents in Telegram."""

from __future__ import annotations

import importlib.util
import logging
import os
import re
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from pmbot.cli.knowledge import Loader, report_skipped
from pmbot.cli.options import KnowledgeOptions
from pmbot.errors import ConfigError, InterfaceError

if TYPE_CHECKING:
    from pmbot.cli.console import Console
    from pmbot.config import Configuration
    from pmbot.interfaces.knowledge import Knowledge
    from pmbot.interfaces.recorder import Recorder
    from pmbot.interfaces.telegram.params import TelegramParams
    from pmbot.interfaces.telegram.texts import TextBook

HELP = """Answer questions in Telegram.

The token of the bot comes from the environment: PMBOT_TELEGRAM_TOKEN, or PMBOT_TELEGRAM_TOKEN_FILE with the path of a file that holds it.
At the first start a pairing code is shown: who sends it to the bot may ask, everybody else gets no answers. For other ways see
PMBOT_TELEGRAM_ACCESS and docs/telegram.md.

Ends with 0 when told to (Ctrl-C, SIGTERM), 5 when Telegram refuses the token or another program has the bot, 8 when the journal of the
bot cannot be kept. A question that is not answered by then is answered after the next start.

\b
  PMBOT_TELEGRAM_TOKEN_FILE=token.txt pmbot telegram
  pmbot telegram --knowledge notes/
  pmbot telegram --webhook
"""

ACCESS, BASE_URL, SECRET, TOKEN = (f"PMBOT_TELEGRAM_{name}" for name in ("ACCESS", "BASE_URL", "WEBHOOK_SECRET", "TOKEN"))
VARIABLES = (ACCESS, BASE_URL, SECRET, f"{SECRET}_FILE", TOKEN, f"{TOKEN}_FILE")
OFFICIAL = "https://api.telegram.org"
_LOG = logging.getLogger("pmbot.telegram")


@dataclass(frozen=True, kw_only=True)
class TelegramOptions(KnowledgeOptions):
    """The options of `pmbot telegram`."""

    webhook: Annotated[bool, typer.Option("--webhook", help="Let Telegram send updates to telegram.webhook_url instead of polling.")] = (
        False
    )
    take_over: Annotated[bool, typer.Option("--take-over", help="Take the bot's updates from the webhook that has them now.")] = False
    pair: Annotated[bool, typer.Option("--pair", help="Show a pairing code for one more person.")] = False


def run(options: TelegramOptions, load: Loader, console: Console) -> int:
    """Serve until told to end; 0."""
    from pmbot.config import load_configuration, secret

    _check_installed()
    _check_variables(console.environ)
    from pmbot.interfaces.telegram.logs import Redactor, logging_to
    from pmbot.interfaces.telegram.token import token_of

    token = token_of(secret(TOKEN, console.environ))
    webhook_secret = secret(SECRET, console.environ)
    configuration = load_configuration(options.config)
    params = _params(configuration, console.environ)
    # What we start (the readers of documents) has no business with them.
    for name in (TOKEN, SECRET):
        os.environ.pop(name, None)
    redact = Redactor((token.secret, webhook_secret or ""))
    with logging_to(console.stderr, params.log_level, params.log_format, redact), ExitStack() as stack:
        from pmbot.interfaces.telegram.service import Plan, serve
        from pmbot.interfaces.telegram.webhook import checked_secret

        if options.webhook:
            webhook_secret = checked_secret(webhook_secret)
            _check_address(params)
        documents = _documents(options, configuration, load, console, stack)
        return serve(
            Plan(
                token=token,
                base_url=base_url_of(console.environ),
                params=params,
                knowledge=documents.knowledge,
                texts=_texts(configuration),
                folder=documents.folder,
                recorder=documents.recorder,
                tell=console.complain,
                webhook_secret=webhook_secret if options.webhook else None,
                take_over=options.take_over,
                pair=options.pair,
            )
        )


class _Documents(NamedTuple):
    """What is asked, where its state lies, and what records the questions."""

    knowledge: Knowledge
    folder: Path
    recorder: Recorder | None


class _Reloading:
    """Reads the documents again when they have changed."""

    knowledge: Knowledge | None = None

    def __call__(self) -> None:
        if self.knowledge is not None:
            changes = self.knowledge.reload()
            if changes:
                counts = map(len, (changes.added, changes.changed, changes.removed))
                _LOG.info("documents read again: %d added, %d changed, %d removed", *counts)

    def failed(self, error: Exception) -> None:
        """Log why the old documents stay."""
        _LOG.error("the documents were not read again, the old ones stay: %s", error)


def _documents(options: TelegramOptions, configuration: Configuration, load: Loader, console: Console, stack: ExitStack) -> _Documents:
    """Load the documents and watch them for as long as `stack` is open."""
    from pmbot.cli.usage import recorder_for
    from pmbot.indexing.watch import Watcher
    from pmbot.storage.places import state_folder, state_home

    root = options.knowledge or configuration.settings.knowledge
    reloading = _Reloading()
    watcher = Watcher((root,), reloading, reloading.failed)
    knowledge = load(options.knowledge, options.config)
    report_skipped(knowledge, console)
    reloading.knowledge = knowledge
    stack.enter_context(watcher)
    recorder = recorder_for(options, console, "telegram", record=None)
    if recorder is not None:
        stack.callback(recorder.close)
    return _Documents(knowledge, state_folder(root, state_home(console.environ)), recorder)


def _params(configuration: Configuration, environ: Mapping[str, str]) -> TelegramParams:
    """The settings of the channel; the variable for access wins over the file."""
    from pmbot.interfaces.telegram.access import access_of

    params = configuration.settings.telegram
    given = environ.get(ACCESS, "").strip()
    return params.model_copy(update={"access": access_of(given)}) if given else params


def _texts(configuration: Configuration) -> TextBook:
    """All languages whose texts are found, the nearest file of each."""
    from pmbot.interfaces.telegram.commands import command_table
    from pmbot.interfaces.telegram.texts import read_texts

    found: dict[str, Path] = {}
    for folder in configuration.folders:
        for path in sorted(folder.glob("telegram.??.yaml")):
            found.setdefault(path.name.split(".")[1], path)
    return read_texts(found, tuple(command_table()))


def base_url_of(environ: Mapping[str, str]) -> str:
    """The root of the Bot API server; ConfigError for what is no address, or not its root."""
    address = environ.get(BASE_URL, "").strip().rstrip("/") or OFFICIAL
    if re.fullmatch(r"https?://[^/\s?#@]+(?:/[^\s?#]*)?", address) is None or address.endswith("/bot"):
        raise ConfigError(
            f"{BASE_URL}: must be the root of a Bot API server, such as http://127.0.0.1:8081; /bot and the token are appended"
        )
    return address


def _check_address(params: TelegramParams) -> None:
    if params.webhook_url is None:
        raise InterfaceError("telegram.webhook_url is not set; put the address that Telegram shall send updates to into the settings")


def _check_variables(environ: Mapping[str, str]) -> None:
    """A misspelt variable would be obeyed by nobody."""
    for name in sorted(environ):
        if name.startswith("PMBOT_TELEGRAM_") and not name.startswith("PMBOT_TELEGRAM__") and name not in VARIABLES:
            raise ConfigError(f"{name}: is not a known variable; there are {', '.join(VARIABLES)}")


def _check_installed() -> None:
    for module in ("aiohttp", "telegram"):
        if importlib.util.find_spec(module) is None:
            raise InterfaceError("the Telegram channel is not installed; run: pip install 'pmbot[telegram]'")

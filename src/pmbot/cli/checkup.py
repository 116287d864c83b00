"""The checks of `pmbot doctor`: each looks at one thing and says what it found and, when that is not right, what to do."""

from __future__ import annotations

import importlib.util
import locale
import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from enum import StrEnum
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO

from pmbot.errors import ConfigError, CorpusError, PmbotError, UnusableIndex

if TYPE_CHECKING:
    from pmbot.config import Configuration

PACKAGES = {
    "filelock": "filelock", "nltk": "nltk", "numpy": "numpy", "pathspec": "pathspec", "prompt-toolkit": "prompt_toolkit",
    "pydantic": "pydantic", "pydantic-settings": "pydantic_settings", "PyStemmer": "Stemmer", "rank-bm25": "rank_bm25",
    "rapidfuzz": "rapidfuzz", "rich": "rich", "ruamel.yaml": "ruamel.yaml", "typer": "typer",
}  # fmt: skip
"""What must be installed, and the module each is imported as."""
EXTRAS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "documents": (
        "PDF, DOCX and HTML files",
        {"cryptography": "cryptography", "pypdf": "pypdf", "python-docx": "docx", "selectolax": "selectolax"},
    ),
    "watch": ("noticing changed documents at once", {"watchfiles": "watchfiles"}),
    "telegram": ("the Telegram bot", {"aiohttp": "aiohttp", "python-telegram-bot": "telegram"}),
    "metrics": ("figures for Prometheus", {"prometheus-client": "prometheus_client"}),
}
"""What may be installed: what for, and the modules."""
TOKEN = "PMBOT_TELEGRAM_TOKEN"  # noqa: S105 - the name of a variable
OLDEST = (3, 11)
_TOKEN_FORM = re.compile(r"\d{5,15}:[A-Za-z0-9_-]{30,50}")
_FULL, _NEARLY_FULL = 50_000_000, 500_000_000


class State(StrEnum):
    """How a check went. Only `FAILED` makes the doctor end with 1."""

    OK = "ok"
    OFF = "off"
    WARNING = "warning"
    FAILED = "failed"


class Check(NamedTuple):
    """A check: what was looked at, how it went, what was found, and what to do about it."""

    name: str
    state: State
    found: str
    advice: str | None = None


class Patient(NamedTuple):
    """What is examined: the options of the command, and the world it runs in."""

    knowledge: Path | None
    config: Path | None
    environ: Mapping[str, str]
    stdout: TextIO
    online: bool = False


def checks(patient: Patient) -> Iterator[Check]:
    """Examine everything, in the order in which things depend on each other."""
    yield python()
    yield packages()
    yield from extras()
    configuration, check = settings(patient.config)
    yield check
    if configuration is not None:
        yield from language(configuration)
        root = patient.knowledge or configuration.settings.knowledge
        yield documents(root)
        yield index(root, configuration)
    yield from state(patient.environ)
    yield encoding(patient.stdout)
    yield sandbox()
    yield telegram(patient.environ)
    if patient.online:
        yield telegram_online(patient.environ)


def python() -> Check:
    """The version of Python."""
    found = f"{sys.version.split()[0]} ({sys.platform})"
    if sys.version_info >= OLDEST:
        return Check("Python", State.OK, found)
    return Check("Python", State.FAILED, found, f"install Python {OLDEST[0]}.{OLDEST[1]} or newer, and pmbot in it")


def packages() -> Check:
    """The libraries that pmbot cannot do without."""
    missing = _missing(PACKAGES)
    if missing:
        return Check("Packages", State.FAILED, f"missing: {', '.join(missing)}", "install them: pip install --force-reinstall pmbot")
    return Check("Packages", State.OK, f"all {len(PACKAGES)} there")


def extras() -> Iterator[Check]:
    """The libraries that only some things need."""
    for name, (purpose, modules) in EXTRAS.items():
        missing = _missing(modules)
        if missing:
            yield Check(f"Extra {name}", State.OFF, f"not installed: {', '.join(missing)}", f"for {purpose}: pip install 'pmbot[{name}]'")
        else:
            yield Check(f"Extra {name}", State.OK, ", ".join(f"{package} {_version(package)}" for package in modules))


def settings(config: Path | None) -> tuple[Configuration | None, Check]:
    """The settings with their word lists and texts; the configuration is None when they are not right."""
    from pmbot.bootstrap import build_knowledge
    from pmbot.config import chosen_file, load_configuration

    try:
        configuration = load_configuration(config)
        build_knowledge(configuration)
        chosen = chosen_file(config)
    except ConfigError as error:
        return None, Check("Settings", State.FAILED, str(error), "correct that; `pmbot config show` prints what is in effect")
    return configuration, Check("Settings", State.OK, "the defaults" if chosen is None else str(chosen))


def language(configuration: Configuration) -> Iterator[Check]:
    """How well the configured language is supported; nothing is said of English."""
    from pmbot.answering.spoken import support_of

    code = configuration.settings.text.language
    support = support_of(code, configuration.find)
    if support == "basic":
        yield Check("Language", State.OK, f"{code}: in basic form")
    elif support != "full":
        yield Check("Language", State.WARNING, f"{code}: {support}", "docs/languages.md says what that means; is text.language right?")


def documents(root: Path) -> Check:
    """Whether there are documents, and whether they can be opened. They are not read: `pmbot lint` does that."""
    from pmbot.corpus.readers import READERS
    from pmbot.corpus.walk import walk

    advice = "name the folder with --knowledge or in the settings, or begin with: pmbot init my-bot"
    try:
        files, skipped = walk(root)
    except CorpusError as error:
        return Check("Knowledge", State.FAILED, str(error), advice)
    known = [file for file in files if Path(file.doc_id).suffix.lower() in READERS]
    closed = [file.doc_id for file in known if not os.access(file.path, os.R_OK)]
    found = f"{root}: {_count(len(known), 'document')}"
    if not known:
        return Check("Knowledge", State.FAILED, found, f"put documents into it ({', '.join(sorted(READERS))})")
    if closed:
        return Check("Knowledge", State.WARNING, f"{found}, not readable: {', '.join(closed[:5])}", "check their permissions")
    if skipped or len(known) < len(files):
        others = _count(len(files) - len(known) + len(skipped), "other file")
        return Check("Knowledge", State.OK, f"{found}; not searched: {others} (`pmbot docs` names them)")
    return Check("Knowledge", State.OK, found)


def index(root: Path, configuration: Configuration) -> Check:
    """Whether the kept index is there, whole, and made of the files as they are now."""
    from pmbot.corpus.walk import walk
    from pmbot.indexing.files import scan
    from pmbot.indexing.kept import Stored
    from pmbot.storage.generations import GenerationFolder
    from pmbot.storage.places import state_folder, state_home

    params = configuration.settings.index
    if params.folder is None and not params.keep:
        return Check("Index", State.OFF, "not kept (index.keep: false)")
    renew = "the next question makes it; or now: pmbot index"
    try:
        files = walk(root).files
        generation = GenerationFolder(params.folder or state_folder(root, state_home(os.environ))).open()
        if generation is None:
            return Check("Index", State.OK, "not made yet", renew)
        stored = Stored.of(generation)
        if not stored.readable:
            return Check("Index", State.OK, "made by another version", renew)
        fresh = scan(files, stored.entries(), 0)
    except UnusableIndex as error:
        return Check("Index", State.WARNING, str(error), renew)
    except CorpusError:
        return Check("Index", State.OFF, "there is nothing to index")
    except PmbotError as error:
        return Check("Index", State.FAILED, str(error), "make the file readable, or set index.folder")
    if fresh.changed:
        return Check("Index", State.OK, f"older than the documents: {_count(len(fresh.fresh), 'file')} to read", renew)
    return Check("Index", State.OK, f"fresh, {_count(len(fresh.known), 'file')}")


def state(environ: Mapping[str, str]) -> Iterator[Check]:
    """The folder for what pmbot keeps for itself, and the room on its disk."""
    from pmbot.storage.places import state_home

    try:
        home = state_home(environ)
    except PmbotError as error:
        yield Check("State", State.FAILED, str(error), "set XDG_STATE_HOME to a folder that you can write")
        return
    there = next(folder for folder in (home, *home.parents) if folder.exists())
    if os.access(there, os.W_OK | os.X_OK):
        yield Check("State", State.OK, str(home))
    else:
        yield Check("State", State.FAILED, f"{there} is not writable", "set XDG_STATE_HOME to a folder that you can write")
    free = shutil.disk_usage(there).free
    shown = f"{free / 1e9:.1f} GB free" if free >= 1e9 else f"{free / 1e6:.0f} MB free"
    worst = State.FAILED if free < _FULL else State.WARNING if free < _NEARLY_FULL else State.OK
    yield Check(
        "Disk", worst, shown, None if worst is State.OK else f"make room on the disk of {there}: an index takes as much as the documents"
    )


def encoding(stdout: TextIO) -> Check:
    """Whether the terminal and the file names can hold every letter."""
    output, names = (getattr(stdout, "encoding", None) or "utf-8").lower(), sys.getfilesystemencoding().lower()
    found = f"output {output}, file names {names}, locale {locale.getlocale()[0] or 'C'}"
    if "utf" in output and "utf" in names:
        return Check("Encoding", State.OK, found)
    return Check("Encoding", State.WARNING, found, "set a UTF-8 locale, such as LANG=C.UTF-8; other letters are shown as escapes")


def sandbox() -> Check:
    """How far the process is shut in that reads PDF, DOCX and HTML files."""
    from pmbot.corpus.sandbox import sandbox_status

    status = sandbox_status()
    if not status.works:
        return Check("Sandbox", State.WARNING, str(status), "PDF, DOCX and HTML files are refused; allow pmbot to start processes")
    if status.memory_limited and status.time_limited and status.files_refused and status.network_cut:
        return Check("Sandbox", State.OK, str(status))
    return Check("Sandbox", State.WARNING, str(status), "this system does not hold every limit: read files of strangers on another one")


def telegram(environ: Mapping[str, str]) -> Check:
    """Whether a token is set and looks like one. It is never shown."""
    from pmbot.config import secret

    try:
        token = secret(TOKEN, environ)
    except ConfigError as error:
        return Check("Telegram", State.FAILED, str(error), f"set {TOKEN}, or {TOKEN}_FILE to a file that holds it")
    if token is None:
        return Check("Telegram", State.OFF, "no token", f"only for the Telegram bot: set {TOKEN} or {TOKEN}_FILE")
    if _TOKEN_FORM.fullmatch(token):
        return Check("Telegram", State.OK, "a token is set")
    return Check("Telegram", State.FAILED, "what is set is no token", "copy it from @BotFather whole: digits, a colon, 35 letters")


def telegram_online(environ: Mapping[str, str]) -> Check:
    """Whether Telegram knows the token."""
    from pmbot.cli.telegram import base_url_of
    from pmbot.config import secret

    try:
        from pmbot.interfaces.telegram.asked import bot_name
        from pmbot.interfaces.telegram.token import token_of

        name = bot_name(token_of(secret(TOKEN, environ)), base_url_of(environ))
    except ImportError:
        return Check("Telegram online", State.FAILED, "the extra `telegram` is missing", "pip install 'pmbot[telegram]'")
    except PmbotError as error:
        return Check("Telegram online", State.FAILED, *str(error).partition("; ")[::2])
    return Check("Telegram online", State.OK, f"the token is that of @{name}")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _missing(modules: Mapping[str, str]) -> list[str]:
    return [package for package, module in modules.items() if not _is_there(module)]


def _is_there(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:  # of the package around it
        return False


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "(unknown version)"

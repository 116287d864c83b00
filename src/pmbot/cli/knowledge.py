"""The knowledge a command works on, loaded, with what was left out reported."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pmbot.cli.options import UsageError
from pmbot.errors import CorpusError
from pmbot.interfaces.knowledge import Knowledge
from pmbot.rendering.sanitize import visible_line

if TYPE_CHECKING:
    from pmbot.cli.console import Console
    from pmbot.indexing.indexer import Listener
    from pmbot.models import Changes, Sentence

_REPORTED = 10
_FIRST_STEPS = """To begin: pmbot init my-bot && cd my-bot && pmbot chat
or, with documents that you have: pmbot chat --knowledge FOLDER"""


class SkippedFile(Protocol):
    """A file that was left out."""

    @property
    def path(self) -> str:
        """Where it is."""

    @property
    def reason(self) -> str:
        """Why it was left out."""

    @property
    def kind(self) -> str:
        """`skipped`, `refused`, or `ignored` when it was left out by choice."""


class CliKnowledge(Knowledge, Protocol):
    """What the commands need: a `Knowledge` that also says what it left out, and how documents are cut."""

    @property
    def skipped(self) -> Sequence[SkippedFile]:
        """The files that could not be used."""

    def sentences(self, doc_id: str) -> Sequence[Sentence]:
        """The sentences of a document, in order."""

    def watch(self, told: Callable[[Changes], None], failed: Callable[[Exception], None]) -> AbstractContextManager[object]:
        """Reload whenever the documents change, as long as the context lasts."""


Loader = Callable[[Path | None, Path | None], CliKnowledge]
"""Makes the knowledge of a command out of `--knowledge` and `--config`."""


def loader(console: Console, index: Path | None = None) -> Loader:
    """Make what loads the real thing, its index in the folder `index`, and tells on standard error how indexing goes.

    What it makes raises ConfigError, CorpusError or StateError.
    """

    def load(knowledge: Path | None, config: Path | None) -> CliKnowledge:
        from pmbot.api import KnowledgeBase

        with ExitStack() as stack:
            try:
                loaded = KnowledgeBase.load(knowledge, config=config, index=index, listener=_listener(console, stack))
            except CorpusError as error:
                # Somebody who named a folder knows what a knowledge is; who named none may be here for the first time.
                if knowledge is None and config is None:
                    raise type(error)(f"{error}\n{_FIRST_STEPS}") from error
                raise
        # Word lists live as long as the process: looking through them for garbage again and again costs 50 ms each time.
        gc.freeze()
        return loaded

    return load


def _listener(console: Console, stack: ExitStack) -> Listener:
    """Says what there is to say, and shows a bar while documents are read.

    Both end when `stack` is closed: later reloads happen while somebody types.
    """
    from pmbot.cli.progress import progress
    from pmbot.indexing.indexer import Listener

    bars: list[Callable[[], None]] = []
    loading = [True]
    stack.callback(loading.clear)

    def say(message: str) -> None:
        if loading:
            console.complain(message)

    def begin(files: int) -> None:
        bars[:] = [stack.enter_context(progress(console, "indexing", files))] if loading else []

    def advance() -> None:
        for bar in bars:
            bar()

    return Listener(say, begin, advance)


def report_skipped(knowledge: CliKnowledge, console: Console) -> None:
    """Say on standard error which files could not be used and why, the first ten of them; not what was left out by choice."""
    skipped = [file for file in knowledge.skipped if file.kind != "ignored"]
    for file in skipped[:_REPORTED]:
        console.complain(f"{file.kind} {visible_line(str(file.path))}: {file.reason}")
    if len(skipped) > _REPORTED:
        console.complain(f"skipped {len(skipped) - _REPORTED} more files; `pmbot docs --json` lists them all")


def check_document(knowledge: CliKnowledge, doc_id: str | None) -> None:
    """Raise UsageError, naming the nearest, unless `doc_id` is None or a document."""
    if doc_id is None:
        return
    known = [document.doc_id for document in knowledge.documents]
    if doc_id in known:
        return
    from rapidfuzz import process

    nearest = process.extractOne(doc_id, known, score_cutoff=50)
    hint = f"did you mean {nearest[0]}?" if nearest else "`pmbot docs` lists them"
    raise UsageError(f"there is no document {visible_line(doc_id)}; {hint}")

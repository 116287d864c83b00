"""The knowledge a command works on, loaded, with what was left out reported."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pmbot.cli.options import UsageError
from pmbot.interfaces.knowledge import Knowledge
from pmbot.rendering.sanitize import visible_line

if TYPE_CHECKING:
    from pmbot.cli.console import Console

_REPORTED = 10


class SkippedFile(Protocol):
    """A file that was left out."""

    @property
    def path(self) -> object:
        """Where it is."""

    @property
    def reason(self) -> str:
        """Why it was left out."""


class CliKnowledge(Knowledge, Protocol):
    """What the commands need: a `Knowledge` that also says what it left out."""

    @property
    def skipped(self) -> Sequence[SkippedFile]:
        """The files that could not be used."""


Loader = Callable[[Path | None, Path | None], CliKnowledge]
"""Makes the knowledge of a command out of `--knowledge` and `--config`."""


def load_knowledge(knowledge: Path | None, config: Path | None) -> CliKnowledge:
    """Load the real thing. Raises ConfigError or CorpusError."""
    from pmbot.api import KnowledgeBase

    return KnowledgeBase.load(knowledge, config=config)


def report_skipped(knowledge: CliKnowledge, console: Console) -> None:
    """Say on standard error which files were left out and why, the first ten of them."""
    skipped = knowledge.skipped
    for file in skipped[:_REPORTED]:
        console.complain(f"skipped {visible_line(str(file.path))}: {file.reason}")
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

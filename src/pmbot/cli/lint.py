"""`pmbot lint`: look at the documents before anybody asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from pmbot.cli.options import KnowledgeOptions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pmbot.cli.console import Console
    from pmbot.cli.knowledge import CliKnowledge, Loader, SkippedFile
    from pmbot.models import Document, Sentence

HELP = """Look for faults in the documents.

Finds files that are empty or cannot be read, text that was decoded wrongly, documents and sentences that stand twice or nearly so,
sentences that are too long or look cut in the wrong place, and figures that contradict each other: the same subject and year, another
number.

\b
  pmbot lint
  pmbot lint --knowledge notes/ --strict
  pmbot lint --json | jq '.findings[] | select(.rule == "conflicting-figures")'

Ends with 0; with --strict, with 1 when something was found.
"""


@dataclass(frozen=True, kw_only=True)
class LintOptions(KnowledgeOptions):
    """The options of `pmbot lint`."""

    strict: Annotated[bool, typer.Option("--strict", help="End with 1 when something was found.")] = False
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False
    max_words: Annotated[int, typer.Option("--max-words", metavar="NUMBER", min=1, help="Report sentences of more words than this.")] = 60


class _Loaded(NamedTuple):
    """What is inspected: documents and sentences as they are searched."""

    documents: Sequence[Document]
    sentences: Mapping[str, tuple[Sentence, ...]]
    skipped: Sequence[SkippedFile]

    @classmethod
    def of(cls, knowledge: CliKnowledge) -> _Loaded:
        documents = tuple(knowledge.documents)
        return cls(documents, {document.doc_id: tuple(knowledge.sentences(document.doc_id)) for document in documents}, knowledge.skipped)


def run(options: LintOptions, load: Loader, console: Console) -> int:
    """Inspect and report; 0, or 1 when something was found and --strict is given."""
    from pmbot.bootstrap import build_knowledge
    from pmbot.config import load_configuration
    from pmbot.inspection.inspect import Limits, inspect
    from pmbot.rendering.findings import LintRecord, findings_page
    from pmbot.rendering.listing import documents_total

    loaded = _Loaded.of(load(options.knowledge, options.config))
    analyzer = build_knowledge(load_configuration(options.config)).analyzer
    report = inspect(loaded, analyzer, Limits(most_words=options.max_words))
    if options.json:
        console.write(LintRecord.of(report.findings, report.documents, report.sentences).json_text(indent=2) + "\n")
    else:
        console.screen.show(findings_page(report.findings, documents_total(report.documents, report.sentences)))
    return 1 if report.findings and options.strict else 0

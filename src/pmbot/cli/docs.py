"""`pmbot docs`: what is searched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from pmbot.cli.knowledge import Loader, check_document, report_skipped
from pmbot.cli.options import KnowledgeOptions
from pmbot.rendering.sanitize import visible

if TYPE_CHECKING:
    from pmbot.cli.console import Console

HELP = """List the documents, or print the text of one.

--text prints a document exactly as it is searched and quoted: offsets of a citation count its characters, and its SHA-256 is the one in
the list.

\b
  pmbot docs
  pmbot docs --json | jq '.skipped'
  pmbot docs --text pmnet.txt
"""


@dataclass(frozen=True, kw_only=True)
class DocsOptions(KnowledgeOptions):
    """The options of `pmbot docs`."""

    text: Annotated[str | None, typer.Option(metavar="DOC_ID", help="Print the text of this document.")] = None
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False


def run(options: DocsOptions, load: Loader, console: Console) -> int:
    """List or print; 0."""
    from pmbot.rendering.listing import DocumentsRecord, documents_page

    knowledge = load(options.knowledge, options.config)
    check_document(knowledge, options.text)
    if options.json:
        wanted = [document for document in knowledge.documents if options.text in (None, document.doc_id)]
        skipped = [(str(file.path), file.reason) for file in knowledge.skipped]
        record = DocumentsRecord.of(wanted, skipped, knowledge.signature, with_text=options.text is not None)
        console.write(record.json_text(indent=2) + "\n")
        return 0
    report_skipped(knowledge, console)
    if options.text is None:
        console.screen.show(documents_page(knowledge.documents, knowledge.sentence_count))
        return 0
    text = knowledge.document(options.text).text
    console.write(visible(text) if console.stdout.isatty() else text)
    return 0

"""`pmbot docs`: what is searched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from pmbot.cli.knowledge import CliKnowledge, Loader, check_document, report_skipped
from pmbot.cli.options import KnowledgeOptions
from pmbot.errors import CorpusError
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
  pmbot docs --strict > /dev/null && echo "every file was read"

Exit code 3 with --strict when a file was skipped (another format, no text) or refused (unreadable, dangerous). What .pmbotignore leaves
out does not count.
"""


@dataclass(frozen=True, kw_only=True)
class DocsOptions(KnowledgeOptions):
    """The options of `pmbot docs`."""

    text: Annotated[str | None, typer.Option(metavar="DOC_ID", help="Print the text of this document.")] = None
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 3 when a file was skipped or refused.")] = False


def run(options: DocsOptions, load: Loader, console: Console) -> int:
    """List or print; with `--strict`, 3 when a file could not be used, else 0."""
    from pmbot.rendering.listing import DocumentsRecord, documents_page

    knowledge = load(options.knowledge, options.config)
    check_document(knowledge, options.text)
    code = CorpusError.exit_code if options.strict and any(file.kind != "ignored" for file in knowledge.skipped) else 0
    if options.json:
        wanted = [document for document in knowledge.documents if options.text in (None, document.doc_id)]
        skipped = [(str(file.path), file.reason, file.kind) for file in knowledge.skipped]
        record = DocumentsRecord.of(wanted, skipped, knowledge.signature, with_text=options.text is not None)
        console.write(record.json_text(indent=2) + "\n")
        return code
    report_skipped(knowledge, console)
    if options.text is None:
        _report_ignored(knowledge, console)
        console.screen.show(documents_page(knowledge.documents, knowledge.sentence_count))
        return code
    text = knowledge.document(options.text).text
    console.write(visible(text) if console.stdout.isatty() else text)
    return code


def _report_ignored(knowledge: CliKnowledge, console: Console) -> None:
    number = sum(file.kind == "ignored" for file in knowledge.skipped)
    if number:
        files = "1 file or folder" if number == 1 else f"{number:,} files and folders"
        console.complain(f"ignored {files} that .pmbotignore names; `pmbot docs --json` lists them")

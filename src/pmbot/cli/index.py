"""`pmbot index`: make the index ready, or check it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from pmbot.cli.knowledge import Loader, report_skipped
from pmbot.cli.options import KnowledgeOptions

if TYPE_CHECKING:
    from pmbot.cli.console import Console

HELP = """Bring the index of the documents up to date.

Every command does so by itself: this one is for large folders, and for scripts. Only what changed is read again, and the index that
is there is used until the new one is complete. --verify also checks every byte of it, and builds it anew when one is wrong.

\b
  pmbot index
  pmbot index --knowledge notes/ --index /var/lib/notes
  pmbot index --verify
"""


@dataclass(frozen=True, kw_only=True)
class IndexOptions(KnowledgeOptions):
    """The options of `pmbot index`."""

    verify: Annotated[bool, typer.Option("--verify", help="Check every byte of the index; a damaged one is built anew.")] = False
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False


def run(options: IndexOptions, load: Loader, console: Console) -> int:
    """Index and say what there is now; 0."""
    from pmbot.bootstrap import index_path, verify_index
    from pmbot.rendering.listing import documents_total
    from pmbot.rendering.sanitize import harmless_json, visible_line

    path = index_path(options.knowledge, options.config, options.index)
    if options.verify and path is not None and (problem := verify_index(path)) is not None:
        console.complain(f"{path}: {problem}; it is built anew")
    knowledge = load(options.knowledge, options.config)
    size = path.stat().st_size if path is not None and path.is_file() else None
    figures = {
        "schema": "pmbot.index/1",
        "documents": len(knowledge.documents),
        "sentences": knowledge.sentence_count,
        "skipped": len(knowledge.skipped),
        "path": str(path) if size is not None else None,
        "bytes": size,
        "signature": knowledge.signature,
    }
    if options.json:
        console.write(harmless_json(json.dumps(figures, ensure_ascii=False, indent=2)) + "\n")
        return 0
    report_skipped(knowledge, console)
    kept = "not kept: index.keep is false, or see above" if size is None else f"{visible_line(str(path))} ({size / 1e6:.1f} MB)"
    console.write(f"{documents_total(len(knowledge.documents), knowledge.sentence_count)}\nindex: {kept}\n")
    return 0

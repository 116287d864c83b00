"""`pmbot coverage`: which sentences no question asks for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pmbot.cli.options import Jobs, KnowledgeOptions

if TYPE_CHECKING:
    from pmbot.cli.asking import Asker
    from pmbot.cli.console import Console
    from pmbot.cli.knowledge import Loader
    from pmbot.evaluation.coverage import Coverage

HELP = """List the sentences that no question set covers.

Those are the sentences that no answer cites; with them comes the share of each document that is covered.

PATHS are question sets and folders of them; left out: those of the setting `questions`, as for pmbot test. Headings are not counted.
What no question set covers can change without a test that notices.

\b
  pmbot coverage
  pmbot coverage questions/ --min 80
  pmbot coverage --json | jq '.documents[] | {doc_id, share}'

Ends with 0; with --min with 1 when less than that is covered.
"""


@dataclass(frozen=True, kw_only=True)
class CoverageOptions(KnowledgeOptions):
    """The options of `pmbot coverage`."""

    paths: Annotated[list[Path] | None, typer.Argument(metavar="[PATHS]...", help="Question sets and folders of them.")] = None
    min: Annotated[float | None, typer.Option(min=0, max=100, metavar="PERCENT", help="End with 1 when less is covered.")] = None
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False
    jobs: Jobs = 1


def run(options: CoverageOptions, load: Loader, console: Console) -> int:
    """Ask all questions and list what no answer cites; 0, or 1 when less than --min is covered."""
    from pmbot.cli.asking import Asker, State, plan_of, without_collector

    plan = plan_of(options.paths, options.knowledge, options.config)
    with without_collector():
        coverage = _coverage(Asker(plan, load, State(options.config, lambda _: options.index)), options, console)
    if options.json:
        from pmbot.evaluation.reports.json import CoverageRecord

        console.write(CoverageRecord.of(coverage).json_text(indent=2) + "\n")
    else:
        from pmbot.evaluation.reports.changes import coverage_page

        console.screen.show(coverage_page(coverage))
    return 1 if options.min is not None and 100 * coverage.share < options.min else 0


def _coverage(asker: Asker, options: CoverageOptions, console: Console) -> Coverage:
    """The coverage of every knowledge that the sets ask, one after the other."""
    from pmbot.cli.knowledge import report_skipped
    from pmbot.evaluation.coverage import Coverage, DocumentCoverage, coverage_of

    cases = asker.results(options.jobs, console)
    found: list[DocumentCoverage] = []
    roots = [path.resolve() for path in asker.plan.knowledge]
    for root in dict.fromkeys(roots):
        knowledge = asker.knowledge(roots.index(root))
        report_skipped(knowledge, console)
        turns = [turn for case in cases if roots[case.source] == root for turn in case.turns]
        cited = [(citation.doc_id, citation.span) for turn in turns for citation in turn.answer.citations]
        documents = knowledge.documents
        found += coverage_of(documents, {each.doc_id: knowledge.sentences(each.doc_id) for each in documents}, cited).documents
    return Coverage(documents=tuple(found))

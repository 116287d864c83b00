"""The options of `pmbot test`: more than fit beside the command."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from pmbot.cli.options import Jobs, KnowledgeOptions


@dataclass(frozen=True, kw_only=True)
class TestOptions(KnowledgeOptions):
    """The options of `pmbot test`."""

    __test__ = False  # pytest takes its name for a class of tests

    paths: Annotated[list[Path] | None, typer.Argument(metavar="[PATHS]...", help="Question sets and folders of them.")] = None
    k: Annotated[
        str | None, typer.Option("-k", metavar="EXPR", help="Only cases with these words in id, tags or file: and, or, not, ( ).")
    ] = None
    tag: Annotated[list[str] | None, typer.Option("--tag", metavar="TAG", help="Only cases with this tag; may be repeated.")] = None
    failed: Annotated[bool, typer.Option("--failed", help="Ask the cases first that failed last time.")] = False
    fail_fast: Annotated[bool, typer.Option("--fail-fast", help="Stop at the first failure.")] = False
    fail_slow: Annotated[bool, typer.Option("--fail-slow", help="A reply that takes longer than its max_ms is a failure.")] = False
    watch: Annotated[bool, typer.Option("--watch", help="Run again whenever documents, settings or questions change.")] = False
    jobs: Jobs = 1
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show failures and totals only.")] = False
    metrics: Annotated[bool, typer.Option("--metrics", help="Show all metrics with their intervals, not the main ones alone.")] = False
    json: Annotated[bool, typer.Option("--json", help="Print the report as JSON on standard output instead.")] = False
    json_file: Annotated[Path | None, typer.Option("--json-file", metavar="FILE", help="Write the report as JSON.")] = None
    junit: Annotated[Path | None, typer.Option("--junit", metavar="FILE", help="Write the report as JUnit XML.")] = None
    markdown: Annotated[Path | None, typer.Option("--markdown", metavar="FILE", help="Write the report as Markdown.")] = None
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write the report as one web page.")] = None
    baseline: Annotated[Path | None, typer.Option("--baseline", metavar="FILE", help="Fail on what newly fails only.")] = None
    update_baseline: Annotated[bool, typer.Option("--update-baseline", help="Write the baseline from this run; all cases are run.")] = False
    format: Annotated[str, typer.Option("--format", metavar="FORMAT", help="Of PATHS: pmbot, or squad (SQuAD 1.1 and 2.0).")] = "pmbot"
    corpus: Annotated[bool, typer.Option("--corpus", help="squad: ask all articles at once, not each its own.")] = False
    limit: Annotated[int | None, typer.Option("--limit", min=1, metavar="N", help="squad: so many questions of each article.")] = None
    trec: Annotated[Path | None, typer.Option("--trec", metavar="DIR", help="Write the rankings for trec_eval: run and qrels.")] = None

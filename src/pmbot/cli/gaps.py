"""`pmbot gaps`: what people asked and did not get."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from pmbot.cli.knowledge import CliKnowledge, Loader, report_skipped
from pmbot.cli.options import KnowledgeOptions
from pmbot.cli.usage import Usage, usage_of
from pmbot.rendering.sanitize import visible_line

if TYPE_CHECKING:
    from pmbot.cli.console import Console
    from pmbot.questionset.gaps import Gap
    from pmbot.storage.used import DownVoted, Used

HELP = """List the questions that were not answered well.

Those are questions that were refused, and answers that were voted down. They come from the record of use, near-duplicates together, the
most frequent first, with the words that the documents lack. Every question is asked again: what is answered by now is left out, unless
--closed is given.

--to-cases adds a case for each gap to a question set, for you to complete. A question that is still refused becomes a case that must be
refused: it fails on the day the documents answer it, and you write down the answer. An answer that was voted down becomes an expected
failure that must not be given again.

\b
  pmbot gaps
  pmbot gaps --days 7 --json | jq '.missing_terms'
  pmbot gaps --to-cases questions/gaps.yaml
"""


@dataclass(frozen=True, kw_only=True)
class GapsOptions(KnowledgeOptions):
    """The options of `pmbot gaps`."""

    days: Annotated[float | None, typer.Option(metavar="DAYS", min=0, help="Only the last so many days.")] = None
    limit: Annotated[int, typer.Option(metavar="NUMBER", min=1, help="How many gaps to list.")] = 20
    closed: Annotated[bool, typer.Option("--closed", help="Also what is answered, or answered otherwise, by now.")] = False
    to_cases: Annotated[Path | None, typer.Option(metavar="FILE", help="Add a case for each open gap to this question set.")] = None
    json: Annotated[bool, typer.Option("--json", help="Print JSON, all gaps.")] = False


def run(options: GapsOptions, load: Loader, console: Console) -> int:
    """List the gaps; 0."""
    from pmbot.interfaces.gaps import GapsRecord, gaps_page
    from pmbot.questionset.gaps import find_gaps
    from pmbot.rendering.page import line

    usage = usage_of(options, console)
    used = _used(options, usage)
    gaps: tuple[Gap, ...] = ()
    if used.questions:
        knowledge = load(options.knowledge, options.config)
        report_skipped(knowledge, console)
        gaps = find_gaps(used.unanswered, used.down_voted, knowledge.trace)
        _prove(gaps, knowledge)
    if options.json:
        console.write(GapsRecord.of(gaps, used.questions, used.users).json_text(indent=2) + "\n")
    elif used.questions:
        console.screen.show(gaps_page(gaps, limit=options.limit, closed=options.closed))
    else:
        off = "" if usage.params.record else " Recording is turned off (settings: usage.record)."
        console.screen.show((line(f"Nothing is recorded{'' if options.days is None else ' of these days'}.{off}"),))
    if options.to_cases is not None:
        _write(gaps, options.to_cases, options, console)
    return 0


class _Use(NamedTuple):
    unanswered: tuple[Used, ...] = ()
    down_voted: tuple[DownVoted, ...] = ()
    questions: int = 0
    users: int = 0


def _used(options: GapsOptions, usage: Usage) -> _Use:
    from pmbot.storage.use import DAY, UseStore

    if not usage.path.exists():
        return _Use()
    now = time.time()
    since = 0.0 if options.days is None else now - options.days * DAY
    with UseStore.open(usage.path, now, retention_days=usage.params.retention_days) as store:
        counts = store.counts(since=since)
        return _Use(store.unanswered(since=since), store.down_voted(since=since), counts.questions, counts.users)


def _prove(gaps: tuple[Gap, ...], knowledge: CliKnowledge) -> None:
    from pmbot.answering.receipt import prove

    for gap in gaps:
        prove(gap.now.answer, knowledge.document)


def _write(gaps: tuple[Gap, ...], path: Path, options: GapsOptions, console: Console) -> None:
    """Add the cases; what the set asks already is left out."""
    import os

    from pmbot.questionset.gaps import skeletons
    from pmbot.questionset.write import add_cases, asked_in, ids_in

    asked = asked_in(path)
    wanted = [gap for gap in gaps if (gap.question,) not in asked]
    cases = skeletons(wanted, ids_in(path))
    open_ = sum(gap.still for gap in gaps)
    if cases:
        named = None if options.knowledge is None else Path(os.path.relpath(options.knowledge, path.parent)).as_posix()
        add_cases(path, cases, knowledge=named)
    there = f", {open_ - len(cases)} were there already" if open_ > len(cases) else ""
    console.complain(f"{len(cases)} case{'' if len(cases) == 1 else 's'} added to {visible_line(str(path))}{there}")

"""`pmbot test`: whether the answers hold what the question sets ask for."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from pmbot.cli.options import UsageError
from pmbot.cli.test_options import TestOptions

if TYPE_CHECKING:
    from pmbot.cli.asking import Asker, Plan
    from pmbot.cli.console import Console
    from pmbot.cli.knowledge import Loader
    from pmbot.cli.verdict import Verdict
    from pmbot.evaluation import Report, Task

HELP = """Ask the questions of question sets and check the answers.

PATHS are question sets (YAML, see docs/question-sets.md) and folders of them. Left out: the files of the folder that the setting
`questions` names (questions/, else tests/questions/), without its sub-folders.
Ends with 0 when every case came out as it should, 1 when one failed, 4 when a set or a case is wrong itself.

\b
  pmbot test
  pmbot test questions/prices.yaml -k "trade and not 2022" --fail-fast
  pmbot test --knowledge drafts/ --watch
  pmbot test --junit results.xml --html report.html
  pmbot test --baseline questions/baseline.jsonl

With --baseline only cases fail that passed when the baseline was made, or that it does not know; --update-baseline writes it anew.
FILE may be - for standard output.
"""


def run(options: TestOptions, load: Loader, console: Console) -> int:
    """Run the sets; 0 when all is good, 1 when a case failed, 4 when a case is wrong."""
    if options.format == "squad":
        return _squad(options, console)
    _refuse_contradictions(options)
    if options.watch:
        from pmbot.cli.watching import watch

        return watch(options, lambda: _run_once(options, load, console), console)
    return _run_once(options, load, console)


def _refuse_contradictions(options: TestOptions) -> None:
    if options.format != "pmbot":
        raise UsageError(f"--format {options.format}: is not known; use pmbot or squad")
    if options.corpus or options.limit is not None:
        raise UsageError("--corpus and --limit go with --format squad")
    if options.update_baseline and options.baseline is None:
        raise UsageError("--update-baseline needs --baseline FILE, the file to write")
    if options.update_baseline and (options.k or options.tag or options.fail_fast or options.watch):
        raise UsageError("--update-baseline runs all cases; leave out -k, --tag, --fail-fast and --watch")
    to_stdout = [path for path in (options.json_file, options.junit, options.markdown, options.html) if str(path) == "-"]
    if len(to_stdout) + options.json > 1:
        raise UsageError("only one report can go to standard output")


def _squad(options: TestOptions, console: Console) -> int:
    from pmbot.cli.squad import SquadRun, run_squad

    wanted = SquadRun(
        paths=options.paths or (),
        config=options.config,
        corpus=options.corpus,
        limit=options.limit,
        json=options.json,
        trec=options.trec,
    )
    return run_squad(wanted, console)


def _run_once(options: TestOptions, load: Loader, console: Console) -> int:
    from pmbot.cli.asking import Asker, State, plan_of, without_collector
    from pmbot.cli.knowledge import report_skipped
    from pmbot.cli.verdict import Verdict

    with without_collector():
        plan = plan_of(options.paths, options.knowledge, options.config)
        tasks = _chosen(options, plan)
        verdict = Verdict(options, console, plan)
        asker = Asker(plan, load, State(options.config, lambda _: options.index))
        report = _report(tasks, asker, options, verdict)
        for knowledge in asker.loaded:
            report_skipped(knowledge, console)
        return verdict.give(report, len(tasks), [asker.documents(source) for source in range(len(plan.files))])


def _chosen(options: TestOptions, plan: Plan) -> list[Task]:
    from pmbot.evaluation.selection import chosen_by, chosen_by_tag

    try:
        by_words = chosen_by(options.k) if options.k is not None else lambda _: True
    except ValueError as error:
        raise UsageError(f"-k {options.k}: {error}") from None
    by_tag = chosen_by_tag(options.tag or ())
    chosen = [task for task in plan.tasks if by_words(task) and by_tag(task)]
    if not chosen:
        given = [f"-k {options.k}"] * (options.k is not None) + [f"--tag {tag}" for tag in options.tag or ()]
        raise UsageError(f"no case is chosen by {' '.join(given)}; there are {len(plan.tasks)}")
    return chosen


def _report(tasks: list[Task], asker: Asker, options: TestOptions, verdict: Verdict) -> Report:
    """Ask, last failures first where that is wanted; the report is in the order of the files all the same."""
    from pmbot.cli.asking import processes
    from pmbot.evaluation.results import Report, Times

    order = {id(task): number for number, task in enumerate(tasks)}
    asked = verdict.last_failures_first(tasks) if options.failed else tasks
    for source in sorted({task.source for task in tasks}):
        asker.knowledge(source)  # loaded before the clock starts, and before anything is drawn
    start = time.perf_counter()
    done = []
    with verdict.live(len(asked)) as show:
        for task, timed in zip(asked, asker.ask(asked, processes(options.jobs)), strict=False):
            show(timed.result)
            done.append((order[id(task)], timed))
            if options.fail_fast and not timed.result.ok:
                break
    total = round(1000 * (time.perf_counter() - start), 3)
    done.sort(key=lambda entry: entry[0])
    cases, times = tuple(timed.result for _, timed in done), tuple(timed.times for _, timed in done)
    return Report(sources=asker.sources(), cases=cases, times=Times(total_ms=total, cases=times))

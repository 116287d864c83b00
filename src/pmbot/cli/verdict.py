"""What `pmbot test` shows, writes and ends with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pmbot.cli.files import write_file
from pmbot.cli.lastrun import LastRun
from pmbot.cli.live import Show, signs
from pmbot.cli.progress import progress
from pmbot.errors import QuestionSetError, StateError
from pmbot.evaluation.baseline import Baseline, Comparison, baseline_text, case_name, compare, parse_baseline
from pmbot.evaluation.reports.page import comparison_page, failures_page, slow_turns, totals_text
from pmbot.rendering.page import BLANK, Ink, Paragraph, line
from pmbot.rendering.sanitize import visible_line

if TYPE_CHECKING:
    from pmbot.cli.asking import Plan
    from pmbot.cli.console import Console
    from pmbot.cli.test_options import TestOptions
    from pmbot.evaluation import CaseResult, Report, Task
    from pmbot.models import Document


class Verdict:
    """Shows a run as it goes, then says how it went. Made before anything is asked: a baseline that cannot be read is an error then."""

    def __init__(self, options: TestOptions, console: Console, plan: Plan) -> None:
        """QuestionSetError when there is no such baseline, or it is none."""
        self._options, self._console, self._plan = options, console, plan
        self._talks = not options.json and "-" not in map(str, (options.json_file, options.junit, options.markdown, options.html))
        path = options.baseline if not options.update_baseline else None
        self._baseline = (path, _read_baseline(path)) if path is not None else None

    @contextmanager
    def live(self, total: int) -> Iterator[Show]:
        """Take results as they come: each a sign behind the name of its file, or where that is not wanted a bar alone."""
        if not self._options.quiet and self._talks:
            with signs(self._console, lambda case: str(self._plan.files[case.source].path), total) as show:
                yield show
            return
        with progress(self._console, "asking", total, unit="cases") as advance:
            yield lambda _: advance()

    def last_failures_first(self, tasks: Sequence[Task]) -> list[Task]:
        """Put the cases first that failed last time, each part in the order of the files."""
        failed = {source: LastRun(path, self._console.environ).failed() for source, path in enumerate(self._plan.knowledge)}
        return sorted(tasks, key=lambda task: self._name(task.source, task.case.id) not in failed[task.source])

    def give(self, report: Report, chosen: int, documents: Sequence[Mapping[str, Document]]) -> int:
        """Show failures and totals, write what was asked for, and give the exit code."""
        comparison = self._comparison(report)
        bad = comparison.newly_failing if comparison else tuple(case for case in report.cases if not case.ok)
        slow = slow_turns(report)
        self._keep(report)
        self._show(report, bad, comparison, chosen - len(report.cases))
        self._write_reports(report, comparison, documents)
        if self._options.update_baseline:
            return self._update_baseline(report)
        if any(case.outcome == "error" for case in bad):
            return QuestionSetError.exit_code
        return 1 if bad or (slow and self._options.fail_slow) else 0

    def _show(self, report: Report, bad: Sequence[CaseResult], comparison: Comparison | None, left: int) -> None:
        page = [*failures_page(bad)]
        if comparison is not None:
            page += comparison_page(comparison, str(self._options.baseline))
        page += [line(f"slow: {text}", Ink.NOTE) for text in slow_turns(report)]
        if left:
            page.append(line(f"stopped at the first failure; {left} not asked", Ink.NOTE))
        page += self._metrics(report)
        seconds = report.times.total_ms / 1000 if report.times else 0.0
        page.append(line(f"{totals_text(report)} in {seconds:.1f} s", Ink.REFUSAL if bad else Ink.ANSWER))
        if self._talks and not self._options.quiet and self._plan.left_out:
            names = ", ".join(visible_line(str(folder)) for folder in self._plan.left_out)
            page.insert(-1, line(f"not asked, unless named: {names}", Ink.NOTE))
        if self._talks:
            self._console.screen.show(tuple(page))
        else:
            self._console.complain(page[-1].runs[0].text)

    def _write_reports(self, report: Report, comparison: Comparison | None, documents: Sequence[Mapping[str, Document]]) -> None:
        options, console = self._options, self._console
        if options.json or options.json_file is not None:
            from pmbot.evaluation.reports.json import report_json

            write_file(options.json_file or Path("-"), report_json(report), console)
            if options.json and options.json_file is not None:
                console.write(report_json(report))
        if options.junit is not None:
            from pmbot.evaluation.reports.junit import junit_xml

            write_file(options.junit, junit_xml(report), console)
        if options.markdown is not None:
            from pmbot.evaluation.reports.markdown import report_markdown

            write_file(options.markdown, report_markdown(report, comparison), console)
        if options.trec is not None:
            from pmbot.evaluation.judged import judge_report
            from pmbot.evaluation.trec import write_trec

            write_trec(options.trec, judge_report(report))
        if options.html is not None:
            from pmbot.evaluation.reports.html import html_page

            write_file(options.html, html_page(report, documents), console)

    def _metrics(self, report: Report) -> Iterable[Paragraph]:
        from pmbot.evaluation.measures import headline, measures_of, measures_page

        if self._options.metrics:
            return (*measures_page(measures_of(report)), BLANK)
        text = headline(report) if not self._options.quiet and self._talks else ""
        return (line(f"per cent: {text}", Ink.NOTE),) if text else ()

    def _comparison(self, report: Report) -> Comparison | None:
        if self._baseline is None:
            return None
        path, baseline = self._baseline
        folder = path.absolute().parent
        present = [case_name(str(self._plan.files[t.source].path), t.case.id, folder) for t in self._plan.tasks]
        return compare(report, baseline, folder, present)

    def _update_baseline(self, report: Report) -> int:
        path = self._options.baseline
        assert path is not None  # noqa: S101 - for the type checker; contradictory options were refused
        write_file(path, baseline_text(report, path.absolute().parent), self._console)
        accepted = sum(not case.ok for case in report.cases)
        said = f"; it accepts {accepted} that fail" if accepted else ""
        self._console.stderr.write(f"wrote {visible_line(str(path))}: {len(report.cases)} cases{said}\n")
        return 0

    def _keep(self, report: Report) -> None:
        """Remember what failed for --failed; without a place for that, say so and go on."""
        try:
            for source, knowledge in enumerate(self._plan.knowledge):
                cases = [case for case in report.cases if case.source == source]
                names = {case.id: self._name(source, case.id) for case in cases}
                failed = [names[case.id] for case in cases if not case.ok]
                LastRun(knowledge, self._console.environ).keep(failed, [names[case.id] for case in cases if case.ok])
        except StateError as error:
            self._console.complain(f"which cases failed is not remembered for --failed: {error}")

    def _name(self, source: int, case_id: str) -> str:
        return f"{self._plan.files[source].path.resolve()}#{case_id}"


def _read_baseline(path: Path) -> Baseline:
    try:
        return parse_baseline(path.read_text(encoding="utf-8-sig"), str(path))
    except FileNotFoundError:
        raise QuestionSetError(f"{path}: there is no such baseline; make it with --update-baseline") from None
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionSetError(f"{path}: cannot be read: {error}; check the path") from error

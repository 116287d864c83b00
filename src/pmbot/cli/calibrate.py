"""`pmbot calibrate`: how sure to be before answering."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pmbot.cli.options import Jobs, KnowledgeOptions, UsageError
from pmbot.errors import ConfigError, QuestionSetError
from pmbot.rendering.sanitize import harmless_json, visible_line

if TYPE_CHECKING:
    from pmbot.cli.console import Console
    from pmbot.cli.knowledge import Loader
    from pmbot.evaluation.reports.html_calibration import Calibration
    from pmbot.yamlfile import YamlData

HELP = """Weigh the threshold of answering on question sets.

PATHS are question sets and folders of them, as for pmbot test, that say what is right. Every question is asked with a threshold of 0; the
table says what each threshold would answer, how much of that is right, and how many questions without an answer it would answer falsely.
What the guards refuse (a name that is nowhere, no date for "when") stays refused under every threshold.
Recommends the lowest threshold that is as precise as --precision asks. Ends with 1 when none is.

\b
  pmbot calibrate
  pmbot calibrate questions/ --precision 0.98 --svg threshold.svg
  pmbot calibrate --precision 0.95 --write
  pmbot calibrate --json | jq .recommended
"""

SETTING = ("answering", "threshold")
_VALUE = re.compile(r"""^(["']?threshold["']?\s*:\s*)([^\s,}#]*)([ \t]*)""")


@dataclass(frozen=True, kw_only=True)
class CalibrateOptions(KnowledgeOptions):
    """The options of `pmbot calibrate`."""

    paths: Annotated[list[Path] | None, typer.Argument(metavar="[PATHS]...", help="Question sets and folders of them.")] = None
    precision: Annotated[
        float, typer.Option("--precision", min=0.0, max=1.0, metavar="SHARE", help="The share of answers that shall be right.")
    ] = 0.95
    jobs: Jobs = 1
    write: Annotated[bool, typer.Option("--write", help="Write the recommended threshold to the settings file.")] = False
    json: Annotated[bool, typer.Option("--json", help="Print JSON, with the whole curve.")] = False
    svg: Annotated[Path | None, typer.Option("--svg", metavar="FILE", help="Write the plot as SVG; - for standard output.")] = None
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write plot and table as one web page.")] = None
    seed: Annotated[int, typer.Option("--seed", metavar="N", help="Of the samples behind the interval of the recommendation.")] = 1


def run(options: CalibrateOptions, load: Loader, console: Console) -> int:  # noqa: ARG001 - it asks a knowledge with a threshold of its own
    """Weigh and recommend; 0, or 1 when no threshold is precise enough."""
    from pmbot.cli.files import write_file
    from pmbot.evaluation.reports import html_calibration as page
    from pmbot.evaluation.reports.svg import standalone

    _refuse_contradictions(options)
    made = _calibration(options, console)
    if options.svg is not None:
        write_file(options.svg, standalone(page.calibration_plot(made)), console)
    if options.html is not None:
        write_file(options.html, page.calibration_html(made), console)
    if options.json:
        console.write(harmless_json(json.dumps(page.calibration_record(made), ensure_ascii=False, indent=2)) + "\n")
    elif "-" not in map(str, (options.svg, options.html)):
        console.screen.show(page.calibration_page(made))
    if made.recommendation is None:
        return 1
    if options.write:
        _write(options.config, made.recommendation.at.threshold, console)
    return 0


def _refuse_contradictions(options: CalibrateOptions) -> None:
    to_stdout = [path for path in (options.svg, options.html) if str(path) == "-"]
    if len(to_stdout) + options.json > 1:
        raise UsageError("only one of --json, --svg - and --html - can go to standard output")
    if options.write:
        _settings_file(options.config)


def _calibration(options: CalibrateOptions, console: Console) -> Calibration:
    from pmbot.cli.asking import Asker, State, plan_of, without_collector
    from pmbot.cli.engines import eager_loader
    from pmbot.cli.knowledge import report_skipped
    from pmbot.config import load_configuration
    from pmbot.evaluation.bootstrap import Plan
    from pmbot.evaluation.calibrate import poll, recommend
    from pmbot.evaluation.judged import judge_report
    from pmbot.evaluation.reports.html_calibration import Calibration
    from pmbot.evaluation.results import Report

    plan = plan_of(options.paths, options.knowledge, options.config)
    asker = Asker(plan, eager_loader(options.index), State(options.config, eager=True))
    with without_collector():
        cases = asker.results(options.jobs, console)
    for knowledge in asker.loaded:
        report_skipped(knowledge, console)
    for case in cases:
        if case.error is not None:
            console.complain(f"left out: {visible_line(case.place)}: {visible_line(case.error)}")
    report = Report(sources=asker.sources(), cases=cases)
    judged = judge_report(report)
    if not judged:
        raise QuestionSetError("no case says whether its question has an answer; add answer, cites or abstains to some (docs/metrics.md)")
    asked = poll(judged)
    found = recommend(asked, options.precision, Plan(seed=options.seed))
    now = load_configuration(options.config).settings.answering.threshold
    return Calibration(judged, asked, now, options.precision, found, report.signature)


def _settings_file(config: Path | None) -> Path:
    from pmbot.config import chosen_file

    chosen = chosen_file(config)
    if chosen is None:
        raise UsageError("--write: there is no settings file of your own here; name one by --config, or make one by `pmbot init`")
    return chosen


def _write(config: Path | None, threshold: float, console: Console) -> None:
    """Put the threshold into the settings file; nothing else of it changes."""
    from pmbot.cli.files import write_file
    from pmbot.config import variable_of
    from pmbot.yamlfile import read_yaml

    path = _settings_file(config)
    data = read_yaml(path, error=ConfigError)
    raw = path.read_bytes().decode("utf-8-sig")
    write_file(path, with_threshold(raw, data, threshold), console)
    console.stderr.write(f"wrote answering.threshold: {threshold:g} to {visible_line(str(path))}\n")
    variable = variable_of(".".join(SETTING))
    if variable in console.environ:
        console.complain(f"{variable} is set and wins over the file; unset it")


def with_threshold(raw: str, data: YamlData, threshold: float) -> str:
    """The text of a settings file with another threshold; comments, order and layout stay.

    `data` is what the text holds. ConfigError where the section is written so that a line cannot be put into it.
    """
    from pmbot.yamlfile import parse_yaml

    end = "\r\n" if "\r\n" in raw else "\n"
    lines = raw.splitlines(keepends=True)
    new = repr(threshold)
    if SETTING in data.places:
        row, column = (number - 1 for number in data.places[SETTING])
        head, tail = lines[row][:column], lines[row][column:]
        lines[row] = head + _VALUE.sub(lambda found: _replaced(found, new), tail, count=1)
    elif SETTING[:1] in data.places:
        row, column = data.places[SETTING[:1]]
        indent = _indent_below(data, column)
        lines[row - 1] = lines[row - 1].rstrip("\r\n") + end
        lines.insert(row, f"{indent}threshold: {new}{end}")
    else:
        joint = "" if not lines or lines[-1].endswith(("\n", "\r")) else end
        lines.append(f"{joint}{end if lines else ''}answering:{end}  threshold: {new}{end}")
    text = "".join(lines)
    wanted = {**(data.data or {}), "answering": {**((data.data or {}).get("answering") or {}), "threshold": threshold}}
    try:
        disturbed = parse_yaml(text, error=ConfigError, where=data.where).data != wanted
    except ConfigError:
        disturbed = True
    if disturbed:
        place = data.place(SETTING)
        raise ConfigError(f"{place}: threshold {new} could not be put in without disturbing the file; write it yourself under answering:")
    return text


def _indent_below(data: YamlData, column: int) -> str:
    """The indent of the section's first entry; two more than the section's where it has none."""
    first = next((place for path, place in data.places.items() if len(path) == 2 and path[0] == SETTING[0]), None)
    return " " * (first[1] - 1 if first is not None else column + 1)


def _replaced(found: re.Match[str], new: str) -> str:
    """The key with its new value; a comment behind it stays in its column where there is room."""
    key, old, blanks = found.groups()
    return key + new + (blanks and " " * max(1, len(old) + len(blanks) - len(new)))

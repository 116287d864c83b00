"""`pmbot diff`: which answers an edit changes."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pmbot.cli.options import Jobs, KnowledgeOptions, UsageError
from pmbot.rendering.sanitize import visible_line

if TYPE_CHECKING:
    from pmbot.cli.asking import Asker, Plan, State
    from pmbot.cli.console import Console
    from pmbot.cli.knowledge import Loader
    from pmbot.evaluation import Report

HELP = """Show which answers change between an older state and this one.

Asks every question of the question sets twice: of the documents and settings as they were in OLD, and as they are now. OLD is a revision
of git (main, HEAD~3, v1.2), or a folder: another checkout of the project, or just older documents.

\b
  pmbot diff HEAD
  pmbot diff origin/main --markdown > comment.md
  pmbot diff ../last-week/knowledge questions/prices.yaml

PATHS are question sets and folders of them; left out: those of the setting `questions`, as for pmbot test.
The questions are those of now.
Ends with 0; with --fail-on-change with 1 when an answer changed.
"""
_SETTINGS = "pmbot.yaml"


@dataclass(frozen=True, kw_only=True)
class DiffOptions(KnowledgeOptions):
    """The options of `pmbot diff`."""

    old: Annotated[str, typer.Argument(metavar="OLD", help="A revision of git, or a folder.")]
    paths: Annotated[list[Path] | None, typer.Argument(metavar="[PATHS]...", help="Question sets and folders of them.")] = None
    markdown: Annotated[bool, typer.Option("--markdown", help="Print Markdown, fit for a pull request's comment.")] = False
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False
    fail_on_change: Annotated[bool, typer.Option("--fail-on-change", help="End with 1 when an answer changed.")] = False
    jobs: Jobs = 1


def run(options: DiffOptions, load: Loader, console: Console) -> int:
    """Ask twice and show what differs; 0, or with --fail-on-change 1 when something does."""
    from pmbot.cli.asking import Asker, State, plan_of, without_collector
    from pmbot.cli.knowledge import loader
    from pmbot.evaluation.diff import diff_of

    if options.json and options.markdown:
        raise UsageError("--json and --markdown do not go together")
    plan = plan_of(options.paths, options.knowledge, options.config)
    with without_collector():
        with _older(options, plan) as old:
            # What is laid out for a moment gets its index beside it, not a place among those that are kept.
            before = _report(
                Asker(plan, lambda path, config: loader(console, old.index(path or Path()))(path, config), old), options.jobs, console
            )
        after = _report(Asker(plan, load, State(options.config, lambda _: options.index)), options.jobs, console)
    diff = diff_of(before, after)
    if options.json:
        from pmbot.evaluation.reports.json import DiffRecord

        console.write(DiffRecord.of(diff).json_text(indent=2) + "\n")
    elif options.markdown:
        from pmbot.evaluation.reports.markdown import diff_markdown

        console.write(diff_markdown(diff))
    else:
        from pmbot.evaluation.reports.changes import diff_page

        console.screen.show(diff_page(diff))
    return 1 if diff.changes and options.fail_on_change else 0


def _report(asker: Asker, jobs: int, console: Console) -> Report:
    from pmbot.evaluation.results import Report

    cases = asker.results(jobs, console)
    return Report(sources=asker.sources(), cases=cases)


@contextmanager
def _older(options: DiffOptions, plan: Plan) -> Iterator[State]:
    from pmbot.cli.asking import State

    folder = Path(options.old)
    if folder.is_dir():
        yield _of_folder(folder, options, plan)
        return
    from pmbot.cli.revisions import Revision
    from pmbot.storage.places import state_folder

    revision = Revision(options.old, Path.cwd())
    settings = _settings(options.config)
    wanted = sorted(set(plan.knowledge))
    with tempfile.TemporaryDirectory(prefix="pmbot-diff-") as name:
        top = Path(name)
        revision.lay_out([*wanted, *([settings.parent] if settings else [])], top)
        places = {path: top / revision.within(path) for path in wanted}
        for path, place in places.items():
            if not place.exists():
                raise UsageError(f"{visible_line(str(path))}: was not there at {visible_line(options.old)}, or git does not track it")
        config = _config_in(top / revision.within(settings.parent), settings.name) if settings else None
        yield State(config, partial(state_folder, home=top / ".index"), places.__getitem__)


def _of_folder(folder: Path, options: DiffOptions, plan: Plan) -> State:
    """Take a folder for another checkout when it has all the knowledge in the same places, else for older documents."""
    from pmbot.cli.asking import State

    ways = {path: folder / os.path.relpath(path) for path in plan.knowledge}
    settings = _settings(options.config)
    if all(way.exists() and not _same(way, path) and ".." not in Path(os.path.relpath(path)).parts for path, way in ways.items()):
        config = _config_in(folder / os.path.relpath(settings.parent), settings.name) if settings else None
        return State(config, knowledge=ways.__getitem__)
    if len({os.path.realpath(path) for path in plan.knowledge}) > 1:
        names = ", ".join(visible_line(str(path)) for path in sorted(set(plan.knowledge)))
        raise UsageError(f"the question sets ask several knowledges ({names}); name a checkout that has them all, or one question set")
    return State(options.config, knowledge=lambda _: folder)


def _same(one: Path, other: Path) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)


def _settings(config: Path | None) -> Path | None:
    """The settings file that is used now; None for the packaged one."""
    from pmbot.config import load_configuration, packaged_folder

    nearest = load_configuration(config).folders[0]
    name = config.name if config is not None else _SETTINGS
    return nearest / name if not _same(nearest, packaged_folder()) or config is not None else None


def _config_in(folder: Path, name: str) -> Path:
    """The settings file of the older state; where it had none, the packaged one: not the one of now, which lies in the working folder."""
    from pmbot.config import packaged_folder

    return folder / name if (folder / name).is_file() else packaged_folder() / _SETTINGS

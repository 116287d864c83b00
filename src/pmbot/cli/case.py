"""`pmbot case add`: an answer of today becomes a test of tomorrow."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pmbot.cli.knowledge import Loader, report_skipped
from pmbot.cli.options import KnowledgeOptions, UsageError
from pmbot.rendering.sanitize import visible, visible_line, well_formed

if TYPE_CHECKING:
    from pmbot.cli.console import Console
    from pmbot.models import Trace

HELP = """Write a test case from the answer to a question.

Shows the answer of today, then adds a case to a question set: the short answer and the quotes it must give from now on, or why it must
refuse and which words it must name. Read it before you keep it: a wrong answer makes a wrong case. What stands in the file stays as it
is, comments and all; a file that is not there is made. When the set names a knowledge of its own, that is asked.

\b
  pmbot case add "How much was the trade in 2023?"
  pmbot case add --to questions/trade.yaml --id trade-2023 --tag money "How much was the trade in 2023?"
  pmbot case add --dry-run "Who is the president of France?"
"""


class Action(StrEnum):
    """What is done with cases."""

    ADD = "add"


@dataclass(frozen=True, kw_only=True)
class CaseOptions(KnowledgeOptions):
    """The options of `pmbot case`."""

    action: Annotated[Action, typer.Argument(help="What to do: add.")]
    question: Annotated[list[str], typer.Argument(metavar="QUESTION", help="What to ask.")]
    to: Annotated[Path | None, typer.Option(metavar="FILE", help="The question set. Default: saved.yaml among the usual ones.")] = None
    id: Annotated[str | None, typer.Option(metavar="ID", help="The id of the case. Default: made of the question's words.")] = None
    tag: Annotated[list[str] | None, typer.Option(metavar="TAG", help="A tag of the case; may be given several times.")] = None
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the case and write nothing.")] = False


def run(options: CaseOptions, load: Loader, console: Console) -> int:
    """Show the answer and add the case; 0. QuestionSetError when the file cannot take it."""
    from pmbot.config import load_configuration
    from pmbot.questionset.cases import case_of
    from pmbot.questionset.read import saved_file
    from pmbot.questionset.write import add_case, case_yaml, ids_in
    from pmbot.rendering.answers import answer_page
    from pmbot.rendering.emphasis import matched_words
    from pmbot.rendering.page import BLANK, Ink, line

    path = options.to or saved_file(load_configuration(options.config).settings.questions)
    taken = ids_in(path)
    _check_id(options.id)
    knowledge = load(_knowledge(options, path), options.config)
    report_skipped(knowledge, console)

    def ask(question: str, history: tuple[str, ...] = ()) -> Trace:
        return knowledge.trace(question, history=history)

    trace = ask(well_formed(" ".join(options.question)))
    case = case_of(trace, ask, id=options.id, taken=taken, tags=tuple(well_formed(tag) for tag in options.tag or ()))
    if options.dry_run:
        text = case_yaml(case)
        console.write(visible(text) if console.stdout.isatty() else text)
        return 0
    console.screen.show((*answer_page(trace.answer, knowledge.document, matched=matched_words(trace)), BLANK))
    added = add_case(path, case, knowledge=_named(options, path))
    console.screen.show(
        (*map(line, case_yaml(case).splitlines()), line(f"Saved as {added.id} in {visible_line(str(path))}:{added.line}.", Ink.NOTE))
    )
    return 0


def _check_id(name: str | None) -> None:
    import re

    if name is not None and not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise UsageError(f"--id {visible_line(name)}: small letters, digits and single hyphens between them, such as trade-2023")


def _knowledge(options: CaseOptions, path: Path) -> Path | None:
    """What is asked: --knowledge, else what the question set names, else the configured one."""
    from pmbot.questionset import read_question_set

    if options.knowledge is not None or not path.exists() or not path.read_bytes().strip():
        return options.knowledge
    named = read_question_set(path).knowledge
    return None if named is None else path.parent / named


def _named(options: CaseOptions, path: Path) -> str | None:
    """What a new set names as its knowledge: the one of --knowledge, from the file on."""
    return None if options.knowledge is None else Path(os.path.relpath(options.knowledge, path.parent)).as_posix()

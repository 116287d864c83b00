#!/usr/bin/env python3
"""Print how much of question sets passes, set by set and in all.

“Right” is a case that passes whole; “sentence right” one that fails by nothing but the short answer: the sentence that answers is quoted.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from learning.question_examples import UNANSWERED

from pmbot import KnowledgeBase
from pmbot.evaluation import CaseResult, run_case
from pmbot.models import Status, Trace
from pmbot.questionset import knowledge_of, read_question_set

ROOT = Path(__file__).resolve().parents[1]


class Outcome(NamedTuple):
    """How one case came out; `answerable` by its tags."""

    answerable: bool
    passed: bool
    quotes: bool


def main() -> None:
    """Run the sets and print a table: of the answerable cases the share right, of the others the share falsely answered."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", type=Path, metavar="SET.yaml", help="question sets (default: tests/questions/*.yaml)")
    paths: list[Path] = parser.parse_args().sets or sorted((ROOT / "tests" / "questions").glob("*.yaml"))
    print("| set | cases | right, of answerable | sentence right | false, of unanswerable | passed in all |\n|---|---|---|---|---|---|")
    told: list[Outcome] = []
    for path in paths:
        found = list(outcomes(path))
        print(row(path.name, found))
        told += found
    if len(paths) > 1:
        print(row("all", told))


def outcomes(path: Path) -> Iterator[Outcome]:
    """Ask every case of a set."""
    questions = read_question_set(path)
    base = KnowledgeBase.load(knowledge_of(questions, path, ROOT / "knowledge"))
    documents = {document.doc_id: document for document in base.documents}

    def trace(text: str, history: tuple[str, ...]) -> Trace:
        return base.trace(text, history=history)

    for case in questions.cases:
        result = run_case(case, trace, documents)
        yield Outcome(not UNANSWERED & set(case.tags), result.passed, quotes(result))


def quotes(result: CaseResult) -> bool:
    """Whether a case passed, or was answered and failed by nothing but the short answer."""
    return result.error is None and all(
        turn.passed or (turn.answer.status is Status.ANSWERED and {check.name for check in turn.checks if not check.passed} == {"answer"})
        for turn in result.turns
    )


def row(name: str, found: Sequence[Outcome]) -> str:
    """One line of the table."""
    answerable = [one for one in found if one.answerable]
    false = [not one.passed for one in found if not one.answerable]
    right, quoted = share([one.passed for one in answerable]), share([one.quotes for one in answerable])
    return f"| {name} | {len(found)} | {right} | {quoted} | {share(false)} | {share([one.passed for one in found])} |"


def share(values: Sequence[bool]) -> str:
    """`12 of 40 (30 %)`."""
    return f"{sum(values)} of {len(values)} ({100 * sum(values) / len(values):.0f} %)" if values else "none"


if __name__ == "__main__":
    main()

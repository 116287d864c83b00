#!/usr/bin/env python3
"""Print how much of each question set passes: python scripts/question_sets.py [SET.yaml …] (default: tests/questions/*.yaml)."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from learning.question_examples import UNANSWERED

from pmbot import KnowledgeBase
from pmbot.evaluation import run_case
from pmbot.models import Trace
from pmbot.questionset import knowledge_of, read_question_set

ROOT = Path(__file__).resolve().parents[1]


def main(paths: Sequence[str]) -> None:
    """Run the sets and print a table: of the answerable cases the share right, of the others the share falsely answered."""
    print("| set | cases | right, of answerable | false answers, of unanswerable | passed in all |\n|---|---|---|---|---|")
    for path in [Path(p) for p in paths] or sorted((ROOT / "tests" / "questions").glob("*.yaml")):
        questions = read_question_set(path)
        base = KnowledgeBase.load(knowledge_of(questions, path, ROOT / "knowledge"))
        documents = {document.doc_id: document for document in base.documents}

        def trace(text: str, history: tuple[str, ...], base: KnowledgeBase = base) -> Trace:
            return base.trace(text, history=history)

        passed = {case.id: run_case(case, trace, documents).passed for case in questions.cases}
        unanswerable = [case.id for case in questions.cases if UNANSWERED & set(case.tags)]
        right = [passed[case.id] for case in questions.cases if case.id not in unanswerable]
        false = [not passed[name] for name in unanswerable]
        print(f"| {path.name} | {len(passed)} | {share(right)} | {share(false)} | {share(list(passed.values()))} |")


def share(values: Sequence[bool]) -> str:
    """`12 of 40 (30 %)`."""
    return f"{sum(values)} of {len(values)} ({100 * sum(values) / len(values):.0f} %)" if values else "none"


if __name__ == "__main__":
    main(sys.argv[1:])

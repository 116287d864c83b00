"""Every case of every question set beside this file, asked for real: one test id each.

A set asks the project's `knowledge/`, or the folder or document it names by `knowledge:`, relative to its file.
A case that is known to fail says so by `xfail: reason`; when it starts to pass, its test fails until the line is removed.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pmbot.errors import QuestionSetError
from pmbot.evaluation import run_case
from pmbot.questionset import QuestionCase, knowledge_of, read_question_set

if TYPE_CHECKING:
    from pmbot.api import KnowledgeBase
    from pmbot.models import Trace

HERE = Path(__file__).resolve().parent
DEFAULT_KNOWLEDGE = HERE.parent.parent / "knowledge"


@cache
def knowledge_base(path: Path) -> KnowledgeBase:
    from pmbot.api import KnowledgeBase

    return KnowledgeBase.load(path)


def cases() -> Iterator[Any]:
    for path in sorted(HERE.glob("*.yaml")):
        questions = read_question_set(path)
        knowledge = knowledge_of(questions, path, DEFAULT_KNOWLEDGE)
        for case in questions.cases:
            marks = [pytest.mark.xfail(reason=case.xfail, raises=AssertionError, strict=True)] if case.xfail else []
            yield pytest.param(knowledge, case, id=f"{path.stem}-{case.id}", marks=marks)


@pytest.mark.parametrize(("knowledge", "case"), list(cases()))
def test_question(knowledge: Path, case: QuestionCase) -> None:
    base = knowledge_base(knowledge)

    def trace(text: str, history: tuple[str, ...]) -> Trace:
        return base.trace(text, history=history)

    result = run_case(case, trace, {document.doc_id: document for document in base.documents})
    if result.error is not None:
        raise QuestionSetError(result.error)  # a mistake in the set is no expected failure
    assert result.passed, "\n".join(result.failures)

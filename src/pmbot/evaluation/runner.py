"""Run the cases of a question set."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pmbot.evaluation.checks import check_turn
from pmbot.evaluation.fragments import refuse_unknown
from pmbot.evaluation.results import CaseResult, TurnResult
from pmbot.models import Answer, Document
from pmbot.questionset import QuestionCase

Ask = Callable[[str, tuple[str, ...]], Answer]


def run_case(case: QuestionCase, ask: Ask, documents: Mapping[str, Document]) -> CaseResult:
    """Ask every turn of `case` with the questions before it as history, and check the answers.

    `ask` takes a question and its history, oldest first. `documents` holds every document by id.
    Raises `QuestionSetError` when the case names a passage that is in no document, before anything is asked.
    """
    refuse_unknown(case, documents)
    turns: list[TurnResult] = []
    history: tuple[str, ...] = ()
    for turn in case.conversation:
        answer = ask(turn.question, history)
        turns.append(TurnResult(answer=answer, checks=check_turn(turn, answer, documents)))
        history = (*history, turn.question)
    return CaseResult(id=case.id, turns=tuple(turns), xfail=case.xfail)

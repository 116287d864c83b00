"""Run the cases of a question set."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from pmbot.evaluation.checks import check_turn
from pmbot.evaluation.fragments import passage_of, problem_of
from pmbot.evaluation.results import RANKED, CaseResult, Ranked, TurnResult
from pmbot.models import Document, Evidence, Trace
from pmbot.questionset import QuestionCase, Turn

TraceOf = Callable[[str, tuple[str, ...]], Trace]
"""Asks a question with its history, oldest first."""


class Task(NamedTuple):
    """A case to be run: where it stands (`file:line`) and the index of its question set in the report's sources."""

    case: QuestionCase
    place: str = ""
    source: int = 0


def run_case(task: Task | QuestionCase, trace_of: TraceOf, documents: Mapping[str, Document]) -> CaseResult:
    """Ask every turn of a case with the questions before it as history, and check the answers.

    `documents` holds every document by id. A case that names a passage which is in no document is an error, and its
    `CaseResult.error` says which; it is asked all the same, because what is answered instead helps to put it right.
    """
    case, place, source = task if isinstance(task, Task) else Task(task)
    turns: list[TurnResult] = []
    history: tuple[str, ...] = ()
    for turn in case.conversation:
        turns.append(_result(turn, trace_of(turn.question, history), documents))
        history = (*history, turn.question)
    return CaseResult(
        id=case.id,
        turns=tuple(turns),
        tags=case.tags,
        language=case.language,
        xfail=case.xfail,
        error=problem_of(case, documents),
        place=place,
        source=source,
    )


def _result(turn: Turn, trace: Trace, documents: Mapping[str, Document]) -> TurnResult:
    return TurnResult(
        question=turn.question,
        wanted=turn,
        answer=trace.answer,
        checks=check_turn(turn, trace, documents),
        passages=tuple(passage_of(cites, documents) for cites in turn.passages),
        ranking=tuple(_ranked(rank, evidence) for rank, evidence in enumerate(trace.evidence[:RANKED], 1)),
        chunks=tuple(hit.chunk.chunk_id for hit in trace.hits),
    )


def _ranked(rank: int, evidence: Evidence) -> Ranked:
    sentence = evidence.sentence
    return Ranked(
        rank=rank,
        doc_id=sentence.doc_id,
        index=sentence.index,
        span=sentence.span,
        text=sentence.text,
        score=evidence.score,
        matched_terms=evidence.matched_terms,
        missing_terms=evidence.missing_terms,
    )

"""Which template worded an answer."""

from __future__ import annotations

from pmbot.models import QuestionType, Trace


def template_of(trace: Trace) -> str:
    """Name the template that worded the answer, as `config/templates.<language>.yaml` has it under `answered` or `refused`.

    A refusal is named by its reason, without the type of question that some reasons are worded apart for. With several questions in a
    message it is the template of the first.
    """
    answer, kind = trace.answer, trace.reading.type
    if not answer.answered:
        return "unsure_bare" if answer.reason == "unsure" and not answer.missing_terms else answer.reason or "unsure_bare"
    if answer.verdict is not None:
        return answer.verdict
    if kind is QuestionType.AGGREGATION:
        return "aggregation"
    if answer.short_answer is None:
        return "plain"
    return "comparison" if kind is QuestionType.COMPARISON else "short"

"""Answers become cases: what a reply holds now is what it must hold from now on."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from pmbot.models import Answer, Trace
from pmbot.questionset.models import Abstention, Cites, QuestionCase, Turn
from pmbot.questionset.write import case_id
from pmbot.rendering.sanitize import well_formed

Ask = Callable[[str, tuple[str, ...]], Trace]
"""Asks a question after those before it, oldest first."""


def case_of(trace: Trace, ask: Ask, *, id: str | None = None, taken: Collection[str] = (), tags: tuple[str, ...] = ()) -> QuestionCase:  # noqa: A002 - the field's own name
    """Make a case that `trace` passes; the id is made of the question's words where none is given.

    A question that is answered otherwise without the questions before it becomes a conversation with as few of them as will do.
    """
    answer = trace.answer
    words = [term.text for term in trace.reading.key_terms] or trace.question.text.split()
    given: dict[str, Any] = {"id": id or case_id(words, taken, answer.answer_id), "tags": tags}
    history = _needed(answer, ask)
    if not history:
        return QuestionCase(question=well_formed(trace.question.text), **given, **checks_of(answer))
    earlier = [ask(question, history[:index]).answer for index, question in enumerate(history)]
    turns = tuple(Turn(question=well_formed(reply.question.text), **checks_of(reply)) for reply in (*earlier, answer))
    return QuestionCase(turns=turns, **given)


def checks_of(answer: Answer) -> dict[str, Any]:
    """The checks that say of `answer` what it says: short answer or verdict and quotes, or why it refuses and which words it names."""
    if not answer.answered:
        return {"abstains": Abstention(reason=answer.reason or answer.status.value, missing=answer.missing_terms)}
    short = answer.short_answer or answer.verdict
    quotes = dict.fromkeys((citation.doc_id, " ".join(citation.quote.split())) for citation in answer.citations)
    cites = tuple(Cites(document=doc_id, text=text) for doc_id, text in quotes)
    return {"cites": cites, **({"answer": (" ".join(short.split()),)} if short else {})}


def _needed(answer: Answer, ask: Ask) -> tuple[str, ...]:
    """The last few of the earlier questions that are enough for this answer; none when it stands alone."""
    history = answer.question.history
    for start in range(len(history), 0, -1):
        if _said(ask(answer.question.text, history[start:]).answer) == _said(answer):
            return history[start:]
    return history


def _said(answer: Answer) -> tuple[object, ...]:
    return answer.status, answer.citations, answer.highlights, answer.verdict, answer.missing_terms, answer.reason

"""The guard on yes and no."""

from __future__ import annotations

from pmbot.answering.case import Case, Refusal
from pmbot.answering.figure_guards import TELLING
from pmbot.answering.lexicon import SYNONYM
from pmbot.answering.query import NEAR
from pmbot.models import QuestionType, Status


def verdict_unproven(case: Case) -> Refusal | None:
    """Yes and no need every word of the question, and half of them as they are asked: one that says what is asked stands nowhere near.

    A name in the sentence before counts only where this one continues that.
    """
    if case.query.reading.type is not QuestionType.YES_NO:
        return None
    named = (p for p, t in enumerate(case.query.terms) if t.is_name and t.term not in case.topic)
    names = [p for p in named if case.candidate.matches[p].quality < NEAR]
    if names and not case.continues and case.language.is_english:
        return Refusal("name_apart", case.texts(names))
    relation = case.query.relation
    offered = _alternatives(case)
    missing = [p for p in relation if not case.near(p) and case.query.telling[p] >= TELLING and p not in offered]
    if not missing:
        loose = [p for p in relation if not case.near(p, least=SYNONYM)]
        missing = loose if 2 * len(loose) > len(relation) else []
    if not missing:
        return None
    gone = [p for p in missing if p in case.absent]
    return Refusal("verdict_unproven", case.texts(gone or missing), Status.NOT_MENTIONED if gone else Status.NOT_ENOUGH)


def _alternatives(case: Case) -> set[int]:
    """The places of words that the question offers as alternatives ("higher *or* lower") where one of them is told."""
    words = case.query.norms
    pairs = [(case.query.place_of(at - 1), case.query.place_of(at + 1)) for at in range(1, len(words) - 1) if words[at] == "or"]
    return {p for pair in pairs if any(p is not None and case.near(p) for p in pair) for p in pair if p is not None}

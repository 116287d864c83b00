"""The questions before: up to three are looked at, each with its answer, which is found anew or still known."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from pmbot.answering.antecedents import Turn
from pmbot.answering.evidence import Ranking
from pmbot.answering.followup import FollowUps
from pmbot.models import Decision, Question, Span, Status, Trace

HISTORY = 3  # earlier questions looked at
CHAIN = 10  # so far back a follow-up of a follow-up is traced
Place = tuple[str, Span]


class Root(NamedTuple):
    """The question that "what else?" is about, and how often that was asked before."""

    question: Question
    times: int


def root_of(question: Question, follow_ups: FollowUps) -> Root | None:
    """What a question that asks for more is about; None when it does not, or nothing was asked before."""
    if not follow_ups.asks_for_more(question.text):
        return None
    before = question.history
    while before and follow_ups.asks_for_more(before[-1]):
        before = before[:-1]
    if not before:
        return None
    root = Question(text=before[-1], history=before[:-1], doc_id=question.doc_id)
    return Root(root, len(question.history) - len(before))


def turns_before(question: Question, follow_ups: FollowUps, trace: Callable[[Question], Trace]) -> tuple[Turn, ...]:
    """The last three questions as they were read, newest first, with their answers; asking for more is no question of its own."""
    history = question.history[-CHAIN:]
    asked = [place for place, text in enumerate(history) if not follow_ups.asks_for_more(text)][-HISTORY:]
    turns = []
    for place in reversed(asked):
        found = trace(Question(text=history[place], history=history[:place], doc_id=question.doc_id))
        if found.answer.status is not Status.NOTHING_TO_SEARCH:
            turns.append(Turn(found.reading.text, found.answer))
    return tuple(turns)


def _places_shown(trace: Trace) -> frozenset[Place]:
    """The sentences that an answer showed."""
    return frozenset((citation.doc_id, citation.span) for citation in (*trace.answer.citations, *trace.answer.closest))


def _without(ranking: Ranking, shown: frozenset[Place]) -> Ranking:
    """The ranking without the sentences that were shown."""
    kept = [at for at, e in enumerate(ranking.evidence) if (e.sentence.doc_id, e.sentence.span) not in shown]
    candidates = tuple(ranking.candidates[at] for at in kept)
    return Ranking(ranking.query, ranking.matcher, candidates, tuple(ranking.evidence[at] for at in kept))


def more(earlier: Trace, times: int, ranking: Ranking, decide: Callable[[Ranking], Decision], closest: int) -> tuple[Ranking, Decision]:
    """What else there is, asked for the `times` + 1st time: what is left of the ranking, and the decision on it.

    Each time the sentences shown so far are left out. `closest` is how many are shown when what is left does not answer.
    """
    shown, decision = _places_shown(earlier), earlier.decision
    for _ in range(times + 1):
        ranking = _without(ranking, shown)
        decision = _as_more(decide(ranking), ranking, closest, answered=earlier.answer.answered)
        shown = frozenset((e.sentence.doc_id, e.sentence.span) for e in decision.evidence)
    return ranking, decision


def _as_more(decision: Decision, ranking: Ranking, closest: int, *, answered: bool) -> Decision:
    """What else there is: the sentences alone when they answer and the first ones did, else the next closest."""
    if answered and decision.status is Status.ANSWERED:
        return decision.model_copy(update={"highlights": (), "verdict": None})
    return Decision(status=Status.NOT_ENOUGH, evidence=ranking.evidence[:closest], confidence=0.0, reason="nothing_more")


def meant(readings: tuple[str, ...], decide: Callable[[str], Decision]) -> str:
    """The likeliest reading that the documents answer; where they answer none, the one that comes closest."""
    if len(readings) == 1:
        return readings[0]
    decided = [(decide(text), text) for text in readings]
    answered = next((text for decision, text in decided if decision.status is Status.ANSWERED), None)
    return answered or max(decided, key=lambda pair: pair[0].confidence)[1]

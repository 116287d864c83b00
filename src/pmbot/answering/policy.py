"""Decides: answer, refuse and say what is missing, or find nothing to search for.

Confidence comes from how much of the question stands near the answer, never from BM25 scores: those do not tell an answerable question
from another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pmbot.answering.case import Case, Refusal
from pmbot.answering.confidence import ConfidenceModel
from pmbot.answering.evidence import Ranking
from pmbot.answering.guards import first_refusal, relative_date
from pmbot.answering.lexicon import SYNONYM
from pmbot.answering.naming_spans import name_asked, told_of
from pmbot.answering.params import AnsweringParams
from pmbot.answering.query import NEAR, Query
from pmbot.answering.rows import in_wordy_cell
from pmbot.answering.short import NO_SHORT, Short
from pmbot.answering.signals import signals
from pmbot.answering.span_model import SpanModel, Weights
from pmbot.answering.spans import short_answer
from pmbot.answering.tables import CellAnswer
from pmbot.models import Decision, Evidence, QuestionType, Span, Status, Verdict

_RESTRICTED = re.compile(
    r"\b(?:but not|unless|except(?:ing)?|apart from|other than|not only|only|instead|rather than|hardly|rarely|seldom|barely|avoid(?:s|ed)?"
    r"|forbid(?:s|den)?|forbade|prohibit(?:s|ed)?|bann?(?:s|ed)?|refus(?:es?|ed)|reject(?:s|ed)?|den(?:y|ies|ied)|fail(?:s|ed)?"
    r"|lack(?:s|ed)?|prevent(?:s|ed)?|ceas(?:es?|ed)|stop(?:s|ped)?)\b",
    re.IGNORECASE,
)
_EMPTY = frozenset("kind kinds type types sort sorts thing things one ones example also ever really exactly actually currently".split())
SURE_CELL = 0.9  # how sure a cell is whose row and column fit the question, and a row where none of its cells is asked for
SURE_ROW = 0.7  # also where what a name is stands beside it, and nothing else is asked


class Models(NamedTuple):
    """What was learned: weights of spans, and how sure an answer is."""

    spans: Weights
    confidence: ConfidenceModel


class Policy:
    """Decides on rankings; a guard may demand to be surer than the threshold."""

    def __init__(self, params: AnsweringParams, models: Models) -> None:
        # The span model keeps scores of sentences, so each engine has one of its own.
        self._params, self._spans, self._confidence = params, SpanModel(models.spans), models.confidence

    def decide(self, ranking: Ranking, cases: Sequence[Case]) -> Decision:
        """The decision on the best sentence; `cases` run parallel to the ranking's candidates."""
        query = ranking.query
        if not query.terms:
            return Decision(status=Status.NOTHING_TO_SEARCH, confidence=0.0, reason="no_words")
        if not ranking.candidates:
            return _nothing_found(query)
        if query.reading.type is QuestionType.AGGREGATION:
            return _aggregate(ranking, cases, self._params)
        least = self._params.threshold
        found = ranking.cells
        if found is not None and found.cells and least <= SURE_CELL and relative_date(cases[0]) is None:
            return _of_cells(ranking, found)
        if found is not None and not found.cells and cases[0].candidate.view in found.rows:
            return _refuse(ranking, cases[0], Refusal("type_absent", ()), 0.0, self._params)
        short, sure = self.weigh(ranking, cases[0])
        # The formula knows only how many words are found: it outweighs no guard.
        weighed = sure if self._confidence.weights else min(sure, least)
        refusal = first_refusal(cases[0], weighed, least=least) or (_unsure(cases[0]) if sure < least else None)
        if refusal is not None:
            return _refuse(ranking, cases[0], refusal, min(sure, self._params.threshold), self._params)
        return _answer(ranking, cases[0], short if self._is_shown(cases[0], short) else NO_SHORT, sure)

    def _is_shown(self, case: Case, short: Short) -> bool:
        """Whether a short answer is sure enough; in the row of a table only prose has any, as the other cells were read already."""
        view = case.candidate.view
        in_cell = view.row is None or all(in_wordy_cell(view.sentence.text, *place) for place in short.slices)
        return in_cell and short.confidence >= self._params.short_threshold

    def weigh(self, ranking: Ranking, case: Case) -> tuple[Short, float]:
        """The short answer in the best sentence and how sure it is that the sentence answers."""
        short = short_answer(case, self._spans)
        sure = self._confidence.probability(signals(ranking, case, short))
        told = bool(short.slices) and short.slices == told_of(case.candidate.view, name_asked(ranking.query)).slices
        return short, max(sure, SURE_ROW) if told else sure


def _of_cells(ranking: Ranking, cells: CellAnswer) -> Decision:
    """The answer of a table: its rows, which stand first in the ranking, and the cells in them."""
    found = zip(ranking.evidence, cells.cells, strict=False)
    return Decision(
        status=Status.ANSWERED,
        evidence=ranking.evidence[: len(cells.rows)],
        highlights=tuple(place for row, cell in found if cell is not None for place in _spans(row, Short(((cell.start, cell.end),), 1.0))),
        verdict=cells.verdict,
        confidence=SURE_CELL if cells.cells[0] is not None else SURE_ROW,
    )


def _nothing_found(query: Query) -> Decision:
    """No sentence shares a word with the question."""
    telling = [t.text for p, t in enumerate(query.terms) if not query.is_scaffold(p)] or [t.text for t in query.terms]
    return Decision(
        status=Status.NOT_MENTIONED, confidence=0.0, missing_terms=tuple(telling), absent_terms=tuple(telling), reason="nothing_found"
    )


def _unsure(case: Case) -> Refusal:
    missing = [p for p in range(len(case.query.terms)) if not case.near(p) and not case.query.is_scaffold(p)]
    gone = [p for p in missing if p in case.absent]
    return Refusal("unsure", case.texts(gone or missing), Status.NOT_MENTIONED if gone else Status.NOT_ENOUGH)


def _refuse(ranking: Ranking, case: Case, refusal: Refusal, sure: float, params: AnsweringParams) -> Decision:
    absent = {case.query.terms[p].text for p in case.absent}
    return Decision(
        status=refusal.status,
        evidence=ranking.evidence[: params.closest],
        confidence=sure,
        missing_terms=refusal.missing,
        absent_terms=tuple(term for term in refusal.missing if term in absent),
        reason=refusal.reason,
    )


def _answer(ranking: Ranking, case: Case, short: Short, sure: float) -> Decision:
    best = ranking.evidence[0]
    return Decision(
        status=Status.ANSWERED,
        evidence=_cited(ranking, case),
        highlights=_spans(best, short),
        verdict=verdict(case) if ranking.query.reading.type is QuestionType.YES_NO else None,
        confidence=sure,
    )


def _spans(evidence: Evidence, short: Short) -> tuple[tuple[str, Span], ...]:
    base = evidence.sentence.span.start
    return tuple((evidence.sentence.doc_id, Span(start=base + start, end=base + end)) for start, end in short.slices)


def _cited(ranking: Ranking, case: Case) -> tuple[Evidence, ...]:
    """The best sentence, and the one before it when it opens with a pronoun and leaves words of the question to that one."""
    best = ranking.evidence[0]
    if not case.continues:
        return (best,)
    needed = any(b.quality >= NEAR > m.quality for m, b in zip(case.candidate.matches, case.candidate.before, strict=True))
    earlier = next(
        (e for e in ranking.evidence if e.sentence.doc_id == best.sentence.doc_id and e.sentence.index == best.sentence.index - 1), None
    )
    return (best, earlier) if needed and earlier is not None else (best,)


def verdict(case: Case) -> Verdict | None:
    """Yes or no, only when every word of the question stands in the sentence itself; no when one of the two is negated.

    A word that is only related says neither: "closed" is found by who asks for "open". Nor does what is said with a restriction or
    denied without a "not": "but not before May" denies no more than that, and what "should be avoided" is no yes.
    """
    found = zip(case.query.terms, case.candidate.matches, strict=True)
    if any(match.quality < SYNONYM and term.text.lower() not in _EMPTY for term, match in found):
        return None
    here = {match.group().lower() for match in _RESTRICTED.finditer(case.candidate.view.sentence.text)}
    if here - {token.norm for token in case.query.tokens}:
        return None
    negated = any(token.norm in case.language.negations for token in case.candidate.view.tokens)
    return "yes" if negated == case.query.reading.negated else "no"


def _aggregate(ranking: Ranking, cases: Sequence[Case], params: AnsweringParams) -> Decision:
    """All sentences that hold every name and number of the question, in document order."""
    query = ranking.query
    telling = [p for p, t in enumerate(query.terms) if t.is_name or t.is_number] or [
        p for p in range(len(query.terms)) if not query.is_scaffold(p)
    ]
    gone = [p for p in telling if p in cases[0].absent]
    if gone:
        return _refuse(ranking, cases[0], Refusal("absent_name", cases[0].texts(gone), Status.NOT_MENTIONED), 0.0, params)
    matching = [
        e
        for e, c in zip(ranking.evidence, ranking.candidates, strict=True)
        if telling and all(c.matches[p].quality >= NEAR for p in telling)
    ]
    if not matching:
        return _refuse(ranking, cases[0], Refusal("name_apart", cases[0].texts(telling)), 0.0, params)
    shown = sorted(matching[: params.max_citations], key=lambda e: (e.sentence.doc_id, e.sentence.index))
    return Decision(status=Status.ANSWERED, evidence=tuple(shown), confidence=1.0)

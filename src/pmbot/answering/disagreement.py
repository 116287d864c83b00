"""Figures that contradict the answer: other sentences found for the same question that give another value for the same thing.

What counts as the same thing is strict, since a wrong alarm costs more trust than a missed one. Everything that is asked is said near both
figures; and either the sentences are the same but for the figure (or date), as in two versions of a text, or the year and unit are the same
and the clauses otherwise say the same words (which takes a reader of statements). A rewording beyond the word lists is not noticed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pmbot.answering.amounts import amount_in
from pmbot.answering.evidence import Candidate, Ranking
from pmbot.answering.query import NEAR, Query
from pmbot.answering.statements import COUNTED, Figure, Statement, StatementReader, figures_in
from pmbot.answering.views import View
from pmbot.models import Decision, Evidence, MentionKind, QuestionType, Span, Status
from pmbot.text.normalize import fold

LOOKED_AT = 6  # sentences, best first; the rest are not about what is asked
LEAST_WORDS = 4  # content words of sentences that are the same but for a figure
MOST_OTHER = 12  # words that the figures of two such sentences may be made of
MOST_FIGURES = 3  # more values are a series of readings, not a contradiction
_COMPARED = COUNTED | {MentionKind.DATE}
_UNFIT = frozenset({QuestionType.YES_NO, QuestionType.COMPARISON, QuestionType.AGGREGATION, QuestionType.LIST})


class Rival(NamedTuple):
    """A figure that cannot be true together with the short answer: its sentence and its place in it."""

    evidence: Evidence
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Where the figure stands in the document."""
        base = self.evidence.sentence.span.start
        return Span(start=base + self.start, end=base + self.end)


def with_rivals(decision: Decision, ranking: Ranking, reader: StatementReader | None) -> Decision:
    """The decision with every figure that contradicts its short answer shown beside it; the same decision when none does."""
    if decision.status is not Status.ANSWERED or len(decision.highlights) != 1:
        return decision
    sentence = ranking.candidates[0].view.sentence
    doc_id, span = decision.highlights[0]
    base = sentence.span.start
    found = rivals(ranking, (span.start - base, span.end - base), reader)
    if not found:
        return decision
    spans = tuple((rival.evidence.sentence.doc_id, rival.span) for rival in found)
    evidence = tuple(dict.fromkeys((*decision.evidence, *(rival.evidence for rival in found))))
    return decision.model_copy(update={"highlights": ((doc_id, span), *spans), "evidence": evidence, "contradicted": True})


def rivals(ranking: Ranking, shown: tuple[int, int], reader: StatementReader | None) -> tuple[Rival, ...]:
    """The figures that contradict the one at `shown` in the best sentence, best first, each value once; mostly none."""
    best = ranking.candidates[0]
    figure = next((m for m in best.view.mentions if m.kind in _COMPARED and m.start < shown[1] and shown[0] < m.end), None)
    if figure is None or ranking.query.reading.type in _UNFIT:
        return ()
    others_found = zip(ranking.candidates[1:LOOKED_AT], ranking.evidence[1:LOOKED_AT], strict=True)
    alike = [pair for pair in others_found if _has_figure(pair[0].view) and _speaks_of_the_same(ranking.query, best, pair[0])]
    said = [s for s in _statements(reader, best) if s.start < shown[1] and shown[0] < s.end] if alike else []
    found: dict[str, Rival] = {}
    for candidate, evidence in alike:
        others = [(o.start, o.end) for o in _statements(reader, candidate) for s in said if _contradict(s, o, ranking)]
        for start, end in others or _edited(best.view, candidate.view, shown):
            found.setdefault(fold(evidence.sentence.text[start:end]), Rival(evidence, start, end))
    return tuple(found.values()) if len(found) < MOST_FIGURES else ()


def _has_figure(view: View) -> bool:
    return any(figure.kind in _COMPARED for figure in view.figures)


def _statements(reader: StatementReader | None, candidate: Candidate) -> Iterator[Statement]:
    return iter(()) if reader is None else reader.statements(candidate.view.sentence)


def _edited(one: View, other: View, shown: tuple[int, int]) -> list[tuple[int, int]]:
    """The figure that stands in `other` for the one at `shown`, where the sentences are the same but for it and both cannot be true."""
    if len(one.word_set ^ other.word_set) > MOST_OTHER:  # tells of most sentences without their figures
        return []
    here, there = _in_order(one), _in_order(other)
    if [f.kind for f in here] != [f.kind for f in there] or _outside(one, here) != _outside(other, there) or len(one.content) < LEAST_WORDS:
        return []
    texts = one.sentence.text, other.sentence.text
    pairs = [(a, b) for a, b in zip(here, there, strict=True) if fold(texts[0][a.start : a.end]) != fold(texts[1][b.start : b.end])]
    if len(pairs) != 1 or not (pairs[0][0].start < shown[1] and shown[0] < pairs[0][0].end):
        return []
    a, b = pairs[0]
    return [(b.start, b.end)] if _differ(texts, a, b) else []


def _in_order(view: View) -> list[Figure]:
    return sorted(figures_in(view.sentence.text), key=lambda figure: figure.start)


def _outside(view: View, figures: Sequence[Figure]) -> list[str]:
    """The words of a sentence without its figures."""
    return [t.norm for t in view.tokens if not any(f.start <= t.start < f.end for f in figures)]


def _differ(texts: tuple[str, str], one: Figure, other: Figure) -> bool:
    """Whether two figures of a kind cannot both be true; of two dates neither may be a part of the other."""
    here, there = fold(texts[0][one.start : one.end]), fold(texts[1][other.start : other.end])
    if one.kind is MentionKind.DATE:
        return not set(here.split()) & set(there.split()) or len(here.split()) == len(there.split())
    amounts = amount_in(texts[0], one.start, one.end, one.kind), amount_in(texts[1], other.start, other.end, other.kind)
    return amounts[0] is not None and amounts[1] is not None and amounts[0].unit == amounts[1].unit and not amounts[0].agrees(amounts[1])


def _speaks_of_the_same(query: Query, best: Candidate, other: Candidate) -> bool:
    """Whether all that is asked stands near the other sentence: what is asked in it, names at least as near as to the best."""
    for place, term in enumerate(query.terms):
        if query.is_scaffold(place):
            continue
        here, there = best.matches[place].quality, other.matches[place].quality
        if term.is_name or term.is_number:
            here, there = max(here, best.before[place].quality), max(there, other.before[place].quality)
        if (here >= NEAR) != (there >= NEAR):
            return False
        if here < NEAR and best.view.sentence.doc_id != other.view.sentence.doc_id:
            return False
    return True


def _contradict(one: Statement, other: Statement, ranking: Ranking) -> bool:
    """Whether two statements give different figures for one thing."""
    alike = one.year == other.year and one.amount.unit == other.amount.unit and one.apart == other.apart
    if not alike or one.added or other.added or one.amount.agrees(other.amount):
        return False
    if one.apart and set(one.names) == set(other.names) and one.names != other.names:
        return False  # "from A to B" and "from B to A"
    if not _agree_besides(one, other):
        return False
    return _rest(one, ranking) == _rest(other, ranking) and _is_whole(one, other)


def _agree_besides(one: Statement, other: Statement) -> bool:
    """Whether the other figures of both clauses are the same: a bridge of 5 km and one of 7 km cost what they cost."""
    return len(one.besides) == len(other.besides) and all(any(a.unit == b.unit and a.agrees(b) for b in other.besides) for a in one.besides)


def _rest(statement: Statement, ranking: Ranking) -> frozenset[str]:
    """The words of a clause that do not stand for a word of the question."""
    asked = frozenset[str]().union(*(ranking.matcher.stands_for(place) for place in range(len(ranking.query.terms))))
    return statement.terms - asked


def _is_whole(one: Statement, other: Statement) -> bool:
    """Whether the clauses say enough to be of one thing: "scored two goals" is said of many."""
    shared = one.terms & other.terms
    whole = len(shared) > 2 or (len(shared) == 2 and one.opens and other.opens)
    return bool(shared.difference(one.names)) and (one.year is not None or whole)

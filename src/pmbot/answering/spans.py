"""Short answers: which words of a sentence answer the question. Always a slice of the sentence, never composed."""

from __future__ import annotations

import re

from pmbot.answering.asked_figures import unfit
from pmbot.answering.by_grammar import by_grammar
from pmbot.answering.case import Case
from pmbot.answering.evidence import Candidate
from pmbot.answering.naming_spans import is_other_name, name_asked
from pmbot.answering.query import Matcher, Query
from pmbot.answering.said import said_by
from pmbot.answering.short import FIGURE_KINDS, NAME_KINDS, NO_SHORT, Short, is_nobody
from pmbot.answering.span_anchors import Anchors
from pmbot.answering.span_features import question_kind
from pmbot.answering.span_model import SpanModel
from pmbot.answering.span_rules import ruled_answer
from pmbot.answering.views import View
from pmbot.answering.word_classes import word_class
from pmbot.models import QuestionType

SURE_RULE = 0.7
ALONE = 0.99
UNSURE_MODEL = 0.5
TYPED_RULE = 0.5

_RULED = frozenset({QuestionType.LIST, QuestionType.DEFINITION, QuestionType.WHY, QuestionType.HOW})
_ALONE = frozenset({
    QuestionType.WHEN, QuestionType.HOW_MANY, QuestionType.HOW_MUCH, QuestionType.PERCENT, QuestionType.RANK, QuestionType.DURATION,
    QuestionType.KEYWORD, QuestionType.WHO, QuestionType.FREQUENCY,
})  # fmt: skip
_NO_FIGURES = frozenset({QuestionType.WHO, QuestionType.WHERE})
_SIGNS = frozenset("%€$£¥₩")
_CHANGES = frozenset(
    "grow grew grown rise rose risen increase increased fall fell fallen drop dropped decrease decreased shrink shrank shrunk improve"
    " improved decline declined".split()
)
_CHANGE = re.compile(r"fold\b|%|\bper ?cent\b|\btimes\b|\b(?:more|less|fewer|higher|lower)\b", re.IGNORECASE)
_BY = re.compile(r"\b(?:by|of)\s(?:(?:about|around|some|nearly|almost|over|more than)\s)?$", re.IGNORECASE)
_OWNS = re.compile(r"[’']s\b")
_CLOSE = re.compile(r"\s*(?:,\s*)?and\s+(?:the\s+)?")
_JOINED = re.compile(r"\s*(?:,\s*)?and\s+(?:the\s+)?(?:[^\W\d_]+[’']s\s+)?")


def short_answer(case: Case, model: SpanModel) -> Short:
    """The short answer that the sentence of the case holds for its question, or `NO_SHORT`.

    What the grammar of the clause shows comes first. Enumerations and definitions have a form that rules know better than the model,
    and where one figure of the expected kind stands alone there is nothing to choose; for the rest the model decides, and the rules
    are among its features. Where the model is unsure, or has no weights, the rules decide.
    """
    query, candidate = case.query, case.candidate
    told = by_grammar(case)
    chosen = told if told.slices else _by_kind(query, candidate, case.matcher, model)
    name = name_asked(query)
    view = candidate.view
    empty = any(
        is_other_name(view, name, *place) or _only_counts(query, view, *place) or _is_level(query, view, *place) for place in chosen.slices
    )
    return NO_SHORT if empty else chosen


def _only_counts(query: Query, view: View, start: int, end: int) -> bool:
    """Whether `[start, end)` only gives the number of those asked for by name ("which firms" – "three firms")."""
    if query.reading.type not in {QuestionType.LIST, QuestionType.WHICH} or query.focus_place is None:
        return False
    inside = [token for token in view.tokens_in(start, end) if token.term not in view.stops]
    asked = [token.term == query.reading.focus for token in inside]
    return any(asked) and all(is_asked or word_class(token) == "number" for is_asked, token in zip(asked, inside, strict=True))


def _is_level(query: Query, view: View, start: int, end: int) -> bool:
    """Whether by how much something changed is asked, and `[start, end)` tells what it came to ("trade grew, reaching *€130 million*")."""
    words = query.norms[:8]
    if "much" not in words[:3] or _CHANGES.isdisjoint(words) or not any(m.kind in FIGURE_KINDS for m in view.mentions):
        return False
    text = view.sentence.text
    figure = any(m.start < end and start < m.end and m.kind in FIGURE_KINDS for m in view.mentions)
    return figure and not (_CHANGE.search(text[start : end + 12]) or _BY.search(text[:start]))


def _by_kind(query: Query, candidate: Candidate, matcher: Matcher, model: SpanModel) -> Short:
    """What the rules for the kind of question or the model find."""
    kind = query.reading.type
    ruled = ruled_answer(query, candidate, matcher)
    if (kind in _RULED and ruled.confidence >= SURE_RULE) or (kind in _ALONE and ruled.confidence >= ALONE):
        return ruled
    choice = model.best(candidate.view, question_kind(query.reading), _anchors(query, candidate, matcher, ruled))
    if choice is not None and (
        _is_other_kind(candidate.view, kind, (choice.start, choice.end))
        or any(m.start < choice.end and choice.start < m.end for m in unfit(query, candidate.view, matcher))
    ):
        choice = None
    least = TYPED_RULE if query.reading.expects else SURE_RULE
    if choice is None or (choice.probability < UNSURE_MODEL and ruled.confidence >= least):
        return ruled._replace(slices=_with_partners(query, candidate.view, ruled.slices[0])) if len(ruled.slices) == 1 else ruled
    return Short(_with_partners(query, candidate.view, (choice.start, choice.end)), choice.probability)


def _is_other_kind(view: View, kind: QuestionType, chosen: tuple[int, int]) -> bool:
    """Whether a span is no such thing as the question word asks for: nobody is a weekday, a sum or "an MOU", no place is a date."""
    if kind not in _NO_FIGURES:
        return False
    start, end = chosen
    if any(m.kind in FIGURE_KINDS and m.start <= start and end <= m.end for m in view.mentions):
        return True
    return kind is QuestionType.WHO and is_nobody(view, start, end)


def _with_partners(query: Query, view: View, chosen: tuple[int, int]) -> tuple[tuple[int, int], ...]:
    """Those who are named with the one chosen ("*X and Y* signed"), for questions that ask who alone; without whom the question names.

    They are one slice, unless more than "and" stands between them ("*X* and Norway's *Y*").
    """
    names = [(m.start, m.end) for m in view.mentions if m.kind in NAME_KINDS]
    if query.reading.type is not QuestionType.WHO or chosen not in names:
        return (chosen,)
    at, text = names.index(chosen), view.sentence.text
    fresh = [not (_OWNS.match(text, name[1]) or any(t.term in query.term_set for t in view.tokens_in(*name))) for name in names]
    joined = [chosen]
    for place in range(at - 1, -1, -1):
        if fresh[place] and _JOINED.fullmatch(text[names[place][1] : joined[0][0]]):
            joined.insert(0, names[place])
    for place in range(at + 1, len(names)):
        if fresh[place] and _JOINED.fullmatch(text[joined[-1][1] : names[place][0]]):
            joined.append(names[place])
    slices = joined[:1]
    for name in joined[1:]:
        close = _CLOSE.fullmatch(text[slices[-1][1] : name[0]])
        slices[-1:] = [(slices[-1][0], name[1])] if close else [slices[-1], name]
    return tuple(slices)


def anchors_for(query: Query, candidate: Candidate, matcher: Matcher) -> Anchors:
    """Where the question's terms touch the sentence, and which span the rules pick."""
    return _anchors(query, candidate, matcher, ruled_answer(query, candidate, matcher))


def _anchors(query: Query, candidate: Candidate, matcher: Matcher, ruled: Short) -> Anchors:
    view = candidate.view
    weights: dict[int, float] = {}
    order: dict[int, float] = {}
    focus: frozenset[str] = frozenset()
    last = max(1, len(query.terms) - 1)
    for place, (term, idf) in enumerate(zip(query.terms, query.idf, strict=True)):
        stands = said_by(query, candidate, matcher, place)
        if term.term == query.reading.focus:
            focus = stands
        for at, token in enumerate(view.tokens):
            if token.term in stands:
                weights[at], order[at] = max(weights.get(at, 0.0), idf), place / last
    return Anchors(weights, order, query.total, focus, _as_place(view, ruled))


def _as_place(view: View, short: Short) -> tuple[int, int] | None:
    """The first slice of a short answer as token indexes."""
    if not short.slices:
        return None
    start, end = short.slices[0]
    inside = [at for at, token in enumerate(view.tokens) if token.start >= start and token.end <= end and token.text not in _SIGNS]
    return (inside[0], inside[-1]) if inside else None

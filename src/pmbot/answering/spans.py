"""Short answers: which words of a sentence answer the question. Always a slice of the sentence, never composed."""

from __future__ import annotations

import re

from pmbot.answering.evidence import Candidate
from pmbot.answering.query import Matcher, Query
from pmbot.answering.span_features import Anchors, question_kind
from pmbot.answering.span_model import SpanModel
from pmbot.answering.span_rules import NAME_KINDS, Short, ruled_answer
from pmbot.answering.views import View
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
_SIGNS = frozenset("%€$£¥₩")
_JOINED = re.compile(r"\s*(?:,\s*)?and\s+(?:the\s+)?(?:[^\W\d_]+[’']s\s+)?")


def short_answer(query: Query, candidate: Candidate, matcher: Matcher, model: SpanModel) -> Short:
    """The short answer that `candidate` holds for the question, or `NO_SHORT`.

    Enumerations and definitions have a form that rules know better than the model, and where one figure of the expected kind stands
    alone there is nothing to choose; for the rest the model decides, and the rules are among its features. Where the model is unsure,
    or has no weights, the rules decide.
    """
    kind = query.reading.type
    ruled = ruled_answer(query, candidate, matcher)
    if (kind in _RULED and ruled.confidence >= SURE_RULE) or (kind in _ALONE and ruled.confidence >= ALONE):
        return ruled
    choice = model.best(candidate.view, question_kind(query.reading), _anchors(query, candidate.view, matcher, ruled))
    least = TYPED_RULE if query.reading.expects else SURE_RULE
    if choice is None or (choice.probability < UNSURE_MODEL and ruled.confidence >= least):
        return ruled._replace(slices=_with_partners(candidate.view, ruled.slices[0], kind)) if len(ruled.slices) == 1 else ruled
    return Short(_with_partners(candidate.view, (choice.start, choice.end), kind), choice.probability)


def _with_partners(view: View, chosen: tuple[int, int], kind: QuestionType) -> tuple[tuple[int, int], ...]:
    """Whoever is named with the one chosen ("*X* and *Y* signed"); for questions that ask who alone."""
    names = [(m.start, m.end) for m in view.mentions if m.kind in NAME_KINDS]
    if kind is not QuestionType.WHO or chosen not in names:
        return (chosen,)
    at = names.index(chosen)
    text = view.sentence.text
    slices = [chosen]
    for before, after in ((names[:at][::-1], False), (names[at + 1 :], True)):
        edge = chosen
        for name in before:
            between = text[edge[1] : name[0]] if after else text[name[1] : edge[0]]
            if _JOINED.fullmatch(between):
                slices.append(name)
                edge = name
    return tuple(sorted(slices))


def anchors_for(query: Query, candidate: Candidate, matcher: Matcher) -> Anchors:
    """Where the question's terms touch the sentence, and which span the rules pick."""
    return _anchors(query, candidate.view, matcher, ruled_answer(query, candidate, matcher))


def _anchors(query: Query, view: View, matcher: Matcher, ruled: Short) -> Anchors:
    weights: dict[int, float] = {}
    order: dict[int, float] = {}
    focus: frozenset[str] = frozenset()
    last = max(1, len(query.terms) - 1)
    for place, (term, idf) in enumerate(zip(query.terms, query.idf, strict=True)):
        stands = matcher.stands_for(place)
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

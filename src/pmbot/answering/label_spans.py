"""Short answers in notes: a value behind its label ("Place: Community hall"), a role behind its holder ("Ana Gil – head nurse")."""

from __future__ import annotations

import re

from pmbot.answering.frames import Clause
from pmbot.answering.short import NO_SHORT, Short
from pmbot.models import MentionKind, QuestionType
from pmbot.text.lazy_pattern import LazyPattern

_LABELLED = LazyPattern(
    r"^[ \t]*(?:[-*•][ \t]+)?(?P<label>[^\W\d_][^:\n.;|]{1,40}?)[ \t]*:[ \t]+(?P<value>[^\n]{1,200}?)\.?[ \t]*$", re.MULTILINE
)
_DASHED = LazyPattern(r"\s*(?:[-*•]\s+)?(?P<label>[^\W\d_][^:\n.;|–—]{1,60}?)\s+[–—]\s+(?P<value>[^\n.;–—]{2,120}?)\.?\s*")
_LABELS = {
    QuestionType.WHERE: frozenset({"place", "venue", "location", "address", "where", "room"}),
    QuestionType.WHEN: frozenset({"date", "time", "when", "day"}),
}
_COUNTED = frozenset({QuestionType.HOW_MANY, QuestionType.HOW_MUCH, QuestionType.PERCENT, QuestionType.DURATION})
_FIGURES = (MentionKind.NUMBER, MentionKind.QUANTITY, MentionKind.MONEY, MentionKind.PERCENT, MentionKind.DURATION)
_THINGS = frozenset({QuestionType.WHAT, QuestionType.WHICH, QuestionType.DEFINITION})
_ROLES = frozenset({"role", "job", "position", "post", "function", "profession", "task", "duty"})
_SURE = 0.8


def labelled(clause: Clause) -> Short:
    """The value behind the label that the question asks for, up to the end of its line or the first semicolon."""
    text = clause.phrases.view.sentence.text
    if ":" not in text and "–" not in text and "—" not in text:
        return NO_SHORT
    for line in _LABELLED.finditer(text):
        if _asks_for(clause, *line.span("label")):
            return _valued(clause, *_first_part(text, *line.span("value")))
    dashed = _DASHED.fullmatch(text)
    return _beside_dash(clause, dashed.span("label"), dashed.span("value")) if dashed is not None else NO_SHORT


def _first_part(text: str, start: int, end: int) -> tuple[int, int]:
    semicolon = text.find(";", start, end)
    return start, semicolon if semicolon > start else end


def _asks_for(clause: Clause, start: int, end: int) -> bool:
    """Whether the question asks for a label: all its content words stand in it, or it is what such a question asks for ("Place")."""
    inside = [at for at, token in enumerate(clause.phrases.tokens) if start <= token.start < end]
    words = [at for at in inside if not clause.is_stop(at)]
    classes = {clause.phrases.classes[at] for at in inside}
    if not inside or classes & {"pronoun", "auxiliary"} or clause.phrases.classes[inside[0]] == "preposition":
        return False
    named = len(words) == 1 and clause.phrases.tokens[words[0]].norm in _LABELS.get(clause.kind, ())
    return bool(words) and (named or all(at in clause.touched for at in words))


def _valued(clause: Clause, start: int, end: int) -> Short:
    """The value of a label; of a count its first figure."""
    if clause.kind in _COUNTED:
        figures = [m for m in clause.phrases.view.mentions if m.kind in _FIGURES and start <= m.start and m.end <= end]
        return Short(((figures[0].start, figures[0].end),), _SURE) if figures else NO_SHORT
    text = clause.phrases.view.sentence.text
    inside = [at for at, token in enumerate(clause.phrases.tokens) if start <= token.start < end]
    told = any(clause.phrases.classes[at] == "auxiliary" for at in inside)  # a sentence of its own
    fresh = any(at not in clause.touched for at in inside)
    if told and fresh and clause.kind is QuestionType.DEFINITION:  # "E2: *The water does not run off*, usually because …"
        comma = text.find(",", start, end)
        return Short(((start, comma if comma > start else end),), _SURE)
    return Short(((start, end),), _SURE) if fresh and not told else NO_SHORT


def _beside_dash(clause: Clause, label: tuple[int, int], value: tuple[int, int]) -> Short:
    """Who holds a role, or what the role of somebody is, in a line that holds nothing else."""
    kind = clause.kind
    tokens = clause.phrases.tokens
    sides = [[at for at, token in enumerate(tokens) if a <= token.start < b and not clause.is_stop(at)] for a, b in (label, value)]
    asked = [sum(at in clause.touched for at in side) for side in sides]
    if kind is QuestionType.WHO and asked[1] and not asked[0]:
        return Short((label,), _SURE)
    missing = {term.text.lower() for at, term in enumerate(clause.query.terms) if at not in clause.held(0, len(tokens))}
    if kind in _THINGS and asked[0] == len(sides[0]) > 0 and not asked[1] and missing <= _ROLES:
        return Short((value,), 0.7)
    return NO_SHORT

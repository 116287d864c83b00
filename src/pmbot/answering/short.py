"""What a short answer is, and the kinds of mention that may be one."""

from __future__ import annotations

import re
from typing import NamedTuple

from pmbot.answering.views import View
from pmbot.models import MentionKind

NAME_KINDS = (MentionKind.PERSON, MentionKind.ORGANISATION, MentionKind.NAME, MentionKind.PLACE)

FIGURE_KINDS = (
    MentionKind.DATE, MentionKind.DURATION, MentionKind.MONEY, MentionKind.PERCENT, MentionKind.QUANTITY, MentionKind.NUMBER,
    MentionKind.ORDINAL, MentionKind.FREQUENCY,
)  # fmt: skip

_ONE_OF_MANY = re.compile(r"\ban?\s$", re.IGNORECASE)
_INSIDE = re.compile(r"\b(?:in|at|near|inside|outside|within)\s(?:the\s)?$", re.IGNORECASE)


class Short(NamedTuple):
    """A short answer: slices `[start, end)` of the sentence's text, and how sure we are of them, 0..1."""

    slices: tuple[tuple[int, int], ...]
    confidence: float


NO_SHORT = Short((), 0.0)


def is_nobody(view: View, start: int, end: int) -> bool:
    """Whether `[start, end)` names nobody: a place where something is, or an acronym that one of many goes by ("signed *an MOU*")."""
    text = view.sentence.text
    before = text[max(0, start - 12) : start]
    if text[start:end].isupper() and _ONE_OF_MANY.search(before):
        return True
    person = any(m.kind is MentionKind.PERSON and m.start < end and start < m.end for m in view.mentions)
    return not person and _INSIDE.search(before) is not None

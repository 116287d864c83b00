"""What a short answer is, and the kinds of mention that may be one."""

from __future__ import annotations

from typing import NamedTuple

from pmbot.models import MentionKind

NAME_KINDS = (MentionKind.PERSON, MentionKind.ORGANISATION, MentionKind.NAME, MentionKind.PLACE)

FIGURE_KINDS = (
    MentionKind.DATE, MentionKind.DURATION, MentionKind.MONEY, MentionKind.PERCENT, MentionKind.QUANTITY, MentionKind.NUMBER,
    MentionKind.ORDINAL, MentionKind.FREQUENCY,
)  # fmt: skip


class Short(NamedTuple):
    """A short answer: slices `[start, end)` of the sentence's text, and how sure we are of them, 0..1."""

    slices: tuple[tuple[int, int], ...]
    confidence: float


NO_SHORT = Short((), 0.0)

"""What a short answer is, and the mentions that may be one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pmbot.answering.mentions import Mention
from pmbot.answering.query import Query
from pmbot.answering.views import View
from pmbot.models import MentionKind

NAME_KINDS = (MentionKind.PERSON, MentionKind.ORGANISATION, MentionKind.NAME, MentionKind.PLACE)

FIGURE_KINDS = (
    MentionKind.DATE, MentionKind.DURATION, MentionKind.MONEY, MentionKind.PERCENT, MentionKind.QUANTITY, MentionKind.NUMBER,
    MentionKind.ORDINAL,
)  # fmt: skip


class Short(NamedTuple):
    """A short answer: slices `[start, end)` of the sentence's text, and how sure we are of them, 0..1."""

    slices: tuple[tuple[int, int], ...]
    confidence: float


NO_SHORT = Short((), 0.0)


def new_mentions(query: Query, view: View, kinds: Sequence[MentionKind]) -> list[Mention]:
    """Mentions of the kinds that say something the question does not."""
    asked = query.term_set
    found = []
    for mention in view.mentions:
        if mention.kind in kinds:
            terms = [token.term for token in view.tokens_in(mention.start, mention.end) if token.term not in view.stops]
            fresh = [term for term in terms if term not in asked]
            if fresh and (mention.kind not in NAME_KINDS or len(fresh) == len(terms) or mention.kind is MentionKind.ORGANISATION):
                found.append(mention)
    return found

"""Where the figures of a text stand, and of what kind each is."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import NamedTuple

from pmbot.models import MentionKind
from pmbot.text.figures.finer import AGE, AGE_BESIDE, AGE_LIMIT, EVENT, finer_mentions
from pmbot.text.figures.patterns import FIGURES
from pmbot.text.figures.possible import Figures, figures_in

READ_CHARS = 4_000
"""A longer "sentence" is no sentence: its mentions are searched for in its head only."""


class Mention(NamedTuple):
    """A typed stretch `[start, end)` of a text."""

    kind: MentionKind
    start: int
    end: int


def find_figures(text: str) -> list[Mention]:
    """The mentions of an English text that are no names, in no order, with those that `finer_mentions` tells."""
    found = plain_figures(text)
    return found + [Mention(*finer) for finer in finer_mentions(text, tuple(found))]


def plain_figures(text: str, figures: Figures = FIGURES) -> list[Mention]:
    """The same without the finer ones: none overlaps another, the more telling kinds come first."""
    found: list[Mention] = []
    taken = bytearray(len(text))
    for kind, pattern in figures_in(text, figures):
        at = 0
        while (match := pattern.search(text, at)) is not None:
            start, end = match.span()
            free = not any(taken[start:end])
            if free:
                taken[start:end] = b"\x01" * (end - start)
                found.append(Mention(kind, start, end))
            # What runs into a figure found before may hold another behind it: "€130 million or 27%".
            at = max(end, start + 1) if free else 1 + max(place for place in range(start, end) if taken[place])
    return found


@cache
def grammar_fingerprint() -> str:
    """Twelve hex digits that change with the patterns of English figures: what was found by others is found anew."""
    patterns = [f"{kind} {pattern.pattern}" for kind, pattern in FIGURES]
    patterns += [pattern.pattern for pattern in (AGE, AGE_LIMIT, AGE_BESIDE, EVENT)]
    return hashlib.sha256("\n".join([*MentionKind, *patterns]).encode()).hexdigest()[:12]

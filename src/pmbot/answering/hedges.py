"""Hedges of figures ("about", "nearly"): a figure shown without its own would sound surer than the document is."""

from __future__ import annotations

import re

from pmbot.text.figures.counts import NUMBER_WORD
from pmbot.text.figures.dates import MONTH
from pmbot.text.lazy_pattern import LazyPattern

_HEDGE = LazyPattern(
    r"(?:\b(?:(?:no )?(?:more|less|fewer) than|at (?:least|most)|up to|close to|about|around|approximately|roughly|nearly|almost|some"
    r"|circa)\s+|(?<!\w)(?:ca?|approx)\.\s*|~\s*)$",
    re.IGNORECASE,
)
_FIGURE = LazyPattern(rf"(?:[A-Z]{{1,2}})?[$€£¥₩]|\d|(?:{NUMBER_WORD}|{MONTH})\b")
_REACH = 24  # characters


def hedged(text: str, start: int) -> int:
    """Where what is shown of `text` from `start` on begins with the hedge of its figure; `start` itself where it has none."""
    if not _FIGURE.match(text, start):
        return start
    hedge = _HEDGE.search(text[max(0, start - _REACH) : start])
    return start - len(hedge.group()) if hedge is not None else start

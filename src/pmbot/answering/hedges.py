"""Hedges of figures ("about", "nearly") and what they are a part of ("one *in ten*"): without them a figure would say something else."""

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
_RATIO = LazyPattern(rf"(?:\s[a-z]+){{0,2}}\s(?:in|out of)\s(?:every\s)?(?:\d{{1,7}}\b(?![.,]\d)|{NUMBER_WORD}\b)")
_REACH = 24  # characters
_YEAR = range(1000, 2200)


def hedged(text: str, start: int) -> int:
    """Where what is shown of `text` from `start` on begins with the hedge of its figure; `start` itself where it has none."""
    if not _FIGURE.match(text, start):
        return start
    hedge = _HEDGE.search(text[max(0, start - _REACH) : start])
    return start - len(hedge.group()) if hedge is not None else start


def with_ratio(text: str, start: int, end: int) -> int:
    """Where the figure `[start, end)` of `text` ends with what it is a part of; `end` itself where it is of nothing, or of a year."""
    ratio = _RATIO.match(text, end) if _FIGURE.match(text, start) and text[start:end].isalnum() else None
    whole = ratio.group().rsplit(maxsplit=1)[-1] if ratio is not None else ""
    return end if ratio is None or (whole.isdigit() and int(whole) in _YEAR) else ratio.end()

"""Cuts a message into the questions it holds: several questions in one, or the two sides of a comparison."""

from __future__ import annotations

import re

from pmbot.answering import english
from pmbot.text.lazy_pattern import LazyPattern

MOST_PARTS = 4

_BETWEEN = re.compile(
    r"(?<=[?])\s++(?=\S)|(?<!\s)(?:\s*+[;,])?+\s++and\s++(?=(?:which|what|who|whom|whose|when|where|why|how)\b)"
    r"|(?<!\s)\s*+;\s++(?=(?:which|what|who|when|where|why|how)\b)",
    re.IGNORECASE,
)
_SIDES = (
    re.compile(r"[:,]\s*(?P<one>[^:?]{2,200}?)\s*,?\s+or\s+(?P<other>[^?]{2,200}?)\s*\??\s*$", re.IGNORECASE),
    re.compile(r"\bcompare\s+(?P<one>[^?]{2,200}?)\s+(?:and|with|to)\s+(?P<other>[^?]{2,200}?)\s*\??\s*$", re.IGNORECASE),
    re.compile(r"\bbetween\s+(?P<one>[^?]{2,200}?)\s+and\s+(?P<other>(?:the\s+)?[^?]{2,200}?)\s*\??\s*$", re.IGNORECASE),
)
_YEAR = re.compile(r"\b\d{4}\b")
_FIRST_WORD = LazyPattern(r"\s*([^\W\d_]+)")


def questions_in(text: str) -> tuple[str, ...]:
    """The questions of a message in order; the whole text when it is one question."""
    pieces = [piece.strip() for piece in _BETWEEN.split(text)]
    asked = [piece for piece in pieces if piece and _asks(piece)]
    return tuple(asked) if len(asked) == len(pieces) > 1 else (text,)


def _asks(piece: str) -> bool:
    """Whether a piece is a question of its own: it opens with a question word or an auxiliary, or ends with a question mark."""
    first = _FIRST_WORD.match(piece)
    word = first.group(1).lower() if first else ""
    return len(piece.split()) > 1 and (word in english.WH_WORDS | english.AUXILIARIES or piece.endswith("?"))


def sides_of(text: str) -> tuple[str, str] | None:
    """The two things a comparison compares, each with the years of the rest of the question; None when they cannot be told."""
    text = " ".join(text.split())
    for pattern in _SIDES:
        found = pattern.search(text)
        if found is not None:
            context = " ".join(_YEAR.findall(text[: found.start()]))
            return _dated(found["one"], context), _dated(found["other"], context)
    return None


def _dated(side: str, years: str) -> str:
    return side if _YEAR.search(side) else f"{side} {years}".strip()

"""Two normal forms: `clean` for text that is kept and quoted, `fold` for comparing words."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

MARKS_KEPT = 30
"""Combining marks kept in a row; no script needs more (Unicode Standard Annex #15, Stream-Safe Text Format)."""

_SURROGATE = re.compile("[\ud800-\udfff]")
# Combining marks are never word characters, so only runs like this can hide too many of them.
_MARK_RUN = re.compile(rf"[^\w\s\x00-\x7f]{{{MARKS_KEPT + 1},}}")
# The breve of Cyrillic й stays: it is a letter of its own, which nobody leaves out.
_ACCENTS = re.compile(
    "(?<!и)\u0306|[\u0300-\u0305\u0307-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u00ad\u200b-\u200d\u2060\ufe00-\ufe0f\ufeff]"
)
_SAME_TO_A_READER = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "＇": "'", "‐": "-", "‑": "-"}
    | {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
_LONGEST_CACHED = 64


def clean(text: str) -> str:
    """Make text fit to be kept: NFC, LF, no lone surrogates (they become U+FFFD), no endless runs of combining marks.

    Runs are capped before normalising, which would take quadratic time on them. Control characters stay: rendering makes
    them harmless. Cleaning twice changes nothing.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii():
        return text
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return unicodedata.normalize("NFC", _MARK_RUN.sub(_capped, text))


def fold(text: str) -> str:
    """Reduce text to what a hasty typist would write: small letters without accents; for matching only, never for showing.

    Typographic apostrophes and hyphens become plain ones, ß ø ł đ ð þ æ œ ı ħ their usual spelling, soft hyphens and
    zero-width characters vanish. Folding twice changes nothing.
    """
    return _fold_cached(text) if len(text) <= _LONGEST_CACHED else _fold(text)


def _fold(text: str) -> str:
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", _MARK_RUN.sub(_capped, text)).lower()
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", decomposed)).translate(_SAME_TO_A_READER)
    return unicodedata.normalize("NFC", bare)


_fold_cached = lru_cache(maxsize=65536)(_fold)


def _capped(run: re.Match[str]) -> str:
    """Drop combining marks beyond the limit; marks are counted as they stand when decomposed."""
    kept: list[str] = []
    marks = 0
    for character in run.group():
        marks = marks + len(unicodedata.normalize("NFD", character)) if unicodedata.combining(character) else 0
        if marks <= MARKS_KEPT:
            kept.append(character)
    return "".join(kept)

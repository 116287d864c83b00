"""Where words, numbers and signs stand in a text: one linear regular expression, no meaning yet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

# Vowel signs and joiners that belong to the letter before them but are no letters to `re`.
_JOINED = (
    "\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a\u064b-\u065f\u0670\u200c\u200d"
    "\u0900-\u0903\u093a-\u094f\u0955-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u0a01-\u0a03\u0a3c-\u0a4d\u0a81-\u0a83\u0abc-\u0acd"
    "\u0b01-\u0b03\u0b3c-\u0b57\u0bbe-\u0bcd\u0c00-\u0c04\u0c3e-\u0c56\u0c81-\u0c83\u0cbc-\u0cd6\u0d00-\u0d03\u0d3b-\u0d4d"
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
)
_EAST = "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_UNITS = (
    "bn|mn|tn|mg|kg|km|cm|mm|ml|dl|cl|nm|µg|mcg|kb|mb|gb|tb|hz|khz|mhz|ghz|kw|mw|gw|kwh|mwh|gwh|ha|hrs?|min|sec|am|pm|eur|usd|gbp|"
    "million|billion|trillion"
)
_LETTERS = rf"[^\W_{_EAST}]"
_PART = rf"{_LETTERS}(?:{_LETTERS}|[{_JOINED}])*+"
_GROUPED = "(?:[\u00a0\u202f]\\d{3}(?!\\d))"

TOKEN = re.compile(
    r" ?+([A-Za-z]{2,}+(?=[ ,.;:)\n])"
    rf"|(?:\d{{1,3}}{_GROUPED}{{1,6}}+|\d++)(?:[.,]\d++){{0,8}}+(?=(?:(?i:{_UNITS})|[kmglwv])(?!\w)|(?!\w))"
    r"|[^\W\d_](?:\.[^\W\d_]){1,6}+(?!\w)\.?"
    r"|[A-Za-z](?:\+\+|\#)(?!\w)"
    rf"|{_LETTERS}++(?:['’＇]?+{_LETTERS}++|[{_JOINED}])*+"
    rf"|[{_EAST}]"
    r"|[%‰$€£¥¢₩₹₽₴₺₿])"
)
"""Group 1 is a token: a number (with NBSP between thousands; a unit glued behind it is the next token), a dotted acronym, C++ or
C#, a word with its apostrophes, a single CJK character, a percent or currency sign. The first alternative and the blank in front
are there for speed only. Every alternative is possessive or bounded."""

_LONGEST_COMPOUND = 60


@cache
def _compound() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){_PART}(?:-{_PART}){{1,3}}+(?!-\w)")  # which takes 3 ms; few questions hold a hyphen


def compounds(text: str) -> Iterator[str]:
    """Join words of two to four parts that hyphens or & hold together: Dong-A → DongA, R&D → RD; numbers are left out."""
    hyphened = text.replace("&", "-").replace("‐", "-").replace("‑", "-")
    if "-" not in hyphened:
        return
    for word in hyphened.split():
        if "-" in word and len(word) <= _LONGEST_COMPOUND:
            for match in _compound().finditer(word):
                joined = match.group().replace("-", "")
                if not joined.isdigit():
                    yield joined

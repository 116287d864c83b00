"""Words that a line break parts: which hyphens belong to the word and which to the line."""

from __future__ import annotations

import re
from collections.abc import Iterable

_PARTED = re.compile(r"([^\W\d_]+)[-\u2010]$")
_FIRST = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_DASH = re.compile(r"\w[-\u2010]$")


class Hyphens:
    """Joins lines, with the words of the whole document as its dictionary.

    "im-" and "migrants" make "immigrants". The hyphen stays when the document writes the word with one elsewhere, when both
    halves are words of it and the whole is not ("long-term"), and before a capital or a figure.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._words: set[str] = set()
        for line in lines:
            # The halves of parted words are no words: the first of a line may be one, the last, with its hyphen, is.
            found = _WORD.findall(line.rstrip("-\u2010") if not _PARTED.search(line) else _PARTED.sub("", line))
            self._words.update(word.lower().replace("\u2010", "-") for word in found[1:])

    def joined(self, above: str, below: str) -> str:
        """Two lines as one."""
        parted, first = _PARTED.search(above), _FIRST.match(below)
        if parted is None or first is None:
            return above + below if _DASH.search(above) else f"{above} {below}"
        left, right = parted[1].lower(), first[0].lower()
        if below[0].isupper() or self._is_compound(left, right):
            return above + below
        return above[:-1] + below

    def _is_compound(self, left: str, right: str) -> bool:
        if f"{left}-{right}" in self._words:
            return True
        return left + right not in self._words and left in self._words and right in self._words and min(len(left), len(right)) > 2

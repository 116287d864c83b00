"""Cutting a paragraph into sentences: Punkt with our abbreviations, and our own rules where it cannot know better.

Punkt (Kiss and Strunk 2006, as in nltk) is never trained: one new document must not move the sentences of the others. It
judges abbreviations and initials, the only places that our rules leave open; it is imported at the first of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType

from pmbot.text.boundaries import Stop, stop_at, stops, verdict
from pmbot.text.openers import OPENERS

RULES = 2
"""Raised whenever the rules change, so that stored sentences are cut anew."""

# Punkt's flags for "seen with a capital at the start of a sentence" and "seen small within one".
_OPENER_CONTEXT = (1 << 1) | (1 << 5)
_MARKS = "+*~"


class SentenceSplitter:
    """Cuts blocks of text into sentences. `abbreviations` are words as in `config/abbreviations.en.txt`, marks included.

    `fingerprint` names rules and lists in a few characters: equal fingerprints cut alike.
    """

    def __init__(self, abbreviations: frozenset[str]) -> None:
        self._marks = _marks_of(abbreviations)
        listed = "\n".join(f"{word}{mark}" for word, mark in sorted(self._marks.items()))
        self.fingerprint = f"punkt{RULES}-{hashlib.sha256(listed.encode()).hexdigest()[:6]}"
        self._judge = _Judge(self._marks)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Offsets of the sentences of one block of text, which may be wrapped over several lines.

        They are in order, do not overlap, neither start nor end with a blank, and together hold every other character.
        """
        spans: list[tuple[int, int]] = []
        start = _skip_blanks(text, 0)
        for match, before in stops(text):
            if match.end() <= start:
                continue
            stop = stop_at(text, match, before, start)
            if self._ends(stop):
                spans.append((start, stop.end))
                start = _skip_blanks(text, stop.end)
        end = len(text.rstrip())
        if start < end:
            spans.append((start, end))
        return spans

    def _ends(self, stop: Stop) -> bool:
        decided = verdict(stop, self._marks)
        return self._judge(stop.before, stop.after) if decided is None else decided


class _Judge:
    """Punkt, asked about one word with a full stop and the word after it; each pair once."""

    def __init__(self, marks: Mapping[str, str]) -> None:
        self._marks = marks
        self._asked = lru_cache(maxsize=16384)(self._ask)
        self._contains: Callable[[str], bool] | None = None

    def __call__(self, before: str, after: str) -> bool:
        return self._asked(before, after)

    def _ask(self, before: str, after: str) -> bool:
        if self._contains is None:
            self._contains = _punkt(self._marks)
        return self._contains(f"{before}. {after}")


def _punkt(marks: Mapping[str, str]) -> Callable[[str], bool]:
    """Make Punkt's test for "a sentence ends in this context" with our abbreviations and sentence openers."""
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

    parameters = PunktParameters()
    parameters.abbrev_types = {word.lower() for word, mark in marks.items() if mark != "~"}
    parameters.sent_starters = set(OPENERS)
    for opener in OPENERS:
        parameters.add_ortho_context(opener, _OPENER_CONTEXT)
    contains: Callable[[str], bool] = PunktSentenceTokenizer(parameters).text_contains_sentbreak
    return contains


def _marks_of(abbreviations: frozenset[str]) -> Mapping[str, str]:
    """Split entries into word and mark; of a word listed twice, the entry with a mark counts."""
    marks: dict[str, str] = {}
    for entry in sorted(abbreviations):
        word = entry.rstrip(_MARKS)
        marks[word] = entry[len(word) : len(word) + 1] or marks.get(word, "")
    return MappingProxyType(marks)


def _skip_blanks(text: str, place: int) -> int:
    while place < len(text) and text[place].isspace():
        place += 1
    return place

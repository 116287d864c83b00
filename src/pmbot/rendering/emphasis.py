"""Which words of a quote look like words of the question. For the eye only: nothing is decided by it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from pmbot.models import Trace
from pmbot.text.normalize import fold

_WORD = re.compile(r"\w+")
_ROOT = 4
_ENDING = 3


def matched_words(trace: Trace) -> frozenset[str]:
    """Collect the words of the question that the engine counted as matched in the sentences it decided on."""
    terms = (term for evidence in trace.decision.evidence for term in evidence.matched_terms)
    return frozenset(word for term in terms for word in _WORD.findall(term))


def matching_spans(quote: str, words: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Offsets into `quote` of the words that equal one of `words` or share its beginning (Latvia, Latvian).

    Sharing means: four letters or more alike, and at most three others on either side.
    """
    roots: defaultdict[str, set[str]] = defaultdict(set)
    for word in words:
        folded = fold(word)
        roots[folded[:_ROOT]].add(folded)
    if not roots:
        return ()
    found = []
    for match in _WORD.finditer(quote):
        folded = fold(match[0])
        if any(_alike(folded, key) for key in roots.get(folded[:_ROOT], ())):
            found.append(match.span())
    return tuple(found)


def _alike(word: str, key: str) -> bool:
    if word == key:
        return True
    if len(key) < _ROOT or not (word.isalpha() and key.isalpha()):
        return False
    common = next((i for i, (a, b) in enumerate(zip(word, key, strict=False)) if a != b), min(len(word), len(key)))
    return common >= _ROOT and max(len(word), len(key)) - common <= _ENDING

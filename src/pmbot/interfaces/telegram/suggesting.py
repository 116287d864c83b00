"""What could be asked instead of a question that was not answered: offered only where the documents answer it."""

from __future__ import annotations

import re

from pmbot.errors import PmbotError
from pmbot.interfaces.knowledge import Knowledge
from pmbot.models import Status, Trace

OFFERED = 3
_PREFIX = 2
_ALIKE = 75.0
"""How alike, in percent, a word of the documents must be to one that they lack."""


def suggestions(trace: Trace, knowledge: Knowledge) -> tuple[str, ...]:
    """Up to three questions: examples where there was nothing to look for, likely spellings where a word is missing."""
    if trace.answer.status is Status.NOTHING_TO_SEARCH:
        return tuple(knowledge.examples())[:OFFERED]
    if trace.answer.answered:
        return ()
    found = []
    for written in trace.answer.missing_terms:
        for word in _alike(written, knowledge):
            # Words are letters alone, so nothing in one is taken for a reference.
            text = re.sub(rf"(?<!\w){re.escape(written)}(?!\w)", word, trace.reading.text)
            if text != trace.reading.text and text not in found and _answers(text, knowledge):
                found.append(text)
    return tuple(found[:OFFERED])


def _alike(written: str, knowledge: Knowledge) -> tuple[str, ...]:
    from rapidfuzz import fuzz, process

    if len(written) <= _PREFIX or not written.isalpha():
        return ()
    known = [word for word in knowledge.vocabulary(written[:_PREFIX]) if word.isalpha()]
    nearest = process.extract(written, known, scorer=fuzz.ratio, processor=str.lower, score_cutoff=_ALIKE, limit=2)
    return tuple(str(word) for word, _, _ in nearest if str(word).lower() != written.lower())


def _answers(text: str, knowledge: Knowledge) -> bool:
    try:
        return knowledge.trace(text).answer.answered
    except PmbotError:
        # What cannot be searched for is not offered; the question itself was answered.
        return False

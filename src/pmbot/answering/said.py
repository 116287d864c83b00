"""By which of its words a sentence says a word of the question."""

from __future__ import annotations

from pmbot.answering.evidence import Candidate
from pmbot.answering.query import SAME, Matcher, Query


def said_by(query: Query, candidate: Candidate, matcher: Matcher, place: int) -> frozenset[str]:
    """The terms by which the sentence says the term of the question at `place`.

    Where the word itself stands, it alone: a related word beside it ("million" beside "budget") means something else.
    """
    match = candidate.matches[place]
    if match is SAME:
        return frozenset({query.terms[place].term})
    return matcher.stands_for(place, least=match.quality) if match.quality else frozenset()

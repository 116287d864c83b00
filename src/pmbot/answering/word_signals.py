"""Signals of words and places: how much of the question is found and missing, counted, and what stands around the short answer.

`signals` tells shares; these tell amounts, as one word of two missing says less than four of eight.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from pmbot.answering.case import Case
from pmbot.answering.evidence import Candidate, Ranking
from pmbot.answering.query import NEAR, Query
from pmbot.answering.said import said_by
from pmbot.answering.short import Short

_REACHES = (3, 6, 10)  # words on either side of a short answer
_FAR = 99
_RAREST = 7.0  # about the highest weight a word has in an article
_LONG_SPAN = 12.0
_SHORT, _LONG = 25, 1000  # sentences: of shorter and longer documents than these the model has learned nothing
_CLOSE = 0.75  # quality from which a word is a form of the one asked for


def word_signals(ranking: Ranking, case: Case, short: Short) -> dict[str, float]:
    """All of them, for the best sentence."""
    query, candidate = ranking.query, case.candidate
    return {
        **{feature.name: feature.value for feature in ranking.evidence[0].features},
        **_amounts(case),
        **_rarest(query, candidate),
        **_known(case),
        **_around_span(case, short),
        "document length": _length(candidate.view.document_size),
    }


def share(weights: Iterable[float], values: Iterable[float]) -> float:
    """The mean of values by their weights; 0 without weights."""
    total = told = 0.0
    for weight, value in zip(weights, values, strict=True):
        total += weight
        told += weight * value
    return told / (total or 1.0)


def _length(sentences: int) -> float:
    """How long a document is: in a short one there is less that could answer, and words meet more often than answers do."""
    return math.log(max(_SHORT, min(_LONG, sentences))) / math.log(_LONG)


def _amounts(case: Case) -> dict[str, float]:
    """Sums of the weights of what is found and of what is missing; and by how close a word."""
    telling, idf, asked, here = case.query.telling, case.query.idf, case.query.relation, case.here
    told = sum([weight * quality for weight, quality in zip(telling, here, strict=True)])
    found = sum([weight * quality for weight, quality in zip(idf, here, strict=True)])
    related = sum([telling[place] * here[place] for place in asked])
    all_asked = sum([telling[place] for place in asked])
    exact = sum([telling[place] for place in asked if here[place] == 1.0])
    return {
        "telling matched": told / 5.0,
        "telling missing": (sum(telling) - told) / 5.0,
        "idf matched": found / 20.0,
        "idf missing": (sum(idf) - found) / 20.0,
        "relation matched": related / 4.0,
        "relation missing": (all_asked - related) / 4.0,
        "exact relation": exact / all_asked if all_asked else 0.5,
        "soft relation": (related - exact) / all_asked if all_asked else 0.0,
        "weak matches": sum([0.0 < quality < _CLOSE for quality in here]) / len(here),
    }


def _rarest(query: Query, candidate: Candidate) -> dict[str, float]:
    """The weights of the rarest words found and missing: one rare word tells more than many common ones."""
    idf, found = query.idf, [match.quality >= NEAR for match in candidate.matches]
    missing = [place for place, is_found in enumerate(found) if not is_found]
    return {
        "rarest matched": max([weight for weight, is_found in zip(idf, found, strict=True) if is_found], default=0.0) / _RAREST,
        "rarest relation matched": max([idf[place] for place in query.relation if found[place]], default=0.0) / _RAREST,
        "rarest missing": max([idf[place] for place in missing], default=0.0) / _RAREST,
        "rarest known missing": max([idf[place] for place in missing if query.known[place]], default=0.0) / _RAREST,
    }


def _known(case: Case) -> dict[str, float]:
    """How much of the question the documents hold at all, and how much of that is not here: it may be told elsewhere, or of another."""
    query = case.query
    telling, asked, focus = query.telling, query.relation, query.focus_place
    known = [float(is_known) for is_known in query.known]
    here, around = ([quality < NEAR for quality in qualities] for qualities in (case.here, case.around))
    return {
        "known": share(telling, known),
        "known missing": share(telling, [k * gone for k, gone in zip(known, here, strict=True)]),
        "known missing around": share(telling, [k * gone for k, gone in zip(known, around, strict=True)]),
        "unknown relation": share([telling[place] for place in asked], [1.0 - known[place] for place in asked]),
        "focus known": known[focus] if focus is not None else 0.0,
    }


def _around_span(case: Case, short: Short) -> dict[str, float]:
    """How near the words of the question stand to the short answer, and what the short answer is."""
    view, query = case.candidate.view, case.query
    start, end = short.slices[0] if short.slices else (0, 0)
    inside = [at for at, token in enumerate(view.tokens) if token.start >= start and token.end <= end]
    if not inside:
        return {"no span": float(not short.slices)}
    far = _distances(case, inside[0], inside[-1])
    asked, telling, expects = query.relation, query.telling, query.reading.expects
    kinds = [mention.kind for mention in view.mentions if mention.start < end and start < mention.end]
    return {
        **{f"near span {reach}": share(telling, [float(distance <= reach) for distance in far]) for reach in _REACHES},
        "relation by span": 1.0 / (1.0 + min([far[place] for place in asked], default=_FAR)),
        "relation near span": share([telling[p] for p in asked], [float(far[p] <= _REACHES[1]) for p in asked]) if asked else 0.5,
        "focus by span": 1.0 / (1.0 + far[query.focus_place]) if query.focus_place is not None else 0.0,
        "span length": min(1.0, len(inside) / _LONG_SPAN),
        "span asks": sum([not distance for distance in far]) / len(far),
        "span mention": float(bool(kinds)),
        "span expected": float(any(kind in expects for kind in kinds)) if expects else 0.5,
    }


def _distances(case: Case, first: int, last: int) -> list[int]:
    """For each term of the question how many words from the tokens `first` to `last` it stands; `_FAR` where it does not."""
    places: dict[str, list[int]] = {}
    for at, token in enumerate(case.candidate.view.tokens):
        places.setdefault(token.term, []).append(max(0, first - at, at - last))
    far = []
    for place in range(len(case.query.terms)):
        stands = said_by(case.query, case.candidate, case.matcher, place)
        far.append(min([min(places[term]) for term in stands & places.keys()], default=_FAR))
    return far

"""Gathers the sentences around the hits of a question: as arrays where numpy is loaded, as views where it is not.

Importing numpy costs as much as many questions, and one that asks a small corpus a single question never does it.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

from pmbot.answering.comparing import Gathered
from pmbot.answering.comparing_views import GatheredViews
from pmbot.answering.views import PASSAGE_REACH, Views
from pmbot.indexing.written import runs_of


def gather(views: Views, places: Mapping[str, Sequence[int]]) -> Gathered:
    """The sentences at `places`, their indexes by document, both in order, and those of their passages."""
    found = as_arrays(views, places) if "numpy" in sys.modules else None
    return found or as_views(views, places)


def as_views(views: Views, places: Mapping[str, Sequence[int]]) -> Gathered:
    """The same, made of views."""
    return GatheredViews(views.passages((doc_id, index) for doc_id, indexes in places.items() for index in indexes))


def as_arrays(views: Views, places: Mapping[str, Sequence[int]]) -> Gathered | None:
    """The same, made of arrays; None where there is nothing, or the terms of a sentence must be told from its text."""
    from pmbot.answering.comparing_arrays import GatheredArrays
    from pmbot.indexing.stretches import Stretches

    texts = views.texts
    runs = [(doc_id, run) for doc_id, indexes in places.items() for run in runs_of(indexes, PASSAGE_REACH)]
    if not runs:
        return None
    stretches = Stretches(texts, [texts.stretch(doc_id, max(0, run[0] - PASSAGE_REACH), run[-1] + PASSAGE_REACH) for doc_id, run in runs])
    numbers = [stretches.number(place, index) for place, (_, run) in enumerate(runs) for index in run]
    found = GatheredArrays(stretches, numbers, views)
    return found if found.length.min() >= 0 else None

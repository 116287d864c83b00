"""Search for a question: once by its own words, once with the words that may stand for them.

One search for all would let a handful of synonyms crowd out the passages that say what was asked in the same words.
"""

from __future__ import annotations

from collections.abc import Container

from pmbot.answering.query import Query
from pmbot.models import Hit, made
from pmbot.retrieval.protocol import Retriever

SHARE = 2 / 3  # of the chunks looked at, that each of two searches may find; they mostly find the same


def find_hits(query: Query, retriever: Retriever, stop_terms: Container[str], top_k: int, doc_id: str | None = None) -> tuple[Hit, ...]:
    """The chunks found for `query`, about `top_k`, in the order of the better of two searches; none for a question without key terms."""
    own = tuple(dict.fromkeys(term.term for term in query.terms))
    reworded = query.search_terms(stop_terms)
    if not own:
        return ()
    if len(reworded) == len(own):
        return retriever.retrieve(own, top_k=top_k, doc_id=doc_id)
    each = max(1, round(SHARE * top_k))
    hits = (hit for terms in (own, reworded) for hit in retriever.retrieve(terms, top_k=each, doc_id=doc_id))
    found: dict[str, Hit] = {}
    for hit in sorted(hits, key=lambda hit: (hit.rank, hit.chunk.chunk_id)):
        found.setdefault(hit.chunk.chunk_id, hit)
    return tuple([made(Hit, {"chunk": hit.chunk, "score": hit.score, "rank": rank}) for rank, hit in enumerate(found.values(), 1)])

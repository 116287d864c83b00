"""The seam between answering and whatever searches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from pmbot.models import Hit


class Retriever(Protocol):
    """Finds chunks by indexed terms; immutable once made, so that threads may share it.

    Terms come analysed (folded, stemmed): a retriever never sees raw text. What every implementation promises is
    checked by one suite, tests/contract/test_retriever.py.
    """

    @property
    def signature(self) -> str:
        """Every setting behind the order of hits, in one word, such as `bm25:okapi,1.5,0.75,0.25`."""
        ...

    @property
    def size(self) -> int:
        """The number of chunks searched, empty ones included."""
        ...

    def retrieve(self, terms: Sequence[str], *, top_k: int, doc_id: str | None = None) -> tuple[Hit, ...]:
        """Return the best `top_k` chunks that share a term with `terms`, best first; ties in document order.

        Terms are a set: repeats change nothing. With `doc_id` only chunks of that document are hits and ranks count
        within it, scores being the same as without; a document that is not there has no hits. No shared term: ().
        Raises ValueError when `top_k` is below 1, `RetrieverUnavailable` when the engine cannot be asked.
        """
        ...

    def document_frequency(self, terms: Sequence[str]) -> tuple[int, ...]:
        """Return, for each of `terms` in order, the number of chunks that hold it; 0 means: nowhere in the corpus.

        Raises `RetrieverUnavailable` when the engine cannot be asked.
        """
        ...

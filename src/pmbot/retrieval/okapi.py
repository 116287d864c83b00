"""BM25 fitted and searched by rank_bm25: slow, simple and not ours, which makes it the oracle of our posting lists.

Score: Okapi BM25 in the ATIRE variant (Trotman, Puurula, Burgess 2014, "Improvements to BM25 and Language Models
Examined"), as rank_bm25 computes it. What rank_bm25 gets wrong is put right in `word_weights` and by the rules of `Retriever`.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pmbot.models import Chunk, Hit
from pmbot.retrieval.topk import best

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SANE_FLOOR = 1e-9  # an average of logarithms that cancel out is not zero but some 1e-16


class OkapiRetriever:
    """In-memory BM25; see `Retriever` for what it promises.

    `terms[i]` are the indexed terms of `chunks[i]`, repeats included. Scores are positive, and comparable within one retriever only.
    Every question looks at every chunk: some 3 ms at a thousand chunks, 3 s at a million.
    """

    def __init__(
        self, chunks: Sequence[Chunk], terms: Sequence[Sequence[str]], *, k1: float = 1.5, b: float = 0.75, epsilon: float = 0.25
    ) -> None:
        """Fit. ValueError when `terms` and `chunks` differ in length, k1 < 0, b is outside 0..1 or epsilon outside (0, 1]."""
        if len(chunks) != len(terms):
            raise ValueError(f"{len(chunks)} chunks, but terms for {len(terms)}: give one sequence of terms for each chunk")
        if not (0 <= k1 < math.inf and 0 <= b <= 1 and 0 < epsilon <= 1):
            raise ValueError(f"k1={k1}, b={b}, epsilon={epsilon}: must be k1 >= 0, 0 <= b <= 1, 0 < epsilon <= 1")
        self._chunks = tuple(chunks)
        self._signature = f"bm25:okapi,{k1:g},{b:g},{epsilon:g}"
        self._rows_of = _rows_by_document(self._chunks)
        self._frequencies: Counter[str] = Counter()
        # rank_bm25 divides by the number of words: it cannot be fitted on none
        self._model: Any = None
        if any(terms):
            from rank_bm25 import BM25Okapi

            self._model = BM25Okapi(terms, k1=k1, b=b, epsilon=epsilon)
            for of_chunk in self._model.doc_freqs:
                self._frequencies.update(of_chunk.keys())
            self._model.idf = word_weights(self._frequencies, len(terms), self._model.idf, epsilon * self._model.average_idf)

    @property
    def signature(self) -> str:
        """`bm25:okapi,` and k1, b, epsilon."""
        return self._signature

    @property
    def size(self) -> int:
        """The number of chunks."""
        return len(self._chunks)

    def retrieve(self, terms: Sequence[str], *, top_k: int, doc_id: str | None = None) -> tuple[Hit, ...]:
        """Return the best chunks that share a term; see `Retriever.retrieve`."""
        import numpy as np

        if top_k < 1:
            raise ValueError(f"top_k is {top_k}: ask for at least one chunk")
        scores = self._scores(dict.fromkeys(terms))
        if doc_id is None:
            rows = np.flatnonzero(scores)
        elif doc_id in self._rows_of:
            mine = self._rows_of[doc_id]
            rows = mine[scores[mine] > 0]
        else:
            return ()
        chosen, values = best(rows, scores[rows], top_k)
        pairs = zip(chosen.tolist(), values.tolist(), strict=True)
        return tuple(Hit(chunk=self._chunks[row], score=score, rank=rank) for rank, (row, score) in enumerate(pairs, 1))

    def document_frequency(self, terms: Sequence[str]) -> tuple[int, ...]:
        """Return the number of chunks that hold each term; see `Retriever.document_frequency`."""
        return tuple(self._frequencies[term] for term in terms)

    def _scores(self, terms: Mapping[str, None]) -> NDArray[np.float64]:
        import numpy as np

        scores = np.zeros(self.size)
        for term in terms:
            if term in self._frequencies:
                # without k1, or without length in a chunk that is empty, rank_bm25 divides 0 by 0 where there is no match
                with np.errstate(invalid="ignore"):
                    scores += np.nan_to_num(self._model.get_scores([term]))
        return scores


def word_weights(frequencies: Mapping[str, int], size: int, fitted: Mapping[str, float], floor: float) -> dict[str, float]:
    """Return the weight of each term: positive, and never higher for a word that is in more chunks.

    `frequencies` are chunk counts out of `size`, `fitted` the weights rank_bm25 gave, `floor` its epsilon times their average.
    rank_bm25 gives a word in more than half of the chunks the floor, but one in a little less than half a weight between
    0 and the floor: the commoner word then outweighs the rarer, and a word in exactly half of the chunks weighs nothing,
    so that its only match is lost. Raising all of them to the floor cures both and leaves every other weight as it was.
    In a corpus of one or two chunks, or of words that are all common, the floor itself is zero or negative: there the
    weight is ln(1 + (size - n + 0.5) / (n + 0.5)), positive for every n (as in Lucene's BM25Similarity).
    """
    if floor > _SANE_FLOOR:
        return {term: max(weight, floor) for term, weight in fitted.items()}
    return {term: math.log1p((size - n + 0.5) / (n + 0.5)) for term, n in frequencies.items()}


def _rows_by_document(chunks: Sequence[Chunk]) -> dict[str, NDArray[np.intp]]:
    import numpy as np

    rows: dict[str, list[int]] = {}
    for row, chunk in enumerate(chunks):
        rows.setdefault(chunk.doc_id, []).append(row)
    return {doc_id: np.array(mine, dtype=np.intp) for doc_id, mine in rows.items()}

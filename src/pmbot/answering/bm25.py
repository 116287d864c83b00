"""BM25 of a text held in hand, after Robertson and Zaragoza (2009), with the IDF of Lucene, which is never negative."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCE_BM25 = (0.5, 0.3)  # k1, b: a sentence repeats few words and its length says little
WORD_BM25 = (1.2, 0.5)
PASSAGE_BM25 = (1.5, 0.75)


def bm25(weights: Mapping[str, float], counts: Mapping[str, int], shape: tuple[float, float], relative_length: float) -> float:
    """BM25 of one text: `weights` are IDFs by term, `shape` is (k1, b), `relative_length` its length over the mean length."""
    k1, b = shape
    norm = k1 * (1.0 - b + b * relative_length)
    total = 0.0
    for term, idf in weights.items() if counts else ():
        count = counts.get(term)
        if count:
            total += idf * count * (k1 + 1.0) / (count + norm)
    return total

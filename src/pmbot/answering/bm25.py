"""BM25 of a text held in hand, after Robertson and Zaragoza (2009), with the IDF of Lucene, which is never negative."""

from __future__ import annotations

from collections.abc import Callable, Mapping

SENTENCE_BM25 = (0.5, 0.3)  # k1, b: a sentence repeats few words and its length says little
WORD_BM25 = (1.2, 0.5)
PASSAGE_BM25 = (1.5, 0.75)


def bm25(weights: Mapping[str, float], count: Callable[[str], int | None], shape: tuple[float, float], relative_length: float) -> float:
    """BM25 of one text.

    `weights` are IDFs by term, `count` tells how often a term stands in the text, `shape` is (k1, b), `relative_length` the length of the
    text over the mean length.
    """
    k1, b = shape
    norm, most = k1 * (1.0 - b + b * relative_length), k1 + 1.0
    total = 0.0
    for term, idf in weights.items():
        found = count(term)
        if found:
            total += idf * found * most / (found + norm)
    return total

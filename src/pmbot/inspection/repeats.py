"""What stands twice, or nearly: documents by the sketches of their shingles, sentences by their words.

Nothing here compares all with all. Documents meet by the numbers they share in bottom-k sketches (Broder 1997); sentences by the prefix
filter of set similarity joins (Chaudhuri et al. 2006): two sets of n words whose Jaccard similarity is t share one of their
n - ⌈t·n⌉ + 1 rarest words. A sentence that is like an earlier one joins it and is not compared again.
"""

from __future__ import annotations

import hashlib
import heapq
import math
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

SHINGLE = 5
SKETCH = 128
SHARED_BY = 50
"""A shingle or word that more than so many have tells nothing of two of them."""
COMPARED = 100
"""With how many earlier sentences one is compared at most."""

Words = Sequence[str]


def same(items: Mapping[int, Words]) -> Iterator[tuple[int, ...]]:
    """Yield the groups of items that have the same words in the same order, first to last."""
    groups: defaultdict[bytes, list[int]] = defaultdict(list)
    for name, words in items.items():
        groups[hashlib.sha256("\x1f".join(words).encode("utf-8", "surrogatepass")).digest()].append(name)
    return (tuple(group) for group in groups.values() if len(group) > 1)


def similar_documents(items: Mapping[int, Words], threshold: float) -> Iterator[tuple[int, int, float]]:
    """Yield pairs whose estimated Jaccard similarity of five-word shingles is `threshold` or more, with the estimate."""
    sketches = {name: _sketch(words) for name, words in items.items()}
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for name, sketch in sketches.items():
        met = Counter(other for value in sketch for other in holders[value])
        for other in sorted(met):
            likeness = _likeness(sketch, sketches[other])
            if likeness >= threshold:
                yield other, name, likeness
        for value in sketch:
            if len(holders[value]) < SHARED_BY:
                holders[value].append(name)


def similar_sentences(items: Mapping[int, Words], threshold: float) -> Iterator[tuple[int, ...]]:
    """Yield the groups of items whose sets of words are like the first one's: Jaccard similarity of `threshold` or more.

    Items with different numbers in them are never alike: they say different things on purpose.
    """
    frequency = Counter(word for words in items.values() for word in set(words))
    first_with: defaultdict[tuple[str, frozenset[str]], list[int]] = defaultdict(list)
    groups: dict[int, list[int]] = {}
    leaders: dict[int, frozenset[str]] = {}
    for name, words in items.items():
        numbers = frozenset(word for word in words if word[0].isdigit())
        others = frozenset(words) - numbers
        rare = sorted(others, key=lambda word: (frequency[word], word))
        prefix = [(word, numbers) for word in rare[: len(rare) - math.ceil(threshold * len(rare)) + 1]]
        met = dict.fromkeys(other for key in prefix for other in first_with.get(key, ())[-COMPARED:])
        leader = next((other for other in list(met)[:COMPARED] if _alike(others, leaders[other], threshold)), None)
        if leader is not None:
            groups[leader].append(name)
            continue
        groups[name], leaders[name] = [name], others
        for key in prefix:
            first_with[key].append(name)
    return (tuple(group) for group in groups.values() if len(group) > 1)


def _alike(one: frozenset[str], other: frozenset[str], threshold: float) -> bool:
    common = len(one & other)
    return common >= threshold * (len(one) + len(other) - common)


def _sketch(words: Words) -> tuple[int, ...]:
    """The smallest hashes of the shingles; a text shorter than a shingle is one shingle."""
    joined = (" ".join(words[place : place + SHINGLE]) for place in range(max(1, len(words) - SHINGLE + 1)))
    # CRC is linear; multiplying by an odd number (Knuth's) scatters it.
    hashes = {zlib.crc32(shingle.encode("utf-8", "surrogatepass")) * 2654435761 & 0xFFFFFFFF for shingle in joined}
    return tuple(heapq.nsmallest(SKETCH, hashes))


def _likeness(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """The share of the union's smallest hashes that both have: an estimate of the Jaccard similarity, exact for small texts."""
    smallest = heapq.nsmallest(SKETCH, set(one) | set(other))
    both = set(one) & set(other)
    return sum(value in both for value in smallest) / len(smallest) if smallest else 0.0

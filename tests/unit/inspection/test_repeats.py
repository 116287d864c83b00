"""What stands twice, or nearly, held against comparing all with all."""

from __future__ import annotations

import itertools
import random

from hypothesis import given
from hypothesis import strategies as st

from pmbot.inspection.repeats import same, similar_documents, similar_sentences

WORDS = st.lists(st.sampled_from([f"w{n}" for n in range(12)]), min_size=1, max_size=10)


def jaccard(one: list[str], other: list[str]) -> float:
    return len(set(one) & set(other)) / len(set(one) | set(other))


@given(st.lists(WORDS, max_size=12))
def test_same(texts: list[list[str]]) -> None:
    expected = [tuple(g) for _, g in itertools.groupby(sorted(range(len(texts)), key=lambda n: (texts[n], n)), key=lambda n: texts[n])]
    assert sorted(same(dict(enumerate(texts)))) == sorted(group for group in map(tuple, expected) if len(group) > 1)


@given(st.lists(WORDS, max_size=12))
def test_every_similar_sentence_finds_a_group(texts: list[list[str]]) -> None:
    groups = list(similar_sentences(dict(enumerate(texts)), 0.8))
    for leader, *others in groups:
        assert all(jaccard(texts[leader], texts[other]) >= 0.8 for other in others)
    grouped = {number for group in groups for number in group}
    leaders = [number for number in range(len(texts)) if number not in {n for group in groups for n in group[1:]}]
    for one, other in itertools.combinations(leaders, 2):
        assert jaccard(texts[one], texts[other]) < 0.8, "the prefix filter misses nothing"
    assert grouped <= set(range(len(texts)))


def test_sentences_with_other_numbers_are_not_alike() -> None:
    base = "the library had so many members in the year of our lord".split()
    assert list(similar_sentences({0: [*base, "2023"], 1: [*base, "2024"]}, 0.8)) == []
    assert list(similar_sentences({0: [*base, "2023"], 1: [*base[1:], "2023"]}, 0.8)) == [(0, 1)]


def test_documents_by_their_shingles() -> None:
    draw = random.Random(1)
    text = [f"w{draw.randrange(5000)}" for _ in range(3000)]
    other = [f"w{draw.randrange(5000)}" for _ in range(3000)]
    found = list(similar_documents({0: text, 1: other, 2: text[300:]}, 0.7))
    assert [(one, two) for one, two, _ in found] == [(0, 2)]
    assert abs(found[0][2] - 0.9) < 0.1


def test_short_documents_are_compared_too() -> None:
    assert [(a, b) for a, b, _ in similar_documents({0: ["a"], 1: ["a"], 2: ["b"], 3: []}, 0.7)] == [(0, 1)]

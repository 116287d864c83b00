"""Trees told together say what each says when it is walked."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.answering.trees import DEEPEST, Forest, Tree

SIGNALS = st.sampled_from(["covered", "span", "length"])
LIMITS = st.sampled_from([-0.5, 0.0, 0.25, 0.5, 1.0])


def trees(depth: int) -> st.SearchStrategy[Tree]:
    leaf: st.SearchStrategy[Tree] = st.floats(-1, 1)
    return leaf if not depth else leaf | st.tuples(SIGNALS, LIMITS, trees(depth - 1), trees(depth - 1))


def walked(tree: Tree, signals: Mapping[str, float]) -> float:
    while isinstance(tree, tuple):
        name, limit, below, reached = tree
        tree = reached if signals.get(name, 0.0) >= limit else below
    return tree


@given(st.lists(trees(DEEPEST), max_size=12), st.dictionaries(SIGNALS, LIMITS | st.floats(-2, 2)))
def test_trees_told_together_say_what_each_says(forest: list[Tree], signals: dict[str, float]) -> None:
    assert Forest(forest).told(signals) == [walked(tree, signals) for tree in forest]


def test_a_tree_that_is_too_deep() -> None:
    tree: Tree = 0.0
    for _ in range(DEEPEST + 1):
        tree = ("covered", 0.5, tree, tree)
    with pytest.raises(ValueError, match="leaves"):
        Forest([tree])

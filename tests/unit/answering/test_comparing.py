"""Comparing by words: what is shared between sentences changes nothing, and only contenders are read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.answering.comparing import Comparison, Scored, Weights
from tests.fakes_answering import World

WORDS = ["Zorblat", "lamp", "lamps", "the", "glows", "It", "bridge", "green", "hums"]
TEXT = "# Zorblat lamp\n\nThe Zorblat lamp glows. | It hums. | The bridge hums.\n\nIt glows green. | The lamp glows green."


def compared(world: World, question: str, count: int) -> list[Scored]:
    size = len(world.corpus.sentences["a.txt"])
    found = list(world.views.passages([("a.txt", index) for index in range(size)]))
    return Comparison(world.query(question), found, world.views, 4.0, Weights()).best(count)


@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6), min_size=2, max_size=14), st.integers(1, 6))
def test_the_few_best_are_the_first_of_all(sentences: list[list[str]], count: int) -> None:
    world = World({"a.txt": " | ".join(" ".join(words) for words in sentences)})
    every = compared(world, "Which Zorblat lamp glows green on the bridge?", 99)
    totals = [sum(scored.added) for scored in every]
    assert totals == sorted(totals, reverse=True)
    few = compared(world, "Which Zorblat lamp glows green on the bridge?", count)
    assert [(one.compared.view.index, one.added) for one in few] == [(one.compared.view.index, one.added) for one in every[:count]]


def test_a_sentence_stands_with_the_one_before_and_the_headings() -> None:
    found = {one.compared.view.sentence.text: one for one in compared(World({"a.txt": TEXT}), "Does the Zorblat bridge glow?", 9)}
    hums, bridge = found["It hums."], found["The bridge hums."]
    assert [match.quality for match in hums.compared.before.matches] == [1.0, 0.0, 1.0]  # Zorblat, bridge, glow
    assert [match.quality for match in bridge.compared.before.matches] == [1.0, 0.0, 0.0]  # of the heading alone
    covered, pronoun = hums.added[-2:]
    assert covered > 0.0
    assert pronoun == pytest.approx(covered * Weights().pronoun_before / Weights().before_coverage)


def test_neighbours_share_what_is_said_of_their_passage() -> None:
    one, *others = [one.compared for one in compared(World({"a.txt": TEXT}), "green lamp", 9) if one.compared.view.block == 1]
    assert {other.passage_bm25 for other in others} == {one.passage_bm25}


def test_only_what_could_be_among_the_best_is_read() -> None:
    sentences = [f"The Zorblat lamp number {n} glows." for n in range(4)] + ["It hums."] * 20
    world = World({"a.txt": " | ".join(sentences)})
    assert [one.compared.view.index for one in compared(world, "Which Zorblat lamp glows?", 2)] == [0, 1]
    read = [index for index in range(len(sentences)) if "sentence" in vars(world.views.view("a.txt", index))]
    assert read == []

"""Comparing by words, over views and over arrays: what is shared between sentences changes nothing, and only contenders are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.answering.comparing import Context, Gathered, Scored, Weights
from pmbot.answering.gathering import as_arrays, as_views
from pmbot.answering.lexicon import RELATED, SYNONYM, Lexicon
from pmbot.answering.views import Views
from tests.fakes_answering import World

WORDS = ["Zorblat", "lamp", "lamps", "lampshade", "the", "glows", "It", "bridge", "green", "hums", "gives", "light", "1987"]
TEXT = "# Zorblat lamp\n\nThe Zorblat lamp glows. | It hums. | The bridge hums.\n\nIt glows green. | The lamp glows green."
QUESTION = "Which Zorblat lamp glows green on the bridge?"
SENTENCES = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join), min_size=2, max_size=14)

Gather: TypeAlias = Callable[[Views, Mapping[str, Sequence[int]]], Gathered | None]


@pytest.fixture(params=[as_views, as_arrays], ids=["views", "arrays"])
def gather(request: pytest.FixtureRequest) -> Gather:
    found: Gather = request.param
    return found


def gathered_all(world: World, gather: Gather) -> Gathered:
    found = gather(world.views, {doc_id: range(len(sentences)) for doc_id, sentences in world.corpus.sentences.items()})
    assert found is not None
    return found


def compared(world: World, question: str, count: int, gather: Gather) -> list[tuple[Scored, int]]:
    """The best, each with its index in the only document."""
    gathered = gathered_all(world, gather)
    best = gathered.compare(world.query(question), Context(world.views.terms_above, 4.0, Weights())).best(count)
    return [(one, gathered.view(one.found.at).index) for one in best]


@pytest.mark.parametrize("gather", [as_views, as_arrays])
@given(sentences=SENTENCES, count=st.integers(1, 6))
def test_the_few_best_are_the_first_of_all(gather: Gather, sentences: list[str], count: int) -> None:
    world = World({"a.txt": " | ".join(sentences)})
    every = compared(world, QUESTION, 99, gather)
    totals = [sum(one.added) for one, _ in every]
    assert totals == pytest.approx(sorted(totals, reverse=True), abs=1e-9)
    assert compared(world, QUESTION, count, gather) == every[:count]


@given(
    st.lists(st.tuples(SENTENCES, st.sampled_from([" | ", "\n\n", "\n\n# "])), min_size=1, max_size=3),
    st.lists(st.sampled_from(WORDS), max_size=7),
    st.sampled_from([1.0, 4.0, 17.5]),
    st.sets(st.integers(0, 30)),
)
def test_arrays_give_what_views_give(
    documents: list[tuple[list[str], str]], asked: list[str], mean_length: float, left_out: set[int]
) -> None:
    texts = {f"{number}.txt": "# Lamp\n\n" + between.join(sentences) for number, (sentences, between) in enumerate(documents)}
    lexicon = Lexicon(
        [(("glow",), ("give", "light"), SYNONYM, "s"), (("lamp",), ("light",), RELATED, "r"), (("hum",), ("glow",), 1.0, "t")]
    )
    world = World(texts, lexicon)
    query, context = world.query(" ".join(asked)), Context(world.views.terms_above, mean_length, Weights())
    places = {doc_id: [at for at in range(len(cut)) if at not in left_out] for doc_id, cut in world.corpus.sentences.items()}
    found = [gather(world.views, {doc_id: indexes for doc_id, indexes in places.items() if indexes}) for gather in (as_views, as_arrays)]
    if found[1] is None:
        assert not any(places.values())
        return
    results = []
    for gathered in found:
        assert gathered is not None
        comparison = gathered.compare(query, context, without={one.at for one in gathered.found[3:5]})
        best = comparison.best(99)
        at = [(gathered.view(one.found.at).doc_id, gathered.view(one.found.at).index) for one in best]
        results.append((at, [one.added for one in best], [(comparison.matches(o.found), comparison.surroundings(o.found)) for o in best]))
    assert results[0] == results[1]


def test_a_sentence_stands_with_the_one_before_and_the_headings(gather: Gather) -> None:
    world = World({"a.txt": TEXT})
    gathered = gathered_all(world, gather)
    comparison = gathered.compare(world.query("Does the Zorblat bridge glow?"), Context(world.views.terms_above, 4.0, Weights()))
    found = {gathered.view(one.found.at).sentence.text: one for one in comparison.best(9)}
    hums, bridge = found["It hums."], found["The bridge hums."]
    before, behind = comparison.surroundings(hums.found).before, comparison.surroundings(bridge.found).before
    assert [match.quality for match in before] == [1.0, 0.0, 1.0]  # Zorblat, bridge, glow
    assert [match.quality for match in behind] == [1.0, 0.0, 0.0]  # of the heading alone
    assert [match.quality for match in comparison.surroundings(hums.found).around] == [1.0, 1.0, 1.0]
    covered, pronoun = hums.added[-2:]
    assert covered > 0.0
    assert pronoun == pytest.approx(covered * Weights().pronoun_before / Weights().before_coverage)


def test_neighbours_share_what_is_said_of_their_passage(gather: Gather) -> None:
    world = World({"a.txt": TEXT})
    one, *others = [scored.added[1] for scored, index in compared(world, "green lamp", 9, gather) if 1 <= index <= 3]
    assert set(others) == {one}


def test_only_what_could_be_among_the_best_is_read(gather: Gather) -> None:
    sentences = [f"The Zorblat lamp number {n} glows." for n in range(4)] + ["It hums."] * 20
    world = World({"a.txt": " | ".join(sentences)})
    assert [index for _, index in compared(world, "Which Zorblat lamp glows?", 2, gather)] == [0, 1]
    read = [index for index in range(len(sentences)) if "sentence" in vars(world.views.view("a.txt", index))]
    assert read == []


def test_views_compare_what_arrays_do_not_tell() -> None:
    world = World({"a.txt": "IT GLOWS ON THE BRIDGE IN THE US. | The bridge hums."})
    assert as_arrays(world.views, {"a.txt": [0, 1]}) is None
    assert {index for _, index in compared(world, QUESTION, 2, as_views)} == {0, 1}


def test_only_sentences_that_are_read_become_objects() -> None:
    world = World({"a.txt": " | ".join(f"The lamp number {n} glows." for n in range(30))})
    made: list[int] = []
    kept = world.views.kept
    world.views.kept = lambda doc_id, index, make: made.append(index) or kept(doc_id, index, make)  # type: ignore[method-assign, func-returns-value]
    assert len(compared(world, "Which lamp glows?", 3, as_arrays)) == 3
    assert sorted(made) == [3, 4, 5]  # they have the fullest passages

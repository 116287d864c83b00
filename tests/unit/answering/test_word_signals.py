"""Signals of words and places: amounts found and missing, and what stands around the short answer."""

from __future__ import annotations

import pytest

from pmbot.answering.lexicon import SYNONYM, Lexicon
from pmbot.answering.short import NO_SHORT, Short
from pmbot.answering.word_signals import word_signals
from tests.fakes_answering import World
from tests.fakes_spans import judged

GLOWS = "The Zorblat lamp glows green."
FAR = "Green lamps stood in Oslo for many long and dark years, and then the old town bought Zorblat."
WORLD = World({"a.txt": f"{GLOWS} | It cost €3 million in 1987 in Norway."}, Lexicon([(("shine",), ("glow",), SYNONYM, "s")]))


def of(question: str, world: World = WORLD, span: str = "") -> dict[str, float]:
    ranking, cases = judged(world, question)
    text = cases[0].candidate.view.sentence.text
    short = Short(((text.index(span), text.index(span) + len(span)),), 0.9) if span else NO_SHORT
    return word_signals(ranking, cases[0], short)


def test_the_features_of_the_ranking_are_among_them() -> None:
    ranking, cases = judged(WORLD, "Which lamp glows green?")
    found = word_signals(ranking, cases[0], NO_SHORT)
    assert {feature.name: feature.value for feature in ranking.evidence[0].features}.items() <= found.items()


def test_amounts_found_and_missing() -> None:
    whole, half = of("Which Zorblat lamp glows green?"), of("Which Zorblat lamp wobbles blue?")
    assert whole["telling missing"] == whole["idf missing"] == whole["relation missing"] == 0.0
    assert whole["telling matched"] == pytest.approx(half["telling matched"] + half["telling missing"])
    assert half["relation missing"] > 0.0 < half["telling missing"]
    assert (whole["exact relation"], whole["soft relation"], whole["weak matches"]) == (1.0, 0.0, 0.0)
    assert 0.0 < half["exact relation"] < 1.0


def test_related_words_count_as_such() -> None:
    found = of("Does the Zorblat lamp shine green?")
    assert found["soft relation"] > 0.0
    assert found["exact relation"] < 1.0


def test_a_question_of_a_name_alone_has_no_relation() -> None:
    found = of("Is it Zorblat?")
    assert (found["exact relation"], found["soft relation"], found["rarest relation matched"]) == (0.5, 0.0, 0.0)


def test_what_the_documents_know_and_the_sentence_lacks() -> None:
    elsewhere, nowhere = of("Does the Zorblat lamp cost green?"), of("Does the Zorblat lamp wobble green?")
    assert elsewhere["known"] == 1.0 > nowhere["known"]
    assert elsewhere["known missing"] > 0.0 == nowhere["known missing"]
    assert elsewhere["known missing around"] == 0.0
    assert elsewhere["rarest known missing"] == elsewhere["rarest missing"] > 0.0 == nowhere["rarest known missing"]
    assert nowhere["unknown relation"] > elsewhere["unknown relation"] == 0.0


def test_what_stands_around_the_short_answer() -> None:
    world = World({"a.txt": FAR})
    near, far = of("Where did green lamps stand?", world, "Oslo"), of("Where did green lamps stand?", world, "town")
    assert near["near span 6"] > far["near span 6"] == 0.0
    assert near["relation near span"] == 1.0 > far["relation near span"] == 0.0
    assert near["relation by span"] > far["relation by span"]
    assert near["span mention"] == 1.0 > far["span mention"]
    assert near["span length"] == pytest.approx(1 / 12)
    assert of("Where did green lamps stand?", world, "Green lamps")["span asks"] > 0.0


def test_without_a_short_answer() -> None:
    found = of("Which lamp glows green?")
    assert found["no span"] == 1.0
    assert "near span 3" not in found


def test_how_long_the_document_is() -> None:
    worlds = [World({"a.txt": " | ".join(f"The lamp {n} glows." for n in range(size))}) for size in (1, 25, 80)]
    tiny, short, long = (of("lamp", world)["document length"] for world in worlds)
    assert 0.0 < tiny == short < long < 1.0

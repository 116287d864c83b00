"""Signals: each group says what its description says."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.answering.guards import GUARDS
from pmbot.answering.lexicon import SYNONYM, Lexicon
from pmbot.answering.short import NO_SHORT, Short
from pmbot.answering.signals import signals
from pmbot.answering.span_rules import ruled_answer
from tests.fakes_answering import World
from tests.fakes_spans import judged

GLOWS = "The Zorblat lamp glows green."
TEXTS = {"a.txt": f"{GLOWS} | It cost €3 million in 1987 in Norway.", "b.txt": "The Quindle bridge hums for ten trams."}
WORLD = World(TEXTS, Lexicon([(("shine",), ("glow",), SYNONYM, "s")]))


def of(question: str, world: World = WORLD, short: Short | None = None) -> dict[str, float]:
    ranking, cases = judged(world, question)
    case = cases[0]
    found = ruled_answer(case.query, case.candidate, case.matcher) if short is None else short
    return signals(ranking, case, found)


def of_sentence(question: str, sentence: str, short: Short = NO_SHORT) -> dict[str, float]:
    return of(question, World({"a.txt": sentence}), short)


def test_coverage_of_a_question_that_stands_there_whole() -> None:
    found = of("Which Zorblat lamp glows green?")
    assert [found[f"covered{where}"] for where in ("", " near", " around", " by idf")] == pytest.approx([1.0] * 4)
    assert found["covered softly"] == found["absent"] == found["absent some"] == found["largest gap"] == 0.0


def test_coverage_grows_with_the_surroundings() -> None:
    found = of("When did Zorblat cost green million?")
    assert found["covered"] < found["covered near"] <= found["covered around"] == 1.0
    assert found["largest gap"] == 1.0
    assert found["largest gap around"] == 0.0


def test_soft_coverage_is_that_of_related_words() -> None:
    found = of("Does the Zorblat lamp shine green?")
    assert 0.0 < found["covered softly"] < 0.25
    assert found["covered"] == pytest.approx(0.75 + found["covered softly"])


def test_what_occurs_nowhere() -> None:
    found = of("Does the Zorblat lamp wobble green?")
    assert found["absent"] == found["largest gap around"] * 0.25 == 0.25
    assert found["absent some"] == 1.0


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Does Zorblat glow green?", {"relation": 1.0, "no relation": 0.0, "relation words missing": 0.0, "last word": 1.0}),
        ("Does Zorblat glow red?", {"relation": 0.5, "no relation": 0.0, "relation words missing": 0.2, "last word": 0.0}),
        ("Does Zorblat wobble?", {"relation": 0.0, "no relation": 1.0, "relation around": 0.0, "no relation around": 1.0}),
        ("Is it Zorblat?", {"relation": 0.5, "no relation": 0.0, "last word": 0.5}),  # only a name: neither one nor the other
        ("Which lamp is Zorblat?", {"focus": 1.0, "focus missing around": 0.0}),
        ("Which bridge is Zorblat green?", {"focus": 0.0, "focus missing around": 1.0}),
        ("Is Zorblat green?", {"focus": 0.5, "focus missing around": 0.0}),
    ],
)
def test_relations(question: str, expected: dict[str, float]) -> None:
    found = of(question)
    assert {name: found[name] for name in expected} == pytest.approx(expected)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Does the lamp glow green?", {"names": 0.0, "names missing": 0.0, "all names topic": 0.0, "name before verb": 0.0}),
        ("Does the Zorblat glow green?", {"names": 1.0, "names missing": 0.0, "name before verb": 1.0}),
        ("Does the Quindle lamp glow green?", {"names missing": 1.0, "names gone": 1.0, "other name gone": 1.0, "name before verb": 0.0}),
        ("Does the Quindle Zorblat lamp glow green?", {"names missing": 0.5, "names gone": 0.5}),
        (
            "Which lamp glows green in Norway?",
            {"names missing": 1.0, "names gone": 0.0, "other name missing": 1.0, "other name gone": 0.0},
        ),
        ("Which lamp glows green in 1987?", {"number missing": 1.0, "number gone": 0.0}),
        ("Which lamp glows green in 1812?", {"number missing": 1.0, "number gone": 1.0}),
        ("Did it cost in 1987?", {"number missing": 0.0, "number gone": 0.0}),
    ],
)
def test_names_and_numbers(question: str, expected: dict[str, float]) -> None:
    found = of(question)
    assert {name: found[name] for name in expected} == pytest.approx(expected)


def test_topics_of_the_document_are_no_other_names() -> None:
    world = World({"a.txt": "The Zorblat hums. | The Zorblat glows.\n\nThe price is €3 million.\n\nSee Quindle and Zorblat."})
    found = {name: of(f"What is the price of {name}?", world) for name in ("Zorblat", "Quindle")}
    assert [found[name]["all names topic"] for name in ("Zorblat", "Quindle")] == [1.0, 0.0]


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("Does the lamp glow?", "It glows.", {"opens with pronoun": 1.0, "short": 1.0, "negated differently": 0.0}),
        (
            "Does the lamp glow?",
            "The lamp does not glow over all of Oslo.",
            {"opens with pronoun": 0.0, "short": 0.0, "negated differently": 1.0},
        ),
        ("Which lamp did not glow?", "The lamp did not glow.", {"negated differently": 0.0}),
        ("Which is the oldest lamp?", "The lamp is here.", {"superlative missing": 1.0}),
        ("Which is the oldest lamp?", "The oldest lamp is here.", {"superlative missing": 0.0}),
        ("Does the lamp glow green?", "The lamp glows green.", {"window": 1.0, "order": 1.0, "question length": 0.3}),
        ("Does the lamp glow green?", "Green glows the lamp.", {"window": 0.75, "order": 1 / 3}),
        ("Does the lamp glow green?", "The lamp, which is old, glows green.", {"window": 0.5, "order": 1.0}),
        ("Does the lamp glow?", "The lamp hums.", {"window": 0.0, "order": 0.5}),
        ("Does the lamp glow?", "The lamp glows.", {"length": math.log1p(3) / 5.0}),
    ],
)
def test_shape(question: str, sentence: str, expected: dict[str, float]) -> None:
    found = of_sentence(question, sentence)
    assert {name: found[name] for name in expected} == pytest.approx(expected)


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("Which lamp wobbled?", "missing verb"),
        ("Which lamp has brightness?", "missing noun"),
        ("Which lamp is famous?", "missing adjective"),
        ("Which lamp has a coil?", "missing other"),
        ("Which lamp is Vrumpel?", None),  # a name is counted elsewhere
    ],
)
def test_kinds_of_words_that_are_missing(question: str, missing: str | None) -> None:
    found = of_sentence(question, "The lamp glows.")
    kinds = {name: found[f"missing {name}"] for name in ("verb", "noun", "adjective", "other")}
    assert {f"missing {name}": value for name, value in kinds.items() if value} == ({missing: 0.5} if missing else {})


def test_rivals() -> None:
    alone = of_sentence("Does the lamp glow?", "The lamp glows.")
    assert alone["margin"] == alone["rank chance"] == 1.0
    assert alone["rival covers more"] == 0.0
    rivals = of("Does the lamp glow?", World({"a.txt": "At night the cheap lamp glows.\n\nBy day some heavy lamp glows."}))
    assert rivals["rival covers more"] == rivals["other passage covers more"] == 0.0
    assert rivals["margin"] < 0.2
    assert rivals["rank chance"] < 0.8
    twins = of("Does the lamp glow?", World({"a.txt": "The lamp glows.\n\nThe lamp glows."}))
    assert twins["margin"] == twins["rank chance"] == 1.0
    better = of("Which Zorblat lamp glows green?")
    assert better["other passage covers more"] < 0.0
    assert 0.0 < better["score"] <= 1.0


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("When did it open?", "It opened in 1987.", {"typed": 1.0, "typed missing": 0.0, "typed missing when": 0.0, "typed several": 0.25}),
        ("When did it open?", "It opened in 1987, 1988, 1989, 1990 and 1991.", {"typed several": 1.0}),
        ("When did it open?", "It opened.", {"typed": 0.0, "typed missing": 1.0, "typed missing when": 1.0}),
        ("Why did it open?", "It opened.", {"typed": 0.0, "typed missing": 0.0, "typed missing why": 0.0}),  # anything could answer
        ("Does the lamp glow?", "The lamp glows.", {"yes or no uncovered": 0.0, "asks yes_no": 1.0}),
        ("Does the lamp hum?", "The lamp glows.", {"yes or no uncovered": 1.0}),
        ("Why does the lamp hum?", "The lamp glows.", {"yes or no uncovered": 0.0, "asks why": 1.0}),
    ],
)
def test_answer(question: str, sentence: str, expected: dict[str, float]) -> None:
    found = of_sentence(question, sentence)
    assert {name: found[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("question", "words", "expected"),
    [
        ("When did Zorblat open?", "1987", 1.0),  # Frobnik stands nearer
        ("When did Frobnik open?", "1987", 0.0),
        ("When did the lamp open?", "1987", 0.0),  # no name is asked about
        ("When did Zorblat open?", "Frobnik", 0.0),  # the name is the answer
    ],
)
def test_a_rival_name_nearer_the_answer(question: str, words: str, expected: float) -> None:
    sentence = "They say Zorblat opened a lamp of Frobnik in 1987."
    start = sentence.index(words)
    found = of_sentence(question, sentence, Short(((start, start + len(words)),), 0.7))
    assert found["rival name nearer"] == expected
    assert found["span"] == 0.7
    assert of_sentence(question, sentence)["rival name nearer"] == 0.0


def test_guards_speak() -> None:
    found = of("When did the Zorblat lamp glow green?")
    spoken = {name for name, value in found.items() if name.startswith("guard ") and value}
    assert spoken == {"guard type_absent"}
    assert {f"guard {guard.__name__}" for guard in GUARDS} <= found.keys()


WORDS = "who when how many Zorblat Quindle lamp did glow green 1987 in Norway not oldest bridge cost what is , a Vrumpel".split()
OF_SPANS = {"no span", *(name for name in of("When did it cost €3 million?") if " span" in name or name.startswith("span "))}
STABLE = {name for name in of("Does it glow green?") if not name.startswith(("asks ", "typed missing "))} - OF_SPANS


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=10))
def test_values_are_finite_and_names_stable(words: list[str]) -> None:
    question = " ".join(words)
    if not WORLD.ranking(question).candidates:
        return
    found = of(question)
    assert all(isinstance(value, float) and math.isfinite(value) for value in found.values())
    assert all(-1.0 <= value <= 2.0 for value in found.values())
    special = found.keys() - STABLE - OF_SPANS
    assert found.keys() >= STABLE
    kind = WORLD.reading(question).type.value
    assert special == {f"asks {kind}", f"typed missing {kind}"}
    assert found == of(question)

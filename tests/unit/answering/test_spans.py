"""Short answers: when the rules decide and when the model does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.answering.lexicon import SYNONYM, Lexicon
from pmbot.answering.said import said_by
from pmbot.answering.short import NO_SHORT, Short
from pmbot.answering.span_model import SpanModel, Weights
from pmbot.answering.spans import anchors_for, short_answer
from tests.fakes_answering import World
from tests.fakes_spans import case_of, ruled, words_of

NONE: Weights = {}
GREEN: Weights = {"": {"length 1": 5.0, "before word in": 20.0, "near": 1.0}}  # sure of any word before "in"
FAINT: Weights = {"": {"near": 0.01}}  # sure of nothing


def short_of(question: str, sentence: str, weights: Weights) -> Short:
    case = case_of(question, sentence)
    return short_answer(case, SpanModel(weights))


def answers(question: str, sentence: str, weights: Weights) -> tuple[str, ...]:
    return words_of(short_of(question, sentence, weights), sentence)


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("When did the lamp open?", "The lamp opened green in 1987.", ("1987",)),
        ("How much did the lamp cost?", "The lamp cost green in all €3 million.", ("€3 million",)),
        ("How many trams came?", "The 12 trams came green in time.", ("12",)),
    ],
)
def test_a_figure_that_stands_alone_needs_no_model(question: str, sentence: str, expected: tuple[str, ...]) -> None:
    assert answers(question, sentence, GREEN) == expected
    assert short_of(question, sentence, GREEN).confidence == 1.0


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("What is Zorblat?", "Zorblat is a forum green in Oslo.", ("a forum green in Oslo",)),
        ("Why did the lamp glow?", "The lamp glowed green in Oslo because it was hot.", ("because it was hot",)),
        ("Which firms came?", "There came green in time firms such as Quindle and Frobnik.", ("Quindle and Frobnik",)),
    ],
)
def test_forms_that_rules_know_better(question: str, sentence: str, expected: tuple[str, ...]) -> None:
    assert answers(question, sentence, GREEN) == expected


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("What did the lamp do?", "The lamp was green in Oslo."),  # no rule
        ("When did the lamp open?", "The lamp opened in 1987 or 1988, green in Oslo."),  # rivals
        ("Where does the lamp stand?", "The lamp of Oslo stands green in time."),  # no phrase of place behind the verb
        ("Why did the lamp glow?", "The lamp glowed green in Oslo after it fell."),  # the reason is doubtful
        ("Which firms came?", "There came green in time Quindle and Frobnik."),  # an enumeration without a cue
    ],
)
def test_the_model_decides_elsewhere(question: str, sentence: str) -> None:
    assert answers(question, sentence, GREEN) == ("green",)
    assert short_of(question, sentence, GREEN).confidence > 0.9


@pytest.mark.parametrize("weights", [NONE, FAINT])
def test_the_rules_decide_where_the_model_is_unsure_or_has_no_weights(weights: Weights) -> None:
    question, sentence = "When did the lamp open?", "The lamp opened in 1987 or 1988."
    assert short_of(question, sentence, weights) == ruled(question, sentence)


def test_an_unsure_model_is_better_than_no_rule() -> None:
    found = short_of("What did the lamp do?", "The lamp was green in Oslo.", FAINT)
    assert len(found.slices) == 1
    assert 0.0 < found.confidence < 0.5


def test_nothing_is_chosen_without_rules_and_weights() -> None:
    assert short_of("What did the lamp do?", "The lamp was green in Oslo.", NONE) == NO_SHORT


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Ana Gil and Otto Berg built the lamp.", ("Ana Gil and Otto Berg",)),
        ("The lamp was built by Ana Gil and Otto Berg.", ("Ana Gil and Otto Berg",)),
        ("Ana Gil, and the Otto Berg built the lamp.", ("Ana Gil, and the Otto Berg",)),
        ("Ana Gil and Norway's Otto Berg built the lamp.", ("Ana Gil", "Otto Berg")),
        ("Ana Gil built the lamp and Otto Berg slept.", ("Ana Gil",)),
        ("Ana Gil built the lamp.", ("Ana Gil",)),
        ("Ana Gil and Norway's lamp makers built it.", ("Ana Gil",)),  # whose they are is nobody
    ],
)
def test_partners_of_whoever_is_chosen(sentence: str, expected: tuple[str, ...]) -> None:
    assert answers("Who built the lamp?", sentence, NONE) == expected
    assert answers("Who built the lamp?", sentence, {"": {"is person": 9.0, "near": 1.0}}) == expected


def test_the_number_of_those_asked_for_names_nobody() -> None:
    assert answers("Which firms have gained?", "Three firms have gained.", {"": {"length 2": 9.0}}) == ()


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("How much did trade grow?", "Trade grew, reaching €130 million.", ()),
        ("How much did trade grow?", "Trade grew by €130 million.", ("€130 million",)),
        ("By how much did trade grow?", "Trade grew by about 130%.", ("130%",)),
        ("How much is trade?", "Trade is growing and is €130 million.", ("€130 million",)),
    ],
)
def test_what_something_came_to_is_not_by_how_much_it_changed(question: str, sentence: str, expected: tuple[str, ...]) -> None:
    assert answers(question, sentence, {}) == expected


def test_only_who_has_partners() -> None:
    weights = {"": {"is place": 9.0, "near": 1.0}}
    assert len(answers("Where does the lamp stand?", "The lamp stands in Norway and Chile.", weights)) == 1


def test_anchors() -> None:
    case = case_of("Which lamp did Ana Gil sell in 1987?", "In 1987 Ana Gil sold the lamp Zorblat; the lamp glows.")
    anchors = anchors_for(case.query, case.candidate, case.matcher)
    words = [token.norm for token in case.candidate.view.tokens]
    assert [words[at] for at in sorted(anchors.weights)] == ["1987", "ana", "gil", "lamp", "lamp"]
    assert anchors.order.keys() == anchors.weights.keys()
    assert [anchors.order[words.index(word)] for word in ("lamp", "1987")] == [0.0, 1.0]
    assert anchors.total == pytest.approx(case.query.total)
    assert anchors.focus == {"lamp"}
    assert anchors.pick == (words.index("zorblat"), words.index("zorblat"))


def test_a_picked_sum_is_told_without_its_sign() -> None:
    case = case_of("How much did the lamp cost?", "The lamp cost €3 million.")
    picked = anchors_for(case.query, case.candidate, case.matcher).pick
    assert picked is not None
    assert [token.text for token in case.candidate.view.tokens[picked[0] : picked[1] + 1]] == ["3", "million"]


QUESTIONS = (
    "When did the lamp open?",
    "Who built the lamp?",
    "Where is the lamp?",
    "Which firms built the lamp?",
    "What is the lamp?",
    "What glows?",
)
PIECES = "Quindle lamp , and the is because in ( ) 1987 €3 million 27% Ana Gil Otto Berg Norway . glows firms such as".split()


@given(st.sampled_from(QUESTIONS), st.lists(st.sampled_from(PIECES), max_size=20), st.sampled_from([NONE, GREEN, FAINT]))
def test_slices_lie_inside_the_sentence_apart_and_are_never_empty(question: str, pieces: list[str], weights: Weights) -> None:
    sentence = " ".join(["Lamp", *pieces])
    short = short_of(question, sentence, weights)
    assert 0.0 <= short.confidence <= 1.0
    assert all(0 <= start < end <= len(sentence) for start, end in short.slices)
    assert all(a[1] <= b[0] for a, b in zip(short.slices, short.slices[1:], strict=False))


@pytest.mark.parametrize(
    ("question", "sentence", "weights"),
    [
        ("Who answers calls?", "They answer calls Monday to Friday.", {"": {"is date": 9.0}}),
        ("Who signed it?", "They signed an MOU.", {"": {"length 1": 9.0, "shape capital capital": 20.0}}),
        ("Where was the paper signed?", "The paper was signed in 1987.", {"": {"is date": 9.0}}),
    ],
)
def test_nobody_is_a_weekday_and_no_place_a_date(question: str, sentence: str, weights: Weights) -> None:
    assert answers(question, sentence, weights) == ()


def test_a_related_word_says_nothing_where_the_word_itself_stands() -> None:
    lexicon = Lexicon([(("budget",), (other,), SYNONYM, "s") for other in ("million", "fund")])
    world = World({"a.txt": "The budget was €3 million | They spent the funds."}, lexicon)
    ranking = world.ranking("What was the budget?")
    said = {c.view.sentence.text: said_by(ranking.query, c, ranking.matcher, 0) for c in ranking.candidates}
    assert said == {"The budget was €3 million": {"budget"}, "They spent the funds.": {"budget", "fund", "million"}}

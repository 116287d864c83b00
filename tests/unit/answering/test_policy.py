"""Decisions: nothing to search for, nothing found, refusals, answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.answering.confidence import BIAS, ConfidenceModel
from pmbot.answering.params import AnsweringParams
from pmbot.answering.policy import Models, Policy, verdict
from pmbot.models import Decision, Status, Verdict
from tests.fakes_answering import World
from tests.fakes_spans import case_of, judged

GLOWS = "The Zorblat lamp glows green."
COST = "It cost €3 million in 1987."
HUMS = "The Quindle bridge hums."
WORLD = World({"a.txt": f"{GLOWS} | {COST} | They say Ana Gil came.", "b.txt": HUMS})


def decide(question: str, world: World = WORLD, sure: float | None = None, **params: float) -> Decision:
    """The decision by formula, or with `sure` as log-odds of every answer."""
    policy = Policy(AnsweringParams.model_validate(params), Models({}, ConfidenceModel({} if sure is None else {BIAS: sure})))
    return policy.decide(*judged(world, question))


def texts(decision: Decision) -> list[str]:
    return [evidence.sentence.text for evidence in decision.evidence]


def highlights(decision: Decision, world: World = WORLD) -> list[str]:
    return [world.corpus.document(doc_id).excerpt(span) for doc_id, span in decision.highlights]


@pytest.mark.parametrize("question", ["", "?", "Who is it?", "the of"])
def test_nothing_to_search_for(question: str) -> None:
    assert decide(question) == Decision(status=Status.NOTHING_TO_SEARCH, confidence=0.0, reason="no_words")


def test_nothing_found() -> None:
    assert decide("Who was Vrumpel’s painter?") == Decision(
        status=Status.NOT_MENTIONED,
        confidence=0.0,
        missing_terms=("Vrumpel", "painter"),
        absent_terms=("Vrumpel", "painter"),
        reason="nothing_found",
    )


def test_nothing_found_is_explained_by_words_that_say_something() -> None:
    assert decide("Which kind of thing was painted?").missing_terms == ("painted",)
    assert decide("Which kind of thing is it?").missing_terms == ("kind", "thing")  # there are no others


def test_a_guard_refuses_with_its_words() -> None:
    found = decide("Who saw the Zorblat lamp glow green in 1812?", sure=9.0)
    assert (found.status, found.reason) == (Status.NOT_MENTIONED, "absent_name")
    assert found.missing_terms == found.absent_terms == ("1812",)
    assert found.highlights == ()
    assert texts(found)[0] == GLOWS
    assert found.confidence <= AnsweringParams().threshold


def test_words_that_stand_elsewhere_are_missing_but_not_absent() -> None:
    found = decide("Does the Quindle bridge hum in 1987?", sure=9.0)
    assert (found.status, found.reason, found.missing_terms, found.absent_terms) == (Status.NOT_ENOUGH, "number_apart", ("1987",), ())


def test_a_guard_may_be_outweighed() -> None:
    question = "When did the Zorblat lamp glow green?"  # no date stands there
    assert decide(question, sure=0.5).reason == "type_absent"
    assert decide(question, sure=9.0).status is Status.ANSWERED


def test_what_stands_beside_a_name_is_sure() -> None:
    world = World({"a.txt": "They slept at the lamp maker Ana Gil.", "b.txt": HUMS})
    found = decide("Who is Ana Gil?", world, sure=-2.0)
    assert (found.status, highlights(found, world)) == (Status.ANSWERED, ["the lamp maker"])
    assert decide("Who saw Ana Gil?", world, sure=-2.0).status is not Status.ANSWERED


def test_unsure_below_the_threshold() -> None:
    below, above = (decide("Does the Zorblat lamp glow green?", sure=sure, threshold=0.5) for sure in (-0.1, 0.1))
    assert (below.status, below.reason, below.missing_terms, below.evidence[:1]) == (Status.NOT_ENOUGH, "unsure", (), above.evidence)
    assert below.confidence == pytest.approx(0.475, abs=0.001)
    assert (above.status, above.reason) == (Status.ANSWERED, None)
    assert above.confidence == pytest.approx(0.525, abs=0.001)


def test_unsure_names_what_occurs_nowhere() -> None:
    found = decide("What does the Zorblat lamp glow, green and red?", sure=-9.0)
    assert (found.status, found.reason, found.missing_terms, found.absent_terms) == (Status.NOT_MENTIONED, "unsure", ("red",), ("red",))


def test_an_answer_with_its_words() -> None:
    found = decide("When did the lamp cost €3 million?")
    assert found.status is Status.ANSWERED
    assert highlights(found) == ["1987"]
    assert found.verdict is None
    assert found.missing_terms == ()


def test_short_answers_below_their_threshold_are_not_shown() -> None:
    world = World({"a.txt": "The lamp opened in 1987 or 1988."})
    assert highlights(decide("When did the lamp open?", world), world) == ["1987"]
    assert decide("When did the lamp open?", world, short_threshold=1.0).highlights == ()


@pytest.mark.parametrize("sentence", ["The lamp glows green.", "The lamp does not glow green."])
def test_there_is_no_verdict_without_every_word(sentence: str) -> None:
    found = decide("Does the lamp glow red?", World({"a.txt": sentence}), sure=9.0)
    assert (found.status, found.reason, found.missing_terms) == (Status.NOT_MENTIONED, "verdict_unproven", ("red",))


@pytest.mark.parametrize("closest", [0, 1, 2])
def test_a_refusal_shows_the_closest(closest: int) -> None:
    assert len(decide("Does the Zorblat lamp cost green?", sure=-9.0, closest=closest).evidence) == closest


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("When did the Zorblat lamp cost €3 million?", [COST, GLOWS]),
        ("How much did it cost?", [COST]),  # the sentence before adds nothing
        ("Does the Zorblat lamp glow?", [GLOWS]),
    ],
)
def test_a_sentence_that_opens_with_a_pronoun_cites_the_one_before(question: str, expected: list[str]) -> None:
    assert texts(decide(question, sure=9.0)) == expected


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("Does the lamp glow green?", "The lamp glows green.", "yes"),
        ("Does the lamp glow green?", "The lamp does not glow green.", "no"),
        ("Can you glow green?", "Nobody can glow green.", "no"),
        ("Does the lamp not glow green?", "The lamp glows green.", "no"),
        ("Does the lamp not glow green?", "The lamp does not glow green.", "yes"),
        ("Does that kind of lamp glow?", "The lamp glows.", "yes"),  # what says nothing may be missing
    ],
)
def test_verdict(question: str, sentence: str, expected: Verdict | None) -> None:
    assert verdict(case_of(question, sentence)) == expected
    found = decide(question, World({"a.txt": sentence}), sure=9.0)
    assert (found.status, found.verdict) == (Status.ANSWERED, expected)


@pytest.mark.parametrize(
    "sentence",
    [
        "The lamp may glow green, but not before May.",
        "The lamp may not glow green unless it rains.",
        "That lamp may glow green, which is prohibited.",
    ],
)
def test_what_is_restricted_brings_no_verdict(sentence: str) -> None:
    found = decide("May the lamp glow green?", World({"a.txt": sentence}), sure=9.0)
    assert (found.status, found.verdict) == (Status.ANSWERED, None)


def test_a_verb_that_says_little_is_missed_all_the_same() -> None:
    found = decide("Can I take the lamp with water?", World({"a.txt": "The lamp and water should meet."}), sure=9.0)
    assert found.verdict is None


def test_words_of_the_sentence_before_bring_no_verdict() -> None:
    assert decide("Did the Zorblat lamp cost €3 million?", sure=9.0).verdict is None


def test_only_yes_no_questions_have_a_verdict() -> None:
    assert decide("Which Zorblat lamp glows green?", sure=9.0).verdict is None


AGGREGATED = World({
    "a.txt": "The lamp came in 1987.\n\nTrams passed in 1988.\n\nIn 1987 the lamp glowed, hummed and fell.",
    "b.txt": "Sales rose in 1987.\n\nThe Quindle hums in 1988.",
})  # fmt: skip


def test_aggregation_tells_all_in_document_order() -> None:
    found = decide("What happened in 1987?", AGGREGATED)
    assert found.status is Status.ANSWERED
    assert texts(found) == ["The lamp came in 1987.", "In 1987 the lamp glowed, hummed and fell.", "Sales rose in 1987."]
    assert found.highlights == ()


def test_aggregation_tells_as_many_as_may_be_cited() -> None:
    found = decide("What happened in 1987?", AGGREGATED, max_citations=2)
    assert len(found.evidence) == 2
    places = [(e.sentence.doc_id, e.sentence.index) for e in found.evidence]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("question", "status", "reason", "missing"),
    [
        ("What happened in 1987 and 1812?", Status.NOT_MENTIONED, "absent_name", ("1812",)),
        ("What happened at Quindle in 1987?", Status.NOT_ENOUGH, "name_apart", ("Quindle", "1987")),
    ],
)
def test_aggregation_refuses(question: str, status: Status, reason: str, missing: tuple[str, ...]) -> None:
    found = decide(question, AGGREGATED, sure=9.0)
    assert (found.status, found.reason, found.missing_terms) == (status, reason, missing)


WORDS = "who when how many does Zorblat Quindle lamp glow green 1987 1812 in Norway not cost what happened is kind".split()


@given(st.lists(st.sampled_from(WORDS), max_size=9), st.sampled_from([None, -9.0, 0.0, 9.0]))
def test_every_decision_holds_together(words: list[str], sure: float | None) -> None:
    found = decide(" ".join(words), sure=sure)
    answered = found.status is Status.ANSWERED
    assert answered == (found.reason is None)
    assert not answered or found.evidence
    assert answered or not (found.highlights or found.verdict)
    assert set(found.absent_terms) <= set(found.missing_terms)
    best = found.evidence[0].sentence if found.evidence else None
    for doc_id, span in found.highlights:
        assert best is not None
        assert doc_id == best.doc_id
        assert best.span.contains(span)
        assert span.start < span.end
    assert found == decide(" ".join(words), sure=sure)

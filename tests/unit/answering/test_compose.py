"""Decisions become answers: quotes are sliced, markers numbered, texts filled in."""

from __future__ import annotations

import pytest

from pmbot.answering.compose import Composer, Part, nothing_to_search
from pmbot.models import Answer, Decision, Evidence, Question, QuestionType, Reading, Span, Status
from tests.fakes_answering import TEMPLATES, corpus_of

CORPUS = corpus_of({
    "a.txt": "The Zorblat lamp glows. | It cost €3 million.",
    "b.txt": "Ana Gil built it.",
    "c.txt": "It glows about four hours.",
})  # fmt: skip
QUESTION = Question(text="What glows?")


def evidence(doc_id: str, index: int) -> Evidence:
    return Evidence(sentence=CORPUS.sentences[doc_id][index], score=1.0)


def place(doc_id: str, words: str) -> tuple[str, Span]:
    start = CORPUS.document(doc_id).text.index(words)
    return doc_id, Span(start=start, end=start + len(words))


def part(decision: Decision, text: str = "What glows?", notes: tuple[str, ...] = ()) -> Part:
    return Part(Reading(text=text, type=QuestionType.WHAT, notes=notes), decision)


def found(*of: Evidence, short: tuple[tuple[str, Span], ...] = (), sure: float = 0.9, verdict: str | None = None) -> Decision:
    return Decision(status=Status.ANSWERED, evidence=of, highlights=short, confidence=sure, verdict=verdict)  # type: ignore[arg-type]


def refusing(*of: Evidence, reason: str = "absent_name", missing: tuple[str, ...] = ("Vrumpel",)) -> Decision:
    return Decision(status=Status.NOT_MENTIONED, evidence=of, confidence=0.1, reason=reason, missing_terms=missing)


def compose(*parts: Part, notes: tuple[str, ...] = ()) -> Answer:
    return Composer(TEMPLATES, CORPUS, "sig", lambda: ("Who?",)).answer(QUESTION, parts, notes)


def test_a_short_answer_is_sliced_and_cited() -> None:
    answer = compose(
        part(found(evidence("a.txt", 0), short=(place("a.txt", "Zorblat"), place("a.txt", "lamp"))), notes=("a note",)), notes=("first",)
    )
    assert answer.text == "Zorblat, lamp [1]"
    assert answer.short_answer == "Zorblat, lamp"
    assert [c.quote for c in answer.citations] == ["The Zorblat lamp glows."]
    assert (answer.status, answer.confidence, answer.notes, answer.signature) == (Status.ANSWERED, 0.9, ("first", "a note"), "sig")
    assert (answer.closest, answer.missing_terms, answer.reason) == ((), (), None)


def test_markers_count_the_sentences_and_highlights_carry_that_of_theirs() -> None:
    answer = compose(part(found(evidence("b.txt", 0), evidence("a.txt", 1), short=(place("a.txt", "€3 million"),))))
    assert [(c.marker, c.doc_id) for c in answer.citations] == [(1, "b.txt"), (2, "a.txt")]
    assert [h.marker for h in answer.highlights] == [2]
    assert answer.text == "€3 million [1][2]"


def test_a_figure_is_shown_with_its_hedge() -> None:
    answer = compose(part(found(evidence("c.txt", 0), short=(place("c.txt", "four hours"),))))
    assert (answer.text, answer.short_answer) == ("about four hours [1]", "four hours")


def test_quotes_alone() -> None:
    assert compose(part(found(evidence("a.txt", 0)))).text == "The documents say: [1]"


def test_a_verdict() -> None:
    answer = compose(part(found(evidence("a.txt", 0), verdict="no")))
    assert (answer.text, answer.verdict) == ("No: [1]", "no")


def test_a_sentence_is_cited_once_by_two_parts() -> None:
    answer = compose(
        part(found(evidence("a.txt", 0), evidence("b.txt", 0), sure=0.9, verdict="yes")),
        part(found(evidence("a.txt", 1), evidence("a.txt", 0), sure=0.6)),
    )
    assert [(c.marker, c.quote[:7]) for c in answer.citations] == [(1, "The Zor"), (2, "Ana Gil"), (3, "It cost")]
    assert answer.text == "Yes: [1][2]\nThe documents say: [1][3]"
    assert answer.confidence == 0.6
    assert answer.verdict is None  # of which question?


def test_parts_that_are_not_answered_are_named() -> None:
    answer = compose(part(refusing(evidence("a.txt", 0)), "Who is Vrumpel?"), part(found(evidence("b.txt", 0)), notes=("n", "n")))
    assert answer.answered
    assert answer.text == "Not answered: Who is Vrumpel? Never mentioned: “Vrumpel”.\nThe documents say: [1]"
    assert answer.missing_terms == ("Vrumpel",)
    assert [c.quote for c in answer.citations] == ["Ana Gil built it."]
    assert answer.closest == ()
    assert answer.notes == ("n",)


def test_a_refusal_has_closest_passages_and_a_reason() -> None:
    answer = compose(part(refusing(evidence("a.txt", 1), evidence("b.txt", 0))))
    assert (answer.status, answer.reason, answer.confidence) == (Status.NOT_MENTIONED, "absent_name", 0.1)
    assert [(c.marker, c.quote) for c in answer.closest] == [(1, "It cost €3 million."), (2, "Ana Gil built it.")]
    assert (answer.citations, answer.missing_terms, answer.text) == ((), ("Vrumpel",), "Never mentioned: “Vrumpel”.")


def test_two_refusals_say_the_same_once() -> None:
    answer = compose(part(refusing()), part(refusing(evidence("a.txt", 0))))
    assert answer.text == "Never mentioned: “Vrumpel”."
    assert answer.missing_terms == ("Vrumpel",)
    other = compose(part(refusing()), part(refusing(reason="unsure", missing=("lamp",))))
    assert other.text == "Never mentioned: “Vrumpel”.\nUnsure about “lamp”."
    assert other.missing_terms == ("Vrumpel", "lamp")


@pytest.mark.parametrize(("reason", "text"), [("small_talk_greeting", "Hello!   Who?"), ("no_words", "Nothing to search for:\n  Who?")])
def test_nothing_to_search_shows_examples_and_no_passages(reason: str, text: str) -> None:
    alone = nothing_to_search(QUESTION.text, reason)
    answer = compose(alone)
    assert (alone.reading.type, alone.reading.text) == (QuestionType.SMALL_TALK, "What glows?")
    assert (answer.status, answer.text, answer.closest, answer.reason) == (Status.NOTHING_TO_SEARCH, text, (), reason)


def test_examples_are_made_only_when_they_are_shown() -> None:
    def never() -> tuple[str, ...]:
        raise AssertionError("nobody asked for examples")

    Composer(TEMPLATES, CORPUS, "sig", never).answer(QUESTION, [part(refusing())])


def test_figures_that_contradict_each_other_stand_with_their_own_markers() -> None:
    short = (place("a.txt", "€3 million"), place("b.txt", "Ana Gil"))
    decision = found(evidence("a.txt", 1), evidence("a.txt", 0), evidence("b.txt", 0), short=short)
    answer = compose(part(decision.model_copy(update={"contradicted": True})))
    assert answer.text == "Not one figure: €3 million [1] and Ana Gil [3]"
    assert answer.short_answer == "€3 million, Ana Gil"
    assert answer.answered

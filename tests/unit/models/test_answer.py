"""Answers that refuse to exist, and quotes that prove themselves."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from pmbot.errors import ProofError
from pmbot.models import Answer, Changes, Citation, Decision, Document, Question, Span, Status
from tests.fakes_answering import written

DOCUMENT, SENTENCES = written("a.txt", "# Lamps\n\nThe Zorblat lamp glows. | It cost €3 million.")
TEXT = DOCUMENT.text


def quote(words: str, marker: int = 1, document: Document = DOCUMENT) -> Citation:
    start = document.text.index(words)
    return Citation.quoting(document, Span(start=start, end=start + len(words)), marker)


def answer(**fields: Any) -> Answer:
    given_ = {"question": Question(text="?"), "status": Status.NOT_ENOUGH, "confidence": 0.5, "text": "x", "signature": "s"} | fields
    return Answer(**given_)


WHOLE = quote("The Zorblat lamp glows.")


def test_a_quote_is_sliced_and_located() -> None:
    citation = quote("It cost €3 million.", marker=2)
    assert TEXT[citation.span.start : citation.span.end] == citation.quote
    assert (citation.marker, citation.doc_id, citation.title, citation.source) == (2, "a.txt", "a.txt", "a.txt")
    assert (citation.locator.line, citation.locator.heading_path) == (3, ("Lamps",))


@given(st.data())
def test_every_quote_proves_itself(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(TEXT) - 1))
    end = data.draw(st.integers(start + 1, len(TEXT)))
    citation = Citation.quoting(DOCUMENT, Span(start=start, end=end), 1)
    assert citation.quote == TEXT[start:end]
    citation.prove(DOCUMENT)


@pytest.mark.parametrize(("start", "end"), [(3, 3), (0, 1000)])
def test_nothing_and_what_reaches_past_the_text_cannot_be_quoted(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=r"at least 1 character|reaches past the text"):
        Citation.quoting(DOCUMENT, Span(start=start, end=end), 1)


def test_markers_count_from_one() -> None:
    with pytest.raises(ValidationError, match="greater than or equal to 1"):
        quote("lamp", marker=0)


@pytest.mark.parametrize(
    "changes", [{"text": TEXT.replace("Zorblat", "Vrumpel")}, {"text": "x" + TEXT}, {"text": TEXT[:12]}, {"doc_id": "b.txt"}]
)
def test_a_quote_that_does_not_stand_there_is_no_proof(changes: dict[str, str]) -> None:
    with pytest.raises(ProofError, match=r"a\.txt: the quote at 7\.\.30 is not in the document; nothing was shown"):
        WHOLE.prove(DOCUMENT.model_copy(update=changes))


def test_a_quote_that_was_typed_is_no_proof() -> None:
    with pytest.raises(ProofError):
        WHOLE.model_copy(update={"quote": "The Zorblat lamp grows."}).prove(DOCUMENT)


def test_an_answer_has_citations() -> None:
    assert answer(status=Status.ANSWERED, citations=(WHOLE,)).answered
    with pytest.raises(ValidationError, match="an answer has citations, and only an answer has them"):
        answer(status=Status.ANSWERED)


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.ANSWERED])
def test_only_an_answer_has_citations(status: Status) -> None:
    assert not answer(status=status, closest=(WHOLE,)).answered
    with pytest.raises(ValidationError, match="an answer has citations, and only an answer has them"):
        answer(status=status, citations=(WHOLE,))
    with pytest.raises(ValidationError, match="a highlight stands outside every citation"):
        answer(status=status, closest=(WHOLE,), highlights=(quote("Zorblat"),))


def test_an_answer_has_no_closest_passages() -> None:
    with pytest.raises(ValidationError, match="only an abstention has closest passages"):
        answer(status=Status.ANSWERED, citations=(WHOLE,), closest=(WHOLE,))


def test_a_highlight_stands_in_a_citation_of_its_document() -> None:
    assert answer(status=Status.ANSWERED, citations=(WHOLE,), highlights=(quote("Zorblat"),)).short_answer == "Zorblat"
    other = written("b.txt", "# Lamps\n\nThe Zorblat lamp glows.")[0]
    for outside in (quote("million"), quote("glows. It"), quote("Zorblat", document=other)):
        with pytest.raises(ValidationError, match="a highlight stands outside every citation"):
            answer(status=Status.ANSWERED, citations=(WHOLE,), highlights=(outside,))


def test_the_short_answer_is_the_highlights_joined() -> None:
    assert answer().short_answer is None
    both = answer(status=Status.ANSWERED, citations=(WHOLE,), highlights=(quote("lamp"), quote("Zorblat")))
    assert both.short_answer == "lamp, Zorblat"


@pytest.mark.parametrize("confidence", [-0.1, 1.1, float("nan")])
def test_confidence_lies_between_nought_and_one(confidence: float) -> None:
    with pytest.raises(ValidationError, match="confidence"):
        answer(confidence=confidence)
    with pytest.raises(ValidationError, match="confidence"):
        Decision(status=Status.NOT_ENOUGH, confidence=confidence)


def test_a_verdict_is_yes_or_no() -> None:
    with pytest.raises(ValidationError, match="verdict"):
        answer(verdict="maybe")


QUESTIONS = st.builds(
    Question, text=st.text(max_size=5), history=st.lists(st.text(max_size=3), max_size=2).map(tuple), doc_id=st.sampled_from([None, "a"])
)


@given(QUESTIONS, st.sampled_from(["s", "t"]))
def test_the_id_hangs_on_question_and_signature_alone(question: Question, signature: str) -> None:
    one = answer(question=question, signature=signature)
    assert one.answer_id == answer(question=question, signature=signature, text="y", confidence=0.1).answer_id
    assert len(one.answer_id) == 12
    assert one.answer_id != answer(question=question, signature=signature + "!").answer_id
    assert one.answer_id != answer(question=question.model_copy(update={"doc_id": "b"}), signature=signature).answer_id
    assert one.answer_id != answer(question=question.model_copy(update={"text": question.text + "!"}), signature=signature).answer_id


def test_a_question_with_half_a_character_has_an_id() -> None:
    assert len(answer(question=Question(text="\ud800")).answer_id) == 12


def test_changes_are_true_when_there_are_any() -> None:
    assert not Changes()
    assert Changes(added=("a",))
    assert Changes(changed=("a",))
    assert Changes(removed=("a",))

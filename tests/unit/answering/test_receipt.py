"""The proof of an answer."""

from __future__ import annotations

import hashlib

import pytest

from pmbot.answering.receipt import citations_of, prove, receipt
from pmbot.errors import CorpusError, ProofError
from pmbot.models import Answer, Citation, Question, Span, Status
from tests.fakes_answering import corpus_of

CORPUS = corpus_of({"a.txt": "The Zorblat lamp glows. | It cost €3 million."})
OTHER = corpus_of({"a.txt": "The Zorblat lamp hums. | It cost €3 million."})


def quote(start: int, end: int) -> Citation:
    return Citation.quoting(CORPUS.document("a.txt"), Span(start=start, end=end), 1)


ANSWERED = Answer(
    question=Question(text="?"),
    status=Status.ANSWERED,
    citations=(quote(0, 23),),
    highlights=(quote(4, 11),),
    confidence=1.0,
    text="Zorblat [1]",
    signature="sig",
)
REFUSED = Answer(
    question=Question(text="?"), status=Status.NOT_ENOUGH, closest=(quote(0, 23),), confidence=0.0, text="No.", signature="sig"
)


def test_everything_quoted_is_proven() -> None:
    assert [c.quote for c in citations_of(ANSWERED)] == ["The Zorblat lamp glows.", "Zorblat"]
    assert [c.quote for c in citations_of(REFUSED)] == ["The Zorblat lamp glows."]
    prove(ANSWERED, CORPUS.document)
    prove(REFUSED, CORPUS.document)


@pytest.mark.parametrize("answer", [ANSWERED, REFUSED])
def test_a_quote_of_another_text_is_no_proof(answer: Answer) -> None:
    with pytest.raises(ProofError, match=r"a\.txt: the quote at 0\.\.23 is not in the document"):
        prove(answer, OTHER.document)
    with pytest.raises(ProofError):
        receipt(answer, OTHER.document)


def test_a_document_that_is_gone_is_no_proof() -> None:
    with pytest.raises(CorpusError, match=r"no document 'a\.txt'"):
        prove(ANSWERED, corpus_of({"b.txt": "Nothing."}).document)


def test_a_receipt_can_be_checked_by_anybody() -> None:
    made = receipt(ANSWERED, CORPUS.document)
    text = CORPUS.document("a.txt").text
    assert (made.answer_id, made.signature) == (ANSWERED.answer_id, "sig")
    assert (made.question, made.status) == ("?", Status.ANSWERED)
    assert [(entry.role, entry.quote) for entry in made.entries] == [("citation", "The Zorblat lamp glows."), ("highlight", "Zorblat")]
    assert [entry.role for entry in receipt(REFUSED, CORPUS.document).entries] == ["closest"]
    for entry in made.entries:
        assert entry.text_sha256 == hashlib.sha256(text.encode()).hexdigest()
        assert entry.quote_sha256 == hashlib.sha256(entry.quote.encode()).hexdigest()
        assert text[entry.start : entry.end] == entry.quote
        assert (entry.source, entry.locator) == ("a.txt", CORPUS.document("a.txt").locate(Span(start=entry.start, end=entry.end)))


def test_the_receipt_of_an_answer_without_quotes_is_empty() -> None:
    bare = Answer(question=Question(text="hi"), status=Status.NOTHING_TO_SEARCH, confidence=0.0, text="Hello.", signature="sig")
    assert receipt(bare, CORPUS.document).entries == ()

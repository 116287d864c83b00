"""A receipt held against the documents of today."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pmbot.answering.receipt import receipt
from pmbot.answering.verification import Outcome, verify
from pmbot.models import Document, Receipt
from tests.fakes_api import TRADE, VISIT, FakeKnowledge, make_document

KNOWLEDGE = FakeKnowledge()
TEXT = KNOWLEDGE.document("pmnet.txt").text


def receipt_of(question: str) -> Receipt:
    return receipt(KNOWLEDGE.ask(question), KNOWLEDGE.document)


def outcomes(text: str, question: str = "trade?", doc_id: str = "pmnet.txt") -> list[str]:
    return [finding.outcome.value for finding in verify(receipt_of(question), {doc_id: make_document(doc_id, text)}).findings]


EDITS: dict[str, tuple[Callable[[str], str], list[str]]] = {
    "nothing": (lambda text: text, ["exact", "exact"]),
    "after it": (lambda text: text + "\nMore.", ["exact", "exact"]),
    "a line before it": (lambda text: "New.\n" + text, ["moved", "moved"]),
    "further down": (lambda text: f"{VISIT}\n{TRADE}", ["moved", "moved"]),
    "line breaks": (lambda text: text.replace(" ", "\n"), ["moved", "exact"]),
    "a figure": (lambda text: text.replace("130", "131"), ["altered", "altered"]),
    "other words": (lambda text: text.replace("increasing fivefold", "growing a lot"), ["altered", "moved"]),
    "the figure is out": (lambda text: text.replace(", reaching €130 million in 2023", ""), ["altered", "gone"]),
    "the sentence is out": (lambda text: VISIT, ["gone", "gone"]),
    "everything is out": (lambda text: "", ["gone", "gone"]),
}


@pytest.mark.parametrize("name", EDITS)
def test_what_became_of_the_quotes(name: str) -> None:
    edit, wanted = EDITS[name]
    found = outcomes(edit(TEXT))
    if name == "line breaks":  # the highlight stands at its offsets still, but inside a quote that does not: both words are right
        assert found[0] == "moved"
        assert found[1] in {"moved", "exact"}
    else:
        assert found == wanted


def test_an_answer_is_sound_while_its_words_stand() -> None:
    made = receipt_of("trade?")
    assert verify(made, {"pmnet.txt": make_document("pmnet.txt", "New.\n" + TEXT)}).sound
    assert not verify(made, {"pmnet.txt": make_document("pmnet.txt", TEXT.replace("130", "131"))}).sound
    assert verify(receipt_of("hi"), {}).sound


def test_closest_passages_are_checked_too() -> None:
    assert outcomes(TEXT, "France?") == ["exact"]
    assert outcomes(TEXT.replace("official", "state"), "France?") == ["altered"]


def test_findings_say_where_and_what() -> None:
    document = make_document("pmnet.txt", "New.\n" + TEXT.replace("130", "131"))
    quote, short = verify(receipt_of("trade?"), {"pmnet.txt": document}).findings
    assert quote.span is not None
    assert short.span is not None
    assert document.excerpt(quote.span) == quote.text == TRADE.replace("130", "131")
    assert document.excerpt(short.span) == short.text == "€131 million"
    assert quote.locator is not None
    assert quote.locator.line == 2
    assert [(change.kind, change.text) for change in short.changes] == [
        ("kept", "€"),
        ("removed", "130 "),
        ("added", "131 "),
        ("kept", "million"),
    ]


def test_a_renamed_document_is_found_by_its_words() -> None:
    quote, short = verify(receipt_of("trade?"), {"new.txt": make_document("new.txt", "x\n" + TEXT)}).findings
    assert (quote.outcome, quote.doc_id, quote.note) == (Outcome.MOVED, "new.txt", "there is no document pmnet.txt any more")
    assert (short.outcome, short.doc_id, short.text) == (Outcome.MOVED, "new.txt", "€130 million")


def test_without_its_document_an_edited_quote_is_gone() -> None:
    assert outcomes(TEXT.replace("130", "131"), doc_id="new.txt") == ["gone", "gone"]


def test_the_nearest_of_several_places_is_taken() -> None:
    text = f"{TRADE}\n" + "x\n" * 50 + f"y{VISIT}\n{TRADE}"
    late = receipt_of("trade?").entries[0].model_copy(update={"start": len(text) - len(TRADE) - 3, "end": len(text) - 3})
    made = receipt_of("trade?").model_copy(update={"entries": (late,)})
    (found,) = verify(made, {"pmnet.txt": make_document("pmnet.txt", text)}).findings
    assert found.outcome is Outcome.MOVED
    assert found.span is not None
    assert found.span.start > 100


def test_a_number_is_not_found_inside_a_longer_one() -> None:
    entry = receipt_of("trade?").entries[0].model_copy(update={"quote": "13", "start": 500, "end": 502})
    made = receipt_of("trade?").model_copy(update={"entries": (entry,)})
    (found,) = verify(made, {"pmnet.txt": make_document("pmnet.txt", "It cost 130 euros.")}).findings
    assert found.outcome is Outcome.GONE


def test_a_highlight_without_its_quote_is_looked_for_alone() -> None:
    made = receipt_of("trade?")
    alone = made.model_copy(update={"entries": made.entries[1:]})
    document: Document = make_document("pmnet.txt", "New.\n" + TEXT)
    (found,) = verify(alone, {"pmnet.txt": document}).findings
    assert (found.outcome, found.text) == (Outcome.MOVED, "€130 million")

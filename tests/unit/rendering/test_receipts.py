"""Receipts as pages and as records."""

from __future__ import annotations

import hashlib
import json

import pytest
from pydantic import ValidationError
from syrupy.assertion import SnapshotAssertion

from pmbot.answering.receipt import receipt
from pmbot.answering.verification import verify
from pmbot.models import Receipt
from pmbot.rendering import plain, terminal
from pmbot.rendering.receipts import ReceiptRecord, VerificationRecord, receipt_page, total, verification_page
from tests.fakes_api import HOSTILE, VISIT, FakeKnowledge, make_document

KNOWLEDGE = FakeKnowledge()
QUESTIONS = ["trade?", "sale?", "France?", "hi"]


def receipt_of(question: str) -> Receipt:
    return receipt(KNOWLEDGE.ask(question), KNOWLEDGE.document)


@pytest.mark.parametrize("question", QUESTIONS)
def test_for_reading(question: str, snapshot: SnapshotAssertion) -> None:
    shown = plain.render(receipt_page(receipt_of(question)), 100)
    assert shown == snapshot
    assert not set(shown) & {"\x1b", "\x9b", "\u202e"}


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_record_comes_back_as_the_same_receipt(question: str) -> None:
    made = receipt_of(question)
    text = ReceiptRecord.of(made).json_text(indent=2)
    assert json.loads(text)["schema"] == "pmbot.receipt/1"
    assert "\x1b" not in text
    assert ReceiptRecord.model_validate_json(text).receipt() == made


def test_anybody_can_check_it_with_the_documents_alone() -> None:
    record = json.loads(ReceiptRecord.of(receipt_of("sale?")).json_text())
    for entry in record["entries"]:
        text = KNOWLEDGE.document(entry["doc_id"]).text
        assert text[entry["start"] : entry["end"]] == entry["quote"]
        assert hashlib.sha256(text.encode()).hexdigest() == entry["text_sha256"]
        assert hashlib.sha256(entry["quote"].encode()).hexdigest() == entry["quote_sha256"]


@pytest.mark.parametrize("change", [{"quote": "€999 million"}, {"quote_sha256": "0" * 64}, {"end": 3}])
def test_a_receipt_that_was_changed_is_noticed(change: dict[str, object]) -> None:
    record = json.loads(ReceiptRecord.of(receipt_of("trade?")).json_text())
    record["entries"][1].update(change)
    with pytest.raises(ValueError, match="entry 2 was changed"):
        ReceiptRecord.model_validate_json(json.dumps(record)).receipt()


def test_a_record_without_its_schema_is_none() -> None:
    record = json.loads(ReceiptRecord.of(receipt_of("trade?")).json_text())
    del record["schema"]
    with pytest.raises(ValidationError, match="schema"):
        ReceiptRecord.model_validate_json(json.dumps(record))


TODAY = {
    "exact": KNOWLEDGE.document("pmnet.txt").text,
    "moved": "New.\n" + KNOWLEDGE.document("pmnet.txt").text,
    "moved in its line": "New. " + KNOWLEDGE.document("pmnet.txt").text,
    "altered": KNOWLEDGE.document("pmnet.txt").text.replace("€130 million in 2023", "€150 million in 2023 alone").replace("With", "As"),
    "gone": VISIT,
}


@pytest.mark.parametrize("name", TODAY)
@pytest.mark.parametrize("question", ["trade?", "France?"])
def test_what_became_of_it(name: str, question: str, snapshot: SnapshotAssertion) -> None:
    done = verify(receipt_of(question), {"pmnet.txt": make_document("pmnet.txt", TODAY[name])})
    assert plain.render(verification_page(done, "trade.json"), 100) + total([done]) == snapshot


def test_hostile_text_is_harmless() -> None:
    edited = make_document("notes/hostile.md", HOSTILE.replace("sale", "sale\x1b[2J"))
    done = verify(receipt_of("sale?"), {"notes/hostile.md": edited})
    shown = terminal.render(verification_page(done, "\x1b[2Jname"))
    assert "\x1b[2J" not in shown
    assert "␛[2J" in shown
    assert "\x1b" not in VerificationRecord.of(done, "n", "sig").json_text()


def test_the_record_of_a_check() -> None:
    done = verify(receipt_of("trade?"), {"pmnet.txt": make_document("pmnet.txt", TODAY["altered"])})
    record = json.loads(VerificationRecord.of(done, "trade.json", "now").json_text())
    assert (record["schema"], record["name"], record["sound"], record["signature_now"]) == (
        "pmbot.verification/1",
        "trade.json",
        False,
        "now",
    )
    assert [finding["outcome"] for finding in record["findings"]] == ["altered", "altered"]
    first = record["findings"][0]
    assert TODAY["altered"][first["start"] : first["end"]] == first["text"]
    gone = verify(receipt_of("trade?"), {})
    assert json.loads(VerificationRecord.of(gone, "x", "now").json_text())["findings"][0]["start"] is None


def test_totals() -> None:
    done = verify(receipt_of("trade?"), {"pmnet.txt": make_document("pmnet.txt", TODAY["exact"])})
    assert total([done]) == "2 quotes: 2 exact"
    assert total([]) == "0 quotes"

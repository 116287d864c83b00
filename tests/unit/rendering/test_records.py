"""The JSON records say what DESIGN says, in that order."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from pmbot.errors import ConfigError
from pmbot.rendering.listing import DocumentsRecord
from pmbot.rendering.records import AnswerRecord, ErrorRecord, TraceRecord
from pmbot.rendering.sanitize import visible
from tests.fakes_api import FakeKnowledge

FIELDS = (
    "schema id question status answered short_answer highlights verdict confidence"
    " text reason missing_terms closest citations notes signature"
)


@pytest.mark.parametrize("question", ["trade?", "France?", "weather?", "sale?", "hi"])
def test_answer(question: str, snapshot: SnapshotAssertion) -> None:
    knowledge = FakeKnowledge()
    answer = knowledge.ask(question)
    record = json.loads(AnswerRecord.of(answer).json_text())
    assert list(record) == FIELDS.split()
    assert record["schema"] == "pmbot.answer/1"
    assert record["id"] == answer.answer_id
    assert record == snapshot
    for citation in (*record["citations"], *record["highlights"], *record["closest"]):
        assert knowledge.document(citation["doc_id"]).text[citation["start"] : citation["end"]] == citation["quote"]


def test_the_given_id_comes_back() -> None:
    answer = FakeKnowledge().ask("trade?")
    assert AnswerRecord.of(answer, 0).id == 0
    assert AnswerRecord.of(answer, "").id == ""


def test_trace(snapshot: SnapshotAssertion) -> None:
    record = json.loads(TraceRecord.of(FakeKnowledge().trace("trade?", history=("Before?",)), "q1").json_text())
    assert record == snapshot
    assert record["schema"] == "pmbot.trace/1"
    assert record["id"] == record["answer"]["id"] == "q1"


def test_error() -> None:
    record = ErrorRecord.of(ConfigError("a.yaml:3: no"), 7)
    assert json.loads(record.json_text()) == {
        "schema": "pmbot.error/1",
        "id": 7,
        "error": {"type": "ConfigError", "message": "a.yaml:3: no"},
    }


@given(st.text(st.characters() | st.sampled_from("\x1b\x9b\u202e\ud800"), max_size=30))
def test_any_text_survives_as_harmless_json(text: str) -> None:
    encoded = ErrorRecord.of(ConfigError(text), text).json_text()
    assert "\n" not in encoded
    assert visible(encoded) == encoded
    message = json.loads(encoded)["error"]["message"]
    # JSON cannot tell two lone surrogates side by side from the character they make together.
    assert message == text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


def test_records_read_back() -> None:
    record = TraceRecord.of(FakeKnowledge().trace("sale?"))
    assert TraceRecord.model_validate_json(record.json_text()) == record


def test_documents() -> None:
    knowledge = FakeKnowledge()
    record = DocumentsRecord.of(knowledge.documents, [("x.pdf", "no", "refused")], "sig")
    assert [d.doc_id for d in record.documents] == ["notes/hostile.md", "pmnet.txt"]
    assert record.documents[0].text is None
    assert record.skipped[0].reason == "no"
    assert DocumentsRecord.of(knowledge.documents, [], "sig", with_text=True).documents[1].text == knowledge.documents[1].text

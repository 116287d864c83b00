from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from pmbot.errors import CorpusError
from pmbot.models import (
    Answer,
    Block,
    Citation,
    Decision,
    Document,
    Evidence,
    Locator,
    Question,
    QuestionType,
    Reading,
    Sentence,
    Span,
    Status,
    Trace,
)

ROOT = Path(__file__).resolve().parents[2]
TEXT = "It was red. It was blue."
SPANS = (Span(start=0, end=11), Span(start=12, end=24))
DOCUMENT = Document(
    doc_id="d.txt", title="D", text=TEXT, source="d.txt",
    blocks=(Block(span=Span(start=0, end=24), kind="paragraph", locator=Locator(line=1)),),
)  # fmt: skip


class Fake:
    """Knows two sentences; answers by the second one when asked for blue, with the history as its text."""

    def trace(self, text: str, *, history: tuple[str, ...] = ()) -> Trace:
        question = Question(text=text, history=history)
        status = Status.ANSWERED if "blue" in text else Status.NOT_ENOUGH
        cited = (Citation.quoting(DOCUMENT, SPANS[1], 1),) if status is Status.ANSWERED else ()
        lit = (Citation.quoting(DOCUMENT, Span(start=19, end=23), 1),) if cited else ()
        answer = Answer(
            question=question, status=status, citations=cited, highlights=lit, confidence=0.25, text="-".join(history), signature="s",
        )  # fmt: skip
        found = (Sentence(doc_id="d.txt", index=n, block=0, span=span, text=DOCUMENT.excerpt(span)) for n, span in enumerate(SPANS))
        return Trace(
            question=question,
            reading=Reading(text=text, type=QuestionType.WHAT),
            evidence=tuple(Evidence(sentence=sentence, score=1.0) for sentence in found),
            decision=Decision(status=status, confidence=0.25),
            answer=answer,
        )


@pytest.fixture(scope="module")
def adapter() -> ModuleType:
    spec = importlib.util.spec_from_file_location("qa_adapter", ROOT / "scripts" / "qa_adapter.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def load(doc: str) -> Fake:
    if doc != "d.txt":
        raise CorpusError(f"{doc}: there is no such file")
    return Fake()


def replies(adapter: ModuleType, *lines: object, abstain: bool = True) -> list[dict[str, Any]]:
    written = [line if isinstance(line, str | bytes) else json.dumps(line) for line in lines]
    return list(adapter.replies(written, load, abstain=abstain))


def task(question: str, **more: object) -> dict[str, object]:
    return {"id": "q", "doc": "d.txt", "question": question, **more}


def test_an_answer(adapter: ModuleType) -> None:
    assert replies(adapter, task("what was blue?", history=["one"])) == [
        {"id": "q", "answered": True, "short_answer": "blue", "sentences": ["It was blue."], "confidence": 0.25}
    ]


def test_a_refusal(adapter: ModuleType) -> None:
    assert replies(adapter, task("green?", history=None)) == [
        {"id": "q", "answered": False, "short_answer": None, "sentences": [], "confidence": 0.25}
    ]


def test_all_evidence_in_place_of_a_refusal(adapter: ModuleType) -> None:
    found = replies(adapter, task("green?"), task("blue?"), abstain=False)
    assert [(reply["answered"], reply["short_answer"]) for reply in found] == [(True, None), (True, "blue")]
    assert [reply["sentences"] for reply in found] == [["It was red.", "It was blue."]] * 2


def test_bad_lines_are_reported_and_refused(adapter: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    bad = ["{", b"\xff\xfe{", [], {"id": 3}, task("blue?", doc="gone.txt"), {"id": "x", "doc": "d.txt"}, "  ", task("blue?", history=5)]
    found = replies(adapter, *bad, task("blue?"))
    assert [reply["id"] for reply in found] == [None, None, None, 3, "q", "x", "q", "q"]
    assert [reply["answered"] for reply in found] == [False] * 7 + [True]
    messages = capsys.readouterr().err.splitlines()
    assert len(messages) == 7
    assert messages[4] == "line 5: CorpusError: gone.txt: there is no such file"

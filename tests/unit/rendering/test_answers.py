"""How answers look: plain, on a terminal, narrow; and that nothing unproven is shown."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from pmbot.errors import ProofError
from pmbot.models import Answer, Citation, Locator, Question, Span, Status
from pmbot.rendering import plain, terminal
from pmbot.rendering.answers import answer_page, place
from pmbot.rendering.emphasis import matched_words
from tests.fakes_api import HOSTILE, FakeKnowledge, make_document

QUESTIONS = [
    "How much was the trade?",
    "Who is the president of France?",
    "How is the weather in Seoul?",
    "What was the sale worth?",
    "hi",
    "?",
]
OURS = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("question", QUESTIONS)
def test_plain(question: str, snapshot: SnapshotAssertion) -> None:
    knowledge = FakeKnowledge()
    assert plain.answer_text(knowledge.ask(question), knowledge.document) == snapshot


@pytest.mark.parametrize("question", QUESTIONS)
def test_narrow(question: str, snapshot: SnapshotAssertion) -> None:
    knowledge = FakeKnowledge()
    text = plain.answer_text(knowledge.ask(question, history=("Before?",)), knowledge.document, width=40)
    assert text == snapshot
    assert max(map(len, text.splitlines())) <= 40


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_terminal_shows_the_same_text_in_our_escapes_only(question: str, snapshot: SnapshotAssertion) -> None:
    knowledge = FakeKnowledge()
    trace = knowledge.trace(question)
    text = terminal.answer_text(trace.answer, knowledge.document, width=80, matched=matched_words(trace))
    assert text.replace("\x1b", "ESC") == snapshot
    assert OURS.sub("", text) == plain.answer_text(trace.answer, knowledge.document, width=80)
    assert "\x1b" not in OURS.sub("", text)


def test_the_quote_stands_there_word_for_word() -> None:
    knowledge = FakeKnowledge()
    answer = knowledge.ask("trade?")
    assert f"“{answer.citations[0].quote}”" in plain.answer_text(answer, knowledge.document)


@pytest.mark.parametrize("question", QUESTIONS[:4])
def test_a_quote_that_is_not_in_its_document_is_never_shown(question: str) -> None:
    answer = FakeKnowledge().ask(question)
    with pytest.raises(ProofError):
        plain.answer_text(answer, lambda doc_id: make_document(doc_id, "Something else. " * 40))
    with pytest.raises(ProofError):
        terminal.answer_text(answer, lambda doc_id: make_document(doc_id, "Something else. " * 40))


@pytest.mark.parametrize(
    ("locator", "shown"),
    [
        (Locator(line=4), "a.md:4"),
        (Locator(page=3), "a.md, page 3"),
        (Locator(row=7), "a.md, row 7"),
        (Locator(page=1, row=2), "a.md, page 1, row 2"),
        (Locator(), "a.md"),
    ],
)
def test_place(locator: Locator, shown: str) -> None:
    assert place("a.md", locator) == shown


@given(st.data())
def test_highlights_and_matches_cut_the_quote_without_changing_it(data: st.DataObject) -> None:
    text = data.draw(st.text(st.sampled_from("trade 2023.\n\x1b€ē"), min_size=1, max_size=60))
    document = make_document("d", text)
    cuts = data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=6).map(sorted))
    spans = [Span(start=a, end=b) for a, b in itertools.pairwise(cuts) if b > a]
    answer = Answer(
        question=Question(text="?"),
        status=Status.ANSWERED,
        citations=(Citation.quoting(document, Span(start=0, end=len(text)), 1),),
        highlights=tuple(Citation.quoting(document, span, 1) for span in spans),
        confidence=1.0,
        text="x",
        signature="s",
    )
    quote = answer_page(answer, lambda _: document, matched=["trade", "2023"])[2]
    assert "".join(run.text for run in quote.runs) == f"“{text}”"


def test_a_highlight_inside_a_matched_word_wins() -> None:
    document = make_document("d", "The trade-off")
    whole = Citation.quoting(document, Span(start=0, end=13), 1)
    highlight = Citation.quoting(document, Span(start=6, end=8), 1)
    answer = Answer(
        question=Question(text="?"),
        status=Status.ANSWERED,
        citations=(whole,),
        highlights=(highlight,),
        confidence=1.0,
        text="x",
        signature="s",
    )
    quote = answer_page(answer, lambda _: document, matched=["trade"])[2]
    assert [(run.text, run.ink.value) for run in quote.runs[1:-1]] == [
        ("The ", "quote"),
        ("tr", "matched"),
        ("ad", "highlight"),
        ("e-off", "quote"),
    ]


def test_hostile_names_stay_on_their_line() -> None:
    document = make_document("a\nb\x1b.txt", HOSTILE, headings=("h\n1",), source="s\u202e")
    citation = Citation.quoting(document, Span(start=0, end=3), 1)
    answer = Answer(question=Question(text="?"), status=Status.ANSWERED, citations=(citation,), confidence=1.0, text="x", signature="s")
    assert "[1] a␊b␛.txt:1 · h␊1 · s⟨U+202E⟩\n" in plain.answer_text(answer, lambda _: document)

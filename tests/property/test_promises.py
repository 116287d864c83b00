"""The promises, against arbitrary text and questions."""

from __future__ import annotations

import random
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmbot import KnowledgeBase
from pmbot.answering.receipt import prove
from pmbot.models import Answer, Status
from pmbot.text.normalize import fold

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"

WORDS = [
    "Latvia",
    "Latvian",
    "Korea",
    "South",
    "Grindeks",
    "turnover",
    "trade",
    "2023",
    "2024",
    "€240",
    "million",
    "how",
    "many",
    "much",
    "who",
    "when",
    "where",
    "which",
    "is",
    "the",
    "of",
    "in",
    "president",
    "visit",
    "companies",
    "percent",
    "rank",
    "list",
    "what",
    "why",
    "PMNET",
    "forum",
    "it",
    "they",
    "there",
    "and",
    "or",
    "not",
    "France",
    "Bitcoin",
    ",",
    "?",
    "!",
    ".",
    "’",
    "“",
    "”",
    "(",
    ")",
    "27%",
    "1.5",
    "–",
]
HOSTILE = [
    "\x00",
    "\x1b[31m",
    "\ud800",
    "\u202e",
    "\u200b",
    "😀",
    "ي",
    "ā" + "\u0301" * 40,
    "\n",
    "\t",
    "[1]",
    "{short}",
    "%s",
    "'; --",
    "a" * 300,
    "9" * 200,
]

questions = st.one_of(
    st.text(max_size=80),
    st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join),
    st.lists(st.one_of(st.sampled_from(WORDS), st.sampled_from(HOSTILE), st.text(max_size=4)), max_size=12).map(" ".join),
)


@pytest.fixture(scope="module")
def knowledge() -> KnowledgeBase:
    return KnowledgeBase.load(KNOWLEDGE)


def check(answer: Answer, knowledge: KnowledgeBase) -> None:
    prove(answer, knowledge.document)
    assert answer.answered == bool(answer.citations)
    assert answer.text.strip()
    for citation in (*answer.citations, *answer.closest, *answer.highlights):
        assert knowledge.document(citation.doc_id).text[citation.span.start : citation.span.end] == citation.quote
    if answer.status is Status.NOT_MENTIONED:
        assert answer.missing_terms


@settings(max_examples=300)
@given(question=questions, history=st.lists(questions, max_size=3))
def test_every_quote_stands_in_its_document(knowledge: KnowledgeBase, question: str, history: list[str]) -> None:
    check(knowledge.ask(question, history=history), knowledge)


@settings(max_examples=200)
@given(question=questions)
def test_a_word_reported_as_unmentioned_occurs_nowhere(knowledge: KnowledgeBase, question: str) -> None:
    decision = knowledge.trace(question).decision
    text = fold(" ".join(document.text for document in knowledge.documents)).replace("'s ", " ")  # a possessive is no word
    words = set("".join(c if c.isalnum() else " " for c in text).split())
    for term in decision.absent_terms:
        assert fold(term) not in words


@settings(max_examples=60, deadline=None)
@given(
    texts=st.lists(st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=12)), max_size=40).map(" ".join), min_size=1, max_size=3),
    question=questions,
)
def test_any_document_any_question(tmp_path_factory: pytest.TempPathFactory, texts: list[str], question: str) -> None:
    root = tmp_path_factory.mktemp("knowledge")
    for number, text in enumerate(texts):
        (root / f"{number}.txt").write_text(text, encoding="utf-8", errors="replace")
    (root / "sure.txt").write_text("Something stands here.", encoding="utf-8")
    knowledge = KnowledgeBase.load(root)
    check(knowledge.ask(question), knowledge)


@pytest.mark.slow
def test_twenty_thousand_hostile_questions(knowledge: KnowledgeBase) -> None:
    dice = random.Random(20260101)
    pieces = WORDS + HOSTILE
    for _ in range(20_000):
        count = dice.randrange(0, 10)
        question = " ".join(dice.choice(pieces) if dice.random() < 0.8 else chr(dice.randrange(0x110000)) for _ in range(count))
        answer = knowledge.ask(question)
        assert answer.answered == bool(answer.citations)
        prove(answer, knowledge.document)


@pytest.mark.parametrize("length", [0, 1, 4_096, 1_000_000])
def test_questions_of_any_length(knowledge: KnowledgeBase, length: int) -> None:
    check(knowledge.ask(("trade Latvia 2023 " * (length // 18 + 1))[:length]), knowledge)


def test_answers_do_not_depend_on_normal_form(knowledge: KnowledgeBase) -> None:
    composed = "Who is Edgars Rinkēvičs?"
    one, other = knowledge.ask(composed), knowledge.ask(unicodedata.normalize("NFD", composed))
    assert (one.text, one.citations) == (other.text, other.citations)

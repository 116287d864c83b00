"""Conversations, asked as a person would: what else, why, and questions that lean on several before them."""

from __future__ import annotations

import pytest

from pmbot import KnowledgeBase
from pmbot.answering.conversation import CHAIN
from pmbot.models import Answer, Status

TEXT = """The Zorblat lamp was built in 1987 by Ana Gil. It was sold in Oslo by three firms. The shop of Brimhaven sells the Zorblat lamp.

Ana Gil was born in Brimhaven in 1950. The firm Quindle Ltd opened an office in Norway because lamps sell well there.
"""


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    path = tmp_path_factory.mktemp("knowledge") / "lamps.txt"
    path.write_text(TEXT, encoding="utf-8")
    return KnowledgeBase.load(path)


def talk(base: KnowledgeBase, *questions: str) -> list[Answer]:
    """The answers to questions asked one after the other."""
    return [base.trace(text, history=questions[:place]).answer for place, text in enumerate(questions)]


def test_what_else_gives_sentences_that_were_not_shown(base: KnowledgeBase) -> None:
    answers = talk(base, "Who built the Zorblat lamp?", "what else?", "what else?", "anything else?")
    shown = [citation.span for answer in answers for citation in (*answer.citations, *answer.closest)]
    assert len(shown) == len(set(shown)) > 1
    assert all(answer.notes == ("more on: Who built the Zorblat lamp?",) for answer in answers[1:])


def test_what_else_ends(base: KnowledgeBase) -> None:
    last = talk(base, "Who built the Zorblat lamp?", *["what else?"] * 6)[-1]
    assert (last.status, last.reason, last.closest) == (Status.NOT_ENOUGH, "nothing_more", ())


def test_what_else_after_a_refusal_answers_nothing(base: KnowledgeBase) -> None:
    refused, more = talk(base, "Who built the Xanadu bridge?", "what else?")
    assert not refused.answered
    assert not more.answered


def test_what_else_without_a_question_before_is_one_of_its_own(base: KnowledgeBase) -> None:
    assert talk(base, "what else?")[0].reason != "nothing_more"


def test_asking_for_more_does_not_hide_the_question_before(base: KnowledgeBase) -> None:
    *_, answer = talk(base, "Who built the Zorblat lamp?", "what else?", "what else?", "what else?", "When was she born?")
    assert answer.notes == ("reading this as: When was Ana Gil born?",)
    assert answer.short_answer == "1950"


def test_a_chain_of_fragments(base: KnowledgeBase) -> None:
    answers = talk(base, "Did the firm Quindle Ltd open an office in Norway?", "why?", "when?")
    assert answers[1].notes == ("reading this as: Why did the firm Quindle Ltd open an office in Norway?",)
    assert answers[1].answered
    assert answers[2].notes == ("reading this as: When did the firm Quindle Ltd open an office in Norway?",)


def test_the_reading_that_the_documents_answer_is_taken(base: KnowledgeBase) -> None:
    *_, answer = talk(base, "Who sold the old lamps of Quindle in Oslo?", "Who built the Zorblat lamp?", "When was it built?")
    assert answer.short_answer == "1987"


def test_a_full_question_inherits_nothing(base: KnowledgeBase) -> None:
    alone, after = talk(base, "When was Ana Gil born?")[0], talk(base, "Who sells the lamp?", "When was Ana Gil born?")[1]
    assert (alone.text, alone.notes) == (after.text, after.notes)


def test_long_histories_are_no_burden(base: KnowledgeBase) -> None:
    history = ("Who is Ana Gil?", *["and when was she born?"] * (40 * CHAIN))
    assert base.trace("where was she born?", history=history).answer.text

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.indexing.topics import topics
from pmbot.models import KeyTerm
from tests.fakes import WordAnalysis, make_document


def topics_of(*texts: str, count: int = 3) -> list[str]:
    _, sentences = make_document("a.txt", {(): texts})
    return [topic.text for topic in topics(sentences, WordAnalysis(), count)]


def test_names_by_how_often_they_stand_there() -> None:
    assert topics_of("We trade with Korea and Latvia.", "Latvia’s exports to Korea and Estonia grew.", "Latvia leads.") == [
        "Latvia",
        "Korea",
        "Estonia",
    ]


def test_the_start_of_a_sentence_makes_no_name_but_counts_for_one() -> None:
    assert topics_of("Trade grew. Trade fell: Trade.", "Korea traded.", "It traded with Korea and Japan.") == ["Korea", "Japan"]


def test_capitals_inside_a_word_make_a_name_anywhere() -> None:
    assert topics_of("PMNET meets.", "Dong-A too.") == ["PMNET", "Dong-A"]


def test_figures_and_quotes_before_a_word_leave_it_at_the_start() -> None:
    assert topics_of("1. Introduction", "“Trade grew", "Note: 27 % Growth", "Yes! 5 Ships") == []
    assert topics_of("in 2023 Latvia", "note: the Baltic port", "mid-Atlantic", "eBay sells") == ["Latvia", "Baltic", "Atlantic"]


def test_long_texts_take_linear_time() -> None:
    started = time.process_time()
    topics_of("." * 200_000, "A" * 200_000, "A-" * 100_000, "A b " * 50_000, "1 A " * 50_000, "É" * 200_000)
    assert time.process_time() - started < 2


def test_stopwords_single_letters_and_small_words_are_no_names() -> None:
    assert topics_of("See The Hague in A and Plan B.", "no names here") == ["Hague", "Plan"]


def test_equals_stand_in_order_of_their_first_occurrence() -> None:
    assert topics_of("from Riga, Oslo, Bonn, Kyiv and Rome") == ["Riga", "Oslo", "Bonn"]
    assert topics_of("from Riga, Oslo, Bonn, Kyiv and Rome", count=1) == ["Riga"]


@pytest.mark.parametrize("texts", [(), ("한국과 라트비아의 무역.",), ("12 %", "…")], ids=["empty", "no capitals", "no words"])
def test_no_topics(texts: Sequence[str]) -> None:
    assert topics_of(*texts) == []


def test_a_topic_is_a_key_term() -> None:
    _, sentences = make_document("a.txt", {(): ["In Latvia’s port."]})
    assert topics(sentences, WordAnalysis()) == (KeyTerm(text="Latvia", term="latvia", is_name=True),)


@given(st.lists(st.text(max_size=30).map(lambda text: text.replace("\n", " ")), max_size=6))
def test_topics_stand_in_the_text(texts: list[str]) -> None:
    assert all(any(topic in text for text in texts) for topic in topics_of(*texts))

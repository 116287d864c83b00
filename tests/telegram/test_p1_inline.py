"""P1 16: inline mode."""

from __future__ import annotations

import time
from typing import Any

import pytest

from pmbot.rendering.telegram import cleaned
from tests.fakes_api import TRADE
from tests.telegram.conftest import Everyday, Starter
from tests.telegram.server import Sent, TelegramServer
from tests.telegram.special import hostile_sentences


def asked(server: TelegramServer, user: int, query: str, offset: str = "") -> dict[str, Any]:
    """How an inline query is answered."""
    update = server.ask_inline(user, query, offset)
    assert update is not None
    answer: dict[str, Any] = server.wait_for(lambda s: s.inline_answer(update))
    return answer


def quotes(result: dict[str, Any]) -> list[str]:
    shown = result["shown"]
    sent = Sent(0, shown["text"], tuple(shown["entities"]), 0.0, 0, {})
    return sent.slices("blockquote", "expandable_blockquote")


def test_results_have_the_answer_and_its_quote(everyday: Everyday) -> None:
    answer = asked(everyday.server, everyday.fresh(), "trade 2023")
    first = answer["results"][0]
    assert (first["title"], first["description"]) == ("€130 million", TRADE)
    assert quotes(first) == [TRADE]
    assert first["shown"]["text"].startswith("trade 2023\n\n€130 million.")
    assert first["input_message_content"]["link_preview_options"] == {"is_disabled": True}
    [[button]] = first["reply_markup"]["inline_keyboard"]
    user = everyday.fresh()
    everyday.server.say(user, user, "/start " + button["url"].partition("?start=")[2])
    assert everyday.server.wait_for_answer(user)[0].slices("bold") == [f"“{TRADE}”"]


def test_120_results_come_in_pages_without_repeats(everyday: Everyday, figure) -> None:
    server, user = everyday.server, everyday.fresh()
    pages, offset = [], ""
    while not pages or offset:
        answer = asked(server, user, "many 120", offset)
        pages.append([result["id"] for result in answer["results"]])
        offset = answer["next_offset"]
    ids = [name for page in pages for name in page]
    assert [len(page) for page in pages] == [50, 50, 20]
    assert len(set(ids)) == 120
    again = asked(server, everyday.fresh(), "many 120")
    assert [result["id"] for result in again["results"]] == pages[0]
    sentences = hostile_sentences()
    assert [quotes(result) for result in again["results"]] == [[cleaned(sentences[number])] for number in range(50)]
    figure("pages, results, repeats", f"{[len(page) for page in pages]}, {len(ids)}, {len(ids) - len(set(ids))}")


@pytest.mark.parametrize("offset", ["abc", "-1", "1e3", "٣", " ", "99999999999999999999", "0x10"])
def test_a_bad_offset_is_the_first_page(everyday: Everyday, offset: str) -> None:
    server, user = everyday.server, everyday.fresh()
    assert asked(server, user, "many 60", offset)["results"] == asked(server, user, "many 60")["results"]


def test_beyond_the_last_page_is_nothing(everyday: Everyday) -> None:
    answer = asked(everyday.server, everyday.fresh(), "many 60", "100")
    assert (answer["results"], answer["next_offset"]) == ([], "")


@pytest.mark.parametrize("query", ["", "  ", "?", "hi"])
def test_nothing_typed_gives_tips(everyday: Everyday, query: str) -> None:
    user = everyday.fresh()
    everyday.server.user(user, language_code="lv")
    results = asked(everyday.server, user, query)["results"]
    assert results[0]["title"] == "Rakstiet jautājumu aiz mana vārda"
    assert "@pmbot_test_bot" in results[0]["shown"]["text"]
    assert results[1]["title"] == "How much was the trade in 2023?"
    assert quotes(results[1]) == [TRADE]


def test_a_refusal_is_offered_as_such(everyday: Everyday) -> None:
    [result, *_] = asked(everyday.server, everyday.fresh(), "president of France")["results"]
    assert result["title"] == "The documents never mention France."
    assert "Closest, not an answer" in result["shown"]["text"]


def test_words_that_are_no_question_find_sentences(everyday: Everyday) -> None:
    """What is found comes first, labelled; that it is no answer comes last."""
    first, *_, last = asked(everyday.server, everyday.fresh(), "weather, president")["results"]
    assert "Also found, not given as the answer" in first["shown"]["text"]
    assert last["title"].startswith("The documents mention South Korea, but not together with weather")


def test_trouble_is_answered_with_nothing(everyday: Everyday) -> None:
    assert asked(everyday.server, everyday.fresh(), "search is down")["results"] == []


def test_long_sentences_are_cut(everyday: Everyday) -> None:
    [result] = asked(everyday.server, everyday.fresh(), "long 5000")["results"]
    assert len(result["shown"]["text"]) <= 4096


def test_a_query_that_has_expired_is_no_trouble(everyday: Everyday) -> None:
    server, user = everyday.server, everyday.fresh()
    update = server.ask_inline(user, "sleep 0.2")
    time.sleep(0.1)
    server.pass_time(60)
    server.wait_for(lambda s: any(c.method == "answerInlineQuery" and c.status == 400 for c in s.calls()))
    assert update is not None
    assert server.inline_answer(update) is None
    assert asked(server, user, "trade")["results"]


def test_strangers_get_nothing_inline(telegram: TelegramServer, start_bot: Starter) -> None:
    start_bot(access=[7])
    assert asked(telegram, 8, "trade 2023")["results"] == []
    assert asked(telegram, 7, "trade 2023")["results"] != []
    assert telegram.calls("sendMessage") == []

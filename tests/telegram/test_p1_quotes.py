"""P1 17: native quotes. The server refuses, as Telegram does, a quote that is not word for word in the message."""

from __future__ import annotations

from pmbot.rendering.telegram import cleaned
from tests.fakes_api import TRADE
from tests.telegram.conftest import Everyday
from tests.telegram.special import hostile_sentences

NAME = "@pmbot_test_bot"


def test_a_question_to_an_answer_is_answered_with_its_quote(everyday: Everyday) -> None:
    server, user = everyday.server, everyday.fresh()
    server.say(user, user, "trade")
    [first] = server.wait_for_answer(user)
    assert (first.reply_to, first.quote) == (None, None)
    server.say(user, user, "trade again?", reply_to=first.message_id)
    second = server.wait_for_answer(user, 2)[-1]
    assert (second.reply_to, second.quote) == (first.message_id, TRADE)
    server.say(user, user, "line 7", reply_to=first.message_id)
    third = server.wait_for_answer(user, 3)[-1]
    assert (third.reply_to, third.quote) == (None, None)


def test_a_reply_goes_on_from_the_answer_replied_to(everyday: Everyday) -> None:
    server, user = everyday.server, everyday.fresh()
    server.say(user, user, "line 1")
    [first] = server.wait_for_answer(user)
    server.say(user, user, "/new")
    server.say(user, user, "trade")
    server.wait_for_answer(user, 3)
    server.say(user, user, "trade then?", reply_to=first.message_id)
    assert "reading this as" not in server.wait_for_answer(user, 4)[-1].text
    server.say(user, user, "trade now?", reply_to=server.sent(user)[2].message_id)
    assert "reading this as" in server.wait_for_answer(user, 5)[-1].text


def test_in_a_group_the_words_of_the_question_are_quoted(everyday: Everyday) -> None:
    server, group, user = everyday.server, everyday.supergroup(), everyday.fresh()
    server.say(group, user, f"{NAME} how much was the trade?")
    asked = server.last_message(group)
    [answer] = server.wait_for_answer(group)
    assert (answer.reply_to, answer.quote) == (asked, "how much was the trade?")
    server.say(group, user, "and trade now?", reply_to=answer.message_id)
    second = server.wait_for_answer(group, 2)[-1]
    assert (second.reply_to, second.quote) == (answer.message_id, TRADE)


def test_in_a_group_a_sentence_that_somebody_else_wrote_is_quoted(everyday: Everyday) -> None:
    """A sentence of the documents in a message of a person, bold and underlined in part."""
    server, group, user = everyday.server, everyday.supergroup(), everyday.fresh()
    marks = [{"type": "bold", "offset": 8, "length": 10}, {"type": "underline", "offset": 40, "length": 12}]
    server.say(group, user, f"😀 he said: {TRADE} Really?", entities=marks)
    theirs = server.last_message(group)
    server.say(group, user, f"{NAME} trade?", reply_to=theirs)
    [answer] = server.wait_for_answer(group)
    assert (answer.reply_to, answer.quote) == (theirs, TRADE)
    server.say(group, user, f"{NAME} trade: is it true that {TRADE}")
    own = server.last_message(group)
    second = server.wait_for_answer(group, 2)[-1]
    assert (second.reply_to, second.quote) == (own, TRADE)


def test_quotes_of_all_kinds_are_taken(everyday: Everyday, scale, figure) -> None:
    """Markup, emoji, right-to-left and combining marks: no quote is refused."""
    server, user, count = everyday.server, everyday.fresh(), scale(60, 1000)
    sentences = hostile_sentences()
    before = len(server.calls("sendMessage"))
    for number in range(count):
        server.say(user, user, f"line {number}")
        asked = server.wait_for_answer(user, 2 * number + 1)[-1]
        server.say(user, user, f"line {number}", reply_to=asked.message_id)
        answer = server.wait_for_answer(user, 2 * number + 2)[-1]
        assert (answer.reply_to, answer.quote) == (asked.message_id, cleaned(sentences[number]))
    refused = [call for call in server.calls("sendMessage")[before:] if call.status != 200]
    assert refused == []
    figure("native quotes", f"{count} of {count}, refused {len(refused)}")


def test_a_quote_that_is_refused_is_left_out(everyday: Everyday) -> None:
    """Whoever wrote the message has changed it meanwhile: the answer still comes, whole."""
    server, group, user = everyday.server, everyday.supergroup(), everyday.fresh()
    server.say(group, user, f"sleep 0.3 trade {NAME}")
    asked = server.last_message(group)
    server.world.chats[group].messages[asked]["text"] = "something else"
    [answer] = server.wait_for_answer(group)
    assert (answer.reply_to, answer.quote) == (asked, None)
    assert answer.buttons
    assert [call.description for call in server.calls("sendMessage", group)] == ["Bad Request: QUOTE_TEXT_INVALID", ""]

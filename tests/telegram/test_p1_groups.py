"""P1 15: in groups the bot answers when it is addressed, in the topic, as a reply; and it follows a group to its new id."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.telegram.bots import until
from tests.telegram.conftest import Everyday, Starter
from tests.telegram.server import BOT_ID, TelegramServer

NAME = "@pmbot_test_bot"


@pytest.fixture(params=["privacy on", "privacy off"])
def group(request: pytest.FixtureRequest, everyday: Everyday) -> Iterator[int]:
    """A supergroup; with privacy off the bot sees everything that is said there."""
    everyday.server.world.privacy = request.param == "privacy on"
    yield everyday.supergroup()
    everyday.server.world.privacy = True


def test_it_answers_when_addressed(everyday: Everyday, group: int, figure) -> None:
    server, user = everyday.server, everyday.fresh()
    server.say(group, user, "/ask trade first")
    [first] = server.wait_for_answer(group)
    link = {"type": "text_mention", "offset": 0, "length": 5, "user": server.world.users[BOT_ID]}
    acts: dict[str, dict[str, Any]] = {
        "/ask@pmbot_test_bot trade": {},
        f"{NAME} trade": {},
        f"hello {NAME}, trade?": {},
        f"{NAME.upper()}: trade": {},
        "trade, as a reply": {"reply_to": first.message_id},
        "Pmbot, trade": {"entities": [link]},
        f"{NAME} /ask trade": {},
    }
    for count, (text, extra) in enumerate(acts.items(), 2):
        server.say(group, user, text, **extra)
        asked = server.last_message(group)
        answer = server.wait_for_answer(group, count)[-1]
        assert "€130 million" in answer.text, text
        assert answer.reply_to in {asked, first.message_id}, text
        assert answer.topic is None
        assert "pmbot_test_bot" not in answer.text
    figure("ways to address the bot", len(acts) + 1)


def test_it_keeps_silent_when_not_addressed(everyday: Everyday, group: int, figure) -> None:
    server, user = everyday.server, everyday.fresh()
    server.say(group, user, "the first message, from a person")
    human = server.last_message(group)
    acts: dict[str, dict[str, Any]] = {
        "trade": {},
        "/ask@otherbot trade": {},
        "/ban": {},
        "@otherbot trade": {},
        f"mail me: trade{NAME}.example": {},
        f"`{NAME}` is its name": {"entities": [{"type": "code", "offset": 0, "length": 17}]},
        "trade, to a person": {"reply_to": human},
    }
    for text, extra in acts.items():
        server.say(group, user, text, **extra)
    server.say(group, user, None, media="photo")
    server.say(group, user, f"/ask{NAME} trade, now")
    [answer] = server.wait_for_answer(group)
    time.sleep(0.2)
    assert server.sent(group) == [answer]
    assert answer.reply_to == server.wait_for(lambda s: s.last_message(group)) - 1
    figure("messages for others that were left alone", len(acts) + 1)


def test_it_answers_in_the_topic(everyday: Everyday, figure) -> None:
    """Answers, help, and what buttons bring stand in the topic of the question; each topic has its own follow-ups."""
    server, group, user = everyday.server, everyday.supergroup(), everyday.fresh()
    topics = [server.topic(group, "One"), server.topic(group, "Two")]
    for topic in topics:
        server.say(group, user, f"{NAME} trade", topic=topic)
    answers = server.wait_for_answer(group, 2)
    assert [answer.topic for answer in answers] == topics
    server.say(group, user, f"/help{NAME}", topic=topics[1])
    assert server.wait_for_answer(group, 3)[-1].topic == topics[1]
    server.tap(group, user, answers[0].message_id, button="Sources")
    shown = server.wait_for_answer(group, 4)[-1]
    assert (shown.topic, shown.reply_to) == (topics[0], answers[0].message_id)
    server.say(group, user, f"/new{NAME}", topic=topics[0])
    server.wait_for_answer(group, 5)
    for topic in topics:
        server.say(group, user, f"{NAME} and trade before that?", topic=topic)
    follow_ups = server.wait_for_answer(group, 7)[-2:]
    by_topic = {answer.topic: "reading this as" in answer.text for answer in follow_ups}
    assert by_topic == {topics[0]: False, topics[1]: True}
    figure("topics", by_topic)


def test_a_topic_that_is_gone_is_no_trouble(everyday: Everyday) -> None:
    server, group, user = everyday.server, everyday.supergroup(), everyday.fresh()
    topic = server.topic(group)
    server.say(group, user, f"sleep 0.3 {NAME}", topic=topic)
    server.chat(group).topics.clear()
    server.say(group, user, f"{NAME} trade")
    server.wait_for_answer(group)
    assert [call.status for call in server.calls("sendMessage", group)] == [400, 200]


def test_admins_who_are_not_shown_are_answered(everyday: Everyday) -> None:
    server, group = everyday.server, everyday.supergroup()
    server.user(1087968824, is_bot=True, first_name="Group", username="GroupAnonymousBot")
    shown = {"sender_chat": {"id": group, "type": "supergroup", "title": "Group"}}
    server.say(group, 1087968824, f"{NAME} trade", fields=shown)
    assert "€130 million" in server.wait_for_answer(group)[0].text


@pytest.mark.parametrize("how", ["before", "while searching"])
def test_a_group_that_moves_is_followed(telegram: TelegramServer, start_bot: Starter, how: str, figure) -> None:
    """A message that goes to the old id is sent to the new one, which is remembered; also where a list of ids says who may ask."""
    old = -5000
    bot = start_bot(access=[old])
    telegram.say(old, 8, f"{NAME} trade")
    telegram.wait_for_answer(old)
    if how == "while searching":
        telegram.say(old, 8, f"sleep 0.5 {NAME}")
        time.sleep(0.1)
        new = telegram.migrate(old)
        answer = telegram.wait_for_answer(new)[0]
        assert "nothing to look for" in answer.text
        assert answer.reply_to is None
        assert [call.status for call in telegram.calls("sendMessage", old)] == [200, 400]
    else:
        new = telegram.migrate(old)
        until(lambda: bot.output.count("migrated, noted") == 2)
    count = len(telegram.sent(new))
    telegram.say(new, 8, f"{NAME} and trade later?")
    answer = telegram.wait_for_answer(new, count + 1)[-1]
    assert "reading this as" in answer.text
    bot.kill()
    bot.start().ready()
    telegram.say(new, 8, f"{NAME} trade")
    telegram.wait_for_answer(new, count + 2)
    assert "Traceback" not in bot.output
    figure(f"moved {how}: calls to the old id refused", len([c for c in telegram.calls("sendMessage", old) if c.status == 400]))

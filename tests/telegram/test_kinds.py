"""P0 10 and bad input: every kind of update has a defined outcome, and no text breaks anything."""

from __future__ import annotations

import pytest

from tests.telegram.bots import BotProcess, until
from tests.telegram.conftest import Everyday, Starter
from tests.telegram.server import Rule, TelegramServer
from tests.telegram.server.people import MEDIA

GROUP, SUPER, CHANNEL = -500, -1_000_000_000_500, -1_000_000_000_900
HELP = "Ask me something about the documents"


def outcomes(bot: BotProcess) -> dict[str, int]:
    """How many updates had each outcome, by the metrics."""
    lines = [line for line in bot.get("/metrics")[1].splitlines() if line.startswith("pmbot_telegram_updates_total{")]
    found = {line.split('"')[1]: int(float(line.rsplit(" ", 1)[1])) for line in lines}
    return {name: count for name, count in found.items() if count}


def settled(telegram: TelegramServer, bot: BotProcess, count: int) -> dict[str, int]:
    until(lambda: sum(outcomes(bot).values()) >= count and "in_flight 0.0" in bot.get("/metrics")[1], 10)
    return outcomes(bot)


def test_all_kinds_of_updates(telegram: TelegramServer, start_bot: Starter, figure) -> None:
    telegram.without(Rule.ALLOWED_UPDATES)
    bot = start_bot()
    telegram.chat(CHANNEL, type="channel", bot="administrator")
    sent: list[int | None] = [telegram.say(1, 1, "caption" if media == "photo" else None, media=media) for media in MEDIA]
    sent += [telegram.say(2, 2, "trade", forwarded=True), telegram.say(3, 3)]
    sent += [telegram.say(CHANNEL, 1, "post"), telegram.edit(CHANNEL, telegram.last_message(CHANNEL), "edited post")]
    sent += [telegram.service(GROUP, 1, new_chat_title="New"), telegram.service(GROUP, 1, new_chat_members=[telegram.user(9)])]
    sent += [telegram.say(4, 4, "in business", kind="business_message"), telegram.business(4), telegram.guest(5, "trade")]
    sent += [telegram.poll_answer(6), telegram.raw_update("poll", MEDIA["poll"]), telegram.member(SUPER, 7, "member")]
    sent += [telegram.react(8, 8, 1, "👍"), telegram.block(9), telegram.unblock(9), telegram.raw_update("a_kind_of_2030", {"x": 1})]
    sent += [telegram.raw_update("message", {"nonsense": True}), telegram.raw_update("callback_query", {"id": []})]
    sent += [telegram.say(10, 10, "trade", fields={"from": {"id": 11, "is_bot": True, "first_name": "Robot"}})]
    assert None not in sent
    found = settled(telegram, bot, len(sent))
    assert sum(found.values()) == len(sent)
    assert found["unreadable"] == 2
    assert found["not_text"] == len(MEDIA) - 1
    assert "failed" not in found
    assert "Traceback" not in bot.output
    assert [answer.text[:17] for answer in telegram.sent(2)] == ["€130 million.\n\nWi"]
    assert telegram.sent(10) == telegram.sent(CHANNEL) == telegram.sent(GROUP) == []
    figure("outcomes by kind", found)


def test_an_edited_question_edits_its_answer(everyday: Everyday) -> None:
    telegram, chat = everyday.server, everyday.fresh()
    telegram.say(chat, chat, "France")
    question = telegram.last_message(chat)
    telegram.wait_for_answer(chat)
    telegram.edit(chat, question, "trade")
    telegram.wait_for(lambda s: "€130 million" in s.sent(chat)[0].text)
    telegram.edit(chat, question, "long 10000")
    telegram.wait_for(lambda s: len(s.sent(chat)) == 3 and s.sent(chat)[-1].buttons)
    telegram.edit(chat, question, "trade")
    telegram.wait_for(lambda s: len(s.sent(chat)) == 1 and "€130 million" in s.sent(chat)[0].text)
    telegram.edit(chat, question, "trade ")
    telegram.edit(chat, question, "trade")
    telegram.say(chat, chat, "/help")
    telegram.wait_for(lambda s: len(s.sent(chat)) == 2)
    assert telegram.sent(chat)[0].buttons
    assert [call.status for call in telegram.calls("sendMessage", chat)] == [200] * 4


def test_an_edit_of_what_was_never_answered_is_answered(everyday: Everyday) -> None:
    telegram, chat = everyday.server, everyday.fresh()
    telegram.say(chat, chat, "trade")
    telegram.wait_for_answer(chat)
    messages = telegram.world.chats[chat].messages
    messages[99_999] = dict(messages[telegram.last_message(chat) - 1], message_id=99_999)
    telegram.edit(chat, 99_999, "France")
    assert "never mention France" in telegram.wait_for_answer(chat, 2)[1].text


BAD: tuple[tuple[str, str], ...] = (
    ("   ", HELP),
    ("?", HELP),
    ("@pmbot_test_bot", HELP),
    ("…!?", HELP),
    ("trade " + "x" * 4090, "€130 million"),
    ("/nonsense", "I do not know the command /nonsense"),
    ("/hepl", "Did you mean: /help"),
    ("/start " + "x" * 65, "I answer questions about the documents here"),
    ("/start !§$", "I answer questions about the documents here"),
    ("/ask", HELP),
    ("/ask trade", "€130 million"),
    ("/ask@otherbot trade", ""),
    ("/help@PMBOT_test_bot", "/new – "),
    ("trade <script>alert(1)</script> snake_case [x](tg://user?id=1)", "€130 million"),
)
RAW = ("", "\x00", "trade\x00?", "\u202etrade", "\ud800trade", "trade e\u0301\u030a" * 50, "\n\n\t", "\u200e\u200f")


def test_bad_input(everyday: Everyday, figure) -> None:
    telegram, bot, before = everyday.server, everyday.bot, outcomes(everyday.bot)
    bad, raw = [everyday.fresh() for _ in BAD], [everyday.fresh() for _ in RAW]
    for chat, (text, _) in zip(bad, BAD, strict=True):
        telegram.say(chat, chat, text, **({} if text.startswith("@") else {"raw": True, "entities": []}))
    for chat, text in zip(raw, RAW, strict=True):
        telegram.say(chat, chat, text, raw=True)
    settled(telegram, bot, sum(before.values()) + len(BAD) + len(RAW))
    for chat, (text, wanted) in zip(bad, BAD, strict=True):
        assert [wanted in answer.text for answer in telegram.sent(chat)] == [True] * bool(wanted), text
    for chat, text in zip(raw, RAW, strict=True):
        [answer] = telegram.sent(chat)
        assert ("€130 million" in answer.text) == ("trade" in text), text
    found = {name: count - before.get(name, 0) for name, count in outcomes(bot).items() if count > before.get(name, 0)}
    assert "failed" not in found
    assert [call for call in telegram.calls() if call.chat in {*bad, *raw} and call.status != 200] == []
    figure("bad input", f"{len(BAD) + len(RAW)} texts, {found}")


def test_hostile_text_is_shown_literally(everyday: Everyday) -> None:
    chat = everyday.fresh()
    everyday.server.say(chat, chat, "sale")
    [answer] = everyday.server.wait_for_answer(chat)
    assert answer.slices("blockquote") == ["The  [31mred [0m reversed sale [bold]was[/bold] \x9b5m\u200b :smile: worth\nnothing."]
    assert answer.slices("bold") == ["worth\nnothing.", "worth\nnothing"]


@pytest.mark.parametrize("offset", ["abc", "-1"])
def test_an_inline_offset_that_is_none_does_no_harm(offset: str, everyday: Everyday) -> None:
    before = outcomes(everyday.bot)
    everyday.server.ask_inline(everyday.fresh(), "trade", offset)
    found = settled(everyday.server, everyday.bot, sum(before.values()) + 1)
    assert found.get("failed") == before.get("failed")


def test_groups_are_answered_when_addressed(telegram: TelegramServer, start_bot: Starter) -> None:
    """In a topic, in the same topic; privacy off, so that the bot sees everything."""
    telegram.world.privacy = False
    bot = start_bot()
    topic = telegram.topic(SUPER, "Trade")
    telegram.say(SUPER, 1, "@pmbot_test_bot trade", topic=topic)
    [answer] = telegram.wait_for_answer(SUPER)
    assert (answer.topic, answer.reply_to) == (topic, telegram.last_message(SUPER) - 1)
    telegram.say(SUPER, 1, "trade, said to others")
    telegram.say(GROUP, 1, "/ask trade")
    telegram.wait_for_answer(GROUP)
    telegram.say(GROUP, 1, "France", reply_to=telegram.last_message(GROUP))
    assert "France" in telegram.wait_for_answer(GROUP, 2)[1].text
    telegram.say(GROUP, 1, "/ask@otherbot trade")
    found = settled(telegram, bot, 5)
    assert found["ignored"] >= 2
    assert len(telegram.sent(SUPER)) == 1


def test_a_group_that_moves(everyday: Everyday) -> None:
    telegram, group = everyday.server, -everyday.fresh()
    telegram.say(group, 1, "/ask sleep 0.3 trade")
    telegram.wait_for(lambda s: s.pending() == 0)
    new = telegram.migrate(group)
    assert "€130" in telegram.wait_for_answer(new)[0].text

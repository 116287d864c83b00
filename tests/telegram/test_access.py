"""P0 13: who is answered, and who is not."""

from __future__ import annotations

import re
import time

from tests.telegram.bots import BotProcess, until
from tests.telegram.conftest import Everyday, Starter
from tests.telegram.server import BOT_ID, TelegramServer

GROUP = -500


def code_of(bot: BotProcess) -> str:
    found = re.findall(r"Pairing code: ([2-9A-Z]{4}-[2-9A-Z]{4})", bot.output)
    assert found
    return str(found[-1])


def test_pairing(telegram: TelegramServer, start_bot: Starter) -> None:
    bot = start_bot(access="pairing")
    code = code_of(bot)
    for text in ("trade", "/start", "hello?"):
        telegram.say(1, 1, text)
    [told] = telegram.wait_for_answer(1)
    assert "this bot is private" in told.text
    assert "Your Telegram id is 1." in told.text
    telegram.say(2, 2, f" {code.lower()} ")
    assert "You are paired" in telegram.wait_for_answer(2)[0].text
    telegram.say(2, 2, "trade")
    assert "€130 million" in telegram.wait_for_answer(2, 2)[1].text
    telegram.say(1, 1, code)
    telegram.say(2, 2, "/help")
    telegram.wait_for_answer(2, 3)
    assert len(telegram.sent(1)) == 1
    bot.terminate()
    bot.start().ready()
    assert bot.output.count("Pairing code") == 1
    assert "answers who was paired, and nobody else" in bot.output
    telegram.say(2, 2, "trade")
    telegram.say(1, 1, "trade")
    telegram.wait_for_answer(2, 4)
    bot.terminate()
    bot.with_options("--pair").start().ready()
    telegram.say(1, 1, code_of(bot))
    assert "You are paired" in telegram.wait_for_answer(1, 2)[1].text


def test_a_code_cannot_be_guessed(telegram: TelegramServer, start_bot: Starter) -> None:
    """And a Latvian is spoken to in Latvian."""
    bot = start_bot(access="pairing")
    telegram.user(3, language_code="lv")
    for number in range(5):
        telegram.say(1, 1, f"AAAA-AAA{number + 2}")
    telegram.say(1, 1, code_of(bot))
    telegram.say(3, 3, "Sveiki!")
    assert telegram.wait_for_answer(3)[0].text.startswith("Atvainojiet, šis bots ir privāts.")
    telegram.wait_for_answer(1)
    until(lambda: "in_flight 0.0" in bot.get("/metrics")[1])
    assert [answer.text[:5] for answer in telegram.sent(1)] == ["Sorry"]
    telegram.say(2, 2, code_of(bot))
    assert "You are paired" in telegram.wait_for_answer(2)[0].text


def test_an_allowlist(telegram: TelegramServer, start_bot: Starter) -> None:
    start_bot(environment={"PMBOT_TELEGRAM_ACCESS": f"1, {GROUP}"})
    telegram.say(1, 1, "trade")
    telegram.say(2, 2, "trade")
    telegram.say(GROUP, 3, "/ask trade")
    assert "€130 million" in telegram.wait_for_answer(1)[0].text
    assert "€130 million" in telegram.wait_for_answer(GROUP)[0].text
    assert "this bot is private" in telegram.wait_for_answer(2)[0].text
    tap = telegram.tap(1, 2, telegram.sent(1)[0].message_id, button="Sources")
    assert tap is not None
    telegram.wait_for(lambda s: s.callback_answer(tap) is not None)
    assert len(telegram.sent(1)) == 1


def test_foreign_groups_are_left(telegram: TelegramServer, start_bot: Starter) -> None:
    bot = start_bot(access="pairing")
    telegram.say(1, 1, code_of(bot))
    telegram.wait_for_answer(1)
    telegram.chat(GROUP, bot="left")
    telegram.chat(GROUP - 1, bot="left")
    telegram.world.users[1]["is_bot"] = False
    telegram.member(GROUP, BOT_ID, "member")
    telegram.updates.add("my_chat_member", stranger_adds(telegram, GROUP - 1))
    telegram.wait_for(lambda s: s.calls("leaveChat", GROUP - 1))
    telegram.say(GROUP, 7, "/ask trade")
    assert "€130 million" in telegram.wait_for_answer(GROUP)[0].text
    assert telegram.calls("leaveChat", GROUP) == []
    assert telegram.sent(GROUP - 1) == []


def stranger_adds(telegram: TelegramServer, chat: int) -> dict[str, object]:
    where = telegram.chat(chat, bot="member")
    member = {"user": telegram.world.users[BOT_ID], "status": "member"}
    body = {"chat": telegram.world.chat_json(where), "from": telegram.user(8), "date": int(time.time())}
    return body | {"old_chat_member": {**member, "status": "left"}, "new_chat_member": member}


def test_public_is_said_in_so_many_words(everyday: Everyday) -> None:
    assert "@pmbot_test_bot is public: anybody who finds it in Telegram can ask about these documents." in everyday.bot.output

"""P0 4 and 5: every private text is answered, whatever happens on the way; floods slow one chat down and no other."""

from __future__ import annotations

import time
from typing import Any

from tests.telegram.bots import until
from tests.telegram.conftest import Everyday, Starter
from tests.telegram.server import TelegramServer

FAULTS: dict[str, dict[str, Any]] = {
    "400 once": {"times": 1, "status": 400},
    "400 twice": {"times": 2, "status": 400},
    "429": {"times": 1, "retry_after": 1},
    "502 thrice": {"times": 3, "status": 502},
    "html": {"times": 2, "kind": "html"},
    "truncated": {"times": 1, "kind": "truncated"},
    "dropped": {"times": 2, "kind": "drop"},
    "no reply": {"times": 1, "kind": "timeout"},
    "reply lost": {"times": 1, "kind": "truncated", "done": True},
    "no reply, but done": {"times": 1, "kind": "timeout", "done": True},
}


def test_never_silent(telegram: TelegramServer, start_bot: Starter, figure) -> None:
    bot = start_bot()
    for chat, fault in enumerate(FAULTS.values(), 100):
        telegram.fail("sendMessage", chat=chat, **fault)
    asked = time.monotonic()
    for chat, name in enumerate(FAULTS, 100):
        telegram.say(chat, chat, f"trade {name}")
    telegram.say(1, 1, "explode")
    telegram.say(2, 2, "down")
    took = {}
    for chat, name in enumerate(FAULTS, 100):
        answer = telegram.wait_for_answer(chat, 1, timeout=6)[0]
        took[name] = round(answer.at - asked, 2)
        assert took[name] < 5 + FAULTS[name].get("retry_after", 0)
        if name == "400 twice":
            assert answer.text.startswith("Sorry")
        else:
            assert "€130 million" in answer.text
    for chat in (1, 2):
        [apology] = telegram.wait_for_answer(chat)
        assert apology.text.startswith("Sorry, something went wrong on my side")
        assert "Traceback" not in apology.text
        assert "engine" not in apology.text
    telegram.wait_for(lambda s: len(s.sent(109)) == 2)
    until(lambda: "in_flight 0.0" in bot.get("/metrics")[1])
    twice = {name for chat, name in enumerate(FAULTS, 100) if len(telegram.sent(chat)) > 1}
    assert twice == {name for name, fault in FAULTS.items() if fault.get("done")}
    assert bot.terminate()[0] == 0
    figure("seconds to the answer under", took)


def test_a_flood_slows_one_chat_down(telegram: TelegramServer, start_bot: Starter, figure) -> None:
    """Then: more chats wait than updates are worked on at a time, with more updates than are taken in."""
    start_bot(in_flight=20)
    telegram.flood(1, 2)
    asked = time.monotonic()
    for _ in range(3):
        telegram.say(1, 1, "trade")
    telegram.say(2, 2, "trade")
    [other] = telegram.wait_for_answer(2)
    answers = telegram.wait_for_answer(1, 3, timeout=5)
    assert other.at - asked < 0.5
    assert 2 <= answers[0].at - asked <= 3.5
    assert len([call for call in telegram.calls("sendMessage", 1) if call.status == 429]) <= 2
    figure("flooded chat, other chat", f"{answers[0].at - asked:.2f} s, {other.at - asked:.3f} s")
    for chat in range(100, 120):
        telegram.flood(chat, 30)
        for _ in range(3):
            telegram.say(chat, chat, "trade")
    time.sleep(0.3)
    asked = time.monotonic()
    telegram.say(2, 2, "trade")
    other = telegram.wait_for_answer(2, 2)[1]
    assert other.at - asked < 0.5
    figure("beside 20 flooded chats", f"{other.at - asked:.3f} s")


def test_who_asks_too_fast_is_told_once(telegram: TelegramServer, start_bot: Starter) -> None:
    start_bot(questions_per_minute=60, burst=5)
    for number in range(20):
        telegram.say(1, 1, f"trade {number}")
    telegram.say(2, 2, "trade")
    telegram.wait_for_answer(2)
    answers = telegram.wait_for_answer(1, 6)
    time.sleep(0.2)
    assert [answer.text[:21] for answer in telegram.sent(1)].count("That is faster than I") == 1
    assert len(telegram.sent(1)) == 6
    time.sleep(1.1)
    telegram.say(1, 1, "trade again")
    assert "€130 million" in telegram.wait_for_answer(1, 7)[-1].text
    assert len(answers) == 6


def test_a_chat_that_is_closed_gets_no_second_try(everyday: Everyday) -> None:
    telegram, other = everyday.server, everyday.fresh()
    closed = {everyday.fresh(): {"status": 403}, everyday.fresh(): {"status": 400, "description": "Bad Request: chat not found"}}
    for chat, fault in closed.items():
        telegram.fail("sendMessage", 99, chat=chat, **fault)
        telegram.say(chat, chat, "trade")
    telegram.say(other, other, "trade")
    telegram.wait_for_answer(other)
    for chat in closed:
        telegram.wait_for(lambda s, chat=chat: s.calls("sendMessage", chat))
    until(lambda: "in_flight 0.0" in everyday.bot.get("/metrics")[1])
    assert [len(telegram.calls("sendMessage", chat)) for chat in closed] == [1, 1]

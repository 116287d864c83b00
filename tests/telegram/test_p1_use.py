"""P1 18: typing, follow-ups, and the record of use."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.telegram.bots import BotProcess, until
from tests.telegram.conftest import Everyday, Starter
from tests.telegram.server import TelegramServer

CANARY = "Xylophone-canary"


def test_typing_is_shown_only_when_it_takes_long(everyday: Everyday, figure) -> None:
    server, quick, slow = everyday.server, everyday.fresh(), everyday.fresh()
    server.say(quick, quick, "sleep 0.2")
    server.wait_for_answer(quick)
    server.say(slow, slow, "sleep 0.8")
    asked = time.monotonic()
    server.wait_for_answer(slow)
    assert server.calls("sendChatAction", quick) == []
    [typing] = server.calls("sendChatAction", slow)
    assert 0.38 <= typing.at - asked <= 0.7
    figure("typing after", f"{typing.at - asked:.2f} s")


def test_typing_goes_on_beside_the_search(everyday: Everyday, figure) -> None:
    """Typing that hangs, or is refused, delays no answer; four chats are typed to at once, in their topics."""
    server = everyday.server
    chats = [everyday.supergroup() for _ in range(4)]
    topics = {chat: server.topic(chat) for chat in chats}
    server.fail("sendChatAction", 1, chat=chats[0], kind="timeout")
    server.fail("sendChatAction", 1, chat=chats[1], status=400)
    asked = time.monotonic()
    for chat in chats:
        server.say(chat, everyday.fresh(), "sleep 0.8 @pmbot_test_bot", topic=topics[chat])
    took = [server.wait_for_answer(chat)[0].at - asked for chat in chats]
    assert max(took) < 1.4
    calls = {chat: server.calls("sendChatAction", chat) for chat in chats[1:]}
    assert all([int(call.params["message_thread_id"]) for call in made] == [topics[chat]] for chat, made in calls.items())
    figure("slowest of four answers of 0.8 s", f"{max(took):.2f} s")


def test_follow_ups_belong_to_a_chat(everyday: Everyday) -> None:
    server, first, other = everyday.server, everyday.fresh(), everyday.fresh()
    for chat, text in ((first, "trade"), (first, "and trade before that?"), (other, "and trade before that?")):
        server.say(chat, chat, text)
    assert "reading this as" in server.wait_for_answer(first, 2)[-1].text
    assert "reading this as" not in server.wait_for_answer(other)[0].text
    server.say(first, first, "/new")
    server.say(first, first, "and trade before that?")
    assert "reading this as" not in server.wait_for_answer(first, 4)[-1].text


def rows(bot: BotProcess, name: str, query: str, *values: Any) -> list[Any]:
    """What a database of the bot holds."""
    [path] = (bot.folder / "state").rglob(name)
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
        found = connection.execute(query, values).fetchall()
    connection.close()
    return found


def traces_of(bot: BotProcess, text: str) -> list[str]:
    """The files of the bot's state in which `text` occurs."""
    return [path.name for path in (bot.folder / "state").rglob("*") if path.is_file() and text.encode() in path.read_bytes()]


def test_forget_leaves_nothing(everyday: Everyday, figure) -> None:
    """Questions, votes and what buttons need: 0 rows, and no byte of the question in any file of the state."""
    server, bot, user, other = everyday.server, everyday.bot, everyday.fresh(), everyday.fresh()
    for number, who in enumerate((user, user, other)):
        server.say(who, who, f"trade {CANARY}-{who}-{number}")
    answers = server.wait_for_answer(user, 2)
    server.wait_for_answer(other)
    server.tap(user, user, answers[0].message_id, button="👎")
    answered = "SELECT count(*) FROM answer WHERE user = ?"
    until(lambda: rows(bot, "use.sqlite3", "SELECT count(*) FROM vote")[0][0] >= 1)
    asked = "SELECT DISTINCT user FROM asked WHERE question LIKE ?"
    [[name]] = rows(bot, "use.sqlite3", asked, f"%{CANARY}-{user}%")
    assert len(name) == 24
    assert str(user) not in name
    assert rows(bot, "telegram.sqlite3", answered, user) == [(2,)]
    server.say(user, user, "/forget")
    assert server.wait_for_answer(user, 3)[-1].text.startswith("Deleted: 2 questions and 1 vote.")
    left = {
        "asked": rows(bot, "use.sqlite3", "SELECT count(*) FROM asked WHERE user = ?", name)[0][0],
        "vote": rows(bot, "use.sqlite3", "SELECT count(*) FROM vote WHERE user = ?", name)[0][0],
        "answer": rows(bot, "telegram.sqlite3", answered, user)[0][0],
    }
    assert left == {"asked": 0, "vote": 0, "answer": 0}
    assert traces_of(bot, f"{CANARY}-{user}") == []
    assert traces_of(bot, f"{CANARY}-{other}") != []
    tap = server.tap(user, user, answers[0].message_id, button="Sources")
    assert tap is not None
    assert "out of date" in (server.wait_for(lambda s: s.callback_answer(tap)) or {})["text"]
    figure("rows left after /forget", left)


def test_no_question_is_logged(everyday: Everyday) -> None:
    server, user = everyday.server, everyday.fresh()
    server.say(user, user, f"{CANARY} trade")
    server.wait_for_answer(user)
    server.say(user, user, f"{CANARY} is down")
    server.ask_inline(user, f"{CANARY} inline")
    assert server.wait_for_answer(user, 2)[-1].text.startswith("Sorry")
    assert CANARY not in everyday.bot.output
    assert "question, answered" in everyday.bot.output


def test_gaps_reads_what_telegram_recorded(telegram: TelegramServer, start_bot: Starter, tmp_path: Path, figure) -> None:
    """Unanswered questions and votes against answers come out of `pmbot gaps` and /gaps; /stats counts them."""
    knowledge = tmp_path / "knowledge"
    knowledge.mkdir()
    (knowledge / "trade.txt").write_text("The trade between Latvia and Korea reached €130 million in 2023.\n", encoding="utf-8")
    bot = start_bot(knowledge=knowledge, admins=[7])
    for user in (8, 9):
        telegram.say(user, user, "Who is the president of France?")
        telegram.wait_for_answer(user)
    telegram.say(8, 8, "How much was the trade in 2023?")
    answer = telegram.wait_for_answer(8, 2)[-1]
    assert "€130 million" in answer.text
    for button in ("👍", "Wrong source"):
        tap = telegram.tap(8, 8, answer.message_id, button=button)
        telegram.wait_for(lambda s, tap=tap: s.callback_answer(tap))
    command = [sys.executable, "-m", "pmbot", "gaps", "--json", "--knowledge", str(knowledge)]
    done = subprocess.run(command, env=bot.environment(), capture_output=True, text=True, check=True, timeout=30)
    found = json.loads(done.stdout)
    assert [(gap["kind"], gap["times"], gap["wrong_source"]) for gap in found["gaps"]] == [("unanswered", 2, 0), ("down_voted", 1, 1)]
    assert (found["recorded"], found["users"]) == (3, 2)
    telegram.say(7, 7, "/gaps")
    assert "2×  Who is the president of France?" in telegram.wait_for_answer(7)[-1].text
    telegram.say(7, 7, "/stats")
    stats = telegram.wait_for_answer(7, 2)[-1].text
    assert "The last 7 days: 3 questions from 2 people.\nAnswered: 1 · not in the documents: 2" in stats
    assert stats.endswith("Votes: 👍 0 · 👎 0 · wrong source 1")
    assert b"8" not in {row[0] for row in rows(bot, "use.sqlite3", "SELECT user FROM asked")}
    figure("gaps of two people", [gap["question"] for gap in found["gaps"]])


def test_nothing_is_recorded_when_that_is_turned_off(telegram: TelegramServer, start_bot: Starter) -> None:
    bot = start_bot(environment={"PMBOT_USAGE__RECORD": "false"}, admins=[7])
    telegram.say(7, 7, "trade")
    labels = [button["text"] for button in telegram.wait_for_answer(7)[0].buttons]
    assert "👍" not in labels
    for count, (text, said) in enumerate(
        {"/stats": "Nothing is recorded", "/gaps": "Nothing is recorded", "/forget": "Deleted: 1 "}.items(), 2
    ):
        telegram.say(7, 7, text)
        assert telegram.wait_for_answer(7, count)[-1].text.startswith(said)
    telegram.say(7, 7, "/privacy")
    assert "beyond that, nothing" in telegram.wait_for_answer(7, 5)[-1].text
    assert list((bot.folder / "state").rglob("use.sqlite3")) == []

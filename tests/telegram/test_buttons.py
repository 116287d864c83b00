"""P0 11: buttons work, also after a restart, and say so when they cannot."""

from __future__ import annotations

import time
from pathlib import Path

from tests.telegram.bots import until
from tests.telegram.conftest import Everyday, Starter
from tests.telegram.server import TelegramServer

ROOT = Path(__file__).parents[2]
OUT_OF_DATE = "This is out of date. Please ask again."


def tapped(telegram: TelegramServer, chat: int, message: int, data: str | None = None, *, button: str | None = None, user: int = 0) -> str:
    """Tap, and give what the tap is answered by; within a second."""
    update = telegram.tap(chat, user or chat, message, data, button=button)
    assert update is not None
    telegram.wait_for(lambda s: s.callback_answer(update) is not None, 1.0, f"the answer to {data or button}")
    return str((telegram.callback_answer(update) or {})["text"])


def test_sources_and_passages(everyday: Everyday) -> None:
    telegram, chat = everyday.server, everyday.fresh()
    telegram.say(chat, chat, "trade")
    [answer] = telegram.wait_for_answer(chat)
    labels = [button["text"] for button in answer.buttons]
    assert labels == ["Sources (1)", "Passage", "👍", "👎", "Wrong source"]
    assert tapped(telegram, chat, answer.message_id, button="Sources") == ""
    sources = telegram.wait_for_answer(chat, 2)[1]
    assert sources.text.startswith("[1] pmnet.txt:1 · Pmnet\ncharacters 0 to ")
    assert sources.reply_to == answer.message_id
    assert tapped(telegram, chat, answer.message_id, button="Passage") == ""
    passage = telegram.wait_for_answer(chat, 3)[2]
    assert "“With trade between the two nations" in passage.text
    assert tapped(telegram, chat, passage.message_id, button="Next passage") == ""
    following = telegram.wait_for_answer(chat, 4)[3]
    assert "Also found, not given as the answer:" in following.text
    assert "Edgars Rinkēvičs" in following.text
    assert following.buttons == []
    assert not any(shown.preview for shown in telegram.sent(chat))


def test_votes_and_buttons_after_a_restart(telegram: TelegramServer, start_bot: Starter) -> None:
    """One vote a user, changeable; and what is tapped may be gone already."""
    bot = start_bot()
    telegram.say(1, 1, "trade")
    [answer] = telegram.wait_for_answer(1)
    for button, said in (("👍", "Noted as right"), ("👎", "Noted as wrong"), ("Wrong source", "wrong source"), ("👎", "Noted as wrong")):
        assert said in tapped(telegram, 1, answer.message_id, button=button)
    bot.terminate()
    bot.start().ready()
    assert "Noted as right" in tapped(telegram, 1, answer.message_id, button="👍", user=2)
    assert votes(bot.folder) == [("bad", 1), ("good", 1)]
    assert tapped(telegram, 1, answer.message_id, button="Sources") == ""
    telegram.wait_for_answer(1, 2)
    del telegram.world.chats[1].messages[answer.message_id]
    assert tapped(telegram, 1, answer.message_id, answer.buttons[0]["callback_data"]) == ""
    telegram.wait_for(lambda s: len(s.sent(1)) == 2)


def votes(folder: Path) -> list[tuple[str, int]]:
    import sqlite3
    from contextlib import closing

    [path] = folder.glob("state/**/use.sqlite3")
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT vote, count(*) FROM vote GROUP BY vote ORDER BY vote").fetchall()


def test_nothing_is_recorded_without_a_record(telegram: TelegramServer, start_bot: Starter) -> None:
    bot = start_bot(environment={"PMBOT_USAGE__RECORD": "false"})
    telegram.say(1, 1, "trade")
    [answer] = telegram.wait_for_answer(1)
    assert [button["text"] for button in answer.buttons] == ["Sources (1)", "Passage"]
    key = answer.buttons[0]["callback_data"].split(":")[2]
    assert tapped(telegram, 1, answer.message_id, f"v1:g:{key}") == "Votes are not kept here."
    assert list(bot.folder.glob("state/**/use.sqlite3")) == []


def test_examples_can_be_tapped(everyday: Everyday) -> None:
    telegram, chat = everyday.server, everyday.fresh()
    telegram.say(chat, chat, "hi")
    [answer] = telegram.wait_for_answer(chat)
    assert tapped(telegram, chat, answer.message_id, button="How much was the trade") == ""
    assert "€130 million" in telegram.wait_for_answer(chat, 2)[1].text


def test_junk_stale_and_foreign_taps(everyday: Everyday, figure) -> None:
    telegram, chat, elsewhere = everyday.server, everyday.fresh(), everyday.fresh()
    telegram.say(chat, chat, "trade")
    telegram.say(elsewhere, elsewhere, "trade")
    [answer], [other] = telegram.wait_for_answer(chat), telegram.wait_for_answer(elsewhere)
    foreign = other.buttons[0]["callback_data"]
    junk = [
        "x",
        "v1",
        "v1:s",
        "v1:s:",
        "v1:s:zzzzzzzzzzzzz",
        "v0:s:1",
        "v1:x:1",
        "v1:s:1:99999999",
        "v1:s:0",
        "v1:s:ß",
        "\x00",
        "😀" * 16,
        foreign,
    ]
    key = answer.buttons[0]["callback_data"].split(":")[2]
    junk += [f"v1:q:{key}:0", f"v1:q:{key}:5"]
    slowest = 0.0
    for data in junk:
        start = time.monotonic()
        assert tapped(telegram, chat, answer.message_id, data) == OUT_OF_DATE, data
        slowest = max(slowest, time.monotonic() - start)
    assert tapped(telegram, chat, answer.message_id, f"v1:p:{key}:99") == ""
    assert telegram.wait_for_answer(chat, 2)[1].text == "Nothing more was found for that question."
    assert telegram.calls("editMessageText", chat) == telegram.calls("editMessageReplyMarkup", chat) == []
    figure("junk taps, slowest", f"{len(junk)}, {slowest * 1000:.0f} ms")


def test_documents_that_change(telegram: TelegramServer, start_bot: Starter, tmp_path: Path) -> None:
    """They are read again by themselves, old buttons say so; documents that vanish leave the old ones. Before: did you mean."""
    knowledge, path = tmp_path / "docs", tmp_path / "docs" / "fair.md"
    knowledge.mkdir()
    path.write_text("# Fair\n\nKvarnsen opened the Bioplus fair in Riga.\n\nThe Bioplus fair had 300 visitors.\n", encoding="utf-8")
    bot = start_bot(knowledge=knowledge)
    telegram.say(2, 2, "What did Kvernsten open?")
    [refusal] = telegram.wait_for_answer(2)
    assert "never mention “Kvernsten”" in refusal.text
    assert [button["text"] for button in refusal.buttons if "Kvarnsen" in button["text"]] == ["What did Kvarnsen open?"]
    tapped(telegram, 2, refusal.message_id, button="Kvarnsen")
    assert "Bioplus" in telegram.wait_for_answer(2, 2)[1].text

    telegram.say(1, 1, "How many visitors did the Bioplus fair have?")
    [answer] = telegram.wait_for_answer(1)
    assert "300" in answer.text
    path.write_text("# Fair\n\nThe Bioplus fair had 450 visitors.\n", encoding="utf-8")
    bot.wait_for_output("documents read again: 0 added, 1 changed, 0 removed")
    assert tapped(telegram, 1, answer.message_id, button="Sources") == OUT_OF_DATE
    assert tapped(telegram, 1, answer.message_id, button="👍") == OUT_OF_DATE
    telegram.say(1, 1, "How many visitors did the Bioplus fair have?")
    assert "450" in telegram.wait_for_answer(1, 2)[1].text

    path.unlink()
    bot.wait_for_output("the old ones stay")
    telegram.say(1, 1, "How many visitors did the Bioplus fair have?")
    assert "450" in telegram.wait_for_answer(1, 3)[2].text
    until(bot.healthy)

"""P0 11: buttons work, also after a restart, and say so when they cannot."""

from __future__ import annotations

import time
from pathlib import Path

from tests.telegram.bots import until
from tests.telegram.conftest import Starter
from tests.telegram.server import TelegramServer

ROOT = Path(__file__).parents[2]
OUT_OF_DATE = "This is out of date. Please ask again."


def tapped(telegram: TelegramServer, chat: int, message: int, data: str | None = None, *, button: str | None = None, user: int = 0) -> str:
    """Tap, and give what the tap is answered by; within a second."""
    update = telegram.tap(chat, user or chat, message, data, button=button)
    assert update is not None
    telegram.wait_for(lambda s: s.callback_answer(update) is not None, 1.0, f"the answer to {data or button}")
    return str((telegram.callback_answer(update) or {})["text"])


def test_sources_and_passages(telegram: TelegramServer, start_bot: Starter) -> None:
    start_bot()
    telegram.say(1, 1, "trade")
    [answer] = telegram.wait_for_answer(1)
    labels = [button["text"] for button in answer.buttons]
    assert labels == ["Sources (1)", "Passage", "👍", "👎", "Wrong source"]
    assert tapped(telegram, 1, answer.message_id, button="Sources") == ""
    sources = telegram.wait_for_answer(1, 2)[1]
    assert sources.text.startswith("[1] pmnet.txt:1 · Pmnet\ncharacters 0 to ")
    assert sources.reply_to == answer.message_id
    assert tapped(telegram, 1, answer.message_id, button="Passage") == ""
    passage = telegram.wait_for_answer(1, 3)[2]
    assert "“With trade between the two nations" in passage.text
    assert tapped(telegram, 1, passage.message_id, button="Next passage") == ""
    following = telegram.wait_for_answer(1, 4)[3]
    assert "Also found, not given as the answer:" in following.text
    assert "Edgars Rinkēvičs" in following.text
    assert following.buttons == []
    assert not any(shown.preview for shown in telegram.sent(1))


def test_one_vote_a_user_changeable(telegram: TelegramServer, start_bot: Starter) -> None:
    bot = start_bot()
    telegram.say(1, 1, "trade")
    [answer] = telegram.wait_for_answer(1)
    for button, said in (("👍", "Noted as right"), ("👎", "Noted as wrong"), ("Wrong source", "wrong source"), ("👎", "Noted as wrong")):
        assert said in tapped(telegram, 1, answer.message_id, button=button)
    assert "Noted as right" in tapped(telegram, 1, answer.message_id, button="👍", user=2)
    bot.terminate()
    assert votes(bot.folder) == [("bad", 1), ("good", 1)]


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


def test_examples_can_be_tapped(telegram: TelegramServer, start_bot: Starter) -> None:
    start_bot()
    telegram.say(1, 1, "hi")
    [answer] = telegram.wait_for_answer(1)
    assert tapped(telegram, 1, answer.message_id, button="How much was the trade") == ""
    assert "€130 million" in telegram.wait_for_answer(1, 2)[1].text


def test_did_you_mean(telegram: TelegramServer, start_bot: Starter, tmp_path: Path) -> None:
    knowledge = tmp_path / "docs"
    knowledge.mkdir()
    (knowledge / "fair.md").write_text(
        "# Fair\n\nKvarnsen opened the Bioplus fair in Riga in 2021.\n\nThe fair had 300 visitors.\n", encoding="utf-8"
    )
    start_bot(knowledge=knowledge)
    telegram.say(1, 1, "What did Kvernsten open?")
    [refusal] = telegram.wait_for_answer(1)
    assert "never mention “Kvernsten”" in refusal.text
    assert [button["text"] for button in refusal.buttons if "Kvarnsen" in button["text"]] == ["What did Kvarnsen open?"]
    tapped(telegram, 1, refusal.message_id, button="Kvarnsen")
    assert "Bioplus" in telegram.wait_for_answer(1, 2)[1].text


def test_junk_stale_and_foreign_taps(telegram: TelegramServer, start_bot: Starter, figure) -> None:
    bot = start_bot()
    telegram.say(1, 1, "trade")
    telegram.say(2, 2, "trade")
    [answer], [other] = telegram.wait_for_answer(1), telegram.wait_for_answer(2)
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
        assert tapped(telegram, 1, answer.message_id, data) == OUT_OF_DATE, data
        slowest = max(slowest, time.monotonic() - start)
    assert tapped(telegram, 1, answer.message_id, f"v1:p:{key}:99") == ""
    assert telegram.wait_for_answer(1, 2)[1].text == "Nothing more was found for that question."
    assert telegram.calls("editMessageText") == telegram.calls("editMessageReplyMarkup") == []
    assert "Traceback" not in bot.output
    figure("junk taps, slowest", f"{len(junk)}, {slowest * 1000:.0f} ms")


def test_after_a_restart_and_on_a_message_that_is_gone(telegram: TelegramServer, start_bot: Starter) -> None:
    bot = start_bot()
    telegram.say(1, 1, "trade")
    [answer] = telegram.wait_for_answer(1)
    bot.terminate()
    bot.start().ready()
    assert tapped(telegram, 1, answer.message_id, button="Sources") == ""
    telegram.wait_for_answer(1, 2)
    data = answer.buttons[0]["callback_data"]
    del telegram.world.chats[1].messages[answer.message_id]
    assert tapped(telegram, 1, answer.message_id, data) == ""
    assert telegram.wait_for(lambda s: len(s.sent(1)) == 2 and s.sent(1)[1])


def test_after_the_documents_have_changed(telegram: TelegramServer, start_bot: Starter, tmp_path: Path) -> None:
    """Also: they are read again by themselves, and the new answer is given."""
    knowledge = tmp_path / "docs"
    knowledge.mkdir()
    path = knowledge / "fair.md"
    path.write_text("# Fair\n\nThe Bioplus fair in Riga had 300 visitors in 2021.\n", encoding="utf-8")
    bot = start_bot(knowledge=knowledge)
    telegram.say(1, 1, "How many visitors did the Bioplus fair have?")
    [answer] = telegram.wait_for_answer(1)
    assert "300" in answer.text
    path.write_text("# Fair\n\nThe Bioplus fair in Riga had 450 visitors in 2021.\n", encoding="utf-8")
    bot.wait_for_output("documents read again: 0 added, 1 changed, 0 removed")
    assert tapped(telegram, 1, answer.message_id, button="Sources") == OUT_OF_DATE
    assert tapped(telegram, 1, answer.message_id, button="👍") == OUT_OF_DATE
    telegram.say(1, 1, "How many visitors did the Bioplus fair have?")
    assert "450" in telegram.wait_for_answer(1, 2)[1].text


def test_documents_that_become_unreadable_leave_the_old_ones(telegram: TelegramServer, start_bot: Starter, tmp_path: Path) -> None:
    knowledge = tmp_path / "docs"
    knowledge.mkdir()
    path = knowledge / "fair.md"
    path.write_text("# Fair\n\nThe Bioplus fair in Riga had 300 visitors in 2021.\n", encoding="utf-8")
    bot = start_bot(knowledge=knowledge)
    path.unlink()
    bot.wait_for_output("the old ones stay")
    telegram.say(1, 1, "How many visitors did the Bioplus fair have?")
    assert "300" in telegram.wait_for_answer(1)[0].text
    until(bot.healthy)

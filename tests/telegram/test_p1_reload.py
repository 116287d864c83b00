"""P1 19: documents that change are read again while questions go on being answered."""

from __future__ import annotations

import re
import threading
import time
from pathlib import Path

from tests.telegram.conftest import Starter
from tests.telegram.server import TelegramServer

LINE = "The trade between Latvia and Korea reached €130 million in 2023.\n"
QUESTION = "How much was the trade in 2023?"
NEW = "Who is the mayor of Ventspils?"


def documents(tmp_path: Path) -> Path:
    knowledge = tmp_path / "knowledge"
    knowledge.mkdir()
    (knowledge / "trade.txt").write_text(LINE, encoding="utf-8")
    return knowledge


def test_no_question_is_dropped_by_a_reload(telegram: TelegramServer, start_bot: Starter, tmp_path: Path, scale, figure) -> None:
    """Questions come all the time while files are edited, added and removed on disk; each is answered, from one generation."""
    knowledge, edits = documents(tmp_path), scale(3, 30)
    bot = start_bot(knowledge=knowledge)
    telegram.say(1, 1, NEW)
    assert "Ventspils" in telegram.wait_for_answer(1)[0].text
    asked, stop = [0], threading.Event()

    def ask() -> None:
        while not stop.wait(0.02):
            chat = 100 + asked[0] % 20
            telegram.say(chat, chat, QUESTION)
            asked[0] += 1

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        for number in range(edits):
            amount = f"€{200 + number} million"
            (knowledge / "trade.txt").write_text(LINE.replace("€130 million", amount), encoding="utf-8")
            (knowledge / "mayor.txt").write_text(f"The mayor of Ventspils is Anna Liepa ({number}).\n", encoding="utf-8")
            written = time.monotonic()
            telegram.wait_for(lambda s, amount=amount: any(amount in sent.text for sent in s.sent(100)[-2:]), 10, f"reading {amount}")
            seen = time.monotonic() - written
    finally:
        stop.set()
        asking.join()
    telegram.wait_for(lambda s: sum(len(s.sent(100 + chat)) for chat in range(20)) >= asked[0], 10)
    answers = [sent for chat in range(20) for sent in telegram.sent(100 + chat)]
    assert len(answers) == asked[0]
    assert all("€" in sent.slices("blockquote")[0] for sent in answers)
    figures = [(re.findall(r"€\d+", sent.text), re.findall(r"€\d+", sent.slices("blockquote")[0])) for sent in answers]
    assert [said for said, quoted in figures if set(said) != set(quoted)] == []
    telegram.say(1, 1, NEW)
    assert "Anna Liepa" in telegram.wait_for_answer(1, 2)[-1].text
    assert bot.output.count("documents read again") >= edits
    assert "Traceback" not in bot.output
    figure("questions, answers, reloads, last change seen after", f"{asked[0]}, {len(answers)}, {edits}, {seen:.1f} s")


def test_reload_by_command(telegram: TelegramServer, start_bot: Starter, tmp_path: Path) -> None:
    """/reload says what changed; when it fails the old documents answer, and the buttons of an old answer are out of date after it."""
    knowledge = documents(tmp_path)
    bot = start_bot(knowledge=knowledge, admins=[7])
    telegram.say(7, 7, QUESTION)
    [answer] = telegram.wait_for_answer(7)
    telegram.say(7, 7, "/reload")
    assert telegram.wait_for_answer(7, 2)[-1].text == "Nothing has changed. I search 1 document, 1 sentence."
    (knowledge / "mayor.txt").write_text("The mayor of Ventspils is Anna Liepa.\n", encoding="utf-8")
    telegram.say(7, 7, "/reload")
    # The watcher may have been faster.
    assert telegram.wait_for_answer(7, 3)[-1].text.endswith("2 documents, 2 sentences.")
    telegram.say(7, 7, NEW)
    assert "Anna Liepa" in telegram.wait_for_answer(7, 4)[-1].text
    tap = telegram.tap(7, 7, answer.message_id, button="Sources")
    assert tap is not None
    assert "out of date" in (telegram.wait_for(lambda s: s.callback_answer(tap)) or {})["text"]
    for path in knowledge.iterdir():
        path.unlink()
    telegram.say(7, 7, "/reload")
    assert telegram.wait_for_answer(7, 5)[-1].text.startswith("The documents could not be read again, so I go on with the old ones.")
    telegram.say(7, 7, QUESTION)
    assert "€130 million" in telegram.wait_for_answer(7, 6)[-1].text
    assert "Traceback" not in bot.output

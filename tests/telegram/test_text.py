"""P0 2 and 3: quotes stand there word for word, and long answers come in parts."""

from __future__ import annotations

from collections.abc import Callable

from pmbot.rendering.telegram import cleaned, units
from tests.telegram.conftest import Starter
from tests.telegram.server import Sent, TelegramServer
from tests.telegram.special import LINES, SMILE, hostile_sentences, long_sentence

CHATS = 20


def test_quotes_are_verbatim(telegram: TelegramServer, start_bot: Starter, scale: Callable[[int, int], int], figure) -> None:
    """The UTF-16 slice of each blockquote is the sentence as Telegram cleans it, and no answer is refused."""
    count, sentences = scale(400, LINES), hostile_sentences()
    start_bot()
    for number in range(count):
        telegram.say(100 + number % CHATS, 100 + number % CHATS, f"line {number}")
    for chat in range(CHATS):
        wanted = [cleaned(sentences[number]) for number in range(chat, count, CHATS)]
        answers = telegram.wait_for_answer(100 + chat, len(wanted), timeout=60)
        assert [answer.slices("blockquote", "expandable_blockquote") for answer in answers] == [[text] for text in wanted]
        assert not any(answer.preview for answer in answers)
    calls = telegram.calls("sendMessage")
    refused = [call for call in calls if call.status != 200]
    assert refused == []
    assert not any("parse_mode" in call.params for call in calls)
    figure("verbatim quotes", f"{len(calls)} of {count}, refused {len(refused)}")


def settled(telegram: TelegramServer, chat: int, count: int) -> list[Sent]:
    """The messages of a chat, `count` or more, once buttons stand under the last."""
    telegram.wait_for(lambda s: len(s.sent(chat)) >= count and s.sent(chat)[-1].buttons, 10)
    return telegram.sent(chat)


def test_long_answers_come_in_parts(telegram: TelegramServer, start_bot: Starter, figure) -> None:
    start_bot()
    lengths = (1, 4000, 4095, 4096, 4097, 10_000, 30_000)
    for length in lengths:
        telegram.say(length, length, f"long {length}")
    telegram.say(99, 99, "smiles 6000")
    shown = {}
    for length in (*lengths, 99):
        answers = settled(telegram, length, 1)
        while any(button["text"] == "Show more" for button in answers[-1].buttons):
            assert len(answers) % 3 == 0
            telegram.tap(length, length, answers[-1].message_id, button="Show more")
            answers = settled(telegram, length, len(answers) + 1)
        assert all(0 < units(answer.text) <= 4096 for answer in answers)
        sentence = SMILE * 6000 if length == 99 else long_sentence(length)
        said = "".join(piece for answer in answers for piece in answer.slices("blockquote", "expandable_blockquote"))
        assert said.replace(" ", "") == sentence.replace(" ", "")
        shown[length] = len(answers)
    assert shown[1] == 1
    assert shown[4097] == 2
    assert shown[30_000] >= 8
    assert [call for call in telegram.calls() if call.status not in {200, 0}] == []
    figure("parts by length", shown)


def test_buttons_stand_under_the_last_part_alone(telegram: TelegramServer, start_bot: Starter) -> None:
    start_bot()
    telegram.say(42, 42, "long 10000")
    assert [bool(answer.buttons) for answer in settled(telegram, 42, 3)] == [False, False, True]

"""P0 2 and 3: quotes stand there word for word, and long answers come in parts."""

from __future__ import annotations

from collections.abc import Callable

from pmbot.rendering.telegram import cleaned, units
from tests.telegram.conftest import Everyday
from tests.telegram.server import Sent, TelegramServer
from tests.telegram.special import LINES, SMILE, hostile_sentences, long_sentence

CHATS = 20


def test_quotes_are_verbatim(everyday: Everyday, scale: Callable[[int, int], int], figure) -> None:
    """The UTF-16 slice of each blockquote is the sentence as Telegram cleans it, and no answer is refused."""
    count, sentences = scale(400, LINES), hostile_sentences()
    telegram, chats = everyday.server, [everyday.fresh() for _ in range(CHATS)]
    for number in range(count):
        telegram.say(chats[number % CHATS], chats[number % CHATS], f"line {number}")
    for chat in range(CHATS):
        wanted = [cleaned(sentences[number]) for number in range(chat, count, CHATS)]
        answers = telegram.wait_for_answer(chats[chat], len(wanted), timeout=60)
        assert [answer.slices("blockquote", "expandable_blockquote") for answer in answers] == [[text] for text in wanted]
        assert not any(answer.preview for answer in answers)
    calls = [call for call in telegram.calls("sendMessage") if call.chat in chats]
    refused = [call for call in calls if call.status != 200]
    assert refused == []
    assert not any("parse_mode" in call.params for call in calls)
    figure("verbatim quotes", f"{len(calls)} of {count}, refused {len(refused)}")


def settled(telegram: TelegramServer, chat: int, count: int) -> list[Sent]:
    """The messages of a chat, `count` or more, once buttons stand under the last."""
    telegram.wait_for(lambda s: len(s.sent(chat)) >= count and s.sent(chat)[-1].buttons, 10)
    return telegram.sent(chat)


def test_long_answers_come_in_parts(everyday: Everyday, figure) -> None:
    telegram, shown = everyday.server, {}
    questions = [f"long {length}" for length in (1, 4000, 4095, 4096, 4097, 10_000, 30_000)] + ["smiles 6000"]
    chats = {question: everyday.fresh() for question in questions}
    for question, chat in chats.items():
        telegram.say(chat, chat, question)
    for question, chat in chats.items():
        answers = settled(telegram, chat, 1)
        while any(button["text"] == "Show more" for button in answers[-1].buttons):
            assert len(answers) % 3 == 0
            telegram.tap(chat, chat, answers[-1].message_id, button="Show more")
            answers = settled(telegram, chat, len(answers) + 1)
        assert all(0 < units(answer.text) <= 4096 for answer in answers)
        kind, _, length = question.partition(" ")
        sentence = SMILE * int(length) if kind == "smiles" else long_sentence(int(length))
        said = "".join(piece for answer in answers for piece in answer.slices("blockquote", "expandable_blockquote"))
        assert said.replace(" ", "") == sentence.replace(" ", "")
        shown[question] = len(answers)
        assert [bool(answer.buttons) for answer in answers][-1]
    assert shown["long 1"] == 1
    assert shown["long 4097"] == 2
    assert shown["long 30000"] >= 8
    assert {call.status for call in telegram.calls() if call.chat in chats.values()} == {200}
    figure("parts by length", shown)


def test_buttons_stand_under_the_last_part_alone(everyday: Everyday) -> None:
    chat = everyday.fresh()
    everyday.server.say(chat, chat, "long 10000")
    assert [bool(answer.buttons) for answer in settled(everyday.server, chat, 3)] == [False, False, True]

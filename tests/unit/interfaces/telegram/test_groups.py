"""Being addressed, and answering as a reply."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import MessageEntity, User

from pmbot.interfaces.telegram.groups import as_reply, without_mentions
from pmbot.interfaces.telegram.responses import Outcome, Response, Revise, Say
from pmbot.rendering.telegram_parts import TelegramText, units

NAME, BOT = "docs_bot", 7


def mention(text: str, name: str, kind: str = "mention", user: User | None = None) -> MessageEntity:
    return MessageEntity(kind, units(text[: text.index(name)]), units(name), user=user)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("@docs_bot how much?", "how much?"),
        ("@Docs_Bot: how much?", "how much?"),
        ("😀 hello @docs_bot, how much?", "😀 hello how much?"),
        ("how much?\n@docs_bot", "how much?"),
        ("@docs_bot", ""),
    ],
)
def test_the_name_is_taken_out(text: str, rest: str) -> None:
    name = text[text.index("@") :][:9]
    assert without_mentions(text, [mention(text, name)], NAME, BOT) == (True, rest)


def test_a_link_to_the_bot_names_it() -> None:
    us, other = User(BOT, "Docs", is_bot=True), User(8, "Anna", is_bot=False)
    assert without_mentions("Docs, why?", [mention("Docs, why?", "Docs", "text_mention", us)], NAME, BOT) == (True, "why?")
    assert not without_mentions("Anna, why?", [mention("Anna, why?", "Anna", "text_mention", other)], NAME, BOT).named


@pytest.mark.parametrize("kind", ["code", "pre", "url", "email", "bold"])
def test_where_telegram_marks_no_mention_there_is_none(kind: str) -> None:
    text = "see @docs_bot there"
    assert without_mentions(text, [mention(text, "@docs_bot", kind)], NAME, BOT) == (False, text)
    assert without_mentions(text, [], NAME, BOT) == (False, text)


@given(st.text(), st.lists(st.tuples(st.integers(0, 40), st.integers(1, 40)), max_size=5))
def test_entities_of_any_kind_do_no_harm(text: str, places: list[tuple[int, int]]) -> None:
    found = [MessageEntity("mention", offset, length) for offset, length in places]
    assert without_mentions(text, found, NAME, BOT).text is not None


def test_the_first_message_is_the_reply() -> None:
    one, two = Say(TelegramText("1")), Say(TelegramText("2"))
    replied = as_reply(Response(Outcome.COMMAND, (one, two)), 5).actions
    assert [say.reply_to for say in replied if isinstance(say, Say)] == [5, None]
    aimed = as_reply(Response(Outcome.COMMAND, (Say(TelegramText("1"), reply_to=3), two)), 5).actions
    assert [say.reply_to for say in aimed if isinstance(say, Say)] == [3, None]
    revised = Response(Outcome.REVISED, (Revise(1, TelegramText("1")),))
    assert as_reply(revised, 5) == revised
    assert as_reply(revised, None) is revised

"""What an answer replies to, and what it quotes."""

from __future__ import annotations

from pmbot.interfaces.telegram.incoming import Incoming, Kind, Replied
from pmbot.interfaces.telegram.quoting import Anchor, anchor
from pmbot.rendering.telegram_parts import Entity, TelegramText
from tests.fakes_api import TRADE, FakeKnowledge

ANSWER = FakeKnowledge().ask("trade")
OURS = Replied(4, TelegramText(f"€130 million.\n{TRADE}", (Entity("bold", 0, 13), Entity("bold", 20, 4))), ours=True)


def incoming(*, private: bool, text: str = "trade?", written: str = "trade?", replied: Replied | None = None) -> Incoming:
    return Incoming(
        update_id=1,
        kind=Kind.QUESTION,
        chat=9,
        chat_type="private" if private else "supergroup",
        message_id=5,
        text=text,
        written=TelegramText(written),
        replied=replied,
    )


def test_in_private_only_a_reply_to_us_is_quoted() -> None:
    assert anchor(incoming(private=True), ANSWER) == Anchor()
    theirs = OURS._replace(ours=False)
    assert anchor(incoming(private=True, replied=theirs), ANSWER) == Anchor()
    quoted = anchor(incoming(private=True, replied=OURS), ANSWER)
    assert quoted.message_id == 4
    assert quoted.quote == TelegramText(TRADE, (Entity("bold", 6, 4),))


def test_in_a_group_the_question_is_quoted_where_it_is_a_part() -> None:
    assert anchor(incoming(private=False), ANSWER) == Anchor(5)
    assert anchor(incoming(private=False, written="@bot trade?"), ANSWER) == Anchor(5, TelegramText("trade?"))
    # The words of the question do not stand together in the message.
    assert anchor(incoming(private=False, text="a trade?", written="a @bot trade?"), ANSWER) == Anchor(5)


def test_an_emoji_of_somebodys_own_cannot_be_quoted() -> None:
    message = OURS._replace(written=TelegramText(TRADE, (Entity("custom_emoji", 5, 2),)))
    assert anchor(incoming(private=True, replied=message), ANSWER) == Anchor()
    assert anchor(incoming(private=False, replied=message), ANSWER) == Anchor(5)

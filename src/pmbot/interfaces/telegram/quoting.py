"""Native quotes: the words of an earlier message that an answer is about. Telegram refuses a quote that does not stand there verbatim."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pmbot.interfaces.telegram.incoming import Incoming
from pmbot.models import Answer
from pmbot.rendering.telegram import quotable
from pmbot.rendering.telegram_parts import TelegramText


class Anchor(NamedTuple):
    """The message that an answer replies to, and what it quotes of that message; None where there is no need."""

    message_id: int | None = None
    quote: TelegramText | None = None


def anchor(incoming: Incoming, answer: Answer) -> Anchor:
    """Find what an answer replies to.

    When the question replied to a message of ours (in a group: to anybody's) that holds a sentence which the answer cites, it is that
    message, and that sentence is quoted. Else, in a group, it is the question: a cited sentence is quoted from it if it holds one, and if
    not the words that were taken as the question, where there are others beside them.
    """
    sentences = tuple(citation.quote for citation in (*answer.citations, *answer.closest))
    replied = incoming.replied
    if replied is not None and (replied.ours or not incoming.private):
        quote = _first(replied.written, sentences)
        if quote is not None:
            return Anchor(replied.message_id, quote)
    if incoming.private:
        return Anchor()
    asked = () if incoming.text == incoming.written.text else (incoming.text,)
    return Anchor(incoming.message_id, _first(incoming.written, (*sentences, *asked)))


def _first(message: TelegramText, wanted: Iterable[str]) -> TelegramText | None:
    return next((quote for text in wanted if (quote := quotable(message, text)) is not None), None)

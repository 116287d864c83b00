"""What a message refers to: the answer it replies to, else the last one of the conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pmbot.interfaces.telegram.incoming import Incoming
    from pmbot.interfaces.telegram.services import Services
    from pmbot.storage.conversations import Remembered


def earlier(incoming: Incoming, services: Services) -> tuple[str, ...]:
    """The earlier questions that a question may refer to, newest last. A reply to an older answer goes on from there."""
    answered = replied_to(incoming, services)
    if answered is None:
        return services.memory.history(incoming.conversation)
    asked = answered.asked
    return (*asked.history, asked.question) if asked.followed else ()


def meant(incoming: Incoming, services: Services) -> Remembered | None:
    """The question whose answer a command like /why is about; None when nothing was asked."""
    return replied_to(incoming, services) or services.memory.last(incoming.conversation)


def replied_to(incoming: Incoming, services: Services) -> Remembered | None:
    """The question that was answered in the message that `incoming` replies to; None when it replies to none of those."""
    if incoming.replied is None or not incoming.replied.ours or incoming.chat is None:
        return None
    return services.memory.of_answer(incoming.chat, incoming.replied.message_id)

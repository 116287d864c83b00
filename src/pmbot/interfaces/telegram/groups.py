"""Groups: whether a message there is for us, what it says without our name, and answers as replies to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from telegram import MessageEntity

from pmbot.interfaces.telegram.responses import Action, Response, Say

if TYPE_CHECKING:
    from telegram import Message

_AFTER_NAME = re.compile(r"\s*[,:;]?\s*")


class Addressed(NamedTuple):
    """Whether a text names us, and the text without that."""

    named: bool
    text: str


def without_mentions(text: str, entities: Sequence[MessageEntity], username: str, bot: int) -> Addressed:
    """Take our name out of `text`, wherever Telegram marks it as a mention: in code or inside an address it is none.

    Offsets of entities are UTF-16 units. Users without a name of their own are mentioned by a link to them (`text_mention`).
    """
    encoded = text.encode("utf-16-le", "surrogatepass")
    pieces, end, named = [], 0, False
    for entity in sorted(entities, key=lambda e: e.offset):
        start, stop = 2 * entity.offset, 2 * (entity.offset + entity.length)
        if start < end or not _is_ours(entity, encoded[start:stop], username, bot):
            continue
        pieces.append(encoded[end:start].decode("utf-16-le", "surrogatepass"))
        end, named = stop, True
    rest = encoded[end:].decode("utf-16-le", "surrogatepass")
    if not named:
        return Addressed(named=False, text=text)
    # Of `hello @bot, how much?` the comma goes too.
    pieces.append(rest[_end_of_name(rest) :])
    return Addressed(named=True, text=" ".join(piece.strip() for piece in pieces).strip())


def is_anonymous_admin(message: Message) -> bool:
    """Whether the group itself has written: an admin who is not shown. Telegram gives a bot's name as the sender then."""
    return message.sender_chat is not None and message.sender_chat.id == message.chat.id


def as_reply(response: Response, message_id: int | None) -> Response:
    """Let the first message of a response reply to `message_id`, unless it replies to another one already."""
    if message_id is None:
        return response
    actions: list[Action] = list(response.actions)
    for place, action in enumerate(actions):
        if isinstance(action, Say):
            if action.reply_to is None:
                actions[place] = replace(action, reply_to=message_id)
            break
    return replace(response, actions=tuple(actions))


def _is_ours(entity: MessageEntity, words: bytes, username: str, bot: int) -> bool:
    if entity.type == MessageEntity.TEXT_MENTION:
        return entity.user is not None and entity.user.id == bot
    written = words.decode("utf-16-le", "surrogatepass").lower()
    return entity.type == MessageEntity.MENTION and bool(username) and written == f"@{username.lower()}"


def _end_of_name(rest: str) -> int:
    found = _AFTER_NAME.match(rest)
    return found.end() if found else 0

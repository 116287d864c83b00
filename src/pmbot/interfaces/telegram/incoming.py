"""What an update is about: who wrote what where, and what kind of thing it is. Pure: nothing is looked up, nothing is sent."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from telegram import CallbackQuery, Chat, Message, MessageEntity, Update, User

from pmbot.interfaces.telegram.groups import is_anonymous_admin, without_mentions
from pmbot.rendering.telegram import cleaned
from pmbot.rendering.telegram_parts import Entity, TelegramText

GROUPS = frozenset({Chat.GROUP, Chat.SUPERGROUP})

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]{1,64}))?(?=\s|$)")
_WORD = re.compile(r"\w")
_NOTHING = TelegramText("")


class Kind(StrEnum):
    """What there is to do about an update; each kind has a handler."""

    QUESTION = "question"
    EDITED = "edited"
    COMMAND = "command"
    EMPTY = "empty"
    MEDIA = "media"
    TAP = "tap"
    INLINE = "inline"
    MEMBER = "member"
    MIGRATED = "migrated"
    UNSERVED = "unserved"


class Me(NamedTuple):
    """The bot itself, as others address it."""

    id: int
    username: str


class Replied(NamedTuple):
    """The message that an incoming message replies to; `ours` is whether we wrote it, `quote` what was marked in it."""

    message_id: int
    written: TelegramText
    ours: bool
    quote: str | None = None


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """An update as handlers see it. `why` says why it is unserved.

    `text` is cleaned; without its command and mention. `written` is the message as it stands in the chat. `named` is whether it names us.
    """

    update_id: int
    kind: Kind
    chat: int | None = None
    chat_type: str = ""
    topic: int | None = None
    user: int | None = None
    language: str | None = None
    message_id: int | None = None
    text: str = ""
    written: TelegramText = _NOTHING
    named: bool = False
    command: str = ""
    replied: Replied | None = None
    query_id: str = ""
    data: str = ""
    offset: str = ""
    status: str = ""
    migrated_to: int | None = None
    edited: bool = False
    why: str = ""

    @property
    def private(self) -> bool:
        """Whether nobody else reads along."""
        return self.chat_type == Chat.PRIVATE

    @property
    def conversation(self) -> str:
        """What follow-ups refer to: a chat, in a forum one topic of it."""
        return f"{self.chat}" if self.topic is None else f"{self.chat}/{self.topic}"


def read(update: Update, me: Me) -> Incoming:
    """Tell what `update` is about."""
    if update.callback_query is not None:
        return _tap(update.update_id, update.callback_query)
    if update.inline_query is not None:
        query = update.inline_query
        return Incoming(
            update_id=update.update_id,
            kind=Kind.INLINE,
            text=cleaned(query.query),
            query_id=query.id,
            offset=query.offset,
            **_by(query.from_user),
        )
    if update.my_chat_member is not None:
        change = update.my_chat_member
        status = change.new_chat_member.status
        return Incoming(update_id=update.update_id, kind=Kind.MEMBER, status=status, **_at(change.chat), **_by(change.from_user))
    message = update.message or update.edited_message
    if message is None:
        return Incoming(update_id=update.update_id, kind=Kind.UNSERVED, why=_name(update))
    return _message(update.update_id, message, me, edited=update.message is None)


def _message(update_id: int, message: Message, me: Me, *, edited: bool) -> Incoming:
    where: dict[str, Any] = {
        "update_id": update_id,
        "message_id": message.message_id,
        "topic": message.message_thread_id if message.is_topic_message else None,
        "edited": edited,
        "replied": _replied(message, me),
        **_at(message.chat),
        **_by(message.from_user),
    }
    if message.migrate_to_chat_id is not None:
        return Incoming(kind=Kind.MIGRATED, migrated_to=message.migrate_to_chat_id, **where)
    if message.migrate_from_chat_id is not None:
        return Incoming(kind=Kind.MIGRATED, migrated_to=message.chat.id, **where | {"chat": message.migrate_from_chat_id})
    if is_anonymous_admin(message):
        where["user"] = message.chat.id
    elif message.from_user is None or message.from_user.is_bot:
        return Incoming(kind=Kind.UNSERVED, why="from a bot", **where)
    if message.via_bot is not None:
        return Incoming(kind=Kind.UNSERVED, why="from a bot", **where)
    raw = message.text if message.text is not None else message.caption
    if raw is None:
        service = not message.effective_attachment
        return Incoming(kind=Kind.UNSERVED if service else Kind.MEDIA, why="service message" if service else "", **where)
    entities = message.entities if message.text is not None else message.caption_entities
    return _text(raw, tuple(entities), me, where | {"written": _written(raw, entities)})


def _text(raw: str, entities: tuple[MessageEntity, ...], me: Me, where: Mapping[str, Any]) -> Incoming:
    named, raw = without_mentions(raw, entities, me.username, me.id)
    text = cleaned(raw)
    command = _COMMAND.match(text)
    if command is not None:
        bot = command[2]
        if bot is not None and bot.lower() != me.username.lower():
            return Incoming(kind=Kind.UNSERVED, why="for another bot", **where)
        rest, named = text[command.end() :].strip(), named or bot is not None
        return Incoming(kind=Kind.COMMAND, command=command[1].lower(), text=rest, named=named, **where)
    if where["chat_type"] in GROUPS and not named and not (where["replied"] and where["replied"].ours):
        return Incoming(kind=Kind.UNSERVED, why="not addressed", **where)
    if not _WORD.search(text):
        return Incoming(kind=Kind.EMPTY, named=named, **where)
    return Incoming(kind=Kind.EDITED if where["edited"] else Kind.QUESTION, text=text, named=named, **where)


def _tap(update_id: int, tap: CallbackQuery) -> Incoming:
    message = tap.message
    topic = message.message_thread_id if isinstance(message, Message) and message.is_topic_message else None
    where = {} if message is None else {"message_id": message.message_id, "topic": topic, **_at(message.chat)}
    return Incoming(update_id=update_id, kind=Kind.TAP, data=tap.data or "", query_id=tap.id, **where, **_by(tap.from_user))


def _written(text: str | None, entities: Sequence[MessageEntity]) -> TelegramText:
    return TelegramText(text or "", tuple(Entity(e.type, e.offset, e.length, e.url) for e in entities))


def _replied(message: Message, me: Me) -> Replied | None:
    replied = message.reply_to_message
    if replied is None:
        return None
    ours = replied.from_user is not None and replied.from_user.id == me.id
    written = _written(replied.text or replied.caption, replied.entities or replied.caption_entities)
    return Replied(replied.message_id, written, ours, message.quote.text if message.quote else None)


def _at(chat: Chat) -> dict[str, Any]:
    return {"chat": chat.id, "chat_type": chat.type}


def _by(user: User | None) -> dict[str, Any]:
    return {} if user is None else {"user": user.id, "language": user.language_code}


def _name(update: Update) -> str:
    """The kind of update as the Bot API calls it."""
    return next((name for name in Update.ALL_TYPES if getattr(update, name, None) is not None), "unknown")

"""The methods that put messages into chats, change them and take them away."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from tests.telegram.server.checks import Params, chat_of, formatted, keyboard, reply, topic_of, writable
from tests.telegram.server.rules import Rule, bad
from tests.telegram.server.state import BOT_ID

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.telegram.server.methods import Api
    from tests.telegram.server.state import Chat, Json

CHAT_ACTIONS = frozenset(
    "typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker find_location"
    " record_video_note upload_video_note".split()
)
REACTIONS = frozenset(
    "👍👎❤🔥🥰👏😁🤔🤯😱🤬😢🎉🤩🤮💩🙏👌🕊🤡🥱🥴😍🐳🌚🌭💯🤣⚡🍌🏆💔🤨😐🍓🍾💋🖕😈😴😭🤓👻👀🎃🙈😇😨🤝✍🤗🫡🎅🎄☃💅🤪🗿🆒💘🙉🦄😘💊🙊😎👾😡"
)
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
TWO_DAYS = 172_800


def send_message(api: Api, p: Params) -> Json:
    chat = _open_chat(api, p)
    text, entities = formatted(api.world, p, "text", Rule.TEXT_LENGTH)
    return _put(api, chat, p, {"text": text} | ({"entities": entities} if entities else {}))


def send_document(api: Api, p: Params) -> Json:
    chat = _open_chat(api, p)
    name, content = p.files.get("document", ("", b""))
    asked = p.text("document")
    if asked.startswith("attach://"):
        name, content = p.files.get(asked.removeprefix("attach://"), ("", b""))
    if asked and not asked.startswith("attach://"):
        if asked not in api.world.files and api.world.keeps(Rule.FILE):
            raise bad("wrong remote file identifier specified: Wrong string length")
        name, content = api.world.files.get(asked, ("", b""))
    if not content and api.world.keeps(Rule.FILE):
        raise bad("file must be non-empty")
    text, entities = formatted(api.world, p, "caption", Rule.CAPTION_LENGTH)
    body: Json = {"document": api.keep_file(name, content)}
    if text:
        body |= {"caption": text} | ({"caption_entities": entities} if entities else {})
    return _put(api, chat, p, body)


def edit_message_text(api: Api, p: Params) -> Any:
    def change(message: Json) -> Json:
        text, entities = formatted(api.world, p, "text", Rule.TEXT_LENGTH)
        kept = {k: v for k, v in message.items() if k not in {"text", "entities", "reply_markup", "link_preview_options"}}
        return kept | {"text": text} | ({"entities": entities} if entities else {}) | _markup(api, p) | _preview(p)

    return _edit(api, p, change)


def edit_message_reply_markup(api: Api, p: Params) -> Any:
    return _edit(api, p, lambda message: {k: v for k, v in message.items() if k != "reply_markup"} | _markup(api, p))


def delete_message(api: Api, p: Params) -> bool:
    chat = chat_of(api.world, p)
    message = chat.messages.get(p.integer("message_id"))
    if message is None:
        if api.world.keeps(Rule.DELETE):
            raise bad("message to delete not found")
        return True
    if api.world.keeps(Rule.DELETE) and (message["date"] < api.world.now() - TWO_DAYS or _foreign(message, chat)):
        raise bad("message can't be deleted")
    del chat.messages[message["message_id"]]
    return True


def send_chat_action(api: Api, p: Params) -> bool:
    chat = chat_of(api.world, p)
    writable(api.world, chat)
    topic_of(api.world, chat, p)
    if p.text("action") not in CHAT_ACTIONS and api.world.keeps(Rule.CHAT_ACTION):
        raise bad("wrong parameter action in request")
    return True


def set_message_reaction(api: Api, p: Params) -> bool:
    chat = chat_of(api.world, p)
    writable(api.world, chat)
    given = p.data("reaction", "reaction types") or []
    if api.world.keeps(Rule.REACTION):
        if p.integer("message_id") not in chat.messages:
            raise bad("message to react not found")
        if any(r.get("type") == "emoji" and r.get("emoji", "").rstrip("\ufe0f") not in REACTIONS for r in given) or len(given) > 1:
            raise bad("REACTION_INVALID")
    api.world.reactions[chat.id, p.integer("message_id")] = given
    return True


def _open_chat(api: Api, p: Params) -> Chat:
    chat = chat_of(api.world, p)
    writable(api.world, chat)
    return chat


def _put(api: Api, chat: Chat, p: Params, body: Json) -> Json:
    """Make the message a call asks for, once all of it is found right."""
    world = api.world
    topic, replied, markup = topic_of(world, chat, p), reply(world, chat, p), _markup(api, p)
    date = int(world.now())
    message: Json = {"message_id": 0, "from": world.users[BOT_ID], "chat": world.chat_json(chat), "date": date}
    if chat.type == "channel":
        del message["from"]
        message["sender_chat"] = message["chat"]
    if topic:
        message |= {"message_thread_id": topic, "is_topic_message": True}
    if connection := p.text("business_connection_id"):
        message |= {"business_connection_id": connection, "sender_business_bot": message["from"]}
    api.check_flood(chat)
    message["message_id"] = world.next_message(chat)
    message |= replied | body | markup | _preview(p)
    chat.last_by_bot = message["message_id"]
    return world.keep(chat, message)


def _edit(api: Api, p: Params, change: Callable[[Json], Json]) -> Any:
    world = api.world
    if inline := p.text("inline_message_id"):
        if inline not in world.inline_messages:
            raise bad("MESSAGE_ID_INVALID")
        world.inline_messages[inline] = change(world.inline_messages[inline])
        return True
    chat = _open_chat(api, p)
    message = chat.messages.get(p.integer("message_id"))
    if message is None:
        if world.keeps(Rule.EDIT_FOUND):
            raise bad("message to edit not found")
        return True
    if _foreign(message, chat) and world.keeps(Rule.EDIT_FOUND):
        raise bad("message can't be edited")
    new = change(message)
    if _shown(new) == _shown(message) and world.keeps(Rule.NOT_MODIFIED):
        raise bad(NOT_MODIFIED)
    api.check_flood(chat)
    new["edit_date"] = int(world.now())
    chat.versions.setdefault(message["message_id"], []).append(message | {"replaced_at": time.monotonic()})
    chat.messages[message["message_id"]] = new
    return new


def _foreign(message: Json, chat: Chat) -> bool:
    return message.get("from", {}).get("id") != BOT_ID and not (chat.type == "channel" and chat.bot == "administrator")


def _shown(message: Json) -> tuple[Any, ...]:
    return tuple(message.get(name) for name in ("text", "entities", "caption", "reply_markup"))


def _markup(api: Api, p: Params) -> Json:
    markup = keyboard(api.world, p)
    return {"reply_markup": markup} if markup else {}


def _preview(p: Params) -> Json:
    options = p.data("link_preview_options", "link preview options")
    return {"link_preview_options": options} if isinstance(options, dict) and options else {}


METHODS = {
    "sendMessage": send_message,
    "sendDocument": send_document,
    "editMessageText": edit_message_text,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "sendChatAction": send_chat_action,
    "setMessageReaction": set_message_reaction,
}

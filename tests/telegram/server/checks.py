"""Texts, keyboards and replies of a call, checked as Telegram checks them."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

from tests.telegram.server.rules import ApiError, Rule, bad, forbidden
from tests.telegram.server.state import BOT_ID, Chat, World
from tests.telegram.server.text import MARKS_OF_A_QUOTE, fixed, found, is_empty, part, units

if TYPE_CHECKING:
    from tests.telegram.server.state import Json

ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
_TAGS = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "s": "strikethrough", "code": "code", "pre": "pre"}


class Params:
    """The parameters of a call: texts as they came, read when asked for. `files` holds what was uploaded."""

    def __init__(self, values: Json, files: dict[str, tuple[str, bytes]] | None = None) -> None:
        self.values = values
        self.files = files or {}

    def text(self, name: str, default: str = "") -> str:
        value = self.values.get(name, default)
        return value if isinstance(value, str) else json.dumps(value)

    def integer(self, name: str, default: int = 0) -> int:
        value = self.values.get(name, default)
        try:
            return int(value)
        except (TypeError, ValueError):
            return default

    def flag(self, name: str) -> bool:
        return str(self.values.get(name, "")).lower() in {"true", "yes", "1"}

    def data(self, name: str, what: str = "") -> Any:
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise bad(f"can't parse {what or name} JSON object") from None


def chat_of(world: World, p: Params) -> Chat:
    """The chat a call is about; ApiError where it is unknown."""
    value = p.values.get("chat_id")
    if value in {None, ""}:
        raise bad("chat_id is empty")
    chat = world.chats.get(p.integer("chat_id"))
    if chat is None:
        if world.keeps(Rule.CHAT_KNOWN):
            raise bad("chat not found")
        chat = world.chat(p.integer("chat_id", 1))
    if chat.migrated_to is not None and world.keeps(Rule.MIGRATED):
        raise ApiError(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to)
    return chat


def writable(world: World, chat: Chat) -> None:
    """ApiError where the bot may not write."""
    if chat.type == "private":
        if chat.blocked and world.keeps(Rule.BLOCKED):
            raise forbidden("bot was blocked by the user")
        if not chat.started and world.keeps(Rule.CHAT_STARTED):
            raise forbidden("bot can't initiate conversation with a user")
    elif chat.bot in {"left", "kicked"} and world.keeps(Rule.KICKED):
        where = {"group": "group", "supergroup": "supergroup", "channel": "channel"}[chat.type]
        raise forbidden(f"bot was kicked from the {where} chat" if chat.bot == "kicked" else f"bot is not a member of the {where} chat")


def topic_of(world: World, chat: Chat, p: Params) -> int | None:
    """The topic a message goes to; ApiError where there is none of that number."""
    thread = p.integer("message_thread_id")
    if not thread:
        return None
    if thread not in chat.topics and world.keeps(Rule.TOPIC):
        raise bad("message thread not found")
    return thread


def formatted(world: World, p: Params, name: str, limit_rule: Rule) -> tuple[str, list[Json]]:
    """A text or caption with its entities, as it will stand in the chat."""
    caption = name == "caption"
    text, mode = p.text(name), p.text("parse_mode")
    entities = p.data("caption_entities" if caption else "entities", "message entities") or []
    if not isinstance(entities, list):
        raise bad("message entities must be an Array")
    if mode and world.keeps(Rule.PARSE_MODE):
        text, entities = parsed(text, mode)
    if not text and not caption:
        if world.keeps(Rule.TEXT_EMPTY):
            raise bad("message text is empty")
        return "", []
    text, entities = fixed(text, entities, world.rules)
    if not caption and is_empty(text) and world.keeps(Rule.TEXT_EMPTY):
        raise bad("text must be non-empty")
    if units(text) > (1024 if caption else 4096) and world.keeps(limit_rule):
        raise bad("message caption is too long" if caption else "message is too long")
    return text, found(text, entities)


def parsed(text: str, mode: str) -> tuple[str, list[Json]]:
    """Text with markup to text with entities: HTML in earnest; of Markdown only the refusal of unescaped marks."""
    if mode.lower() == "html":
        parser = _Html()
        parser.feed(text)
        parser.close()
        if parser.open:
            raise bad(f"can't parse entities: Can't find end tag corresponding to start tag \"{parser.open[-1][0]}\"")
        return parser.text, parser.entities
    if mode.lower() == "markdownv2":
        if mark := re.search(r"(?<!\\)[_*\[\]()~`>#+\-=|{}.!]", text):
            what = f"character '{mark[0]}' is reserved and must be escaped with the preceding '\\'"
            raise bad(f"can't parse entities: {what}")
        return re.sub(r"\\(.)", r"\1", text), []
    if mode.lower() == "markdown":
        for mark in "_*`[":
            if text.count(mark) % 2:
                at = len(text[: text.rindex(mark)].encode())
                raise bad(f"can't parse entities: Can't find end of the entity starting at byte offset {at}")
        return text, []
    raise bad("unsupported parse_mode")


class _Html(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.entities: list[Json] = []
        self.open: list[tuple[str, Json]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        entity: Json = {"offset": units(self.text)}
        if tag == "blockquote":
            entity["type"] = "expandable_blockquote" if "expandable" in named else "blockquote"
        elif tag == "a":
            entity |= {"type": "text_link", "url": named.get("href") or ""}
        elif tag in _TAGS:
            entity["type"] = _TAGS[tag]
        else:
            raise bad(f'can\'t parse entities: Unsupported start tag "{tag}" at byte offset {len(self.text.encode())}')
        self.open.append((tag, entity))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1][0] != tag:
            raise bad(f"can't parse entities: Unmatched end tag at byte offset {len(self.text.encode())}")
        _, entity = self.open.pop()
        self.entities.append(entity | {"length": units(self.text) - entity["offset"]})

    def handle_data(self, data: str) -> None:
        self.text += data


def keyboard(world: World, p: Params) -> Json | None:
    """The inline keyboard of a call, checked; None where it has none. Other keyboards are kept out of messages."""
    markup = p.data("reply_markup", "reply keyboard markup")
    if not isinstance(markup, dict):
        if markup not in {None, ""}:
            raise bad("object expected as reply markup")
        return None
    rows = markup.get("inline_keyboard")
    if rows is None:
        return None
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad('can\'t parse inline keyboard: Field "inline_keyboard" must be an Array of Arrays')
    for button in (button for row in rows for button in row):
        _check_button(world, button)
    if sum(map(len, rows)) > 100 and world.keeps(Rule.BUTTON_COUNT):
        raise bad("REPLY_MARKUP_TOO_LONG")
    rows = [row for row in rows if row]
    return {"inline_keyboard": rows} if rows else None


def _check_button(world: World, button: Any) -> None:
    if world.keeps(Rule.BUTTON_FORM):
        if not isinstance(button, dict) or not isinstance(button.get("text"), str):
            raise bad("can't parse inline keyboard button: Can't find field \"text\"")
        if not button["text"].strip():
            raise bad("inline keyboard button text must be non-empty")
        if not any(action in button for action in ACTIONS):
            raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
        if "url" in button and not re.fullmatch(r"(?:https?://|tg://)?[^\s/.]+\S*", button["url"]):
            raise bad(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
    if "callback_data" in button and world.keeps(Rule.BUTTON_DATA) and not 1 <= len(button["callback_data"].encode()) <= 64:
        raise bad("BUTTON_DATA_INVALID")


def reply(world: World, chat: Chat, p: Params) -> Json:
    """The fields a reply adds to its message: reply_to_message and quote."""
    asked = p.data("reply_parameters", "reply parameters")
    if not isinstance(asked, dict):
        number = p.integer("reply_to_message_id")
        asked = {"message_id": number, "allow_sending_without_reply": p.flag("allow_sending_without_reply")} if number else None
    if asked is None:
        return {}
    other = world.chats.get(int(asked.get("chat_id", chat.id)), chat)
    original = other.messages.get(int(asked.get("message_id", 0)))
    if original is None:
        if asked.get("allow_sending_without_reply") or not world.keeps(Rule.REPLY_FOUND):
            return {}
        raise bad("message to be replied not found")
    fields: Json = {"reply_to_message": {k: v for k, v in original.items() if k not in {"reply_to_message", "quote"}}}
    if asked.get("quote"):
        fields["quote"] = _quote(world, original, asked)
    return fields


def _quote(world: World, original: Json, asked: Json) -> Json:
    text, entities = fixed(asked["quote"], asked.get("quote_entities") or [], world.rules)
    whole = original.get("text", original.get("caption", ""))
    theirs = original.get("entities", original.get("caption_entities", []))
    length, wanted = units(text), _marks(entities, 0, units(text))
    places = (units(whole[: match.start()]) for match in re.finditer(f"(?={re.escape(text)})", whole))
    near = sorted(places, key=lambda place: abs(place - int(asked.get("quote_position", 0))))
    place = next((at for at in near if _marks(theirs, at, length) == wanted), None)
    if place is None or length > 1024:
        if world.keeps(Rule.QUOTE):
            raise bad("QUOTE_TEXT_INVALID")
        place = 0
    quote: Json = {"text": text, "position": place, "is_manual": True}
    return quote | {"entities": entities} if entities else quote


def _marks(entities: list[Json], start: int, length: int) -> list[tuple[str, int, int]]:
    clipped = []
    for entity in entities:
        a, b = max(entity["offset"], start), min(entity["offset"] + entity["length"], start + length)
        if entity["type"] in MARKS_OF_A_QUOTE and b > a:
            clipped.append((entity["type"], a - start, b - a))
    return sorted(clipped)


def mentions_bot(world: World, message: Json) -> bool:
    """Whether a message in a group is meant for the bot: a command, a mention, a reply to it."""
    name, text = world.bot["username"].lower(), message.get("text", message.get("caption", ""))
    for entity in message.get("entities", message.get("caption_entities", [])):
        words = part(text, entity["offset"], entity["length"]).lower()
        if entity["type"] == "bot_command" and ("@" not in words or words.endswith(f"@{name}")):
            return True
        if entity["type"] == "mention" and words == f"@{name}":
            return True
        if entity["type"] == "text_mention" and entity["user"]["id"] == BOT_ID:
            return True
    return bool(message.get("reply_to_message", {}).get("from", {}).get("id") == BOT_ID)

"""What the server remembers: people, chats, messages, questions put to the bot, and every call it made."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import Any

from tests.telegram.server.rules import Rule
from tests.telegram.server.text import part

Json = dict[str, Any]

BOT_ID = 7_000_000_001
FIRST_UPDATE = 500_000_001
SUPERGROUPS = -1_000_000_000_000


@dataclass
class Chat:
    """A chat and what stands in it. `bot` is the bot's standing there: member, administrator, left or kicked."""

    id: int
    type: str
    title: str = ""
    forum: bool = False
    bot: str = "member"
    started: bool = True
    blocked: bool = False
    migrated_to: int | None = None
    topics: set[int] = field(default_factory=set)
    messages: dict[int, Json] = field(default_factory=dict)
    versions: dict[int, list[Json]] = field(default_factory=dict)
    sent_at: dict[int, float] = field(default_factory=dict)
    last_by_bot: int = 0
    closed_until: float = 0.0
    stamps: list[float] = field(default_factory=list)


@dataclass
class Query:
    """A tap or an inline query that waits for its answer."""

    id: str
    update_id: int
    born: float
    user: int
    text: str = ""
    answer: Json | None = None


@dataclass(frozen=True)
class Call:
    """One call of the bot: when (monotonic seconds), what, and what came of it. `status` is 0 where no reply was sent."""

    at: float
    method: str
    params: Json
    status: int
    description: str = ""

    @property
    def chat(self) -> int | None:
        """The chat it is about, where it names one by number."""
        value = str(self.params.get("chat_id", ""))
        return int(value) if value.lstrip("-").isdigit() else None


@dataclass(frozen=True)
class Sent:
    """A message of the bot as its chat sees it now. `at` is monotonic seconds; `edits` counts the changes since."""

    message_id: int
    text: str
    entities: tuple[Json, ...]
    at: float
    edits: int
    message: Json

    def slices(self, *types: str) -> list[str]:
        """What the entities of these types cover."""
        return [part(self.text, e["offset"], e["length"]) for e in self.entities if e["type"] in types]

    @property
    def buttons(self) -> list[Json]:
        """The inline buttons, row by row, in one list."""
        return [button for row in self.message.get("reply_markup", {}).get("inline_keyboard", ()) for button in row]

    @property
    def reply_to(self) -> int | None:
        """The message it replies to."""
        replied = self.message.get("reply_to_message")
        return replied["message_id"] if replied else None

    @property
    def quote(self) -> str | None:
        """What it quotes of that message."""
        quoted = self.message.get("quote")
        return quoted["text"] if quoted else None

    @property
    def topic(self) -> int | None:
        """The topic it stands in."""
        return self.message.get("message_thread_id")

    @property
    def preview(self) -> bool:
        """Whether links in it may be previewed."""
        return not self.message.get("link_preview_options", {}).get("is_disabled", False)


class World:
    """All of it, behind one lock. `changed` is notified whenever something happened."""

    def __init__(self, token: str, username: str, *, privacy: bool, local: bool) -> None:
        self.lock = threading.RLock()
        self.changed = threading.Condition(self.lock)
        self.rules: set[Rule] = set(Rule)
        self.token = token
        self.local = local
        self.privacy = privacy
        self.clock_offset = 0.0
        self.started_at = self.now()
        self.revoked = self.logged_out = False
        self.bot: Json = {
            "id": BOT_ID,
            "is_bot": True,
            "first_name": "Documents",
            "username": username,
            "can_join_groups": True,
            "can_read_all_group_messages": not privacy,
            "supports_inline_queries": True,
        }
        self.users: dict[int, Json] = {BOT_ID: {k: self.bot[k] for k in ("id", "is_bot", "first_name", "username")}}
        self.chats: dict[int, Chat] = {}
        self.queries: dict[str, Query] = {}
        self.inline: dict[str, Query] = {}
        self.inline_messages: dict[str, Json] = {}
        self.files: dict[str, tuple[str, bytes]] = {}
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.descriptions: dict[tuple[str, str], str] = {}
        self.reactions: dict[tuple[int, int], list[Json]] = {}
        self.calls: list[Call] = []
        self.violations: list[str] = []
        self.closed_until = 0.0
        self.stamps: list[float] = []
        self.chat_rate: tuple[int, float] | None = None
        self.global_rate: tuple[int, float] | None = None
        self.query_lifetime = {"callback_query": 15.0, "inline_query": 10.0}
        self._ids = 0
        self._small_group_message = 0

    def now(self) -> float:
        """Unix time, moved on by what the test let pass."""
        return time.time() + self.clock_offset

    def fresh_id(self) -> int:
        """A number nobody has yet."""
        self._ids += 1
        return 4_000_000_000_000_000 + self._ids

    def keeps(self, rule: Rule) -> bool:
        """Whether `rule` is on."""
        return rule in self.rules

    def user(self, user_id: int, **fields: Any) -> Json:
        """The user with this id, made when new."""
        user = self.users.setdefault(user_id, {"id": user_id, "is_bot": False, "first_name": f"User {user_id}", "language_code": "en"})
        user.update(fields)
        return user

    def chat(self, chat_id: int) -> Chat:
        """The chat with this id, made when new: positive a private one, below -10^12 a supergroup, else a group."""
        if chat_id not in self.chats:
            kind = "private" if chat_id > 0 else "supergroup" if chat_id < SUPERGROUPS else "group"
            self.chats[chat_id] = Chat(chat_id, kind, title="" if chat_id > 0 else f"Chat {-chat_id}")
        return self.chats[chat_id]

    def chat_json(self, chat: Chat) -> Json:
        """A chat as updates show it."""
        if chat.type == "private":
            user = self.user(chat.id)
            return {"id": chat.id, "type": "private"} | {k: user[k] for k in ("first_name", "last_name", "username") if k in user}
        shown: Json = {"id": chat.id, "type": chat.type, "title": chat.title}
        return shown | {"is_forum": True} if chat.forum else shown

    def next_message(self, chat: Chat) -> int:
        """The next message id of a chat; private chats and small groups share one series."""
        if chat.type in {"private", "group"}:
            self._small_group_message += 1
            return self._small_group_message
        return max(chat.messages, default=0) + 1

    def keep(self, chat: Chat, message: Json) -> Json:
        """Put a message into its chat."""
        chat.messages[message["message_id"]] = message
        chat.sent_at[message["message_id"]] = time.monotonic()
        return message

    def sent(self, chat_id: int) -> list[Sent]:
        """The bot's messages in a chat, as they stand there now."""
        chat = self.chats.get(chat_id)
        if chat is None:
            return []
        mine = [m for m in chat.messages.values() if m.get("from", {}).get("id") == BOT_ID or "sender_business_bot" in m]
        return [self._seen(chat, m) for m in mine]

    def _seen(self, chat: Chat, message: Json) -> Sent:
        text = message.get("text", message.get("caption", ""))
        entities = message.get("entities", message.get("caption_entities", []))
        at, edits = chat.sent_at[message["message_id"]], len(chat.versions.get(message["message_id"], ()))
        return Sent(message["message_id"], text, tuple(entities), at, edits, message)

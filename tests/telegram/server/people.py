"""What people do: write, edit, tap, ask inline, come and go. Each act gives the number of its update, or None where the bot sees none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.telegram.server.checks import mentions_bot
from tests.telegram.server.rules import Rule
from tests.telegram.server.state import BOT_ID, SUPERGROUPS, Chat, Query
from tests.telegram.server.text import cleaned, found, part

if TYPE_CHECKING:
    from tests.telegram.server.state import Json, World
    from tests.telegram.server.updates import Updates

FILE = {"file_id": "in", "file_unique_id": "in"}
PICTURE = {**FILE, "width": 90, "height": 60}
POLL: dict[str, Any] = {
    "id": "1",
    "question": "Which?",
    "options": [{"persistent_id": "a", "text": "A", "voter_count": 0}, {"persistent_id": "b", "text": "B", "voter_count": 0}],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
    "allows_revoting": True,
    "members_only": False,
}
MEDIA: dict[str, Any] = {
    "photo": [PICTURE],
    "document": {**FILE, "file_name": "a.pdf"},
    "voice": {**FILE, "duration": 3},
    "audio": {**FILE, "duration": 3},
    "video": {**PICTURE, "duration": 3},
    "video_note": {**FILE, "length": 90, "duration": 3},
    "animation": {**PICTURE, "duration": 3},
    "sticker": {**PICTURE, "type": "regular", "is_animated": False, "is_video": False, "emoji": "🙂"},
    "contact": {"phone_number": "+37100000000", "first_name": "Anna"},
    "location": {"latitude": 56.95, "longitude": 24.1},
    "venue": {"location": {"latitude": 56.95, "longitude": 24.1}, "title": "Town hall", "address": "Square 1"},
    "dice": {"emoji": "🎲", "value": 4},
    "poll": POLL,
}


class People:
    """The acts of people. `world` and `updates` come from the server."""

    world: World
    updates: Updates

    def say(self, chat: int, user: int, text: str | None = None, **extra: Any) -> int | None:
        """Let `user` write `text` in `chat` (made when new).

        Extra: `media` (a kind of MEDIA; `text` is its caption), `reply_to` (message id), `quote`, `topic`, `entities` (else found),
        `forwarded`, `raw` (not cleaned), `kind` (message, channel_post, business_message, guest_message), `fields` (put into the message).
        """
        with self.world.lock:
            where = self.world.chat(chat)
            message = self._message(where, user, text, extra)
            self.world.keep(where, message)
            if where.type == "private" and extra.get("kind", "message") == "message":
                where.started = True
            return self._tell(where, extra.get("kind", "channel_post" if where.type == "channel" else "message"), message)

    def edit(self, chat: int, message_id: int, text: str, *, raw: bool = False) -> int | None:
        """Let the author of a message change its text."""
        world = self.world
        with world.lock:
            where = world.chat(chat)
            message = where.messages[message_id] | self._written(text, {"raw": raw}, "text") | {"edit_date": int(world.now())}
            where.messages[message_id] = message
            kind = "edited_channel_post" if where.type == "channel" else "edited_message"
            return self._tell(where, "edited_business_message" if "business_connection_id" in message else kind, message)

    def last_message(self, chat: int) -> int:
        """The id of the newest message of a chat."""
        return max(self.world.chats[chat].messages)

    def service(self, chat: int, user: int, **fields: Any) -> int | None:
        """A service message: `new_chat_title="…"`, `left_chat_member={…}`, `group_chat_created=True`, `pinned_message={…}` …"""
        return self.say(chat, user, fields=fields)

    def tap(self, chat: int, user: int, message_id: int, data: str | None = None, *, button: str | None = None) -> int | None:
        """Let `user` press a button: by its `data`, or by a part of its label. A message that is gone is inaccessible in the update."""
        world = self.world
        with world.lock:
            where = world.chat(chat)
            message = where.messages.get(message_id)
            if data is None:
                rows = (message or {}).get("reply_markup", {}).get("inline_keyboard", [])
                labels = {b["text"]: b.get("callback_data") for row in rows for b in row}
                data = next((value for label, value in labels.items() if button is not None and button in label), None)
                if data is None:
                    raise LookupError(f"no button {button!r} that is tapped; there are {list(labels)}")
            shown = message or {"chat": world.chat_json(where), "message_id": message_id, "date": 0}
            body = {"from": world.user(user), "message": shown, "chat_instance": str(-chat), "data": data}
            return self._ask("callback_query", body, user, data, world.queries)

    def ask_inline(self, user: int, query: str, offset: str = "") -> int | None:
        """Let `user` type `@bot query` somewhere."""
        with self.world.lock:
            body = {"from": self.world.user(user), "query": query, "offset": offset, "chat_type": "sender"}
            return self._ask("inline_query", body, user, query, self.world.inline)

    def choose_inline(self, user: int, inline_update: int, result_id: str) -> int | None:
        """Let `user` send a result of an inline query; it becomes an inline message."""
        world = self.world
        with world.lock:
            query = next(q for q in world.inline.values() if q.update_id == inline_update)
            result = next(r for r in (query.answer or {})["results"] if r["id"] == result_id)
            name = f"inline-{world.fresh_id()}"
            world.inline_messages[name] = dict(result.get("shown", {}))
            body = {"result_id": result_id, "from": world.user(user), "query": query.text}
            if result.get("reply_markup"):
                body["inline_message_id"] = name
            return self.updates.add("chosen_inline_result", body, queue=f"chosen{user}")

    def guest(self, user: int, text: str, chat: int = -1_009_999_999_999) -> int | None:
        """Let `user` call the bot as a guest in a chat it is not in; the message carries a guest_query_id to answer by."""
        with self.world.lock:
            name, update_id = str(self.world.fresh_id()), self.updates.next_id
            self.world.queries[name] = Query(name, update_id, self.world.now(), user, text)
            return self.say(chat, user, text, kind="guest_message", fields={"guest_query_id": name})

    def member(self, chat: int, user: int, new: str, old: str = "left") -> int | None:
        """Change somebody's standing in a chat; with the bot's own id it is my_chat_member."""
        world = self.world
        with world.lock:
            where = world.chat(chat)
            who = world.users[BOT_ID] if user == BOT_ID else world.user(user)
            if user == BOT_ID:
                where.bot = new
            actor = world.user(chat) if where.type == "private" else world.user(user) if user != BOT_ID else world.user(1)
            body = {"chat": world.chat_json(where), "from": actor, "date": int(world.now())}
            body |= {"old_chat_member": _standing(who, old), "new_chat_member": _standing(who, new)}
            kind = "my_chat_member" if user == BOT_ID else "chat_member"
            return self.updates.add(kind, body, queue=f"{kind}{chat}")

    def block(self, user: int) -> int | None:
        """Let `user` block the bot."""
        with self.world.lock:
            self.world.chat(user).blocked = True
            return self.member(user, BOT_ID, "kicked", "member")

    def unblock(self, user: int) -> int | None:
        """Let `user` take that back."""
        with self.world.lock:
            self.world.chat(user).blocked = False
            return self.member(user, BOT_ID, "member", "kicked")

    def react(self, chat: int, user: int, message_id: int, emoji: str) -> int | None:
        """Let `user` react to a message (an update only where allowed_updates asks for it)."""
        with self.world.lock:
            body = {"chat": self.world.chat_json(self.world.chat(chat)), "message_id": message_id, "user": self.world.user(user)}
            body |= {"date": int(self.world.now()), "old_reaction": [], "new_reaction": [{"type": "emoji", "emoji": emoji}]}
            return self.updates.add("message_reaction", body, queue=f"reaction{chat}")

    def poll_answer(self, user: int) -> int | None:
        """Let `user` vote in a poll."""
        with self.world.lock:
            body = {"poll_id": "1", "user": self.world.user(user), "option_ids": [0], "option_persistent_ids": ["a"]}
            return self.updates.add("poll_answer", body)

    def business(self, user: int, connection: str = "business-1", *, enabled: bool = True) -> int | None:
        """Let `user` connect the bot to a business account."""
        with self.world.lock:
            body = {
                "id": connection,
                "user": self.world.user(user),
                "user_chat_id": user,
                "date": int(self.world.now()),
                "is_enabled": enabled,
            }
            return self.updates.add("business_connection", body)

    def migrate(self, chat: int) -> int:
        """Make a group a supergroup, with the two service messages; the new id."""
        world = self.world
        with world.lock:
            old, new_id = world.chat(chat), SUPERGROUPS + chat
            new = world.chat(new_id)
            new.title = old.title
            self.say(chat, 1, fields={"migrate_to_chat_id": new_id})
            old.migrated_to = new_id
            self.say(new_id, 1, fields={"migrate_from_chat_id": chat})
            return new_id

    def topic(self, chat: int, name: str = "Topic") -> int:
        """Open a topic in a supergroup, which becomes a forum; its number."""
        with self.world.lock:
            where = self.world.chat(chat)
            where.forum = True
            self.say(chat, 1, fields={"forum_topic_created": {"name": name, "icon_color": 0}})
            number = self.last_message(chat)
            where.topics.add(number)
            return number

    def raw_update(self, kind: str, body: Json, update_id: int | None = None) -> int | None:
        """Any update at all; with an `update_id` it may be one that was sent before."""
        return self.updates.add(kind, body, update_id=update_id)

    def _ask(self, kind: str, body: Json, user: int, text: str, store: dict[str, Query]) -> int | None:
        name = str(self.world.fresh_id())
        update_id = self.updates.add(kind, {"id": name, **body}, queue=f"{kind}{user}")
        if update_id is not None:
            store[name] = Query(name, update_id, self.world.now(), user, text)
        return update_id

    def _message(self, chat: Chat, user: int, text: str | None, extra: Json) -> Json:
        world = self.world
        message: Json = {"message_id": world.next_message(chat), "date": int(world.now()), "chat": world.chat_json(chat)}
        if chat.type == "channel":
            message["sender_chat"] = message["chat"]
        else:
            message["from"] = world.user(user)
        if extra.get("kind") == "business_message":
            message["business_connection_id"] = "business-1"
        self._answering(chat, message, extra)
        if extra.get("forwarded"):
            message["forward_origin"] = {"type": "hidden_user", "sender_user_name": "Somebody", "date": int(world.now())}
        if media := extra.get("media"):
            message[media] = MEDIA[media]
        if text is not None:
            message |= self._written(text, extra, "caption" if media else "text")
        return message | extra.get("fields", {})

    def _answering(self, chat: Chat, message: Json, extra: Json) -> None:
        if topic := extra.get("topic"):
            message |= {"message_thread_id": topic, "is_topic_message": True}
        replied = chat.messages.get(extra.get("reply_to", 0))
        if replied is None:
            return
        message["reply_to_message"] = {k: v for k, v in replied.items() if k not in {"reply_to_message", "quote"}}
        if chat.type == "supergroup" and not topic:
            # In a supergroup every reply has a thread, of which only topics can be written to.
            message["message_thread_id"] = replied.get("message_thread_id", replied["message_id"])
        if quote := extra.get("quote"):
            whole = replied.get("text", replied.get("caption", ""))
            message["quote"] = {"text": quote, "position": max(whole.find(quote), 0), "is_manual": True}

    def _written(self, text: str, extra: Json, name: str) -> Json:
        if not extra.get("raw"):
            text = cleaned(text).strip(" \n")
        entities = extra.get("entities") or ([] if extra.get("raw") else found(text, []))
        return {name: text} | ({"entities" if name == "text" else "caption_entities": entities} if entities else {})

    def _tell(self, chat: Chat, kind: str, message: Json) -> int | None:
        world = self.world
        if chat.type in {"group", "supergroup"} and kind in {"message", "edited_message"}:
            if chat.bot in {"left", "kicked"}:
                return None
            plain = bool({"text", "caption", *MEDIA} & message.keys())
            if world.privacy and world.keeps(Rule.PRIVACY) and chat.bot != "administrator" and plain and not self._is_meant(chat, message):
                return None
        return self.updates.add(kind, message, queue=f"chat{chat.id}")

    def _is_meant(self, chat: Chat, message: Json) -> bool:
        if not mentions_bot(self.world, message):
            return False
        # A command without the bot's name goes to the bot that wrote last, and to one that has not written yet.
        text, first = message.get("text", ""), next(iter(message.get("entities", [])), None)
        bare = first is not None and first["type"] == "bot_command" and "@" not in part(text, first["offset"], first["length"])
        others = [m for m, body in chat.messages.items() if body.get("from", {}).get("is_bot") and body["from"]["id"] != BOT_ID]
        return not (bare and max(others, default=0) > chat.last_by_bot)


def _standing(user: Json, status: str) -> Json:
    member: Json = {"user": user, "status": status}
    if status == "kicked":
        member["until_date"] = 0
    if status == "administrator":
        rights = (
            "can_be_edited",
            "is_anonymous",
            "can_manage_chat",
            "can_delete_messages",
            "can_manage_video_chats",
            "can_restrict_members",
        )
        more = ("can_promote_members", "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories")
        member |= dict.fromkeys((*rights, *more), False)
    return member

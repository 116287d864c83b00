"""What buttons, edits and follow-ups of the Telegram channel refer to: the questions answered, and where the answers stand.

Answers themselves are not kept: the same question on the same knowledge gives the same answer, and `answer_id` says whether it still does.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from pmbot.storage.database import explained
from pmbot.storage.telegram_schema import TELEGRAM

REMEMBERED = 10
"""Earlier questions that are looked up for a follow-up."""

_KEEP = """
    INSERT INTO answer (bot, update_id, chat, conversation, user, asked, question, history, doc_id, answer_id, signature, followed,
        suggestions, messages, at)
    VALUES (:bot, :update_id, :chat, :conversation, :user, :asked, :question, :history, :doc_id, :answer_id, :signature, :followed,
        :suggestions, '[]', :at)
    ON CONFLICT (bot, update_id) DO UPDATE SET question = excluded.question, history = excluded.history, doc_id = excluded.doc_id,
        answer_id = excluded.answer_id, signature = excluded.signature, followed = excluded.followed, suggestions = excluded.suggestions
    RETURNING id"""
_HISTORY = "SELECT question FROM answer WHERE bot = ? AND conversation = ? AND followed AND id < ? ORDER BY id DESC LIMIT ?"
# In the order of `Asked`, after the key and the messages.
_COLUMNS = (
    "id, messages, update_id, chat, conversation, user, asked, question, history, doc_id, answer_id, signature, followed, suggestions, at"
)


class Asked(NamedTuple):
    """A question to be remembered. `asked` is the id of its message; `followed` whether a later one may refer to it."""

    update_id: int
    chat: int
    conversation: str
    user: int | None
    asked: int | None
    question: str
    history: tuple[str, ...]
    doc_id: str | None
    answer_id: str
    signature: str
    followed: bool
    suggestions: tuple[str, ...]
    at: float


class Remembered(NamedTuple):
    """A question as it was remembered; `messages` are the ids of the bot's messages that answer it."""

    key: int
    asked: Asked
    messages: tuple[int, ...]


class Conversations:
    """The remembered questions of one bot."""

    def __init__(self, path: Path, connection: sqlite3.Connection, bot: int) -> None:
        """`connection` is the journal's."""
        self._path, self._connection, self._bot = path, connection, bot

    def keep(self, asked: Asked) -> int:
        """Remember a question and return its key; the same update, done once more, keeps its key."""
        values = {**asked._asdict(), "bot": self._bot, "history": _json(asked.history), "suggestions": _json(asked.suggestions)}
        with explained(self._path, TELEGRAM):
            return int(self._connection.execute(_KEEP, values).fetchone()[0])

    def stands_in(self, key: int, messages: Sequence[int]) -> None:
        """Remember which messages answer the question of this key."""
        with explained(self._path, TELEGRAM):
            self._connection.execute("UPDATE answer SET messages = ? WHERE id = ?", (json.dumps(list(messages)), key))

    def of_key(self, key: int) -> Remembered | None:
        """The question of this key; None when it is forgotten, or never was."""
        return self._one("id = ?", key)

    def of_message(self, chat: int, asked: int) -> Remembered | None:
        """The question that the message `asked` of `chat` put last; None when there is none."""
        return self._one("chat = ? AND asked = ? ORDER BY id DESC LIMIT 1", chat, asked)

    def of_answer(self, chat: int, message: int) -> Remembered | None:
        """The question that the bot's own `message` in `chat` answers; None when there is none."""
        stands = "EXISTS (SELECT 1 FROM json_each(answer.messages) WHERE json_each.value = ?)"
        return self._one(f"chat = ? AND {stands} ORDER BY id DESC LIMIT 1", chat, message)

    def history(self, conversation: str, before: int | None = None) -> tuple[str, ...]:
        """The earlier questions of a conversation, newest last; `before` the one of that key."""
        with explained(self._path, TELEGRAM):
            rows = self._connection.execute(_HISTORY, (self._bot, conversation, before or 2**62, REMEMBERED)).fetchall()
        return tuple(row[0] for row in reversed(rows))

    def last(self, conversation: str) -> Remembered | None:
        """The newest question of a conversation."""
        return self._one("conversation = ? ORDER BY id DESC LIMIT 1", conversation)

    def start_anew(self, conversation: str) -> None:
        """Let no later question refer to an earlier one; buttons go on working."""
        with explained(self._path, TELEGRAM):
            self._connection.execute("UPDATE answer SET followed = 0 WHERE bot = ? AND conversation = ?", (self._bot, conversation))

    def forget_user(self, user: int) -> int:
        """Delete all that this user asked; how many questions."""
        with explained(self._path, TELEGRAM):
            return self._connection.execute("DELETE FROM answer WHERE bot = ? AND user = ?", (self._bot, user)).rowcount

    def move(self, old: int, new: int) -> None:
        """Follow a chat to its new id. Messages have new ids there, so what stood in the old ones cannot be edited any more."""
        query = "UPDATE answer SET chat = ?, conversation = ?, asked = NULL, messages = '[]' WHERE bot = ? AND chat = ?"
        with explained(self._path, TELEGRAM):
            self._connection.execute(query, (new, str(new), self._bot, old))

    def count(self) -> int:
        """How many questions are remembered."""
        with explained(self._path, TELEGRAM):
            return int(self._connection.execute("SELECT count(*) FROM answer WHERE bot = ?", (self._bot,)).fetchone()[0])

    def clean(self, before: float) -> None:
        """Delete what was asked before that time, seconds since 1970."""
        with explained(self._path, TELEGRAM):
            self._connection.execute("DELETE FROM answer WHERE at < ?", (before,))

    def _one(self, condition: str, *values: int | str) -> Remembered | None:
        with explained(self._path, TELEGRAM):
            query = f"SELECT {_COLUMNS} FROM answer WHERE bot = ? AND {condition}"  # noqa: S608 - conditions stand in this module
            row = self._connection.execute(query, (self._bot, *values)).fetchone()
        if row is None:
            return None
        found = Asked._make(row[2:])
        history, suggestions = (tuple(json.loads(row[place])) for place in (8, 13))
        whole = found._replace(history=history, suggestions=suggestions, followed=bool(found.followed))
        return Remembered(row[0], whole, tuple(json.loads(row[1])))


def _json(texts: Sequence[str]) -> str:
    return json.dumps(list(texts), ensure_ascii=False)

"""Who is answered. Strangers get one polite line, ever; groups that nobody admitted are left."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from pmbot.errors import ConfigError
from pmbot.storage.marks import Mark, Marks

if TYPE_CHECKING:
    from pmbot.interfaces.telegram.incoming import Incoming

Access = Literal["pairing", "public"] | tuple[int, ...]

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Characters of a pairing code: none that is taken for another."""

CODE_LENGTH = 8
TRIES = 5
"""Wrong codes after which a stranger is not listened to any more, until the next start."""


def access_of(text: str) -> Access:
    """Read `pairing`, `public`, or ids with commas between; ConfigError."""
    text = text.strip()
    if text == "pairing":
        return "pairing"
    if text == "public":
        return "public"
    try:
        ids = tuple(int(part) for part in text.replace(",", " ").split())
    except ValueError:
        ids = ()
    if not ids:
        raise ConfigError(
            f"PMBOT_TELEGRAM_ACCESS: {text[:60]!r} is neither pairing, nor public, nor ids of users and chats; write 4711,-1001234"
        )
    return ids


def new_code() -> str:
    """Draw a pairing code of 40 bits, as `ABCD-EFGH`."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    return f"{drawn[:4]}-{drawn[4:]}"


class Gate:
    """Decides who is answered. `code` pairs one user and is of no use after that; None: nobody can be paired now."""

    def __init__(self, access: Access, admins: tuple[int, ...], marks: Marks, clock: Callable[[], float], code: str | None = None) -> None:
        self.access, self._admins, self._marks, self._clock = access, frozenset(admins), marks, clock
        self._code = code
        self._tries: dict[int, int] = {}

    @property
    def can_pair(self) -> bool:
        """Whether there is a code that pairs somebody."""
        return self._code is not None

    def admits(self, incoming: Incoming) -> bool:
        """Whether whoever sent this, there, is answered."""
        if self.access == "public":
            return True
        if incoming.user in self._admins:
            return True
        if self.access == "pairing":
            if incoming.user is not None and self._marks.has(incoming.user, Mark.PAIRED):
                return True
            return incoming.chat is not None and not incoming.private and self._marks.has(incoming.chat, Mark.ADMITTED)
        return incoming.user in self.access or self._is_listed(incoming.chat)

    @property
    def admins(self) -> tuple[int, ...]:
        """The ids of those who may run admin commands."""
        return tuple(sorted({*self._admins, *(self._marks.all(Mark.PAIRED)[:1] if self.access == "pairing" else ())}))

    def admits_group(self, incoming: Incoming) -> bool:
        """Whether the bot stays in a group that it was put into by the sender. Somebody paired admits the group, for all who are in it."""
        if self.access == "public":
            return True
        if incoming.chat is None:
            return False
        if isinstance(self.access, tuple):
            return self._is_listed(incoming.chat)
        if self._marks.has(incoming.chat, Mark.ADMITTED):
            return True
        if not self.admits(incoming):
            return False
        self._marks.set(incoming.chat, Mark.ADMITTED, self._clock())
        return True

    def is_admin(self, user: int | None) -> bool:
        """Whether a user may run admin commands: those of the settings, and who was paired first."""
        return user in self.admins

    def pair(self, incoming: Incoming) -> bool:
        """Pair the sender of a private message if it is the code; the code is used up then."""
        if self._code is None or incoming.user is None or not incoming.private:
            return False
        tried = self._tries.get(incoming.user, 0)
        if tried >= TRIES or not incoming.text:
            return False
        given = _bare(incoming.text)
        if not hmac.compare_digest(given.encode(), _bare(self._code).encode()):
            if len(given) == CODE_LENGTH:
                self._tries[incoming.user] = tried + 1
            return False
        self._code = None
        self._marks.set(incoming.user, Mark.PAIRED, self._clock())
        return True

    def tell(self, incoming: Incoming) -> bool:
        """Whether a stranger is to get the polite line: once, in private."""
        if incoming.user is None or not incoming.private or self._marks.has(incoming.user, Mark.TOLD):
            return False
        self._marks.set(incoming.user, Mark.TOLD, self._clock())
        return True

    def forget(self, user: int) -> None:
        """Forget that a user was told or paired."""
        self._marks.drop(user, Mark.TOLD)
        self._marks.drop(user, Mark.PAIRED)

    def _is_listed(self, chat: int | None) -> bool:
        """Whether the list names a chat, by its id or by the one that it had before it became a supergroup."""
        if chat is None or not isinstance(self.access, tuple):
            return False
        return chat in self.access or any(self._marks.value(listed, Mark.MOVED) == chat for listed in self.access if listed < 0)


def _bare(code: str) -> str:
    return "".join(character for character in code.upper() if character.isalnum())

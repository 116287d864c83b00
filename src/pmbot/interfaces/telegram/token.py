"""The bot's token: checked, and never shown."""

from __future__ import annotations

import re
from typing import NamedTuple

from pmbot.errors import ConfigError, InterfaceError

VARIABLE = "PMBOT_TELEGRAM_TOKEN"
_FORM = re.compile(r"([0-9]{3,16}):([A-Za-z0-9_-]{30,64})")


class Token(NamedTuple):
    """A token. `bot` is the bot's id, which is public; `secret` what must not be seen."""

    bot: int
    secret: str

    def reveal(self) -> str:
        """The whole token, for the library that talks to Telegram."""
        return f"{self.bot}:{self.secret}"

    def __repr__(self) -> str:
        return f"<token of bot {self.bot}>"

    def __str__(self) -> str:
        return repr(self)


def token_of(text: str | None) -> Token:
    """Check a token's form. InterfaceError when there is none, ConfigError (which does not show it) when it is none."""
    if not text:
        raise InterfaceError(f"there is no bot token; get one from @BotFather, and set {VARIABLE} or {VARIABLE}_FILE")
    found = _FORM.fullmatch(text)
    if found is None:
        raise ConfigError(f"{VARIABLE}: what is set is no bot token; copy it from @BotFather whole: digits, a colon, 35 letters and digits")
    return Token(int(found[1]), found[2])

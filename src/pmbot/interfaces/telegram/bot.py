"""The library's bot, made so that it does not show its token."""

from __future__ import annotations

from telegram import Bot

from pmbot.interfaces.telegram.token import Token
from pmbot.interfaces.telegram.wire import Wire


class QuietBot(Bot):
    """A bot whose representation names its public id alone."""

    def __repr__(self) -> str:
        return f"<bot {self.token.partition(':')[0]}>"


def make_bot(token: Token, base_url: str, wire: Wire) -> QuietBot:
    """Make the bot that talks to the Bot API server at `base_url` (its root, without a slash at the end)."""
    return QuietBot(
        token.reveal(), base_url=f"{base_url}/bot", base_file_url=f"{base_url}/file/bot", request=wire, get_updates_request=wire
    )

"""One question to Telegram, outside of a running bot: whose token this is."""

from __future__ import annotations

import asyncio

from telegram.error import InvalidToken, TelegramError

from pmbot.errors import InterfaceError
from pmbot.interfaces.telegram.bot import make_bot
from pmbot.interfaces.telegram.token import Token
from pmbot.interfaces.telegram.wire import Wire

PATIENCE = 10.0
"""Seconds to wait for the answer."""


def bot_name(token: Token, base_url: str) -> str:
    """The user name of the token's bot, as `getMe` gives it; InterfaceError when Telegram refuses the token or cannot be reached."""
    return asyncio.run(_bot_name(token, base_url))


async def _bot_name(token: Token, base_url: str) -> str:
    wire = Wire(1, PATIENCE)
    await wire.initialize()
    try:
        found = await make_bot(token, base_url, wire).get_me()
    except InvalidToken:
        raise InterfaceError("Telegram refuses the token; ask @BotFather for the present one") from None
    except TelegramError as error:
        raise InterfaceError(f"{error.message}; check the network, and {base_url}") from None
    finally:
        await wire.shutdown()
    return found.username or found.first_name

"""Our records as the objects that python-telegram-bot sends."""

from __future__ import annotations

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, MessageEntity, ReplyParameters

from pmbot.interfaces.telegram.responses import Keyboard, Say
from pmbot.rendering.telegram_parts import TelegramText

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
"""Goes with every message: a page that nobody asked for must not stand under a quote."""


def entities_of(text: TelegramText) -> list[MessageEntity] | None:
    """The entities of a text; None when there are none."""
    return [MessageEntity(e.type, e.offset, e.length, url=e.url) for e in text.entities] or None


def markup_of(keyboard: Keyboard) -> InlineKeyboardMarkup | None:
    """Rows of buttons; None when there are none."""
    if not keyboard:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(button.label, url=button.url, callback_data=button.data or None) for button in row] for row in keyboard]
    )


def reply_of(say: Say) -> ReplyParameters | None:
    """What a message replies to, and what it quotes of that; None when it stands alone."""
    if say.reply_to is None:
        return None
    quote = say.quote
    return ReplyParameters(
        say.reply_to,
        allow_sending_without_reply=True,
        quote=quote.text if quote else None,
        quote_entities=entities_of(quote) if quote else None,
    )

"""What Telegram shows of the bot: the menu of commands for each kind of chat, and its description, in each language."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import NamedTuple

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)
from telegram.error import InvalidToken, TelegramError

from pmbot.interfaces.telegram.commands import commands_of
from pmbot.interfaces.telegram.texts import FALLBACK, TextBook, Texts

_LOG = logging.getLogger(__name__)


class _Menu(NamedTuple):
    """What the menu shows in a scope."""

    scope: BotCommandScope
    private: bool
    admin: bool = False


async def set_menu(bot: Bot, texts: TextBook, admins: tuple[int, ...], *, everybody: bool = True) -> None:
    """Tell Telegram the commands and, with `everybody`, what the bot is. That it fails is no reason not to answer."""
    for language in texts.languages:
        for menu in _menus(admins, everybody=everybody):
            try:
                await _set_commands(bot, texts.of(language), menu)
            except InvalidToken:
                raise
            except TelegramError as error:
                # To an admin who never wrote to the bot nothing can be shown yet: no reason to worry anybody.
                _LOG.log(logging.INFO if menu.admin else logging.WARNING, "the menu of commands is not set: %s", error)
        if everybody:
            await _describe(bot, texts.of(language))


def _menus(admins: tuple[int, ...], *, everybody: bool) -> Iterator[_Menu]:
    if everybody:
        yield _Menu(BotCommandScopeDefault(), private=False)
        yield _Menu(BotCommandScopeAllGroupChats(), private=False)
        yield _Menu(BotCommandScopeAllPrivateChats(), private=True)
    for admin in admins:
        yield _Menu(BotCommandScopeChat(admin), private=True, admin=True)


async def _set_commands(bot: Bot, texts: Texts, menu: _Menu) -> None:
    shown = [BotCommand(known.name, texts.commands[known.name]) for known in commands_of(private=menu.private, admin=menu.admin)]
    await bot.set_my_commands(shown, menu.scope, _code(texts))


async def _describe(bot: Bot, texts: Texts) -> None:
    """Set the description where it is another one: Telegram takes few such calls."""
    profile, code = texts.profile, _code(texts)
    try:
        if (await bot.get_my_description(code)).description != profile.description:
            await bot.set_my_description(profile.description, code)
        if (await bot.get_my_short_description(code)).short_description != profile.short_description:
            await bot.set_my_short_description(profile.short_description, code)
    except InvalidToken:
        raise
    except TelegramError as error:
        _LOG.warning("the description of the bot is not set: %s", error)


def _code(texts: Texts) -> str | None:
    """The language for Telegram; None is everybody whose language has no texts."""
    return None if texts.language == FALLBACK else texts.language

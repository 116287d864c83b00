"""The only place that sends. What is refused, lost or too fast is tried again, each chat for itself."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from pmbot.interfaces.telegram.closed import GONE, SHUT, ClosedChats
from pmbot.interfaces.telegram.incoming import Incoming, Kind
from pmbot.interfaces.telegram.menu import set_menu
from pmbot.interfaces.telegram.responses import Action, AdminMenu, Erase, InlineResults, Leave, Outcome, Response, Revise, Say, Toast
from pmbot.interfaces.telegram.shapes import NO_PREVIEW, entities_of, markup_of, reply_of
from pmbot.interfaces.telegram.wire import seconds_of
from pmbot.rendering.telegram_parts import TelegramText
from pmbot.storage.marks import Mark

if TYPE_CHECKING:
    from pmbot.interfaces.telegram.inbox import Slot
    from pmbot.interfaces.telegram.services import Services

_LOG = logging.getLogger(__name__)
T = TypeVar("T")

FIRST_PAUSE, LONGEST_PAUSE = 0.2, 10.0
QUERY_SECONDS = 10.0
"""A tap or an inline query that is not answered after so long has expired."""

TYPING_AFTER, TYPING_EVERY = 0.4, 4.5
_GONE_MESSAGE = ("message to edit not found", "message can't be edited", "message_id_invalid")


class Unreachable(Exception):
    """Nothing can be sent to this chat."""


@dataclass
class _Target:
    """Where a response goes. When a group becomes a supergroup on the way, chat and message ids change: it has `moved`."""

    chat: int
    topic: int | None
    moved: bool = False


class Courier:
    """Delivers responses. A token that is refused goes up as InvalidToken; everything else becomes an outcome."""

    def __init__(self, bot: Bot, services: Services, is_refused: Callable[[], Awaitable[bool]]) -> None:
        """`is_refused` asks Telegram once more whether it refuses our token."""
        self._bot, self._services, self._is_refused = bot, services, is_refused
        self._patience = services.params.patience_minutes * 60.0
        self._closed: dict[int, float] = {}
        self.closed_chats = ClosedChats(services.marks, services.clock)
        self.retries = 0

    async def deliver(self, incoming: Incoming, response: Response, slot: Slot) -> Outcome:
        """Do what `response` says, in order. Its outcome; `failed`: Telegram refuses the message; `undelivered`: nothing arrives."""
        target = _Target(incoming.chat or 0, incoming.topic)
        ids: list[int] = []
        try:
            for action in response.actions:
                ids += await self._do(action, incoming, target, slot)
        except Unreachable:
            return Outcome.UNDELIVERED
        except InvalidToken:
            raise
        except TelegramError as error:
            _LOG.error("update %s cannot be delivered: %s", incoming.update_id, error)
            return Outcome.FAILED if isinstance(error, BadRequest) else Outcome.UNDELIVERED
        if response.delivered is not None:
            response.delivered(tuple(ids))
        return response.outcome

    @asynccontextmanager
    async def typing(self, incoming: Incoming) -> AsyncIterator[None]:
        """Show that we are writing while the answer takes long."""
        if incoming.chat is None or incoming.kind not in {Kind.QUESTION, Kind.COMMAND}:
            yield
            return
        task = asyncio.get_running_loop().create_task(self._typing(incoming.chat, incoming.topic))
        try:
            yield
        finally:
            task.cancel()

    async def _typing(self, chat: int, topic: int | None) -> None:
        await asyncio.sleep(TYPING_AFTER)
        while True:
            try:
                await self._bot.send_chat_action(chat, ChatAction.TYPING, message_thread_id=topic)
            except TelegramError as error:
                _LOG.debug("typing is not shown: %s", error)
                return
            await asyncio.sleep(TYPING_EVERY)

    async def _do(self, action: Action, incoming: Incoming, target: _Target, slot: Slot) -> tuple[int, ...]:
        match action:
            case Say():
                return (await self._say(action, target, slot),)
            case Revise():
                return (await self._revise(action, target, slot),)
            case Erase():
                await self._erase(action, target, slot)
            case Toast():
                await self._toast(action, incoming, slot)
            case AdminMenu():
                await set_menu(self._bot, self._services.texts, (action.user,), everybody=False)
            case Leave():
                await self._leave(target, slot)
            case InlineResults():
                await self._inline(action, incoming, slot)
        return ()

    async def _say(self, say: Say, target: _Target, slot: Slot) -> int:
        """Send a message; when it is refused as it is, without its quote, then its bare text; after that, Telegram's error."""
        try:
            return await self._send(say, target, slot)
        except BadRequest as refusal:
            self._check_reachable(refusal, target)
            if say.quote is None:
                _LOG.warning("a message was refused, its bare text goes instead: %s", refusal)
        if say.quote is not None:
            # Whoever wrote the quoted message may have changed it since.
            return await self._say(replace(say, quote=None), target, slot)
        return await self._send(Say(TelegramText(say.text.text)), target, slot)

    async def _send(self, say: Say, target: _Target, slot: Slot) -> int:
        async def send() -> int:
            message = await self._bot.send_message(
                target.chat,
                say.text.text,
                entities=entities_of(say.text),
                link_preview_options=NO_PREVIEW,
                reply_markup=markup_of(say.keyboard),
                reply_parameters=None if target.moved else reply_of(say),
                message_thread_id=target.topic,
            )
            self.closed_chats.reached(target.chat)
            return message.message_id

        return await self._persistently(send, target, slot)

    async def _revise(self, revise: Revise, target: _Target, slot: Slot) -> int:
        async def edit() -> None:
            await self._bot.edit_message_text(
                revise.text.text,
                target.chat,
                revise.message_id,
                entities=entities_of(revise.text),
                link_preview_options=NO_PREVIEW,
                reply_markup=markup_of(revise.keyboard),
            )

        try:
            await self._persistently(edit, target, slot)
        except BadRequest as refusal:
            self._check_reachable(refusal, target)
            if "not modified" in refusal.message.lower():
                return revise.message_id
            if not any(sign in refusal.message.lower() for sign in _GONE_MESSAGE):
                _LOG.warning("a message cannot be changed, a new one goes instead: %s", refusal)
            return await self._say(Say(revise.text, revise.keyboard), target, slot)
        return revise.message_id

    async def _erase(self, erase: Erase, target: _Target, slot: Slot) -> None:
        try:
            await self._persistently(lambda: self._bot.delete_message(target.chat, erase.message_id), target, slot)
        except BadRequest as refusal:
            _LOG.debug("a message cannot be deleted: %s", refusal)

    async def _toast(self, toast: Toast, incoming: Incoming, slot: Slot) -> None:
        def answer() -> Awaitable[bool]:
            return self._bot.answer_callback_query(incoming.query_id, toast.text or None, show_alert=toast.alert)

        await self._query(answer, slot)

    async def _inline(self, found: InlineResults, incoming: Incoming, slot: Slot) -> None:
        def answer() -> Awaitable[bool]:
            return self._bot.answer_inline_query(
                incoming.query_id, found.results, found.cache_seconds, is_personal=found.personal, next_offset=found.next_offset
            )

        await self._query(answer, slot)

    async def _query(self, answer: Callable[[], Awaitable[bool]], slot: Slot) -> None:
        """Answer a query as long as it can be answered; nobody waits for it after that."""
        try:
            await self._persistently(answer, None, slot, QUERY_SECONDS)
        except InvalidToken:
            raise
        except TelegramError as error:
            _LOG.info("a query was not answered in time: %s", error)

    async def _leave(self, target: _Target, slot: Slot) -> None:
        await self._persistently(lambda: self._bot.leave_chat(target.chat), target, slot)
        self._services.marks.set(target.chat, Mark.GONE, self._services.clock())

    async def _persistently(self, call: Callable[[], Awaitable[T]], target: _Target | None, slot: Slot, patience: float | None = None) -> T:
        """Make a call until it is through: waits when told to, follows a moved chat, tries again what was lost on the way."""
        until = time.monotonic() + (patience or self._patience)
        pause = FIRST_PAUSE
        while True:
            try:
                await self._opened(target, slot)
                return await call()
            except BadRequest:
                raise
            except RetryAfter as flood:
                if target is None and time.monotonic() + seconds_of(flood) > until:
                    raise
                await self._close(target, flood, slot)
            except (ChatMigrated, Forbidden) as refusal:
                self._follow(target, refusal)
            except TelegramError as lost:
                if time.monotonic() + pause > until or await self._is_final(lost):
                    raise
                _LOG.info("trying again in %.1f s: %s", pause, lost)
                await slot.rest(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
            self.retries += 1

    async def _is_final(self, lost: TelegramError) -> bool:
        return isinstance(lost, InvalidToken) and await self._is_refused()

    def _follow(self, target: _Target | None, refusal: ChatMigrated | Forbidden) -> None:
        """Aim at where a chat has moved; Unreachable when it is closed to us."""
        if target is None:
            raise refusal
        if isinstance(refusal, ChatMigrated):
            self._services.moved(target.chat, refusal.new_chat_id)
            target.chat, target.moved = refusal.new_chat_id, True
            return
        self.closed_chats.lose(target.chat, str(refusal))
        raise Unreachable from None

    def _check_reachable(self, refusal: BadRequest, target: _Target) -> None:
        """Unreachable when a refusal is about the chat, and not about the message."""
        reason = refusal.message.lower()
        if any(sign in reason for sign in GONE):
            self.closed_chats.lose(target.chat, str(refusal))
            raise Unreachable from None
        if any(sign in reason for sign in SHUT):
            _LOG.info("nothing can be sent to chat %d: %s", target.chat, refusal)
            raise Unreachable from None

    async def _opened(self, target: _Target | None, slot: Slot) -> None:
        """Wait until Telegram takes messages for this chat again."""
        while target is not None and (wait := self._closed.get(target.chat, 0.0) - time.monotonic()) > 0:
            await slot.rest(wait)

    async def _close(self, target: _Target | None, flood: RetryAfter, slot: Slot) -> None:
        """Keep away from a chat for as long as Telegram says; what belongs to no chat just waits."""
        now, seconds = time.monotonic(), seconds_of(flood)
        _LOG.info("told to slow down for %.0f s", seconds)
        if target is None:
            await slot.rest(seconds)
            return
        self._closed = {chat: until for chat, until in self._closed.items() if until > now}
        self._closed[target.chat] = now + seconds + 0.05


def _seconds(flood: RetryAfter) -> float:
    wait = flood.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()

"""From an update to a response: admitted or not, too fast or not, the handler of its kind, and an apology for every failure."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

from telegram import Update

from pmbot.errors import PmbotError
from pmbot.interfaces.telegram.groups import as_reply
from pmbot.interfaces.telegram.incoming import Incoming, Kind, read
from pmbot.interfaces.telegram.rates import Rates
from pmbot.interfaces.telegram.responses import AdminMenu, InlineResults, Outcome, Response, Toast, said
from pmbot.interfaces.telegram.services import Handler, Services
from pmbot.interfaces.telegram.texts import LONGEST_TOAST

_LOG = logging.getLogger(__name__)
_OPEN = frozenset({Kind.MEMBER, Kind.MIGRATED, Kind.UNSERVED})
"""Kinds that say nothing to anybody: neither admission nor rates matter."""

_COSTLY = frozenset({Kind.QUESTION, Kind.EDITED, Kind.COMMAND, Kind.EMPTY, Kind.MEDIA})
"""Kinds that take a token. Taps and inline queries answer within narrow limits anyway."""


class Dispatcher:
    """Finds what to do about an update. Never raises for anything an update may hold, or a handler may do."""

    def __init__(self, services: Services, handlers: Mapping[Kind, Handler], rates: Rates) -> None:
        self._services, self._handlers, self._rates = services, handlers, rates

    def read(self, update: Mapping[str, Any]) -> Incoming | None:
        """Tell what an update is about; None when it makes no sense."""
        try:
            parsed = Update.de_json(dict(update), None)
            return read(parsed, self._services.me)
        except Exception as error:  # noqa: BLE001 - whatever the library makes of an update it does not understand
            _LOG.warning("update %s is not understood: %s", update.get("update_id"), type(error).__name__)
            return None

    async def respond(self, incoming: Incoming) -> Response:
        """Find the response to what was read; in a group it is a reply."""
        response = None if incoming.kind in _OPEN else self._refused(incoming)
        if response is None:
            response = await self.attempt(incoming, lambda: self._handlers[incoming.kind](incoming, self._services))
        return response if incoming.private or incoming.kind is Kind.TAP else as_reply(response, incoming.message_id)

    async def attempt(self, incoming: Incoming, find: Callable[[], Awaitable[Response]]) -> Response:
        """Find a response; an apology when that fails."""
        try:
            return await find()
        except PmbotError as error:
            _LOG.error("update %s: %s", incoming.update_id, error)
        except Exception:  # noqa: BLE001 - whoever asked gets an apology, whatever we did wrong
            _LOG.exception("update %s: a mistake in pmbot", incoming.update_id)
        return self.apology(incoming)

    def apology(self, incoming: Incoming) -> Response:
        """Say that something went wrong, where somebody waits for an answer."""
        text = self._services.texts_for(incoming).said.apology
        if incoming.kind is Kind.TAP:
            return Response(Outcome.FAILED, (Toast(text[:LONGEST_TOAST], alert=True),))
        if incoming.kind is Kind.INLINE:
            return Response(Outcome.FAILED, (InlineResults(()),))
        if incoming.chat is None or incoming.kind in _OPEN:
            return Response(Outcome.FAILED)
        return said(Outcome.FAILED, text)

    def _refused(self, incoming: Incoming) -> Response | None:
        """What is said instead of an answer, to strangers and to those who ask too fast; None when it shall be answered."""
        gate, texts = self._services.gate, self._services.texts_for(incoming).said
        if not gate.admits(incoming):
            if gate.pair(incoming):
                welcome = said(Outcome.PAIRED, texts.paired.format_map({"examples": self._services.examples()}))
                if incoming.user is None or not gate.is_admin(incoming.user):
                    return welcome
                return replace(welcome, actions=(*welcome.actions, AdminMenu(incoming.user)))
            return self._stranger(incoming)
        if incoming.kind not in _COSTLY or incoming.user is None or self._rates.admit(incoming.user):
            return None
        seconds = self._rates.tell(incoming.user)
        if seconds is None:
            return Response(Outcome.SLOWED)
        return said(Outcome.SLOWED, texts.slow_down.format_map({"seconds": seconds}))

    def _stranger(self, incoming: Incoming) -> Response:
        gate, texts = self._services.gate, self._services.texts_for(incoming).said
        if incoming.kind is Kind.TAP:
            return Response(Outcome.STRANGER, (Toast(),))
        if incoming.kind is Kind.INLINE:
            return Response(Outcome.STRANGER, (InlineResults(()),))
        if not gate.tell(incoming):
            return Response(Outcome.STRANGER)
        text = texts.stranger_pairing if gate.can_pair else texts.stranger
        return said(Outcome.STRANGER, text.format_map({"user": incoming.user}))

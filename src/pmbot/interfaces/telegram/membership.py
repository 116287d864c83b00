"""Coming into chats and going out of them."""

from __future__ import annotations

from telegram import ChatMember

from pmbot.interfaces.telegram.incoming import Incoming
from pmbot.interfaces.telegram.responses import Leave, Outcome, Response
from pmbot.interfaces.telegram.services import Services
from pmbot.storage.marks import Mark

_OUT = frozenset({ChatMember.LEFT, ChatMember.BANNED})


async def member(incoming: Incoming, services: Services) -> Response:
    """Note that somebody blocked or unblocked the bot; leave groups and channels that nobody admitted."""
    marks = services.marks
    if incoming.chat is None:
        return Response(Outcome.IGNORED)
    if incoming.status in _OUT:
        marks.set(incoming.chat, Mark.GONE, services.clock())
        marks.drop(incoming.chat, Mark.ADMITTED)
        return Response(Outcome.NOTED)
    marks.drop(incoming.chat, Mark.GONE)
    if incoming.private or services.gate.admits_group(incoming):
        return Response(Outcome.NOTED)
    return Response(Outcome.LEFT, (Leave(),))


async def migrated(incoming: Incoming, services: Services) -> Response:
    """Follow a group to its new id."""
    if incoming.chat is not None and incoming.migrated_to is not None:
        services.moved(incoming.chat, incoming.migrated_to)
    return Response(Outcome.NOTED)


async def unserved(_incoming: Incoming, _services: Services) -> Response:
    """Do nothing about what is not for us."""
    return Response(Outcome.IGNORED)

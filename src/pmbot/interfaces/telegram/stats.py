"""Commands for admins: read the documents again, see how much is asked, and what is missing."""

from __future__ import annotations

from pmbot.errors import PmbotError
from pmbot.interfaces.gaps import gaps_page
from pmbot.interfaces.recorder import Recorder
from pmbot.interfaces.telegram.incoming import Incoming
from pmbot.interfaces.telegram.languages import counted, documents_total
from pmbot.interfaces.telegram.responses import Outcome, Response, said, told
from pmbot.interfaces.telegram.services import Services
from pmbot.models import Changes, Status
from pmbot.questionset.gaps import Gap, find_gaps
from pmbot.rendering.page import BLANK, line
from pmbot.rendering.sanitize import visible
from pmbot.rendering.telegram import render
from pmbot.storage.use import DAY
from pmbot.storage.used import Vote

DAYS = 7
"""Days that /stats looks back on."""

LISTED = 10
"""Gaps that /gaps lists."""

_LONGEST_REASON = 500


async def reload(incoming: Incoming, services: Services) -> Response:
    """Read the documents again. Questions go on being answered from the old ones meanwhile, and afterwards when that fails."""
    texts = services.texts_for(incoming)
    try:
        changes: Changes = await services.searcher.run(services.knowledge.reload)
    except PmbotError as error:
        return said(Outcome.COMMAND, texts.admin.reload_failed.format_map({"reason": visible(str(error))[:_LONGEST_REASON]}))
    documents = documents_total(texts, services.knowledge)
    if not changes:
        return said(Outcome.COMMAND, texts.admin.nothing_changed.format_map({"documents": documents}))
    filled = {"added": len(changes.added), "changed": len(changes.changed), "removed": len(changes.removed), "documents": documents}
    return said(Outcome.COMMAND, texts.admin.reloaded.format_map(filled))


async def stats(incoming: Incoming, services: Services) -> Response:
    """Say how much was asked lately, on all channels, with what outcome."""
    texts, recorder = services.texts_for(incoming), services.recorder
    if recorder is None:
        return said(Outcome.COMMAND, texts.admin.not_recorded)
    since = services.clock() - DAYS * DAY
    counts = await services.searcher.run(lambda: recorder.read(lambda store: store.counts(since=since)))
    filled = {
        "documents": documents_total(texts, services.knowledge),
        "period": counted(texts, texts.counts.days, DAYS),
        "questions": counted(texts, texts.counts.questions, counts.questions),
        "people": counted(texts, texts.counts.people, counts.users),
        "answered": counts.by_status.get(Status.ANSWERED, 0),
        "refused": sum(counts.by_status.get(status, 0) for status in (Status.NOT_MENTIONED, Status.NOT_ENOUGH)),
        **{vote.value: counts.by_vote.get(vote, 0) for vote in Vote},
    }
    return said(Outcome.COMMAND, texts.admin.stats.format_map(filled))


async def gaps(incoming: Incoming, services: Services) -> Response:
    """List what was asked and is not answered yet, and what was voted down; on all channels, the most frequent first."""
    texts, recorder = services.texts_for(incoming), services.recorder
    if recorder is None:
        return said(Outcome.COMMAND, texts.admin.not_recorded)
    found = await services.searcher.run(lambda: _open_gaps(recorder, services))
    page = gaps_page(found[:LISTED], limit=LISTED)
    if len(found) > LISTED:
        page = (*page, BLANK, line(texts.admin.more_gaps.format_map({"count": len(found) - LISTED})))
    return told(Outcome.COMMAND, render(page))


def _open_gaps(recorder: Recorder, services: Services) -> tuple[Gap, ...]:
    unanswered, down_voted = recorder.read(lambda store: (store.unanswered(), store.down_voted()))
    return tuple(gap for gap in find_gaps(unanswered, down_voted, services.knowledge.trace) if gap.still)

"""Commands that tell: about the bot, the documents, the last answer, and what is kept about people."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from pmbot.interfaces.telegram.asking import Wording, search
from pmbot.interfaces.telegram.deeplinks import document_link, place_of, place_page
from pmbot.interfaces.telegram.followups import meant
from pmbot.interfaces.telegram.incoming import Incoming
from pmbot.interfaces.telegram.languages import counted, documents_total
from pmbot.interfaces.telegram.responses import AdminMenu, Outcome, Response, said, told
from pmbot.interfaces.telegram.services import Services
from pmbot.interfaces.telegram.texts import Texts
from pmbot.models import Document, Trace
from pmbot.rendering.page import BLANK, Page, line
from pmbot.rendering.sanitize import visible_line
from pmbot.rendering.sources import sources_page
from pmbot.rendering.telegram import cleaned, render, trace_text, units
from pmbot.rendering.telegram_parts import Entity, TelegramText
from pmbot.version import __version__

LISTED = 40
"""Documents that /docs lists."""

_LONGEST_TITLE = 80


async def start(incoming: Incoming, services: Services) -> Response:
    """Greet; or show the document or sentence that a link led to."""
    texts = services.texts_for(incoming)
    place = place_of(incoming.text)
    if place is None:
        filled = {"documents": documents_total(texts, services.knowledge), "examples": services.examples()}
        welcome = said(Outcome.COMMAND, texts.said.welcome.format_map(filled))
        if incoming.user is None or not incoming.private or not services.gate.is_admin(incoming.user):
            return welcome
        # Telegram takes the menu of somebody only after the first message from there: this one.
        return replace(welcome, actions=(*welcome.actions, AdminMenu(incoming.user)))

    def look() -> Page | None:
        document = services.shelf.find(services.knowledge, place.document)
        return None if document is None else place_page(place, document)

    page = await services.search(look)
    if page is None:
        return said(Outcome.OUT_OF_DATE, texts.said.link_out_of_date)
    return told(Outcome.COMMAND, render((*page, BLANK, line(texts.said.about_document))))


async def about(incoming: Incoming, services: Services) -> Response:
    """Say what answers here, and how."""
    texts = services.texts_for(incoming)
    documents = documents_total(texts, services.knowledge)
    return said(Outcome.COMMAND, texts.said.about.format_map({"version": __version__, "documents": documents}))


async def docs(incoming: Incoming, services: Services) -> Response:
    """List the documents; their titles are links that open them here."""
    texts = services.texts_for(incoming)
    return told(Outcome.COMMAND, await services.search(lambda: _documents(texts, services)))


async def sources(incoming: Incoming, services: Services) -> Response:
    """Say where the quotes of the last answer stand, or of the one that the command replies to."""
    found, texts = await _last(incoming, services), services.texts_for(incoming).said
    if isinstance(found, Response):
        return found
    quoted = found.answer.citations or found.answer.closest
    return told(Outcome.COMMAND, render(sources_page(quoted))) if quoted else said(Outcome.COMMAND, texts.no_sources)


async def why(incoming: Incoming, services: Services) -> Response:
    """Say how the last answer came about, or the one that the command replies to."""
    found = await _last(incoming, services)
    if isinstance(found, Response):
        return found
    text = await services.search(lambda: trace_text(found, services.knowledge.document))
    return told(Outcome.COMMAND, text)


async def new(incoming: Incoming, services: Services) -> Response:
    """Let the next question stand alone."""
    services.memory.start_anew(incoming.conversation)
    return said(Outcome.COMMAND, services.texts_for(incoming).said.new)


async def privacy(incoming: Incoming, services: Services) -> Response:
    """Say what is kept, and for how long."""
    texts, recorder = services.texts_for(incoming), services.recorder
    kept = counted(texts, texts.counts.days, services.params.keep_days)
    if recorder is None:
        rest = texts.said.privacy_unrecorded
    else:
        days = await services.searcher.run(lambda: recorder.read(lambda store: store.retention_days))
        rest = texts.said.privacy_recorded.format_map({"kept": counted(texts, texts.counts.days, days)})
    forget = f"/forget – {texts.commands['forget']}"
    return said(Outcome.COMMAND, f"{texts.said.privacy.format_map({'kept': kept})}\n{rest}\n\n{forget}")


async def forget(incoming: Incoming, services: Services) -> Response:
    """Delete all that the sender asked, and the votes, here and in the record of use."""
    texts, user, recorder = services.texts_for(incoming), incoming.user, services.recorder
    if user is None:
        return Response(Outcome.IGNORED)
    questions, votes = services.memory.forget_user(user), 0
    if recorder is not None:
        forgotten = await services.searcher.run(lambda: recorder.forget(str(user)))
        questions, votes = max(questions, forgotten.questions), forgotten.votes
    # Nothing of it shall be left in the files either.
    services.journal.clean(services.clock())
    filled = {
        "questions": counted(texts, texts.counts.questions, questions),
        "votes": counted(texts, texts.counts.votes, votes),
    }
    return said(Outcome.COMMAND, texts.said.forgotten.format_map(filled))


async def _last(incoming: Incoming, services: Services) -> Trace | Response:
    """Search for the question that is meant once more; what to say when there is none, or when its answer is another one now."""
    remembered, texts = meant(incoming, services), services.texts_for(incoming).said
    if remembered is None:
        return said(Outcome.COMMAND, texts.nothing_yet)
    asked = remembered.asked
    trace = await services.search(lambda: search(services, Wording(asked.question, asked.history, asked.doc_id)))
    if trace.answer.answer_id != asked.answer_id:
        return said(Outcome.OUT_OF_DATE, texts.out_of_date)
    return trace


def _documents(texts: Texts, services: Services) -> TelegramText:
    documents = services.knowledge.documents
    text = texts.said.documents.format_map({"documents": documents_total(texts, services.knowledge)}) + "\n"
    entities = []
    for document in islice(documents, LISTED):
        title = _title(document)
        text += "\n• "
        entities.append(Entity("text_link", units(text), units(title), document_link(services.me.username, document.doc_id)))
        text += title
    if len(documents) > LISTED:
        text += "\n" + texts.said.more_documents.format_map({"count": len(documents) - LISTED})
    return TelegramText(text, tuple(entities))


def _title(document: Document) -> str:
    title = cleaned(visible_line(document.title)) or document_name(document)
    return title if len(title) <= _LONGEST_TITLE else title[: _LONGEST_TITLE - 1].rstrip() + "…"


def document_name(document: Document) -> str:
    """The id of a document, fit to be shown."""
    return cleaned(visible_line(document.doc_id)) or "?"

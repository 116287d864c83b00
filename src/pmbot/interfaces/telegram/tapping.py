"""Taps on buttons. Every tap is answered, also one on a button that is old, forged, or of another knowledge."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from pmbot.interfaces.telegram.asking import Found, Wording, answer, answer_keyboard, search
from pmbot.interfaces.telegram.buttons import Press, Pressed, data_of, pressed
from pmbot.interfaces.telegram.incoming import Incoming
from pmbot.interfaces.telegram.responses import Button, Keyboard, Outcome, Response, Say, Toast, said
from pmbot.interfaces.telegram.services import Services
from pmbot.models import Citation, Evidence, Trace
from pmbot.rendering.page import Page
from pmbot.rendering.passages import also_found, passage_page
from pmbot.rendering.sources import sources_page
from pmbot.rendering.telegram import answer_text, render, split
from pmbot.rendering.telegram_parts import AT_ONCE
from pmbot.storage.conversations import Remembered
from pmbot.storage.used import Vote

_VOTES = {Press.GOOD: Vote.GOOD, Press.BAD: Vote.BAD, Press.WRONG_SOURCE: Vote.WRONG_SOURCE}


class OutOfDate(Exception):
    """The button belongs to an answer that is not given any more."""


async def tap(incoming: Incoming, services: Services) -> Response:
    """Do what the button says; "out of date" when that is impossible."""
    pressing = pressed(incoming.data)
    remembered = services.memory.of_key(pressing.key) if pressing else None
    # A key is a small number: somebody who makes data up must not read what others asked.
    if pressing is None or remembered is None or remembered.asked.chat != incoming.chat:
        return _out_of_date(incoming, services)
    # What searches answers the tap before: nobody stares at a button that does nothing. But first, whether there is any use in it.
    if remembered.asked.signature != services.knowledge.signature:
        return _out_of_date(incoming, services)
    if pressing.press in _VOTES:
        return await _vote(incoming, services, pressing, remembered)
    if pressing.press is Press.SUGGESTION and pressing.number >= len(remembered.asked.suggestions):
        return _out_of_date(incoming, services)
    return Response(Outcome.SHOWN, (Toast(),), then=lambda: _searched(incoming, services, pressing, remembered))


async def _searched(incoming: Incoming, services: Services, pressing: Pressed, remembered: Remembered) -> Response:
    """What a button shows; a message when the documents have changed in this very moment."""
    try:
        return await _PRESSES[pressing.press](incoming, services, pressing, remembered)
    except OutOfDate:
        return said(Outcome.OUT_OF_DATE, services.texts_for(incoming).said.out_of_date)


async def _vote(incoming: Incoming, services: Services, pressing: Pressed, remembered: Remembered) -> Response:
    texts, recorder = services.texts_for(incoming).votes, services.recorder
    if recorder is None:
        return Response(Outcome.VOTED, (Toast(texts.not_kept),))
    vote, user = _VOTES[pressing.press], str(incoming.user)
    kept = await services.searcher.jot(lambda: recorder.vote(remembered.asked.answer_id, vote, user))
    return Response(Outcome.VOTED, (Toast(getattr(texts, vote.value) if kept else texts.not_kept),))


async def _sources(incoming: Incoming, services: Services, _pressing: Pressed, remembered: Remembered) -> Response:
    trace = await _again(services, remembered)
    quoted = trace.answer.citations or trace.answer.closest
    if not quoted:
        return said(Outcome.SHOWN, services.texts_for(incoming).said.no_sources)
    return _shown(incoming, sources_page(quoted))


async def _passage(incoming: Incoming, services: Services, pressing: Pressed, remembered: Remembered) -> Response:
    trace = await _again(services, remembered)
    passages, texts = _passages(trace), services.texts_for(incoming)
    if pressing.number >= len(passages):
        return said(Outcome.SHOWN, texts.said.nothing_more)
    passage = passages[pressing.number]
    document_of = services.knowledge.document
    if isinstance(passage, Citation):
        page = passage_page(passage, document_of(passage.doc_id))
    else:
        page = also_found(passage, document_of(passage.sentence.doc_id))
    more = data_of(Press.PASSAGE, pressing.key, pressing.number + 1)
    following: Keyboard = ((Button(texts.buttons.next_passage, more),),) if pressing.number + 1 < len(passages) else ()
    return _shown(incoming, page, following)


async def _more(incoming: Incoming, services: Services, pressing: Pressed, remembered: Remembered) -> Response:
    trace = await _again(services, remembered)
    text = answer_text(trace.answer, services.knowledge.document)
    texts = services.texts_for(incoming)
    pieces = tuple(split(text))[pressing.number :]
    if not pieces:
        return said(Outcome.SHOWN, texts.said.nothing_more)
    rows = answer_keyboard(Found(trace, text, remembered.asked.suggestions), pressing.key, texts, votes=services.recorder is not None)
    if len(pieces) > AT_ONCE:
        rows = ((Button(texts.buttons.more, data_of(Press.MORE, pressing.key, pressing.number + AT_ONCE)),), *rows)
    shown = pieces[:AT_ONCE]
    says = tuple(Say(piece, rows if piece is shown[-1] else ()) for piece in shown)
    return Response(Outcome.SHOWN, says)


async def _suggestion(incoming: Incoming, services: Services, pressing: Pressed, remembered: Remembered) -> Response:
    return await answer(incoming, services, remembered.asked.suggestions[pressing.number])


async def _again(services: Services, remembered: Remembered) -> Trace:
    """Search for a remembered question once more; OutOfDate when the answer is another one now."""
    asked = remembered.asked
    wording = Wording(asked.question, asked.history, asked.doc_id)
    trace = await services.searcher.run(lambda: search(services, wording))
    if trace.answer.answer_id != asked.answer_id:
        raise OutOfDate
    return trace


def _passages(trace: Trace) -> tuple[Citation | Evidence, ...]:
    """What can be looked at, in order: the quotes, then what else was found."""
    quoted = trace.answer.citations or trace.answer.closest
    shown = {(citation.doc_id, citation.span) for citation in quoted}
    return (*quoted, *(e for e in trace.evidence if (e.sentence.doc_id, e.sentence.span) not in shown))


def _shown(incoming: Incoming, page: Page, keyboard: Keyboard = ()) -> Response:
    """Show a page as a reply to the answer that the button stands under."""
    pieces = tuple(split(render(page)))[:AT_ONCE]
    says = tuple(Say(piece, keyboard if piece is pieces[-1] else (), incoming.message_id) for piece in pieces)
    return Response(Outcome.SHOWN, says)


def _out_of_date(incoming: Incoming, services: Services) -> Response:
    return Response(Outcome.OUT_OF_DATE, (Toast(services.texts_for(incoming).said.out_of_date, alert=True),))


Pressing = Callable[[Incoming, Services, Pressed, Remembered], Awaitable[Response]]

_PRESSES: dict[Press, Pressing] = {
    Press.SOURCES: _sources,
    Press.PASSAGE: _passage,
    Press.MORE: _more,
    Press.SUGGESTION: _suggestion,
}

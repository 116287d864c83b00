"""Questions: asked, edited, empty, or no text at all."""

from __future__ import annotations

from typing import NamedTuple

from pmbot.interfaces.session import Session
from pmbot.interfaces.telegram.buttons import Press, data_of
from pmbot.interfaces.telegram.followups import earlier
from pmbot.interfaces.telegram.incoming import Incoming
from pmbot.interfaces.telegram.quoting import anchor
from pmbot.interfaces.telegram.responses import Action, Button, Erase, Keyboard, Outcome, Response, Revise, Say, said
from pmbot.interfaces.telegram.services import Services
from pmbot.interfaces.telegram.suggesting import suggestions
from pmbot.interfaces.telegram.texts import Texts
from pmbot.models import Status, Trace
from pmbot.rendering.telegram import TelegramText, answer_text, parts
from pmbot.storage.conversations import Asked, Remembered

LABEL = 60
"""Characters of a suggested question that stand on its button."""


class Wording(NamedTuple):
    """A question as it is searched for: its text, the earlier ones it may refer to, newest last, and the document it is about."""

    text: str
    history: tuple[str, ...] = ()
    doc_id: str | None = None


class Found(NamedTuple):
    """An answer, its message, and what else could be asked instead."""

    trace: Trace
    text: TelegramText
    suggestions: tuple[str, ...] = ()


async def question(incoming: Incoming, services: Services) -> Response:
    """Answer a question in a new message."""
    return await answer(incoming, services, incoming.text)


async def answer(incoming: Incoming, services: Services, text: str) -> Response:
    """Answer `text`, asked by `incoming`, in the light of the earlier questions of the conversation."""
    found, key = await _found(incoming, services, Wording(text, earlier(incoming, services)))
    shown, keyboard = _shown(found, key, services.texts_for(incoming), services)
    message_id, quote = anchor(incoming, found.trace.answer)
    first = Say(shown[0], keyboard[0], message_id, quote)
    actions = (first, *(Say(part, rows) for part, rows in zip(shown[1:], keyboard[1:], strict=True)))
    return Response(_outcome(found.trace), actions, lambda ids: services.memory.stands_in(key, ids))


async def edited(incoming: Incoming, services: Services) -> Response:
    """Answer an edited question in the messages that answered it before; anew when there are none."""
    before = _answered_before(incoming, services)
    if before is None:
        return await question(incoming, services)
    history = services.memory.history(incoming.conversation, before.key)
    found, key = await _found(incoming, services, Wording(incoming.text, history))
    shown, keyboard = _shown(found, key, services.texts_for(incoming), services)
    actions: list[Action] = []
    for number, (part, rows) in enumerate(zip(shown, keyboard, strict=True)):
        if number < len(before.messages):
            actions.append(Revise(before.messages[number], part, rows))
        else:
            actions.append(Say(part, rows))
    actions += [Erase(message_id) for message_id in before.messages[len(shown) :]]
    return Response(Outcome.REVISED, tuple(actions), lambda ids: services.memory.stands_in(key, ids))


async def empty(incoming: Incoming, services: Services) -> Response:
    """Say what could be asked, when there is nothing to look for."""
    return said(Outcome.HELPED, services.texts_for(incoming).said.ask_something.format_map({"examples": services.examples()}))


async def media(incoming: Incoming, services: Services) -> Response:
    """Say that only text is read; in private, as in a group the picture may be for others."""
    if not incoming.private or incoming.edited:
        return Response(Outcome.IGNORED)
    return said(Outcome.NOT_TEXT, services.texts_for(incoming).said.not_text)


def search(services: Services, wording: Wording) -> Trace:
    """Search, in a thread. PmbotError."""
    session = Session(services.knowledge)
    session.history, session.doc_id = wording.history, wording.doc_id
    return session.ask(wording.text)


def _answered_before(incoming: Incoming, services: Services) -> Remembered | None:
    if incoming.chat is None or incoming.message_id is None:
        return None
    before = services.memory.of_message(incoming.chat, incoming.message_id)
    return before if before is not None and before.messages else None


async def _found(incoming: Incoming, services: Services, wording: Wording) -> tuple[Found, int]:
    """Search for and remember a question; what was found, and its key."""

    def work() -> Found:
        trace = search(services, wording)
        text = answer_text(trace.answer, services.knowledge.document)
        return Found(trace, text, suggestions(trace, services.knowledge))

    found = await services.search(work)
    if services.recorder is not None:
        recorder, user = services.recorder, str(incoming.user)
        complaint = await services.searcher.jot(lambda: recorder.note(found.trace, user))
        if complaint:
            services.complain(complaint)
    return found, services.memory.keep(_asked(incoming, services, wording, found))


def _asked(incoming: Incoming, services: Services, wording: Wording, found: Found) -> Asked:
    return Asked(
        update_id=incoming.update_id,
        chat=incoming.chat or 0,
        conversation=incoming.conversation,
        user=incoming.user,
        asked=incoming.message_id,
        question=wording.text,
        history=wording.history,
        doc_id=wording.doc_id,
        answer_id=found.trace.answer.answer_id,
        signature=found.trace.answer.signature,
        followed=found.trace.answer.status is not Status.NOTHING_TO_SEARCH,
        suggestions=found.suggestions,
        at=services.clock(),
    )


def _shown(found: Found, key: int, texts: Texts, services: Services) -> tuple[tuple[TelegramText, ...], tuple[Keyboard, ...]]:
    """The messages that are sent at once, and the buttons under each: under the last alone."""
    cut = parts(found.text)
    rows = answer_keyboard(found, key, texts, votes=services.recorder is not None)
    if cut.held_back:
        rows = ((Button(texts.buttons.more, data_of(Press.MORE, key, len(cut.shown))),), *rows)
    return cut.shown, ((),) * (len(cut.shown) - 1) + (rows,)


def answer_keyboard(found: Found, key: int, texts: Texts, *, votes: bool) -> Keyboard:
    """The buttons under an answer: what it rests on, what else could be asked, and votes where they are kept."""
    reply = found.trace.answer
    rows: list[tuple[Button, ...]] = []
    quoted = reply.citations or reply.closest
    if quoted:
        sources = Button(texts.buttons.sources.format_map({"count": len(quoted)}), data_of(Press.SOURCES, key))
        rows.append((sources, Button(texts.buttons.passage, data_of(Press.PASSAGE, key, 0))))
    rows += [(Button(_label(text), data_of(Press.SUGGESTION, key, n)),) for n, text in enumerate(found.suggestions)]
    if votes and reply.status is not Status.NOTHING_TO_SEARCH:
        labels = ((texts.buttons.good, Press.GOOD), (texts.buttons.bad, Press.BAD), (texts.buttons.wrong_source, Press.WRONG_SOURCE))
        rows.append(tuple(Button(label, data_of(press, key)) for label, press in (labels if reply.answered else labels[:2])))
    return tuple(rows)


def _label(text: str) -> str:
    return text if len(text) <= LABEL else text[: LABEL - 1].rstrip() + "…"


def _outcome(trace: Trace) -> Outcome:
    return Outcome.ANSWERED if trace.answer.answered else Outcome.REFUSED

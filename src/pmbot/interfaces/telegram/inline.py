"""Inline mode: `@bot trade 2023`, typed in any chat, offers the answer and what else was found, each with its quote."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from telegram import InlineQueryResultArticle, InputTextMessageContent

from pmbot.interfaces.telegram.asking import Wording, search
from pmbot.interfaces.telegram.deeplinks import sentence_link
from pmbot.interfaces.telegram.incoming import Incoming
from pmbot.interfaces.telegram.responses import Button, InlineResults, Outcome, Response
from pmbot.interfaces.telegram.services import Services
from pmbot.interfaces.telegram.shapes import NO_PREVIEW, entities_of, markup_of
from pmbot.interfaces.telegram.texts import Texts
from pmbot.models import Evidence, Status, Trace
from pmbot.rendering.answers import answer_page, place
from pmbot.rendering.page import BLANK, Ink, line
from pmbot.rendering.passages import also_found
from pmbot.rendering.sanitize import visible_line
from pmbot.rendering.telegram import FOLDED, cleaned, render, split
from pmbot.rendering.telegram_parts import TelegramText

PAGE = 50
"""Results that Telegram takes at once."""

MOST = 1_000
CACHE_SECONDS = 20
"""How long Telegram may give the same results to the same person without asking us."""

_LONGEST_TITLE, _LONGEST_DESCRIPTION = 80, 200


class Offer(NamedTuple):
    """A result: `key` is the same whenever the same thing is offered; `text` is sent when it is picked, `link` opens its place here."""

    key: str
    title: str
    description: str
    text: TelegramText
    link: str | None = None


async def inline(incoming: Incoming, services: Services) -> Response:
    """Offer a page of results; tips while nothing is typed, or when there is nothing to look for in it. Nothing is recorded."""
    texts, start = services.texts_for(incoming), start_of(incoming.offset)

    def look() -> tuple[Offer, ...]:
        trace = search(services, Wording(incoming.text)) if incoming.text else None
        if trace is None or trace.answer.status is Status.NOTHING_TO_SEARCH:
            return tuple(_tips(texts, services))
        return tuple(islice(_offers(trace, services), MOST))

    offers = await services.search(look)
    following = start + PAGE
    page = tuple(_article(offer, texts) for offer in offers[start:following])
    offset = str(following) if following < len(offers) else ""
    return Response(Outcome.SHOWN, (InlineResults(page, offset, CACHE_SECONDS),))


def start_of(offset: str) -> int:
    """Where a page starts: what we gave Telegram as its offset; the first page for whatever else may come."""
    return int(offset) if offset.isascii() and offset.isdigit() and len(offset) <= len(str(MOST)) else 0


def _tips(texts: Texts, services: Services) -> Iterator[Offer]:
    """How it is done, then questions that are answered."""
    filled = {"bot": f"@{services.me.username}", "examples": services.examples()}
    help_text = texts.said.inline_help.format_map(filled)
    yield Offer("tip", _short(texts.said.inline_tip, _LONGEST_TITLE), _short(help_text, _LONGEST_DESCRIPTION), TelegramText(help_text))
    for example in services.knowledge.examples():
        trace = search(services, Wording(example))
        if trace.answer.answered:
            yield _answer(trace, services)._replace(title=_short(example, _LONGEST_TITLE))


def _offers(trace: Trace, services: Services) -> Iterator[Offer]:
    """The answer, then the sentences that were found and do not stand in it, best first.

    That words stand nowhere comes first, as an answer does; that nothing is near enough comes last: a few words may be no question.
    """
    answer, first = trace.answer, trace.answer.status is not Status.NOT_ENOUGH
    if first:
        yield _answer(trace, services)
    shown = {(citation.doc_id, citation.span) for citation in (*answer.citations, *(answer.closest if first else ()))}
    for evidence in trace.evidence:
        sentence = evidence.sentence
        if evidence.matched_terms and (sentence.doc_id, sentence.span) not in shown:
            shown.add((sentence.doc_id, sentence.span))
            yield _sentence(trace, evidence, services)
    if not first:
        yield _answer(trace, services)


def _answer(trace: Trace, services: Services) -> Offer:
    """Offer an answer, or a refusal, under its question."""
    answer, document_of = trace.answer, services.knowledge.document
    page = (line(visible_line(answer.question.text), Ink.NOTE), BLANK, *answer_page(answer, document_of))
    quotes = answer.citations or answer.closest
    quote = quotes[0].quote if quotes else answer.question.text
    title = (answer.short_answer or quote) if answer.answered else answer.text
    return Offer(
        f"a{answer.answer_id}",
        _short(title, _LONGEST_TITLE),
        _short(quote, _LONGEST_DESCRIPTION),
        next(iter(split(render(page, folded=FOLDED if answer.answered else 0)))),
        sentence_link(services.me.username, quotes[0].doc_id, quotes[0].span, quotes[0].quote) if quotes else None,
    )


def _sentence(trace: Trace, evidence: Evidence, services: Services) -> Offer:
    """Offer a sentence that was found."""
    sentence = evidence.sentence
    document = services.knowledge.document(sentence.doc_id)
    quote, where = document.excerpt(sentence.span), place(sentence.doc_id, document.locate(sentence.span))
    page = (line(visible_line(trace.question.text), Ink.NOTE), BLANK, *also_found(evidence, document))
    key = f"{sentence.doc_id}\x1f{sentence.span.start}\x1f{sentence.span.end}"
    return Offer(
        hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:24],
        _short(quote, _LONGEST_TITLE),
        f"{_short(document.title, _LONGEST_TITLE)} · {where}",
        next(iter(split(render(page)))),
        sentence_link(services.me.username, sentence.doc_id, sentence.span, quote),
    )


def _article(offer: Offer, texts: Texts) -> InlineQueryResultArticle:
    content = InputTextMessageContent(offer.text.text, entities=entities_of(offer.text), link_preview_options=NO_PREVIEW)
    keyboard = markup_of(((Button(texts.buttons.passage, url=offer.link),),)) if offer.link else None
    return InlineQueryResultArticle(offer.key, offer.title, content, reply_markup=keyboard, description=offer.description)


def _short(text: str, longest: int) -> str:
    shown = cleaned(visible_line(" ".join(text.split()))) or "…"
    return shown if len(shown) <= longest else shown[: longest - 1].rstrip() + "…"

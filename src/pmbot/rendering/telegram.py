"""The same page for Telegram: plain text with entities, cleaned beforehand as Telegram would clean it, in parts it accepts.

No parse mode is needed, so no text can break the markup. Offsets and lengths are UTF-16 units, as in the Bot API's MessageEntity.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple

from pmbot.models import Answer, Trace
from pmbot.rendering.answers import DocumentOf, answer_page
from pmbot.rendering.page import Ink, Page, Paragraph, Run
from pmbot.rendering.telegram_parts import BLANKS, Entity, Parts, TelegramText, excerpt, parts, split, units
from pmbot.rendering.traces import trace_page

__all__ = (
    "Entity",
    "Parts",
    "TelegramText",
    "answer_text",
    "cleaned",
    "excerpt",
    "parts",
    "quotable",
    "render",
    "split",
    "trace_text",
    "units",
)

FOLDED = 240
"""A quote of more units than this is shown folded, to be opened with a tap."""

LONGEST_QUOTE = 1024
"""What Telegram takes as the quote of a reply, in UTF-16 units."""

_STYLES = {Ink.ANSWER: "bold", Ink.HIGHLIGHT: "bold", Ink.LABEL: "bold", Ink.NOTE: "italic"}
_BLANKED = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f]")
_DROPPED = re.compile("[\r\u2028-\u202e\u030a\u0333\u033f]")
_DIRECTIONS = re.compile("[\u200e\u200f]+(?=[\u200e\u200f])")
_SURROGATE = re.compile("[\ud800-\udfff]")
_MARKER = re.compile(r"\[\d+\] |– ")
_QUOTATION_MARKS = ("“", "”")
_MARKS = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})
_UNREPEATABLE = frozenset({"custom_emoji", "date_time"})


class _Stretch(NamedTuple):
    """What stands between two code points of the raw text."""

    type: str
    start: int
    end: int


def cleaned(text: str) -> str:
    """Give `text` as it stands in a chat once Telegram has taken it.

    Control characters but the line feed become blanks; CR, U+2028 to U+202E, U+030A, U+0333 and U+033F vanish; of a run of direction marks
    (U+200E, U+200F) all but the last become U+200C; blanks and line feeds at both ends go. Source: TDLib, `clean_input_string` and
    `fix_formatted_text` (td/telegram/misc.cpp, MessageEntity.cpp), which the Bot API server runs on every text. Lone surrogates, which
    it refuses, become U+FFFD.
    """
    return _substituted(text).strip(BLANKS)


def render(page: Page, *, folded: int = FOLDED) -> TelegramText:
    """Write `page` as text with entities, already as Telegram would clean and order them.

    A quote is a blockquote without its quotation marks, folded when longer than `folded` units; places are code, so that file names are
    not taken for addresses; indents are left out.
    """
    raw: list[str] = []
    stretches: list[_Stretch] = []
    length = 0
    for number, paragraph in enumerate(page):
        if number:
            raw.append("\n")
            length += 1
        runs, is_quote = _bare(paragraph)
        start = length
        for text, style in _styled(runs):
            if style:
                stretches.append(_Stretch(style, length, length + len(text)))
            raw.append(text)
            length += len(text)
        if is_quote:
            stretches.append(_Stretch("blockquote", start, length))
    return _finished("".join(raw), stretches, folded)


def answer_text(answer: Answer, document_of: DocumentOf) -> TelegramText:
    """Write an answer: the short answer, then quotes and places. Quotes of a refusal are folded. ProofError when one is not there."""
    return render(answer_page(answer, document_of), folded=FOLDED if answer.answered else 0)


def trace_text(trace: Trace, document_of: DocumentOf) -> TelegramText:
    """Write down how the answer came about; ProofError as above."""
    return render(trace_page(trace, document_of))


def quotable(message: TelegramText, sentence: str) -> TelegramText | None:
    """The stretch of `message` that says `sentence`, fit for ReplyParameters.quote; None when it does not stand there.

    Telegram wants bold, italics and the like of the quote as they are in the message: they come along. Where an emoji is one of somebody's
    own there is none. A longer sentence is cut at a word.
    """
    wanted = cleaned(sentence)
    place = message.text.find(wanted) if wanted else -1
    if place < 0:
        return None
    whole = excerpt(message, units(message.text[:place]), units(wanted))
    first = next(iter(split(whole, LONGEST_QUOTE)))
    text = first.text.rstrip(BLANKS)
    if any(e.type in _UNREPEATABLE for e in first.entities):
        return None
    return TelegramText(text, tuple(e for e in first.entities if e.type in _MARKS))


def _substituted(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    text = _SURROGATE.sub("\ufffd", text)
    return _DIRECTIONS.sub(lambda run: "\u200c" * len(run[0]), _DROPPED.sub("", _BLANKED.sub(" ", text)))


def _bare(paragraph: Paragraph) -> tuple[tuple[Run, ...], bool]:
    """The runs of a paragraph, without quotation marks where it is a quote, and whether it is."""
    runs = paragraph.runs
    if len(runs) > 2 and (runs[0].text, runs[-1].text) == _QUOTATION_MARKS and runs[0].ink is runs[-1].ink is Ink.QUOTE:
        return runs[1:-1], True
    return runs, False


def _styled(runs: Iterable[Run]) -> Iterator[tuple[str, str | None]]:
    """Pieces of text with the entity they get. Of a place, `[1] notes.md:4 · Prices`, only the place is code."""
    for run in runs:
        if run.ink is not Ink.PLACE:
            yield run.text, _STYLES.get(run.ink)
            continue
        marker = _MARKER.match(run.text)
        start = marker.end() if marker else 0
        where, dot, rest = run.text[start:].partition(" · ")
        yield run.text[:start], None
        yield where, "code"
        yield dot + rest, None


def _finished(raw: str, stretches: Iterable[_Stretch], folded: int) -> TelegramText:
    """Clean `raw`, and bring the stretches from its code points to the UTF-16 units of what is left."""
    places = [0, *accumulate(0 if _DROPPED.match(c) else 1 + (c > "\uffff") for c in raw)]
    text = _substituted(raw)
    found = [Entity(kind, places[start], places[end] - places[start]) for kind, start, end in stretches]
    lead = len(text) - len(text.lstrip(BLANKS))
    whole = TelegramText(text, tuple(_merged(found)))
    trimmed = excerpt(whole, lead, units(text.rstrip(BLANKS)) - lead)
    return TelegramText(trimmed.text, tuple(_folded(entity, folded) for entity in trimmed.entities))


def _folded(entity: Entity, folded: int) -> Entity:
    return entity._replace(type="expandable_blockquote") if entity.type == "blockquote" and entity.length > folded else entity


def _merged(entities: Iterable[Entity]) -> Iterator[Entity]:
    """Join neighbours of one style, as Telegram does."""
    last: dict[str, Entity] = {}
    for entity in sorted(entities, key=lambda e: e.offset):
        before = last.get(entity.type)
        if before is not None and entity.type in {"bold", "italic"} and before.offset + before.length == entity.offset:
            last[entity.type] = before._replace(length=before.length + entity.length)
            continue
        if before is not None:
            yield before
        last[entity.type] = entity
    yield from last.values()

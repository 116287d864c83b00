"""A long text with entities, cut into messages that Telegram takes. Lengths and offsets are UTF-16 units."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple

LIMIT = 4096
"""The longest text of a message."""

AT_ONCE = 3
"""So many messages are sent for one answer; the rest waits until it is asked for."""

BLANKS = " \n"
"""What Telegram takes away at the ends of a text and at the beginning of an entity."""

_REACH = 64
_JOINER = "\u200d"


class Entity(NamedTuple):
    """A stretch of a message with a look: `type` as in the Bot API, `url` for a text_link."""

    type: str
    offset: int
    length: int
    url: str | None = None


class TelegramText(NamedTuple):
    """A message's text and its entities, by offset, the outer before the inner."""

    text: str
    entities: tuple[Entity, ...] = ()


class Parts(NamedTuple):
    """What is sent at once, and what a button brings."""

    shown: tuple[TelegramText, ...]
    held_back: tuple[TelegramText, ...] = ()


def units(text: str) -> int:
    """Count the UTF-16 units of `text`."""
    return len(text) if text.isascii() else len(text) + sum(character > "\uffff" for character in text)


def parts(message: TelegramText, *, limit: int = LIMIT, at_once: int = AT_ONCE) -> Parts:
    """Cut `message` and hold back what goes beyond `at_once` messages."""
    pieces = tuple(split(message, limit))
    return Parts(pieces[:at_once], pieces[at_once:])


def split(message: TelegramText, limit: int = LIMIT) -> Iterator[TelegramText]:
    """Cut `message` into parts of at most `limit` units; their texts, joined, are the whole.

    A part ends after an empty line where one stands in its second half, else after a line, a blank, or whatever a reader takes for one
    character. An entity that reaches over the border goes on in the next part. Parts of blanks only, which Telegram refuses, are left out.
    """
    text = message.text
    if not text.strip(BLANKS):
        return
    places = [0, *accumulate(1 + (c > "\uffff") for c in text)]
    start = 0
    while start < len(text):
        end = len(text) if places[-1] - places[start] <= limit else _border(text, start, _reached(places, start, limit))
        if text[start:end].strip(BLANKS):
            yield excerpt(message, places[start], places[end] - places[start])
        start = end


def excerpt(message: TelegramText, offset: int, length: int) -> TelegramText:
    """Take a stretch of `message`, with the entities that reach into it, clipped, without blanks at their ends."""
    encoded = message.text.encode("utf-16-le", "surrogatepass")
    text = encoded[2 * offset : 2 * (offset + length)].decode("utf-16-le", "surrogatepass")
    return TelegramText(text, tuple(_clipped(message.entities, text, offset, length)))


def _clipped(entities: Iterable[Entity], text: str, offset: int, length: int) -> list[Entity]:
    encoded = text.encode("utf-16-le", "surrogatepass")
    kept = []
    for entity in entities:
        start, end = max(entity.offset - offset, 0), min(entity.offset + entity.length - offset, length)
        if start >= end:
            continue
        covered = encoded[2 * start : 2 * end].decode("utf-16-le", "surrogatepass")
        start += len(covered) - len(covered.lstrip(BLANKS))
        end -= len(covered) - len(covered.rstrip(BLANKS))
        if start < end:
            kept.append(entity._replace(offset=start, length=end - start))
    return sorted(kept, key=lambda e: (e.offset, -e.length, "quote" not in e.type))


def _reached(places: list[int], start: int, limit: int) -> int:
    """The last code point border that is at most `limit` units from `start`."""
    end = min(start + limit, len(places) - 1)
    while places[end] - places[start] > limit:
        end -= max(1, (places[end] - places[start] - limit) // 2)
    return end


def _border(text: str, start: int, end: int) -> int:
    """Where the part that starts at `start` ends best, at `end` the latest."""
    middle = start + (end - start) // 2
    for mark in ("\n\n", "\n", " "):
        place = text.rfind(mark, middle, end)
        if place >= 0:
            return place + len(mark)
    place = next((place for place in range(end, max(middle, end - _REACH), -1) if not _joined(text, place)), end)
    return max(place, start + 1)


def _joined(text: str, place: int) -> bool:
    """Whether the characters around `place` are one to the reader: marks, joined emoji, flags, Hangul (Unicode UAX #29, the main rules)."""
    before, after = text[place - 1], text[place]
    if unicodedata.category(after) in {"Mn", "Mc", "Me"} or _JOINER in {before, after}:
        return True
    if "\U0001f3fb" <= after <= "\U0001f3ff" or "\U000e0020" <= after <= "\U000e007f":
        return True
    if _is_flag(after):
        run = place
        while run > 0 and _is_flag(text[run - 1]):
            run -= 1
        return (place - run) % 2 == 1
    if "\u1160" <= after <= "\u11ff":
        return "\u1100" <= before <= "\u11ff" or "\uac00" <= before <= "\ud7a3"
    return "\u1100" <= before <= "\u115f" and ("\u1100" <= after <= "\u115f" or "\uac00" <= after <= "\ud7a3")


def _is_flag(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"

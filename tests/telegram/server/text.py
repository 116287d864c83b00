"""What Telegram does to a text and its entities before anybody sees them.

Written after TDLib's behaviour (`fix_formatted_text`; compared with its own library on random input, see docs/telegram-tests.md).
Offsets are UTF-16 units. An entity is a dict as in the Bot API.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from tests.telegram.server.rules import Rule, bad

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

Entity = dict[str, Any]

SPLITTABLE = ("bold", "italic", "underline", "strikethrough", "spoiler")
QUOTES = ("blockquote", "expandable_blockquote")
CODES = ("pre", "code")
LINKS = ("text_link", "text_mention", "custom_emoji", "date_time")
FOUND = ("mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bank_card_number")
MARKS_OF_A_QUOTE = (*SPLITTABLE, "custom_emoji", "date_time")

_BLANKED = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f]")
_DROPPED = re.compile("[\r\u2028-\u202e\u030a\u0333\u033f]")
_DIRECTIONS = re.compile("[\u200e\u200f]+(?=[\u200e\u200f])")
_WHITE = " \n"
_INVISIBLE = re.compile("[ \n\u00a0\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f\u2800\u3000\ufeff\ufffc\U000e0100-\U000e01ff]*")
_LIMIT = 1_000_000
_FINDERS = (
    ("url", re.compile(r"https?://[^\s<>\"“”]+[^\s<>\"“”.,;:!?)]")),
    ("email", re.compile(r"(?<![\w.])[\w.+-]+@[\w-]+\.[a-z]{2,}")),
    ("mention", re.compile(r"(?<![\w/@.])@[A-Za-z]\w{3,31}")),
    ("bot_command", re.compile(r"(?<![\w/@<])/\w{1,64}(?:@\w{3,32})?(?![\w/])")),
    ("hashtag", re.compile(r"(?<![\w#&/])#\w*[^\W\d]\w*")),
)


def units(text: str) -> int:
    """Length of `text` in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def part(text: str, offset: int, length: int) -> str:
    """The stretch of `text` an entity covers."""
    return text.encode("utf-16-le", "surrogatepass")[2 * offset : 2 * (offset + length)].decode("utf-16-le", "surrogatepass")


def cleaned(text: str) -> str:
    """Clean without trimming."""
    return _DIRECTIONS.sub(lambda run: "\u200c" * len(run[0]), _DROPPED.sub("", _BLANKED.sub(" ", text)))


def is_empty(text: str) -> bool:
    """Whether nobody would see anything of `text`."""
    return _INVISIBLE.fullmatch(text) is not None


def fixed(text: str, entities: Iterable[Entity], rules: Container[Rule]) -> tuple[str, list[Entity]]:
    """Clean, check and order `text` and `entities`; ApiError where Telegram refuses."""
    if Rule.TEXT_UTF8 in rules and any("\ud800" <= c <= "\udfff" for c in text):
        raise bad("strings must be encoded in UTF-8")
    kept = _checked(entities, rules)
    if Rule.ENTITY_NESTING in rules:
        kept = nested(kept)
    table = _offsets(text) if Rule.TEXT_CLEANING in rules else list(range(units(text) + 1))
    kept = _moved(text, kept, table, rules)
    if Rule.TEXT_CLEANING in rules:
        text = cleaned(text)
    if Rule.ENTITY_BLANKS in rules:
        kept = _without_blank_starts(text, kept)
    if Rule.ENTITY_NESTING in rules:
        kept = nested(kept)
    return _trimmed(text, kept) if Rule.TEXT_CLEANING in rules else (text, kept)


def nested(entities: Iterable[Entity]) -> list[Entity]:
    """Entities that nest properly: quotes apart, links and code apart and inside quotes, styles cut at all their borders."""
    ordered = sorted(entities, key=_order)
    if _proper(ordered):
        return ordered
    solid = _apart(e for e in ordered if e["type"] not in SPLITTABLE and e["type"] not in QUOTES)
    quotes = _apart(e for e in ordered if e["type"] in QUOTES)
    solid = [e for e in solid if all(_outside(e, q) or _inside(e, q) for q in quotes)]
    styles = [e for e in ordered if e["type"] in SPLITTABLE]
    others = sorted([*solid, *quotes], key=_order)
    return sorted([*others, *_cut(styles, others)], key=_order)


def found(text: str, entities: list[Entity]) -> list[Entity]:
    """Add what Telegram finds by itself: addresses, mentions, commands, tags. Given links and code win."""
    solid = [e for e in entities if e["type"] not in SPLITTABLE and e["type"] not in QUOTES]
    quotes = [e for e in entities if e["type"] in QUOTES]
    new: list[Entity] = []
    for kind, pattern in _FINDERS:
        for match in pattern.finditer(text):
            entity = {"type": kind, "offset": units(text[: match.start()]), "length": units(match[0])}
            free = all(_outside(entity, other) for other in (*solid, *new))
            if free and all(_outside(entity, q) or _inside(entity, q) for q in quotes):
                new.append(entity)
    return sorted([*entities, *new], key=_order)


def _checked(entities: Iterable[Entity], rules: Container[Rule]) -> list[Entity]:
    kept = []
    for entity in entities:
        if not isinstance(entity, dict):
            raise bad("can't parse MessageEntity: expected an Object")
        if Rule.ENTITY_FIELDS in rules:
            _check_fields(entity)
        kind = entity.get("type")
        if kind in FOUND:
            continue
        if Rule.ENTITY_TYPE in rules and kind not in (*SPLITTABLE, *QUOTES, *CODES, *LINKS):
            raise bad("can't parse MessageEntity: Unsupported type specified")
        for name in ("offset", "length"):
            if Rule.ENTITY_RANGE in rules and not 0 <= entity[name] <= _LIMIT:
                raise bad(f"receive an entity with incorrect {name} {entity[name]}")
        if entity["length"] > 0:
            kept.append(dict(entity))
    return kept


def _check_fields(entity: Entity) -> None:
    for name, kind in (("offset", int), ("length", int), ("type", str)):
        if name not in entity:
            raise bad(f"can't parse MessageEntity: Can't find field \"{name}\"")
        if not isinstance(entity[name], kind):
            raise bad(f'can\'t parse MessageEntity: Field "{name}" must be of type {"Number" if kind is int else "String"}')
    if entity["type"] == "text_link":
        url = entity.get("url")
        if not isinstance(url, str):
            raise bad("can't parse MessageEntity: Can't find field \"url\"")
        if not re.fullmatch(r"(?:https?://|tg://|ton://)?[^\s/.]\S*", url):
            raise bad(f"entity URL '{url}' is invalid: Wrong HTTP URL")


def _offsets(text: str) -> list[int]:
    """New offset of every old one, as if cut in two halves when inside a pair."""
    table, new = [0], 0
    for character in text:
        size = 2 if character > "\uffff" else 1
        gone = _DROPPED.match(character) is not None
        for _ in range(size):
            new += not gone
            table.append(new)
    return table


def _moved(text: str, entities: list[Entity], table: list[int], rules: Container[Rule]) -> list[Entity]:
    end, halves = units(text), _halves(text) if Rule.ENTITY_SURROGATES in rules else {}
    for entity in entities:
        start, stop = entity["offset"], entity["offset"] + entity["length"]
        if start in halves:
            raise bad(f"entity begins in a middle of a UTF-16 symbol at byte offset {halves[start]}")
        if stop in halves:
            raise bad(f"entity beginning at UTF-16 offset {start} ends in a middle of a UTF-16 symbol at byte offset {halves[stop]}")
        if Rule.ENTITY_RANGE in rules and start > end:
            raise bad(f"entity begins after the end of the text at UTF-16 offset {start}")
        if Rule.ENTITY_RANGE in rules and stop > end:
            raise bad(f"entity beginning at UTF-16 offset {start} ends after the end of the text at UTF-16 offset {stop}")
        at = [table[min(max(place, 0), end)] for place in (start, stop)]
        entity.update(offset=at[0], length=at[1] - at[0])
    return [entity for entity in entities if entity["length"] > 0]


def _halves(text: str) -> dict[int, int]:
    """Offsets in the middle of a character, with the byte where it ends."""
    places, unit, byte = {}, 0, 0
    for character in text:
        byte += len(character.encode("utf-8", "surrogatepass"))
        if character > "\uffff":
            places[unit + 1] = byte
            unit += 1
        unit += 1
    return places


def _without_blank_starts(text: str, entities: list[Entity]) -> list[Entity]:
    encoded = text.encode("utf-16-le", "surrogatepass")
    white = {mark.encode("utf-16-le") for mark in _WHITE}
    for entity in entities:
        if entity["type"] in LINKS:
            continue
        while entity["length"] and encoded[2 * entity["offset"] : 2 * entity["offset"] + 2] in white:
            entity["offset"] += 1
            entity["length"] -= 1
    return [entity for entity in entities if entity["length"] > 0]


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    text = text.rstrip(_WHITE)
    end = units(text)
    for entity in entities:
        entity["length"] = min(entity["length"], end - entity["offset"])
    entities = sorted((e for e in entities if e["length"] > 0), key=_order)
    first = entities[0]["offset"] if entities else end
    lead = min(len(text) - len(text.lstrip(_WHITE)), first)
    for entity in entities:
        entity["offset"] -= lead
    return text[lead:], entities


def _order(entity: Entity) -> tuple[int, int, int]:
    ranks = ("expandable_blockquote", "blockquote", *CODES, *LINKS, *FOUND, *SPLITTABLE)
    rank = ranks.index(entity["type"]) if entity["type"] in ranks else len(ranks)
    return entity["offset"], -entity["length"], rank


def _end(entity: Entity) -> int:
    return int(entity["offset"] + entity["length"])


def _outside(one: Entity, other: Entity) -> bool:
    return _end(one) <= other["offset"] or _end(other) <= one["offset"]


def _inside(one: Entity, other: Entity) -> bool:
    return bool(other["offset"] <= one["offset"] and _end(one) <= _end(other))


def _apart(entities: Iterable[Entity]) -> list[Entity]:
    kept: list[Entity] = []
    for entity in entities:
        if not kept or entity["offset"] >= _end(kept[-1]):
            kept.append(entity)
    return kept


def _proper(ordered: list[Entity]) -> bool:
    open_: list[Entity] = []
    ends: dict[str, int] = {}
    for entity in ordered:
        kind = entity["type"]
        while open_ and _end(open_[-1]) <= entity["offset"]:
            open_.pop()
        if open_ and (_end(entity) > _end(open_[-1]) or open_[-1]["type"] in CODES):
            return False
        if any(e["type"] in SPLITTABLE and (kind not in SPLITTABLE or e["offset"] < entity["offset"]) for e in open_):
            return False
        if kind in SPLITTABLE:
            if ends.get(kind, -1) >= entity["offset"]:
                return False
            ends[kind] = _end(entity)
        elif open_ and (kind in QUOTES or open_[-1]["type"] not in QUOTES):
            return False
        open_.append(entity)
    return True


def _cut(styles: list[Entity], others: list[Entity]) -> list[Entity]:
    code = [other for other in others if other["type"] in CODES]
    spans = {kind: _union((e["offset"], _end(e)) for e in styles if e["type"] == kind) for kind in SPLITTABLE}
    borders = {place for other in others for place in (other["offset"], _end(other))}
    borders |= {start for merged in spans.values() for start, _ in merged}
    pieces = []
    for kind in SPLITTABLE:
        for start, stop in spans[kind]:
            for a, b in pairwise(sorted({start, stop, *(p for p in borders if start < p < stop)})):
                piece = {"type": kind, "offset": a, "length": b - a}
                if not any(_inside(piece, c) for c in code):
                    pieces.append(piece)
    return pieces


def _union(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, stop in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(stop, merged[-1][1]))
        else:
            merged.append((start, stop))
    return merged

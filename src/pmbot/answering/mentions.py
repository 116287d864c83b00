"""Mentions: what stretches of a sentence name, found by a grammar of ours (dates, money, quantities, names, …).

Every pattern is linear: bounded repetition, no nested quantifiers over the same characters. Offsets count from the start of the text given.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from typing import NamedTuple

from pmbot.answering.language import ENGLISH, Language
from pmbot.models import MentionKind
from pmbot.text.figures.finding import Mention, find_figures, plain_figures
from pmbot.text.normalize import fold

NAMES = frozenset({MentionKind.PERSON, MentionKind.ORGANISATION, MentionKind.PLACE, MentionKind.NAME})


class NameHints(NamedTuple):
    """What tells names from other capitalised words; all folded.

    `places` are names of places and `demonyms` the words made from them ("Latvian"); `lower` the words that the documents also write
    in lower case; `ordinary` the stopwords.
    """

    places: Container[str]
    demonyms: Container[str]
    lower: Container[str]
    ordinary: Container[str]
    language: Language = ENGLISH


_CAPITALISED = r"(?:[^\W\d_a-zß-öø-ÿ][\w’'.-]{0,40}\w|[A-Z])"
_NAME = re.compile(
    rf"{_CAPITALISED}(?:(?:\s|-)(?:(?:of|the|de|la|von|van|der|du|di|da|del|al|bin|ibn|for|&)\s){{0,2}}(?:{_CAPITALISED}|\d{{1,4}}(?!\d)))*"
)
_COMPASS = frozenset({"north", "south", "east", "west", "northern", "southern", "eastern", "western"})
_CONNECTORS = frozenset({"of", "for", "the", "and"})
_DESCRIBED = re.compile(r"(?:\s+(?:and|or)\s+[^\W\d_][\w-]{0,40})?\s+([a-z]{3,30})\b")
_FOLLOWING = re.compile(r"\s([^\W\d_]{2,30})\b")
_WORD, _PART, _PLAIN = re.compile(r"\S+"), re.compile(r"[^\s-]+"), re.compile(r"[^\W\d_][^\W\d_’'.]*\.?")
_POSSESSIVE = re.compile(r"[’']s?$")
_FIRST_CHARACTERS = " \"“‘'«([*-–—•"


def find_mentions(text: str, hints: NameHints, figures: Iterable[Mention] | None = None) -> tuple[Mention, ...]:
    """All mentions in `text`, in order of their start. A name never lies inside a date or sum.

    Figures never overlap each other, but for what `finer_mentions` tells of dates and ages, which comes behind the figure it lies over.
    `figures` are those of the text, where they were found before.
    """
    found = figures_of(text, hints.language) if figures is None else list(figures)
    taken = bytearray(len(text))
    for _, start, end in found:
        taken[start:end] = b"\x01" * (end - start)
    if hints.language.names.quoted is not None:
        found += _quoted(text, hints, taken)
    for match in (hints.language.names.pattern or _NAME).finditer(text):
        found.extend(_names_of(text, match.start(), match.end(), hints, taken))
    found.sort(key=lambda mention: (mention.start, -mention.end))
    return tuple(found)


def figures_of(text: str, language: Language) -> list[Mention]:
    """The mentions of a text that are no names, in no order, by the grammar of its language."""
    return find_figures(text) if language.is_english else plain_figures(text, language.figures)


def _quoted(text: str, hints: NameHints, taken: bytearray) -> list[Mention]:
    """Names in quotation marks; an organisation's when its noun stands before them ("biedrība „Vējš”")."""
    names, found = hints.language.names, []
    for match in names.quoted.finditer(text) if names.quoted is not None else ():
        start, end = match.span(1)
        if any(taken[start:end]):
            continue
        taken[start:end] = b"\x01" * (end - start)
        before = fold(text[max(0, start - 40) : start]).rstrip('„“«»" ').split()
        kind = MentionKind.ORGANISATION if before and before[-1] in names.organisations else MentionKind.NAME
        found.append(Mention(kind, start, end))
    return found


def _with_noun(text: str, start: int, end: int, hints: NameHints) -> Mention | None:
    """One name of a language whose names are followed by their noun ("Satiksmes aģentūra"); None for a word that only opens a sentence."""
    if " " not in text[start:end] and not text[start:end].isupper() and not text[:start].strip(_FIRST_CHARACTERS):
        return None
    noun = _FOLLOWING.match(text, end)
    if noun is not None and fold(noun.group(1)) in hints.language.names.organisations:
        return Mention(MentionKind.ORGANISATION, start, noun.end())
    return Mention(kind_of_name(text, start, end, hints), start, end)


def _names_of(text: str, start: int, end: int, hints: NameHints, taken: bytearray) -> list[Mention]:
    """The names in one run of capitalised words: the run without an ordinary first word, and split after a possessive."""
    names = []
    for piece_start, piece_end in _split_possessive(text, start, end):
        start, end = _without_ordinary_head(text, _after_figures(text, piece_start, piece_end, taken), piece_end, hints)
        start = _after_figures(text, start, end, taken)
        for a, b in _split_head(text, start, end, hints):
            if a < b and not all(taken[a:b]) and any(character.isupper() for character in text[a:b]):
                name = Mention(kind_of_name(text, a, b, hints), a, b) if hints.language.is_english else _with_noun(text, a, b, hints)
                names += [name] if name is not None else []
    return names


def _split_head(text: str, start: int, end: int, hints: NameHints) -> list[tuple[int, int]]:
    """A demonym apart from what it describes, and a person apart from the title ("Latvian" + "President" + "Edgars Rinkēvičs")."""
    words = [m.span() for m in _WORD.finditer(text, start, end)]
    folded = [fold(text[a:b]).strip(".") for a, b in words]
    head = 0
    if len(words) > 1 and folded[0] in hints.demonyms and folded[0] not in hints.places:
        head = 1
    elif len(words) > 2 and folded[0] in _COMPASS and folded[1] in hints.demonyms and folded[1] not in hints.places:
        head = 2
    pieces = [(words[0][0], words[head - 1][1])] if head else []
    if len(words) > head + 1 and folded[head] in hints.language.names.titles and folded[head + 1] not in _CONNECTORS:
        head += 1
    return [*pieces, (words[head][0], end)] if head < len(words) else pieces


def _after_figures(text: str, start: int, end: int, taken: bytearray) -> int:
    """Where the name starts once a date or figure before it is left out ("In 1987 Ana Gil …")."""
    figure = taken.rfind(1, start, end)
    if figure < 0 or figure + 1 >= end:
        return start
    rest = text[figure + 1 : end]
    return figure + 1 + len(rest) - len(rest.lstrip(" -\n")) if any(c.isupper() for c in rest) else start


def _split_possessive(text: str, start: int, end: int) -> list[tuple[int, int]]:
    if "'" not in text[start:end] and "’" not in text[start:end]:
        return [(start, end)]
    pieces, at = [], start
    for word in _WORD.finditer(text, start, end):
        core = _POSSESSIVE.sub("", word.group())
        if core != word.group():
            pieces.append((at, word.start() + len(core)))
            at = word.end() + 1
    if at < end:
        pieces.append((at, end))
    return pieces


def _without_ordinary_head(text: str, start: int, end: int, hints: NameHints) -> tuple[int, int]:
    """Drop leading words that are capitalised only because a sentence or a title starts there."""
    while start < end:
        head = _WORD.match(text, start, end)
        if head is None:
            start += 1
            continue
        word = fold(head.group())
        opens = not text[:start].strip(_FIRST_CHARACTERS) or text[:start].rstrip()[-1:] in ".!?:"
        connector = head.group()[0].islower()
        if not connector and not (word in hints.ordinary or (opens and word in hints.lower)):
            break
        start = min(end, head.end())
        while start < end and text[start] in " \n-":
            start += 1
    return start, end


def _noun_after(text: str, end: int) -> str:
    """The common noun that a name describes ("the Baltic and Nordic *region*"), or nothing."""
    found = _DESCRIBED.match(text, end)
    return found.group(1) if found else ""


def _kind_of_noun(noun: str, language: Language) -> MentionKind | None:
    if noun in language.place_nouns:
        return MentionKind.PLACE
    return MentionKind.ORGANISATION if noun in language.names.organisations else None


def kind_of_name(text: str, start: int, end: int, hints: NameHints) -> MentionKind:
    """Person, place, organisation, or just a name where no rule decides.

    Places come from the table of places and from place words; organisations from their words; both also from the
    noun that follows. Persons have a title before them or in them, or are two or three plain capitalised words.
    """
    words = [fold(word).strip(".") for word in _PART.findall(text, start, end)]
    whole, known = " ".join(words), hints.language.names
    if words[-1] in hints.places or words[-1] in hints.demonyms or whole in hints.places:
        return MentionKind.PLACE if words[-1] not in known.organisations else MentionKind.ORGANISATION
    if any(word in known.organisations for word in words):
        return MentionKind.ORGANISATION
    before = fold(text[max(0, start - 24) : start]).split()
    titled = words[0] in known.titles and len(words) > 1 and words[1] != "of"
    if titled or (before and before[-1].strip(".") in known.titles):
        return MentionKind.PERSON
    if any(word in known.places for word in words):
        return MentionKind.PLACE
    described = _kind_of_noun(_noun_after(text, end), hints.language)
    if described is not None:
        return described
    plain = all(map(_PLAIN.fullmatch, text[start:end].split()))
    if plain and 2 <= len(words) <= 3 and not any(word.isupper() for word in text[start:end].split()):
        return MentionKind.PERSON
    return MentionKind.NAME

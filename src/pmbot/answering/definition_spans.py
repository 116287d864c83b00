"""What a thing is: the whole of what a sentence says behind "is", "means" or "that is", with the clause that belongs to it."""

from __future__ import annotations

from collections.abc import Iterator

from pmbot.answering import english
from pmbot.answering.frames import IS, Clause
from pmbot.answering.phrases import CLAUSE_OPENERS, DETERMINERS, Phrases
from pmbot.answering.short import NO_SHORT, Short
from pmbot.models import QuestionType

_QUOTES = " \"“”‘’„«»'"
_MEANING = frozenset({"means", "mean", "meant", "denotes", "denote", "denoted", "refers", "refer", "referred"})
_CARRYING = frozenset({"term", "word", "expression", "phrase", "mean", "refer", "stand"})
_SAYING = frozenset({"defined", "described", "understood"})
_OF_KIND = frozenset({"a", "an", "any", "one", "every", "each", "anything", "anyone", "something", "someone", "somebody", "anybody"})
_ASIDE = frozenset({"as", "or", "also", "sometimes"})
_RELATIVE = frozenset({"that", "which", "who", "whose", "where", "whereby"})
_CALLED = frozenset({"called", "named", "known"})
_OF = frozenset({"of", "in", "for", "with", "at"})
_DESCRIBING = frozenset({"noun", "word", "adjective", "capital", "number"})
_THAT_IS = (("that", "is", "to", "say"), ("that", "is"), ("namely",), ("meaning",))
_ASIDE_REACH = 12  # tokens between two commas that part a subject from its verb
_LOOSE = 2  # words that may stand among those of the thing asked about
_SURE = 0.8


def defined(clause: Clause) -> Short:
    """What the thing asked about is ("what is a gene bank": "A gene bank, as she put it, is *a library where books are people*")."""
    asked = _thing(clause)
    if not asked:
        return NO_SHORT
    for start, end in _standing(clause, asked):
        for found in (_so_called(clause.phrases, start), _said_again(clause.phrases, end), _predicate(clause, start, end)):
            if found is not None and clause.is_new(*found):
                return Short((clause.phrases.text(*found),), _SURE)
    return NO_SHORT


def _thing(clause: Clause) -> frozenset[int]:
    """The terms of the thing that "what is", "what does … mean" or "what does … refer to" asks about; empty for any other question."""
    words = clause.words
    means = words[-1] == "mean" or tuple(words[-2:]) in {("refer", "to"), ("meant", "by")}
    plain = clause.frame.opens in IS and words[-1] not in english.PREPOSITIONS
    plain = plain and not any(word.endswith(("ed", "ing")) or word in english.AUXILIARIES for word in words[clause.frame.start + 1 :])
    kinds = {QuestionType.DEFINITION, QuestionType.WHAT}
    if clause.kind not in kinds or words[clause.frame.wh] != "what" or not (means or plain):
        return frozenset()
    return frozenset(place for place, term in enumerate(clause.query.terms) if term.text.lower() not in _CARRYING)


def _standing(clause: Clause, asked: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Where all words of the thing stand together, as tokens."""
    for start in sorted(clause.touched):
        if not clause.touched[start] & asked:
            continue
        end, held = start, set[int]()
        while end < min(len(clause.phrases.tokens), start + len(clause.words) + _LOOSE) and not asked <= held:
            held |= clause.touched.get(end, frozenset())
            end += 1
        if asked <= held:
            yield start, end


def _comma(phrases: Phrases, at: int) -> bool:
    return at < len(phrases.tokens) and phrases.gaps[at].strip(_QUOTES) == ","


def _so_called(phrases: Phrases, start: int) -> tuple[int, int] | None:
    """The noun phrase that is called by the name ("*a valve in the hose*, called AquaStop")."""
    end = start - (2 if start > 1 and phrases.tokens[start - 1].norm == "as" else 1)
    if end < 1 or phrases.tokens[end].norm not in _CALLED or (phrases.breaks(end) and not _comma(phrases, end)):
        return None
    first, opening = _opening(phrases, end, plural=True), None
    while first is not None:
        opening, joined = first, first > 1 and phrases.tokens[first - 1].norm in _OF and not phrases.breaks(first)
        first = _opening(phrases, opening - 1, plural=False) if joined else None
    return (opening, end) if opening is not None else None


def _opening(phrases: Phrases, end: int, *, plural: bool) -> int | None:
    """Where the determiner stands that opens the noun phrase before the token at `end`."""
    described = _DESCRIBING | {"plural"} if plural else _DESCRIBING
    for at in range(end - 1, -1, -1):
        if phrases.tokens[at].norm in DETERMINERS:
            return at if at + 1 < end else None
        if (phrases.breaks(at) and at + 1 < end) or phrases.classes[at] not in described:
            return None
    return None


def _said_again(phrases: Phrases, end: int) -> tuple[int, int] | None:
    """What is said behind "that is" and its like, right behind the thing."""
    if not _comma(phrases, end):
        return None
    words = tuple(token.norm for token in phrases.tokens[end : end + 4])
    for opening in _THAT_IS:
        start = end + len(opening)
        if words[: len(opening)] == opening and start < len(phrases.tokens):
            return start, _closing(phrases, start)
    return None


def _predicate(clause: Clause, start: int, end: int) -> tuple[int, int] | None:
    """What stands behind the verb whose subject the thing is; what a comma and "as …" put between them is passed over."""
    phrases = clause.phrases
    first = start
    while first and (phrases.tokens[first - 1].norm in DETERMINERS | _CARRYING):
        first -= 1
    if first and phrases.tokens[first - 1].norm in english.PREPOSITIONS and not phrases.breaks(first):
        return None
    verb = _behind_aside(phrases, end)
    if verb is None or verb + 2 >= len(phrases.tokens):
        return None
    norm, behind = phrases.tokens[verb].norm, phrases.tokens[verb + 1].norm
    if norm in IS and behind in _SAYING and phrases.tokens[verb + 2].norm == "as":
        return _whole(phrases, verb + 3)
    if norm in _MEANING:
        return _whole(phrases, verb + 1 + (behind in {"to", "that"}))
    if norm not in IS or phrases.gaps[verb + 1].strip(_QUOTES):
        return None
    if behind in _OF_KIND and clause.kind is QuestionType.DEFINITION:
        return _whole(phrases, verb + 1)
    return _described(phrases, verb + 1) if behind == "the" else None


def _behind_aside(phrases: Phrases, end: int) -> int | None:
    if end < len(phrases.tokens) and phrases.gaps[end].strip(_QUOTES) == "":
        return end
    if not _comma(phrases, end) or phrases.tokens[end].norm not in _ASIDE:
        return None
    return next((at for at in range(end + 1, min(len(phrases.tokens), end + _ASIDE_REACH)) if _comma(phrases, at)), None)


def _whole(phrases: Phrases, start: int) -> tuple[int, int] | None:
    return (start, _closing(phrases, start)) if start < len(phrases.tokens) else None


def _described(phrases: Phrases, start: int) -> tuple[int, int] | None:
    """The noun phrase at `start` with the clause that tells which it is ("*the ratio of the heat delivered to the power used*")."""
    end = phrases.noun_phrase(start)
    if end == start or end == len(phrases.tokens) or phrases.breaks(end):
        return None
    norm, behind = phrases.tokens[end].norm, phrases.tokens[end + 1].norm if end + 1 < len(phrases.tokens) else ""
    relative = norm in _RELATIVE or (norm in english.PREPOSITIONS and behind in {"which", "whom"})
    return (start, _closing(phrases, end)) if relative or phrases.classes[end] == "ed" else None


def _closing(phrases: Phrases, start: int) -> int:
    """Where the punctuation comes that ends what starts at `start`; a list behind "such as" keeps its commas."""
    end = start + 1
    while end < len(phrases.tokens) and not phrases.breaks(end):
        listed = phrases.tokens[end].norm == "as" and phrases.tokens[end - 1].norm == "such"
        end = max(end, _last_of_list(phrases, end)) + 1 if listed else end + 1
    return end


def _last_of_list(phrases: Phrases, at: int) -> int:
    """Where the "and" or "or" stands that closes the list behind the token at `at`; `at` when none does."""
    for end in range(at + 1, len(phrases.tokens)):
        if phrases.tokens[end].norm in {"and", "or"}:
            return end
        if phrases.tokens[end].norm in CLAUSE_OPENERS or (phrases.breaks(end) and not _comma(phrases, end)):
            break
    return at

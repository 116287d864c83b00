"""What or who a name is, by what stands beside it: "the lamp maker *Quindle*", "*Ana Gil*, head of sales", "*Quindle*, which sells …"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pmbot.answering import english
from pmbot.answering.phrases import DETERMINERS, Phrases
from pmbot.answering.query import Query
from pmbot.answering.short import NAME_KINDS, NO_SHORT, Short
from pmbot.answering.views import View
from pmbot.models import QuestionType
from pmbot.text.analyzer import Token

_KINDS = frozenset({QuestionType.WHO, QuestionType.WHAT, QuestionType.DEFINITION})
_IS = frozenset({"is", "are", "was", "were"})
_BEINGS = english.PERSON_NOUNS | english.TITLES | english.ROLE_NOUNS | english.ORGANISATION_WORDS
_RELATIVE = frozenset({"which", "who"})
_DESCRIBING = frozenset({"noun", "word", "adjective", "capital", "article", "number"})
_CALLING = frozenset({"article", "noun", "word", "adjective"})
_QUOTES = ' "“”„«»'
_LEAST_LETTERS = 3
_SURE = 0.75
_LONGEST = 24  # tokens of what is said beside a name


def name_asked(query: Query) -> frozenset[str]:
    """The terms of the name that "who is" or "what is" asks about, where the question holds nothing else; else empty."""
    words = query.norms
    alone = query.language.is_english and query.reading.type in _KINDS and words[1:2] and words[1] in _IS
    return query.term_set if alone and all(term.is_name for term in query.terms) else frozenset()


def told_of(view: View, name: frozenset[str]) -> Short:
    """What the sentence says beside the name: behind a comma, right before it, before a comma, or in a relative clause."""
    if not name or not name <= view.word_set:
        return NO_SHORT
    phrases = Phrases(view)
    for start, end in _occurrences(phrases, name):
        for short in (_behind(phrases, end), _before(phrases, start, end), _by_clause(phrases, end)):
            if short.slices:
                return short
    return NO_SHORT


def written_out(view: View, acronym: str) -> Short:
    """The words whose beginnings make up the acronym, in order ("Quindle Lamp Works" for "QULAW"), where it stands too."""
    tokens = view.tokens
    if not acronym.isupper() or len(acronym) < _LEAST_LETTERS or all(token.text != acronym for token in tokens):
        return NO_SHORT
    for first in range(len(tokens)):
        taken = _spelled(tokens[first : first + _LONGEST], acronym.lower())
        if taken and taken[0] == 0 and tokens[first].text != acronym:
            return Short(((tokens[first].start, tokens[first + taken[-1]].end),), 0.8)
    return NO_SHORT


def _spelled(tokens: Sequence[Token], letters: str) -> list[int]:
    """Which of the words spell the letters with their beginnings: one letter each, or more of a word with a capital."""
    if not tokens or tokens[0].text.isupper():
        return []
    word = tokens[0].norm
    for length in range(len(letters) if tokens[0].text[0].isupper() else 1, 0, -1):
        if not word.startswith(letters[:length]):
            continue
        if length == len(letters):
            return [0]
        rest = _spelled(tokens[1:], letters[length:])
        if rest:
            return [0, *(place + 1 for place in rest)]
    passed = word in english.ARTICLES | english.PREPOSITIONS | english.CONJUNCTIONS
    return [place + 1 for place in _spelled(tokens[1:], letters)] if passed else []


def called(phrases: Phrases) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Names with what they are called in brackets behind them, both as tokens: "*Ana Gil*, a painter (*tenant*)"."""
    for opening in range(1, len(phrases.tokens)):
        end = opening
        while end < len(phrases.tokens) and (end == opening or not phrases.breaks(end)):
            end += 1
        in_brackets = phrases.gaps[opening].strip() == "(" and phrases.gaps[end].lstrip().startswith(")")
        if in_brackets and phrases.classes[opening] in _CALLING:
            name = _name_before(phrases, opening)
            if name is not None:
                yield name, (opening, end)


def _name_before(phrases: Phrases, at: int) -> tuple[int, int] | None:
    """The run of capitals that ends right before the token at `at`, or before the comma and the noun phrase that stand between."""
    end = at
    if phrases.classes[at - 1] != "capital":
        end = next((place for place in range(at - 1, 0, -1) if phrases.breaks(place)), at)
        if end == at or not _comma(phrases, end) or phrases.noun_phrase(end) != at:
            return None
    start = end
    while start and phrases.classes[start - 1] == "capital" and (start == end or not phrases.breaks(start)):
        start -= 1
    return (start, end) if start < end else None


def is_other_name(view: View, name: frozenset[str], start: int, end: int) -> bool:
    """Whether `[start, end)` is the name of somebody else, which says nothing of the one asked about."""
    return bool(name) and any(m.kind in NAME_KINDS and m.start <= start and end <= m.end for m in view.mentions)


def _occurrences(phrases: Phrases, name: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Where the whole name stands, as its first token and its end: first names and initials within a run of capitals belong to it."""
    tokens, at = phrases.tokens, 0
    while at < len(tokens):
        end = at
        while end < len(tokens) and phrases.classes[end] == "capital" and not (end > at and phrases.gaps[end].strip(" .")):
            end += 1
        held = [place for place in range(at, end) if tokens[place].term in name]
        if held and name <= {tokens[place].term for place in held}:
            yield held[0], held[-1] + 1
        at = max(end, at + 1)


def _closing(phrases: Phrases, at: int) -> int:
    """The end of what stands between the punctuation before the token at `at` and the next."""
    end = at + 1
    while end < len(phrases.tokens) and not phrases.breaks(end):
        end += 1
    return end


def _comma(phrases: Phrases, at: int) -> bool:
    return 0 < at < len(phrases.tokens) and phrases.gaps[at].strip(_QUOTES) == ","


def _behind(phrases: Phrases, end: int) -> Short:
    """The noun phrase behind the comma after the name: with an article, or one that opens with a role."""
    if not _comma(phrases, end):
        return NO_SHORT
    closing, first = _closing(phrases, end), phrases.tokens[end].norm
    listed = closing < len(phrases.tokens) and phrases.tokens[closing].norm in english.CONJUNCTIONS
    role = first in _BEINGS and end + 1 < closing and phrases.classes[end + 1] == "preposition"
    told = role or (first in english.ARTICLES and phrases.noun_phrase(end) > end + 1)
    return Short((phrases.text(end, closing),), _SURE) if told and not listed and closing - end < _LONGEST else NO_SHORT


def _before(phrases: Phrases, start: int, end: int) -> Short:
    """The noun phrase right before the name, or before the comma that parts it from the name ("its chief, *Ana Gil*, slept")."""
    comma = _comma(phrases, start)
    apart = start < 1 or (phrases.breaks(start) and not comma)
    heads = {"noun", "word", "adjective"} if comma else {"noun", "word"}  # "its chief *executive*, Ana Gil, …"
    titled = not comma and start > 0 and phrases.tokens[start - 1].norm in _BEINGS  # "Latvian *President* Ana Gil"
    if apart or not (titled or phrases.classes[start - 1] in heads):
        return NO_SHORT
    first = start - 1
    while first and not phrases.breaks(first) and phrases.tokens[first].norm not in DETERMINERS and _describes(phrases, first - 1):
        first -= 1
    determined = phrases.tokens[first].norm in DETERMINERS
    closed = end == len(phrases.tokens) or (phrases.breaks(end) and phrases.tokens[end].norm not in english.CONJUNCTIONS)
    known = phrases.classes[start - 1] == "noun" or phrases.tokens[start - 1].norm in _BEINGS
    if (comma and not (determined and closed)) or not (determined or known) or start - first <= determined:
        return NO_SHORT
    return Short((phrases.text(first, start),), _SURE)


def _describes(phrases: Phrases, at: int) -> bool:
    """Whether the word at `at` may belong to the noun phrase of the word behind it."""
    return phrases.classes[at] in _DESCRIBING or phrases.tokens[at].norm in DETERMINERS


def _by_clause(phrases: Phrases, end: int) -> Short:
    """The relative clause behind the name."""
    if not _comma(phrases, end) or end + 2 >= len(phrases.tokens) or phrases.tokens[end].norm not in _RELATIVE:
        return NO_SHORT
    closing = _closing(phrases, end)
    return Short((phrases.text(end + 1, closing),), 0.6) if closing - end < _LONGEST else NO_SHORT

"""Reads questions of languages whose question words are listed in a file: the earliest phrase decides, a noun behind it refines."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from typing import NamedTuple

from pmbot.answering.language import Asked
from pmbot.answering.word_sets import Phrases
from pmbot.models import MentionKind, QuestionType

NEAR_NOUNS = 4  # content words behind "what" among which a noun of money or amount refines the question
_AMOUNTS = (MentionKind.MONEY, MentionKind.QUANTITY, MentionKind.PERCENT, MentionKind.NUMBER)
_NAMES = (MentionKind.PERSON, MentionKind.ORGANISATION, MentionKind.NAME)
_EXPECTS: dict[QuestionType, tuple[MentionKind, ...]] = {
    QuestionType.WHO: _NAMES,
    QuestionType.WHEN: (MentionKind.DATE,),
    QuestionType.HOW_MANY: (MentionKind.NUMBER, MentionKind.QUANTITY),
    QuestionType.HOW_MUCH: _AMOUNTS,
    QuestionType.PERCENT: (MentionKind.PERCENT,),
    QuestionType.RANK: (MentionKind.ORDINAL,),
    QuestionType.DURATION: (MentionKind.DURATION,),
    QuestionType.FREQUENCY: (MentionKind.FREQUENCY,),
}
_COUNTED = frozenset({QuestionType.HOW_MANY, QuestionType.WHICH, QuestionType.LIST})
_ANYWHERE = (
    "aggregation",
    "percent",
    "duration",
    "frequency",
    "price",
    "how_many",
    "how_much",
    "definition",
    "rank",
    "why",
    "when",
    "where",
    "who",
)
_ORDER = (*_ANYWHERE, "list", "which", "who_or_what", "what", "how", "compare", "yes_no")
_TYPES = {
    "price": QuestionType.HOW_MUCH, "who_or_what": QuestionType.WHO, "compare": QuestionType.COMPARISON,
}  # fmt: skip


class Nouns(NamedTuple):
    """Nouns that tell what a question wants."""

    money: Container[str] = frozenset()
    amounts: Container[str] = frozenset()
    percents: Container[str] = frozenset()
    shares: Container[str] = frozenset()
    times: Container[str] = frozenset()
    places: Container[str] = frozenset()
    persons: Container[str] = frozenset()
    organisations: Container[str] = frozenset()
    ranks: Container[str] = frozenset()
    periods: Container[str] = frozenset()


class PhraseAsking:
    """Reads the folded words of a question; `phrases` are those of each kind of question, `be` the forms of "to be".

    An `opening` kind of phrase counts only where it opens the question ("vai", "можно").
    """

    def __init__(self, phrases: Mapping[str, Phrases], nouns: Nouns, be: Container[str]) -> None:
        self._phrases = {name: phrases[name] for name in _ORDER if name in phrases}
        self._opening, self._nouns, self._be = phrases.get("opening"), nouns, be

    def __call__(self, words: Sequence[str], is_stop: Callable[[int], bool]) -> Asked:
        """The type, the place of the noun asked for, and the kinds of mention that would answer."""
        if len(words) > 1 and self._opening is not None and self._opening.at(words, 0):
            return Asked(QuestionType.YES_NO, None, ())
        found = [
            (place[0], -(place[1] - place[0]), name, place[1]) for name, known in self._phrases.items() if (place := known.first(words))
        ]
        if not found:
            return Asked(QuestionType.KEYWORD, None, self._figures(words, range(len(words))) or ())
        order = list(self._phrases)
        _, _, name, end = min(found, key=lambda entry: (entry[0], entry[1], order.index(entry[2])))
        return self._read(name, words, end, is_stop)

    def _read(self, name: str, words: Sequence[str], end: int, is_stop: Callable[[int], bool]) -> Asked:
        content = [place for place in range(end, len(words)) if not is_stop(place)]
        kind = _TYPES.get(name) or QuestionType(name)
        if name == "who_or_what":
            kind = self._who_or_what(words, end, content)
        if name in {"which", "list"} or (name == "who" and self._names_a_kind(words, end)):
            kind = QuestionType.WHICH if name == "who" else kind
            return self._which(kind, words, content, end)
        focus = content[0] if kind in _COUNTED and content and content[0] == end else None
        if kind is QuestionType.HOW_MANY and focus is not None:
            return self._counted(words, focus)
        expects = (MentionKind.MONEY,) if name == "price" else _EXPECTS.get(kind, ())
        if kind is QuestionType.HOW_MUCH and name != "price":
            expects = self._figures(words, content[:NEAR_NOUNS]) or expects
        return Asked(kind, focus, expects)

    def _who_or_what(self, words: Sequence[str], end: int, content: Sequence[int]) -> QuestionType:
        """Whether "kas ir …" asks for a person, a definition or a thing; behind any other word it asks who."""
        if end < len(words) and words[end] in self._be:
            if any(words[place] in self._nouns.persons for place in content):
                return QuestionType.WHO
            return QuestionType.DEFINITION if 0 < len(content) <= NEAR_NOUNS else QuestionType.WHAT
        return QuestionType.WHO

    def _names_a_kind(self, words: Sequence[str], end: int) -> bool:
        """Whether a noun of a kind stands right behind the question word: "kuru *pilsētu*" asks for no person."""
        nouns = self._nouns
        return end < len(words) and any(words[end] in known for known in (nouns.places, nouns.organisations, nouns.times))

    def _counted(self, words: Sequence[str], focus: int) -> Asked:
        """What “how many” asks by what is counted: years and days are a duration, per cent a share, euros a sum."""
        nouns, noun = self._nouns, words[focus]
        if noun in nouns.percents:
            return Asked(QuestionType.PERCENT, None, _EXPECTS[QuestionType.PERCENT])
        if noun in nouns.periods:
            return Asked(QuestionType.DURATION, None, _EXPECTS[QuestionType.DURATION])
        if noun in nouns.money:
            return Asked(QuestionType.HOW_MUCH, None, (MentionKind.MONEY,))
        return Asked(QuestionType.HOW_MANY, focus, _EXPECTS[QuestionType.HOW_MANY])

    def _which(self, kind: QuestionType, words: Sequence[str], content: Sequence[int], end: int) -> Asked:
        """What “which” asks by the noun right behind it, or by one of money or amount near it ("what was the yearly *turnover*")."""
        nouns = self._nouns
        focus = content[0] if content else None
        noun = words[focus] if focus is not None else ""
        adjacent = focus == end
        by_noun: tuple[tuple[Container[str], QuestionType, tuple[MentionKind, ...]], ...] = (
            (nouns.times, QuestionType.WHEN, (MentionKind.DATE,)),
            (nouns.persons, QuestionType.WHO, _NAMES),
            (nouns.ranks, QuestionType.RANK, (MentionKind.ORDINAL,)),
            (nouns.places, QuestionType.WHICH, (MentionKind.PLACE, MentionKind.NAME)),
            (nouns.organisations, QuestionType.WHICH, (MentionKind.ORGANISATION, MentionKind.NAME)),
        )
        for known, refined, expects in by_noun if adjacent else ():
            if noun in known:
                return Asked(refined, focus, expects)
        figures = self._figures(words, content[:NEAR_NOUNS])
        if figures is None:
            return Asked(kind, focus, ())
        return Asked(QuestionType.PERCENT if figures == (MentionKind.PERCENT,) else QuestionType.HOW_MUCH, None, figures)

    def _figures(self, words: Sequence[str], places: Sequence[int]) -> tuple[MentionKind, ...] | None:
        """The kinds of figure that a noun among the words at `places` asks for; None when there is no such noun."""
        nouns = self._nouns
        by_noun: tuple[tuple[Container[str], tuple[MentionKind, ...]], ...] = (
            (nouns.shares, (MentionKind.PERCENT, MentionKind.MONEY)),
            (nouns.money, (MentionKind.MONEY,)),
            (nouns.percents, (MentionKind.PERCENT,)),
            (nouns.amounts, _AMOUNTS),
        )
        for known, expects in by_noun:
            if any(words[place] in known for place in places):
                return expects
        return None

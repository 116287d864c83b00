"""Statements of figures: which figure a clause gives, and of what.

A figure is read with the clause it stands in: “In 2023 trade reached €130 million” states €130 million of *trade* in 2023. Verbs that only
introduce a figure are not counted among the words that say of what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pmbot.answering import english
from pmbot.answering.amounts import Amount, amount_in
from pmbot.models import MentionKind, Sentence
from pmbot.text.analyzer import Analyzer, Token
from pmbot.text.figures.finding import plain_figures

LONGEST = 2_000  # characters; figures behind that are not looked at

COUNTED = frozenset({MentionKind.MONEY, MentionKind.PERCENT, MentionKind.QUANTITY, MentionKind.DURATION, MentionKind.NUMBER})
"""The kinds of figures that have an amount."""

_CLAUSE = re.compile(r"[;:–—]|, (?:and|but|while|whereas|with|which|reaching|up|down)\b|,(?= )")
_YEAR = re.compile(r"\b(?:1[0-9]|20)\d\d\b")
_INTRODUCING = (
    "reach amount total stand come rise fall grow increase decrease exceed hit climb drop worth equal average account say report estimate"
    " year number figure value sum about around approximately currently now today only already"
)
# Where one clause has such a word and the other has not, they speak of different things.
_NEUTRAL = frozenset("of in at on for with between among as than within about over under per via".split())
_TELLING_APART = (english.PREPOSITIONS - _NEUTRAL) | english.NEGATIONS | frozenset(
    "to per each every another other others both either half more less fewer again will would could may might should can must".split()
)  # fmt: skip
_ADDED = re.compile(r"\b(?:by|another|additional|further|extra|other)\s+(?:(?:about|around|some|nearly|almost)\s+)?$", re.IGNORECASE)
_ADDED_CHARS = 32


class Statement(NamedTuple):
    """A figure with what it is a figure of; `start` and `end` are its place in the sentence's text.

    `terms` are the words that say of what, without those that only introduce the figure; `names` those of them that are capitalised, in
    order; `apart` the small words that make it another thing (“before”, “from”, “each”, “not”); `added` whether it is what came on top (“by
    €5 million”); `besides` the other figures of the clause; `opens` whether the clause opens the sentence, and so holds the grammatical
    subject.
    """

    sentence: Sentence
    start: int
    end: int
    amount: Amount
    year: str | None
    terms: frozenset[str]
    names: tuple[str, ...]
    apart: frozenset[str]
    added: bool
    besides: tuple[Amount, ...]
    opens: bool


class Figure(NamedTuple):
    """A date, sum, share, period, quantity, ordinal or number; its place in a text."""

    kind: MentionKind
    start: int
    end: int


class StatementReader:
    """Reads statements by the words of one language."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._introducing = frozenset(analyzer.stem(word) for word in _INTRODUCING.split())

    def statements(self, sentence: Sentence) -> Iterator[Statement]:
        """The statements of a sentence; none where two figures of one unit share a clause, or it speaks of several years."""
        text = sentence.text[:LONGEST]
        figures = figures_in(text)
        years = _years(text)
        amounts = [f for f in figures if f.kind in COUNTED]
        tokens = [t for t in self._analyzer.tokens(text) if t.norm[0].isalnum() and not _inside(t, amounts)]
        telling = [t for t in tokens if self._tells(t, figures)]
        for start, end in _clauses(text):
            said = _years(text[start:end]) or years
            subject = [t for t in telling if start <= t.start < end and t.term not in self._introducing]
            begins = start
            # A clause that only gives the figure ("…, reaching €130 million in 2023") speaks of what stands before it.
            if not subject:
                subject, begins = [t for t in telling if t.start < end and t.term not in self._introducing], 0
            if len(said) > 1 or not subject:
                continue
            here = [f for f in amounts if start <= f.start < end]
            read = [(f, amount) for f in here if (amount := amount_in(text, f.start, f.end, f.kind))]
            words = [t for t in tokens if begins <= t.start < end]
            yield from _statements(sentence, (subject, words), (start, said[0] if said else None), read)

    def _tells(self, token: Token, figures: Sequence[Figure]) -> bool:
        """Whether a token says of what a figure is: content words, ordinals, days and months, but no years."""
        if _YEAR.fullmatch(token.text):
            return False
        return not self._analyzer.is_stop(token) or _inside(token, [f for f in figures if f.kind is MentionKind.ORDINAL])


def _statements(
    sentence: Sentence, words: tuple[list[Token], list[Token]], clause: tuple[int, str | None], read: list[tuple[Figure, Amount]]
) -> Iterator[Statement]:
    """The statements of a clause: `words` are those that tell and all of them, `clause` is where it starts and its year."""
    subject, every = words
    start, year = clause
    units = [amount.unit for _, amount in read]
    for figure, amount in read:
        # Two figures of one kind in one clause are a range or a comparison: which is meant cannot be told.
        if units.count(amount.unit) == 1:
            at = figure.start
            last = max((t.start for t in every if t.start < at), default=-1)
            yield Statement(
                sentence, at, figure.end, amount, year,
                terms=frozenset(t.term for t in subject),
                names=tuple(t.term for t in subject if t.start and t.text[0].isupper()),
                apart=frozenset(t.norm for t in every if t.norm in _TELLING_APART and t.start != last),
                added=bool(_ADDED.search(sentence.text[max(0, at - _ADDED_CHARS) : at])),
                besides=tuple(other for f, other in read if f is not figure),
                opens=start == 0,
            )  # fmt: skip


def figures_in(text: str) -> list[Figure]:
    """All figures of a text, the more telling kinds first; none overlaps another."""
    return [Figure(*mention) for mention in plain_figures(text)]


def _years(text: str) -> list[str]:
    return list(dict.fromkeys(_YEAR.findall(text)))


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _CLAUSE.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _inside(token: Token, figures: Sequence[Figure]) -> bool:
    return any(figure.start <= token.start < figure.end for figure in figures)

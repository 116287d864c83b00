"""Figures that contradict each other: the same subject and year, another number.

A figure is read with the clause it stands in. Two clauses speak of the same when their content words are the same, or, of one year, when
all of one stand in the other; verbs that only introduce a figure are not counted. Tuned for few false alarms: a rewording is not noticed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pmbot.answering.grammar import FIGURES
from pmbot.inspection.amounts import Amount, amount_of
from pmbot.models import MentionKind, Sentence
from pmbot.text.analyzer import Analyzer, Token

COMPARED = 50
"""With how many wider subjects of the same year, unit and rarest word one is compared at most."""
SERIES = 4
"""More figures of one subject are no contradiction."""
LONGEST = 2_000  # characters; figures behind that are not looked at

_CLAUSE = re.compile(r"[;:–—]|, (?:and|but|while|whereas|with|which|reaching|up|down)\b|,(?= )")
_YEAR = re.compile(r"\b(?:1[0-9]|20)\d\d\b")
_COUNTED = frozenset({MentionKind.MONEY, MentionKind.PERCENT, MentionKind.QUANTITY, MentionKind.DURATION, MentionKind.NUMBER})
_INTRODUCING = (
    "reach amount total stand come rise fall grow increase decrease exceed hit climb drop worth equal average account say report estimate"
    " year number figure value sum about around approximately currently now today only already"
)


class _Statement(NamedTuple):
    """A figure with what it is a figure of."""

    sentence: Sentence
    amount: Amount
    year: str | None
    terms: frozenset[str]  # of its clause
    names: frozenset[str]
    opens: bool  # whether its clause opens the sentence, and so holds the grammatical subject


class _Figure(NamedTuple):
    kind: MentionKind
    start: int
    end: int


class _Subject(NamedTuple):
    """What figures are grouped by: all of one subject should agree."""

    year: str | None
    unit: str
    terms: frozenset[str]


def conflicts(sentences: Iterable[Sentence], analyzer: Analyzer) -> Iterator[tuple[Sentence, Sentence, str | None]]:
    """Yield pairs of sentences whose figures contradict each other, the earlier first, with the year they speak of."""
    ignored = frozenset(analyzer.stem(word) for word in _INTRODUCING.split())
    groups: defaultdict[_Subject, list[_Statement]] = defaultdict(list)
    for sentence in sentences:
        if any(map(str.isdigit, sentence.text)):
            for statement in _statements(sentence, analyzer, ignored):
                groups[_Subject(statement.year, statement.amount.unit, statement.terms)].append(statement)
    # As many figures of one subject are a series (readings, prices by month), which no sentence of it needs to agree with.
    told = {subject: group for subject, group in groups.items() if len({statement.amount.value for statement in group}) <= SERIES}
    met = set()
    for one, other in (*_of_one_subject(told), *_of_a_wider_subject(told)):
        earlier, later = sorted((one.sentence, other.sentence), key=lambda sentence: (sentence.doc_id, sentence.index))
        if earlier != later and not one.amount.agrees(other.amount) and (pair := (earlier, later)) not in met:
            met.add(pair)
            yield *pair, one.year


def _of_one_subject(groups: Mapping[_Subject, list[_Statement]]) -> Iterator[tuple[_Statement, _Statement]]:
    for subject, group in groups.items():
        first = group[0]
        for other in group[1:]:
            # Without a year two words must be a whole statement: "forced two fumbles" is said of many.
            whole = len(subject.terms) > 2 or (len(subject.terms) == 2 and first.opens and other.opens)
            if (subject.year is not None or whole) and subject.terms - first.names:
                yield first, other


def _of_a_wider_subject(groups: Mapping[_Subject, list[_Statement]]) -> Iterator[tuple[_Statement, _Statement]]:
    """Pair each subject of a year with those that say all it says and more."""
    holders: defaultdict[tuple[str | None, str, str], list[_Subject]] = defaultdict(list)
    dated = [subject for subject in groups if subject.year is not None]
    for subject in dated:
        for term in subject.terms:
            holders[subject.year, subject.unit, term].append(subject)
    for subject in dated:
        one = groups[subject][0]
        if len(subject.terms) < 2 or not subject.terms - one.names:
            continue
        rarest = min((holders[subject.year, subject.unit, term] for term in sorted(subject.terms)), key=len)
        for wider in rarest[:COMPARED]:
            other = groups[wider][0]
            named = len(subject.terms) > 2 or bool(one.names) or one.sentence.doc_id == other.sentence.doc_id
            if subject.terms < wider.terms and named:
                yield one, other


def _statements(sentence: Sentence, analyzer: Analyzer, ignored: frozenset[str]) -> Iterator[_Statement]:
    text = sentence.text[:LONGEST]
    figures = _figures(text)
    years = _years(text)
    tokens = [t for t in analyzer.tokens(text) if not analyzer.is_stop(t) and t.norm[0].isalnum() and not _inside(t, figures)]
    for start, end in _clauses(text):
        here = [figure for figure in figures if start <= figure.start < end and figure.kind in _COUNTED]
        said = _years(text[start:end]) or years
        subject = [t for t in tokens if start <= t.start < end and t.term not in ignored]
        # A clause that only gives the figure ("…, reaching €130 million in 2023") speaks of what stands before it.
        if not subject:
            subject = [t for t in tokens if t.start < end and t.term not in ignored]
        if len(said) > 1 or not subject:
            continue
        amounts = [amount for figure in here if (amount := amount_of(text[figure.start : figure.end], figure.kind))]
        units = [amount.unit for amount in amounts]
        terms = frozenset(t.term for t in subject)
        names = frozenset(t.term for t in subject if t.start and t.text[0].isupper())
        for amount in amounts:
            # Two figures of one kind in one clause are a range or a comparison: which is meant cannot be told.
            if units.count(amount.unit) == 1:
                yield _Statement(sentence, amount, said[0] if said else None, terms, names, start == 0)


def _figures(text: str) -> list[_Figure]:
    found: list[_Figure] = []
    taken = bytearray(len(text))
    for kind, pattern in FIGURES:
        for match in pattern.finditer(text):
            start, end = match.span()
            if not any(taken[start:end]):
                taken[start:end] = b"\x01" * (end - start)
                found.append(_Figure(kind, start, end))
    return found


def _years(text: str) -> list[str]:
    return list(dict.fromkeys(_YEAR.findall(text)))


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _CLAUSE.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _inside(token: Token, figures: Sequence[_Figure]) -> bool:
    return any(figure.start <= token.start < figure.end for figure in figures)

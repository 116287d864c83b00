"""Figures that contradict each other: the same subject and year, another number.

Two statements (`answering.statements`) speak of the same when their content words are the same, or, of one year, when all of one stand in
the other. Tuned for few false alarms: a rewording is not noticed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from pmbot.answering.statements import Statement, StatementReader
from pmbot.models import Sentence
from pmbot.text.analyzer import Analyzer

COMPARED = 50
"""With how many wider subjects of the same year, unit and rarest word one is compared at most."""
SERIES = 4
"""More figures of one subject are no contradiction."""


class _Subject(NamedTuple):
    """What figures are grouped by: all of one subject should agree."""

    year: str | None
    unit: str
    terms: frozenset[str]


def conflicts(sentences: Iterable[Sentence], analyzer: Analyzer) -> Iterator[tuple[Sentence, Sentence, str | None]]:
    """Yield pairs of sentences whose figures contradict each other, the earlier first, with the year they speak of."""
    reader = StatementReader(analyzer)
    groups: defaultdict[_Subject, list[Statement]] = defaultdict(list)
    for sentence in sentences:
        if any(map(str.isdigit, sentence.text)):
            for statement in reader.statements(sentence):
                groups[_Subject(statement.year, statement.amount.unit, statement.terms)].append(statement)
    # As many figures of one subject are a series (readings, prices by month), which no sentence of it needs to agree with.
    told = {subject: group for subject, group in groups.items() if len({statement.amount.value for statement in group}) <= SERIES}
    met = set()
    for one, other in (*_of_one_subject(told), *_of_a_wider_subject(told)):
        earlier, later = sorted((one.sentence, other.sentence), key=lambda sentence: (sentence.doc_id, sentence.index))
        if earlier != later and not one.amount.agrees(other.amount) and (pair := (earlier, later)) not in met:
            met.add(pair)
            yield *pair, one.year


def _of_one_subject(groups: Mapping[_Subject, list[Statement]]) -> Iterator[tuple[Statement, Statement]]:
    for subject, group in groups.items():
        first = group[0]
        for other in group[1:]:
            # Without a year two words must be a whole statement: "forced two fumbles" is said of many.
            whole = len(subject.terms) > 2 or (len(subject.terms) == 2 and first.opens and other.opens)
            if (subject.year is not None or whole) and subject.terms.difference(first.names):
                yield first, other


def _of_a_wider_subject(groups: Mapping[_Subject, list[Statement]]) -> Iterator[tuple[Statement, Statement]]:
    """Pair each subject of a year with those that say all it says and more."""
    holders: defaultdict[tuple[str | None, str, str], list[_Subject]] = defaultdict(list)
    dated = [subject for subject in groups if subject.year is not None]
    for subject in dated:
        for term in subject.terms:
            holders[subject.year, subject.unit, term].append(subject)
    for subject in dated:
        one = groups[subject][0]
        if len(subject.terms) < 2 or not subject.terms.difference(one.names):
            continue
        rarest = min((holders[subject.year, subject.unit, term] for term in sorted(subject.terms)), key=len)
        for wider in rarest[:COMPARED]:
            other = groups[wider][0]
            named = len(subject.terms) > 2 or bool(one.names) or one.sentence.doc_id == other.sentence.doc_id
            if subject.terms < wider.terms and named:
                yield one, other

"""Births and deaths that stand in brackets behind a name: "Ana Gil (3 May 1891 in Oslo – 2 June 1967 in Lima) was a painter".

Such a bracket has no word for either, so that no ranking by words finds it. English only.
"""

from __future__ import annotations

from typing import NamedTuple

from pmbot.answering.date_spans import part_asked
from pmbot.answering.evidence import Ranking
from pmbot.answering.query import Query
from pmbot.answering.tables import Cell, CellAnswer, cell_at
from pmbot.answering.tabular import in_front
from pmbot.answering.views import View
from pmbot.models import QuestionType
from pmbot.text.figures.dates import MONTH
from pmbot.text.lazy_pattern import LazyPattern

_DATE = rf"(?:\d{{1,2}}\s{MONTH}\s\d{{3,4}}|{MONTH}\s\d{{1,2}},?\s\d{{3,4}}|(?:c\.\s?)?\d{{3,4}})"
_PLACE = r"(?:(?:\sin|,)\s(?P<{0}>[A-Z][^();–—\d]{{1,60}}?))?"
_LIFE = LazyPattern(
    r"(?P<name>[A-Z][^\W\d_]+(?:[ ’'.-]+(?:[A-Z]\.|[^\W\d_]{1,20})){0,6})\s\((?:born\s)?"
    rf"(?P<birth>{_DATE}){_PLACE.format('cradle')}\s?[–—-]\s?(?P<death>{_DATE}){_PLACE.format('grave')}\)(?=,?\s(?:was|is)\s)"
)
_BORN = frozenset({"born", "birth", "birthday", "birthdate", "birthplace"})
_DIED = frozenset({"die", "died", "death", "deceased", "dead"})


class _Asked(NamedTuple):
    """The part of a life that is asked for: the group of `_LIFE` that tells it, and the names of whose life."""

    group: str
    names: frozenset[str]


def with_life(ranking: Ranking) -> Ranking:
    """The ranking with the sentence in front whose bracket tells the birth or death that is asked for, if any does."""
    asked = _asked(ranking.query)
    if asked is None or (ranking.cells is not None and ranking.cells.cells):
        return ranking
    for candidate in ranking.candidates:
        cell = _told(ranking.query, asked, candidate.view)
        if cell is not None:
            return in_front(ranking, CellAnswer((candidate.view,), (cell,), (candidate.matches,), ranking.matcher.nothing, 1.0))
    return ranking


def _asked(query: Query) -> _Asked | None:
    """What is asked of whose life; None where the question names nobody, or asks for more."""
    kind, words = query.reading.type, {token.norm for token in query.tokens}
    born, died = bool(words & _BORN), bool(words & _DIED)
    if kind not in {QuestionType.WHEN, QuestionType.WHERE} or born == died or not query.language.is_english:
        return None
    names = frozenset(term.term for term in query.terms if term.is_name)
    more = [t for p, t in enumerate(query.terms) if not t.is_name and not query.is_scaffold(p) and t.text.lower() not in _BORN | _DIED]
    if not names or more:
        return None
    date, place = ("birth", "cradle") if born else ("death", "grave")
    return _Asked(date if kind is QuestionType.WHEN else place, names)


def _told(query: Query, asked: _Asked, view: View) -> Cell | None:
    """Where the sentence tells it in a bracket behind the name."""
    found = _LIFE.search(view.sentence.text)
    if found is None or found.start(asked.group) < 0:
        return None
    named = {token.term for token in view.tokens_in(*found.span("name"))}
    return cell_at(view, *part_asked(query, view, found.span(asked.group))) if asked.names <= named else None

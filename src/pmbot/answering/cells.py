"""Which row of a table answers a question, and which of its cells.

A row is meant when the question holds at least half of the words of one of its cells, and more of them than any other row does. The cell
that answers stands in the column whose heading the question names, or that holds what the question asks for: never one whose words the
question holds already. All telling words of the question must stand in the row, in the headings of its columns or above the table.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from pmbot.answering.columns import STRICT, Compared, Line, column_asked, headed_by
from pmbot.answering.extremes import Superlative, comparable, superlative, winners
from pmbot.answering.query import NEAR, Match, Matcher, Query
from pmbot.answering.tables import Cell, CellAnswer, Table, Tables
from pmbot.answering.views import View
from pmbot.answering.weekdays import in_range, is_day
from pmbot.models import MentionKind, QuestionType, Verdict

TELLING = 0.35  # weight from which a missing word says that something else is meant
HELD = 0.5  # of the words of a cell, that the question must hold to mean it
SAME = 0.8  # quality from which a word means the same; what is only related names no row
SEVERAL = 3  # rows that may answer alike ("book", for adults and for children)
_UNREAD = frozenset({QuestionType.AGGREGATION, QuestionType.SMALL_TALK})
_OPEN = frozenset({QuestionType.WHAT, QuestionType.WHICH, QuestionType.KEYWORD, QuestionType.DEFINITION, QuestionType.LIST})
_VERDICTS: dict[str, Verdict] = {"yes": "yes", "✓": "yes", "✔": "yes", "no": "no", "✗": "no", "✘": "no"}


class _Row(NamedTuple):
    """A row, its cells by column, and how well each of them stands for each term of the question."""

    view: View
    cells: tuple[Cell, ...]
    stands: list[list[float]]
    held: list[bool]


class Asking(NamedTuple):
    """A question, what stands for its words in the tables that were found, and its superlative, if it has one."""

    query: Query
    matcher: Matcher
    wanted: Superlative | None


def asking(query: Query, words: frozenset[str]) -> Asking | None:
    """A question as tables are read for it, `words` being the terms of those tables; None for one that no cell answers."""
    if query.reading.type in _UNREAD or query.reading.negated or not query.terms:
        return None
    return Asking(query, Matcher(query, words), superlative(query.tokens) if query.language.is_english else None)


class CellReader:
    """Reads one table for one question. `found` are the rows that the search found, `topic` the terms of the document's topic names."""

    def __init__(self, asking: Asking, tables: Tables, table: Table, found: Sequence[View], topic: frozenset[str]) -> None:
        self._query, self._matcher, self._wanted = asking
        self._table, self._topic, self._tables = table, topic, tables
        self._found = [view for view in found if not view.is_heading]

    def answer(self, most: int) -> CellAnswer | None:
        """The rows and cells that answer, or None; at most `most` rows where all are asked for."""
        if not self._table.columns or not self._could_cover():
            return None
        if self._wanted is None:
            return self._keyed(most) or self._listed(most)
        is_told = self._wanted.terms <= self._query.term_set  # else a row could answer that leaves the superlative out
        return self._extreme(self._wanted) or (self._keyed(most) if is_told else None)

    def _could_cover(self) -> bool:
        """Whether all telling words of the question stand somewhere in the table; most tables are left at that."""
        words = self._table.words if self._table.is_short else self._table.words.union(*(view.words for view in self._found))
        said = [float(is_day(term.text) or (self._wanted is not None and term.term in self._wanted.terms)) for term in self._query.terms]
        return self._is_covered(self._qualities(words), said)

    @cached_property
    def _rows(self) -> list[_Row]:
        views = list(self._tables.rows(self._table)) if self._table.is_short else self._found
        return [self._compared(view, cells) for view in views if (cells := self._tables.cells(self._table, view))]

    @cached_property
    def _headed(self) -> list[list[float]]:
        """How well the heading of each column stands for each term."""
        return [self._qualities(column.terms) for column in self._table.columns]

    @cached_property
    def _above(self) -> list[float]:
        """How well each term is said above the table, or by what the document is about."""
        topic = [float(term.is_name and term.term in self._topic) for term in self._query.terms]
        return [max(pair) for pair in zip(self._qualities(self._table.context), topic, strict=True)]

    @cached_property
    def _asked(self) -> frozenset[str]:
        """All terms that mean the same as a word of the question; of a word that heads a column the word itself alone."""
        heads = [max(qualities) >= SAME for qualities in zip(*self._headed, strict=True)]
        found = set[str]()
        for place, (term, is_head) in enumerate(zip(self._query.terms, heads, strict=True)):
            found.add(term.term)
            others = () if is_head else self._matcher.stands_for(place)
            found.update(word for word in others if self._matcher.match(place, frozenset({word})).quality >= SAME)
        return frozenset(found)

    def _qualities(self, terms: frozenset[str]) -> list[float]:
        return [match.quality for match in self._matcher.matches(terms)]

    def _compared(self, view: View, cells: tuple[Cell, ...]) -> _Row:
        stands = [self._qualities(cell.terms & self._asked) for cell in cells]
        held = [self._holds(cell) for cell in cells]
        for place, term in enumerate(self._query.terms) if self._query.language.is_english else ():
            for cell, qualities, at in zip(cells, stands, range(len(cells)), strict=True):
                if term.is_name and in_range(term.text, cell.text):
                    qualities[place], held[at] = 1.0, True
        return _Row(view, cells, stands, held)

    def _holds(self, cell: Cell) -> bool:
        """Whether the question holds the words of a cell: of a figure its number, else half of them."""
        if cell.is_figure:
            return any(term.is_number and term.term in cell.terms for term in self._query.terms)
        return bool(cell.content) and len(cell.content & self._asked) >= HELD * len(cell.content)

    def _is_covered(self, *said: Sequence[float]) -> bool:
        """Whether all telling words of the question are said in one of the places."""
        best = [max(values) for values in zip(self._above, *said, strict=True)]
        return all(quality >= NEAR for quality, telling in zip(best, self._query.telling, strict=True) if telling >= TELLING)

    def _weight(self, row: _Row) -> float:
        """How much of the question stands in the cells that it means."""
        held: list[list[float]] = [qualities for qualities, is_held in zip(row.stands, row.held, strict=True) if is_held]
        best = [max(values) for values in zip(*held, strict=True)] if held else []
        return sum([best[place] * idf for place, idf in enumerate(self._query.idf) if best and not self._query.is_scaffold(place)], 0.0)

    def _keyed(self, most: int) -> CellAnswer | None:
        """The row that the question names, with the cell that it asks for; several rows where they are named alike."""
        limit = most if self._query.reading.type is QuestionType.LIST else SEVERAL
        weighed = [(self._weight(row), row) for row in self._rows]
        greatest = max((weight for weight, _ in weighed), default=0.0)
        rows = [row for weight, row in weighed if weight >= greatest - 1e-9] if greatest else []
        if not 0 < len(rows) <= limit or not all(self._is_covered(*row.stands, *self._headed) for row in rows):
            return None
        places = {self._column(row) for row in rows}
        if len(places) > 1:
            return None
        place = places.pop()
        if place is not None:
            return self._made(rows, place)
        if self._query.reading.type in STRICT:
            return self._made(rows, None)._replace(cells=())
        return self._made(rows, None) if self._query.reading.type in _OPEN and len(rows) == 1 and rows[0].held[0] else None

    def _column(self, row: _Row) -> int | None:
        line = Line(row.cells, row.held, self._kinds)
        return column_asked(self._query, line, self._table.columns, self._headed)

    @cached_property
    def _kinds(self) -> list[frozenset[MentionKind]]:
        """The kinds of mention in each column."""
        columns = range(len(self._table.columns))
        return [frozenset[MentionKind]().union(*(row.cells[place].kinds for row in self._rows)) for place in columns]

    def _listed(self, most: int) -> CellAnswer | None:
        """All cells of the column that the question asks to be listed ("which *items* can be borrowed?")."""
        reading = self._query.reading
        focus = self._query.focus_place
        if reading.type is not QuestionType.LIST or focus is None or not (self._table.is_short and 0 < len(self._rows) <= most):
            return None
        headed = headed_by(self._headed, focus, range(len(self._headed)))
        if len(headed) != 1 or not self._is_covered(self._headed[headed[0]]) or not all(row.cells[headed[0]].text for row in self._rows):
            return None
        return self._made(self._rows, headed[0])

    def _extreme(self, wanted: Superlative) -> CellAnswer | None:
        """The rows with the greatest or the least figure in the column that a superlative is of."""
        said = [float(term.term in wanted.terms) for term in self._query.terms]
        if not self._table.whole or not self._is_covered(said, *self._headed):
            return None
        rows = [(view, self._tables.cells(self._table, view)) for view in self._tables.rows(self._table)]
        if not all(cells for _, cells in rows):
            return None
        asked = Compared(self._query, wanted, self._headed)
        columns = [comparable([cells[place].figure for _, cells in rows]) for place in range(len(self._table.columns))]
        value = asked.column([column[0].unit if column else None for column in columns])
        best = winners(columns[value], wanted) if value is not None else []
        if value is None or not 0 < len(best) <= SEVERAL:
            return None
        target = asked.target(value)
        if not all(rows[at][1][target].text for at in best):
            return None
        return self._made([self._compared(*rows[at]) for at in best], target, said)

    def _made(self, rows: Sequence[_Row], place: int | None, said: Sequence[float] = ()) -> CellAnswer:
        """The answer of the cells in one column; `said` tells which terms are said by comparing the rows."""
        headed = frozenset[str]().union(*(column.terms for column in self._table.columns))
        cells = tuple(row.cells[place] if place is not None else None for row in rows)
        compared = [Match(value, "rows compared") if value else None for value in said] or [None] * len(self._query.terms)
        return CellAnswer(
            rows=tuple(row.view for row in rows),
            cells=cells,
            matches=tuple(tuple(known or match for known, match in zip(compared, self._matched(row, headed), strict=True)) for row in rows),
            above=self._matcher.matches(self._table.context),
            weight=max(self._weight(row) for row in rows) + sum(self._query.idf[place] for place, value in enumerate(said) if value),
            compared=bool(said),
            verdict=self._verdict(cells),
        )

    def _matched(self, row: _Row, headed: frozenset[str]) -> list[Match]:
        """How the words of a row and the headings of the columns stand for each term."""
        found = self._matcher.matches(row.view.word_set | headed)
        best = [max(values) for values in zip(*row.stands, strict=True)]
        return [match if match.quality >= quality else Match(quality, "day in range") for match, quality in zip(found, best, strict=True)]

    def _verdict(self, cells: Sequence[Cell | None]) -> Verdict | None:
        """Yes or no, where the question asks for it and the cell says no more."""
        if self._query.reading.type is not QuestionType.YES_NO or len(cells) != 1 or cells[0] is None:
            return None
        return _VERDICTS.get(cells[0].text.lower())

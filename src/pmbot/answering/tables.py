"""Tables: which rows belong together, what heads their columns, and where the cells of a row are.

Nothing of it is stored: the readers write a row as one sentence and number the rows; the rest is read from that text when a question
meets a row. Documents without tables are not looked at.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from typing import NamedTuple

from pmbot.answering.extremes import figure
from pmbot.answering.query import Match
from pmbot.answering.rows import FIGURES, barred, named, names_in
from pmbot.answering.views import View, Views
from pmbot.models import MentionKind, Verdict

NAMED = (".csv", ".tsv")  # of these, each row names its columns itself
MOST_ROWS = 400  # of a table that are looked at; a longer one is searched, but not compared row by row
SAMPLED = 20  # rows that tell the names of the columns
KEPT = 64
_ENDS = (".", "!", "?", "…")


class Cell(NamedTuple):
    """A cell, `[start, end)` of the text of its row: all its terms, and those that are no stopwords.

    `kinds` are those of its mentions; a cell is a figure when it is a number with its unit, a date or a time of day.
    """

    start: int
    end: int
    text: str
    kinds: frozenset[MentionKind]
    is_figure: bool
    terms: frozenset[str]
    content: frozenset[str]


class Column(NamedTuple):
    """What heads a column; without words where nothing does."""

    name: str
    terms: frozenset[str]
    content: frozenset[str]


NOTHING = Column("", frozenset(), frozenset())


class Table(NamedTuple):
    """One table: its columns, the indexes of the sentences that are its rows, and the terms of what stands above it.

    `header` is the text of its first row where that heads the columns; `whole` tells whether `rows` are all there are.
    """

    doc_id: str
    columns: tuple[Column, ...]
    rows: tuple[int, ...]
    context: frozenset[str]
    header: str | None = None
    whole: bool = True


class CellAnswer(NamedTuple):
    """Rows that answer a question, with the cells that do so; a row with no cell answers as a whole.

    `matches` tell how each row, under its headings, stands for each term of the question, and `above` how what stands above the table
    does. `weight` is how much of the question they hold; `verdict` what a cell says to a yes-or-no question.
    """

    table: Table
    rows: tuple[View, ...]
    cells: tuple[Cell | None, ...]
    matches: tuple[tuple[Match, ...], ...]
    above: tuple[Match, ...]
    weight: float
    verdict: Verdict | None = None


class Tables:
    """Finds the tables of one corpus, and keeps those met last."""

    def __init__(self, views: Views, title_of: Callable[[str], str]) -> None:
        """`title_of` gives the title of a document by its id."""
        self._views, self._title_of = views, title_of
        self._kept: OrderedDict[tuple[str, int], Table] = OrderedDict()

    def table_of(self, view: View) -> Table | None:
        """The table that a row, or its header, stands in; None for a row in the midst of which its table cannot be found."""
        first = self._first(view)
        if first is None:
            return None
        key = (view.sentence.doc_id, first)
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = self._read(*key)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return found

    def cells(self, table: Table, view: View) -> tuple[Cell, ...]:
        """The cells of a row by column; none when they do not fit the columns."""
        text = view.sentence.text
        is_named = table.doc_id.lower().endswith(NAMED)
        spans = named(text, [column.name for column in table.columns]) if is_named else barred(text)
        if len(spans) > len(table.columns):
            return ()
        spans += [(len(text), len(text))] * (len(table.columns) - len(spans))
        return tuple(_cell(view, start, end) for start, end in spans)

    def rows(self, table: Table) -> Iterator[View]:
        """All rows of a table."""
        return (self._views.view(table.doc_id, index) for index in table.rows)

    def _first(self, view: View) -> int | None:
        """The index of the first row: rows are numbered, so it is about as many sentences before as the number says.

        Rows that are empty are numbered too, and long ones are several sentences.
        """
        doc_id, at = view.sentence.doc_id, view.sentence.index
        if doc_id.lower().endswith(NAMED):
            return next((index for index in range(at + 1) if self._views.view(doc_id, index).row is not None), None)
        number = view.row or 0
        for _ in range(MOST_ROWS):
            before = self._views.view(doc_id, at - 1).row if at else None
            if number <= 1 or before is None or before > number:
                return at
            at, number = at - 1, before
        return None

    def _read(self, doc_id: str, first: int) -> Table:
        rows, whole = self._rows(doc_id, first)
        view = self._views.view(doc_id, first)
        context = self._views.context_terms(view) | self._caption(doc_id, first) | self._headed(doc_id, self._title_of(doc_id)).terms
        if doc_id.lower().endswith(NAMED):
            texts = [self._views.view(doc_id, index).sentence.text for index in rows[:SAMPLED]]
            columns = tuple(self._headed(doc_id, name) for name in names_in(texts))
            return Table(doc_id, columns, rows, context, None, whole)
        text = view.sentence.text
        if view.is_heading:
            columns = tuple(self._headed(doc_id, text[start:end]) for start, end in barred(text))
            return Table(doc_id, columns, rows[1:], context, text, whole)
        return Table(doc_id, (NOTHING,) * len(barred(text)), rows, context, None, whole)

    def _headed(self, doc_id: str, name: str) -> Column:
        """A heading, analysed as the document is."""
        analyzer = self._views.analyzer_of(doc_id)
        tokens = analyzer.tokens(name)
        content = frozenset(token.term for token in tokens if not analyzer.is_stop(token))
        return Column(name, frozenset(token.term for token in tokens), content)

    def _rows(self, doc_id: str, first: int) -> tuple[tuple[int, ...], bool]:
        """The indexes of the rows from the first on, and whether they are all."""
        found, number = [first], self._views.view(doc_id, first).row or 0
        for index in range(first + 1, self._views.size(doc_id)):
            row = self._views.view(doc_id, index).row
            if row is None or row <= number:
                break
            if len(found) == MOST_ROWS:
                return tuple(found), False
            found.append(index)
            number = row
        return tuple(found), True

    def _caption(self, doc_id: str, first: int) -> frozenset[str]:
        """The terms of the line right above a table that leads to it; a whole sentence says something of its own."""
        before = self._views.view(doc_id, first - 1) if first else None
        if before is None or before.row is not None or before.sentence.text.endswith(_ENDS):
            return frozenset()
        return before.word_set


def _cell(view: View, start: int, end: int) -> Cell:
    terms = frozenset(token.term for token in view.tokens_in(start, end))
    text = view.sentence.text[start:end]
    inside = [mention for mention in view.mentions if mention.start >= start and mention.end <= end]
    whole = any((mention.start, mention.end) == (start, end) and mention.kind in FIGURES for mention in inside)
    kinds = frozenset(mention.kind for mention in inside)
    is_figure = any(character.isdigit() for character in text) and (whole or figure(text) is not None)
    return Cell(start, end, text, kinds, is_figure, terms, terms - view.stops)

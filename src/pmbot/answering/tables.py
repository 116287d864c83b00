"""Tables: which rows belong together, what heads their columns, and where the cells of a row are.

Nothing of it is stored: the readers write a row as one sentence and number the rows; the rest is read from that text when a question
meets a row. Documents without tables are not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

from pmbot.answering.extremes import Figure, figure
from pmbot.answering.query import Match
from pmbot.answering.rows import FIGURES, barred, named, names_in
from pmbot.answering.views import View, Views
from pmbot.models import Document, Evidence, MentionKind, Verdict

NAMED = (".csv", ".tsv")  # of these, each row names its columns itself
MOST_ROWS = 400  # of a table that are looked at; a longer one is searched, but not compared row by row
FEW_ROWS = 40
SAMPLED = 20  # rows that tell the names of the columns
MOST_COLUMNS = 40  # a "table" with more is none that a question could be read against
KEPT_TABLES, KEPT_ROWS = 128, 5_000
LONGEST_HEADER = 200  # characters of one that is told beside a row
_ENDS = (".", "!", "?", "…")


class Cell(NamedTuple):
    """A cell, `[start, end)` of the text of its row: all its terms, and those that are no stopwords.

    `kinds` are those of its mentions; `is_figure` tells whether it is a number with its unit, a date or a time of day, and `figure` is
    what can be compared of that.
    """

    start: int
    end: int
    text: str
    kinds: frozenset[MentionKind]
    is_figure: bool
    figure: Figure | None
    terms: frozenset[str]
    content: frozenset[str]


class Column(NamedTuple):
    """What heads a column; without words where nothing does."""

    name: str
    terms: frozenset[str]
    content: frozenset[str]


class Table(NamedTuple):
    """One table: its columns, the indexes of the sentences that are its rows, and the terms of what stands above it.

    `header` is the text of its first row where that heads the columns; `whole` tells whether `rows` are all there are. `words` are the
    terms of the columns, of what stands above, and of the rows where there are but a few.
    """

    doc_id: str
    columns: tuple[Column, ...]
    rows: tuple[int, ...]
    context: frozenset[str]
    words: frozenset[str]
    header: str | None = None
    whole: bool = True

    @property
    def is_short(self) -> bool:
        """Whether all rows are read for a question; of a longer table those that were found."""
        return len(self.rows) <= FEW_ROWS


class CellAnswer(NamedTuple):
    """Rows that answer a question, with the cells that do so; where the cell is None a row answers as a whole.

    Without `cells`, the rows are those that the question names, and the table has no column for what it asks.

    `matches` tell how each row, under its headings, stands for each term of the question, and `above` how what stands above the table
    does. `weight` is how much of the question they hold; `compared` tells that the rows win a comparison with the others of their table;
    `verdict` is what a cell says to a yes-or-no question.
    """

    rows: tuple[View, ...]
    cells: tuple[Cell | None, ...]
    matches: tuple[tuple[Match, ...], ...]
    above: tuple[Match, ...]
    weight: float
    compared: bool = False
    verdict: Verdict | None = None


class Titled(Protocol):
    """The documents whose tables are found."""

    def document(self, doc_id: str) -> Document:
        """The document of that id."""


class Tables:
    """Finds the tables of one corpus, and keeps those met last."""

    def __init__(self, views: Views, corpus: Titled) -> None:
        self._views, self._corpus = views, corpus
        self._read_once = lru_cache(maxsize=KEPT_TABLES)(self._read)
        self._first_once = lru_cache(maxsize=KEPT_ROWS)(self._first)
        self._cells_once = lru_cache(maxsize=KEPT_ROWS)(self._cut)

    def table_of(self, view: View) -> Table | None:
        """The table that a row, or its header, stands in; None for a row in the midst of which its table cannot be found."""
        doc_id = view.sentence.doc_id
        first = self._first_once(doc_id, view.sentence.index)
        return None if first is None else self._read_once(doc_id, first)

    def headers(self, evidence: Sequence[Evidence]) -> tuple[str, ...]:
        """The header rows of the tables that sentences stand in, each once; long ones are cut."""
        views = [self._views.view(one.sentence.doc_id, one.sentence.index) for one in evidence]
        tables = [self.table_of(view) for view in views if view.row is not None]
        found = [table.header for table in tables if table is not None and table.header is not None]
        return tuple(dict.fromkeys(name if len(name) <= LONGEST_HEADER else f"{name[:LONGEST_HEADER].rstrip()}…" for name in found))

    def cells(self, table: Table, view: View) -> tuple[Cell, ...]:
        """The cells of a row by column; none when they do not fit the columns."""
        return self._cells_once(table.doc_id, view.sentence.index, tuple(column.name for column in table.columns))

    def _cut(self, doc_id: str, index: int, names: tuple[str, ...]) -> tuple[Cell, ...]:
        view = self._views.view(doc_id, index)
        text = view.sentence.text
        spans = named(text, names) if doc_id.lower().endswith(NAMED) else barred(text)
        if len(spans) > len(names):
            return ()
        spans += [(len(text), len(text))] * (len(names) - len(spans))
        return tuple(cell_at(view, start, end) for start, end in spans)

    def rows(self, table: Table) -> Iterator[View]:
        """All rows of a table."""
        return (self._views.view(table.doc_id, index) for index in table.rows)

    def _first(self, doc_id: str, at: int) -> int | None:
        """The index of the first row of the table that a row stands in."""
        if doc_id.lower().endswith(NAMED):
            return next((index for index in range(at + 1) if self._views.view(doc_id, index).row is not None), None)
        number = self._views.view(doc_id, at).row or 0
        for _ in range(MOST_ROWS):
            before = self._views.view(doc_id, at - 1).row if at else None
            if number <= 1 or before is None or before > number:
                return at
            at, number = at - 1, before
        return None

    def _read(self, doc_id: str, first: int) -> Table:
        rows, whole = self._rows(doc_id, first)
        view = self._views.view(doc_id, first)
        text = view.sentence.text
        title = self._headed(doc_id, self._corpus.document(doc_id).title)
        context = self._views.terms_above(view.setting.heading_path) | self._caption(doc_id, first) | title.terms
        header = text if view.is_heading else None
        if doc_id.lower().endswith(NAMED):
            names = names_in([self._views.view(doc_id, index).sentence.text for index in rows[:SAMPLED]])
        else:
            names = tuple(text[start:end] if view.is_heading else "" for start, end in barred(text))
        columns = tuple(self._headed(doc_id, name) for name in names) if len(names) <= MOST_COLUMNS else ()
        below = rows[1:] if view.is_heading else rows
        read = (self._views.view(doc_id, index).words for index in below if len(below) <= FEW_ROWS)
        words = context.union(*(column.terms for column in columns), *read)
        return Table(doc_id, columns, below, context, words, header, whole)

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
            if row is None or row < number or row == 1:  # a long row is several sentences
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


def cell_at(view: View, start: int, end: int) -> Cell:
    """The stretch `[start, end)` of a sentence read as a cell."""
    terms = frozenset(token.term for token in view.tokens_in(start, end))
    text = view.sentence.text[start:end]
    inside = [mention for mention in view.mentions if mention.start >= start and mention.end <= end]
    whole = any((mention.start, mention.end) == (start, end) and mention.kind in FIGURES for mention in inside)
    kinds = frozenset(mention.kind for mention in inside)
    has_digit = any(character.isdigit() for character in text)
    value = figure(text) if has_digit else None
    return Cell(start, end, text, kinds, has_digit and (whole or value is not None), value, terms, terms - view.stops)

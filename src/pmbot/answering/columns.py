"""Which column of a table holds what a question asks for: by its heading, by what such questions ask for, or by what stands in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pmbot.answering import english
from pmbot.answering.extremes import Superlative, fits
from pmbot.answering.query import NEAR, Query
from pmbot.answering.tables import Cell, Column
from pmbot.models import MentionKind, QuestionType

STRICT = frozenset({
    QuestionType.WHEN, QuestionType.WHO, QuestionType.WHERE, QuestionType.HOW_MANY, QuestionType.HOW_MUCH, QuestionType.PERCENT,
    QuestionType.RANK, QuestionType.DURATION, QuestionType.FREQUENCY,
})  # fmt: skip
"""Questions that only a cell answers, not a row as a whole."""
_WORDS = frozenset({QuestionType.WHO, QuestionType.WHERE, QuestionType.WHY})
_HEADINGS: Mapping[QuestionType, frozenset[str]] = {
    QuestionType.WHEN: english.TIME_NOUNS | frozenset("time times hours start starts begin begins opening open when until from".split()),
    QuestionType.WHERE: english.PLACE_NOUNS
    | frozenset("room hall where floor stop platform gate street desk office shelf aisle rack drawer cabinet box".split()),
    QuestionType.WHO: english.PERSON_NOUNS | english.TITLES | frozenset("who contact name names responsible".split()),
    QuestionType.DURATION: frozenset("duration length period time".split()),
    QuestionType.HOW_MANY: frozenset("number count quantity amount total".split()),
}
"""Words that head the column which such questions ask for."""


@dataclass(frozen=True)
class Line:
    """A row as a question sees it: its cells, which of them the question holds, and the kinds of mention in each column of the table."""

    cells: Sequence[Cell]
    held: Sequence[bool]
    kinds: Sequence[frozenset[MentionKind]]


def column_asked(query: Query, line: Line, columns: Sequence[Column], headed: Sequence[Sequence[float]]) -> int | None:
    """The column that a question asks for in a row; `headed` says how well the heading of each stands for each term. None: no one does."""
    kind = query.reading.type
    everything = kind is QuestionType.YES_NO
    free = [place for place, cell in enumerate(line.cells) if cell.text and (everything or not line.held[place])]
    place = (
        _of_focus(query, line, free, headed)
        or _by_heading(query, line, free, (columns, headed))
        or _only([p for p in free if _HEADINGS.get(kind, frozenset()) & set(columns[p].name.lower().split())])
    )
    if place is None and not _is_told(query, line, headed):
        place = _by_kind(query, line, free)
        if place is None and kind not in STRICT and not everything:
            place = _only(free)
            if place is not None and not any(line.held[: place[0]]):
                return None  # what stands first names the row
    if place is None or (kind is QuestionType.WHY and len(line.cells) > 2):
        return None
    is_figure = kind in _WORDS and line.cells[place[0]].is_figure
    return None if is_figure else place[0]


Place = tuple[int] | None
"""A column, wrapped: the first one, 0, is one too."""


def _only(places: Sequence[int]) -> Place:
    return (places[0],) if len(places) == 1 else None


def headed_by(headed: Sequence[Sequence[float]], term: int, places: Sequence[int]) -> list[int]:
    """Those of the columns at `places` whose heading stands for a term, and best."""
    best = max((headed[place][term] for place in places), default=0.0)
    return [place for place in places if headed[place][term] >= max(best, NEAR)]


def _of_focus(query: Query, line: Line, free: Sequence[int], headed: Sequence[Sequence[float]]) -> Place:
    """The column headed by the noun asked for ("which *item*"), or whose figure counts it ("how many *minutes*")."""
    focus = query.focus_place
    if focus is None:
        return None
    by_heading = _only(headed_by(headed, focus, free))
    if by_heading is None and query.reading.type is QuestionType.HOW_MANY:
        return _only([p for p in free if line.cells[p].is_figure and query.reading.focus in line.cells[p].terms])
    return by_heading


def _by_heading(query: Query, line: Line, free: Sequence[int], heads: tuple[Sequence[Column], Sequence[Sequence[float]]]) -> Place:
    """The column whose heading holds most of the question; among equals the one that holds little else."""
    columns, headed = heads
    weights = {
        p: sum(idf * quality for idf, quality in zip(query.idf, headed[p], strict=True)) for p in dict.fromkeys([*free, *_told(line)])
    }
    most = max(weights.values(), default=0.0)
    best = [p for p in free if weights[p] >= most - 1e-9] if most else []
    shortest = min((len(columns[p].content) for p in best), default=0)
    return _only([p for p in best if len(columns[p].content) == shortest])


def _is_told(query: Query, line: Line, headed: Sequence[Sequence[float]]) -> bool:
    """Whether the question itself tells the cell of a column that it names ("the *library* is *closed* on Monday").

    Another column then answers only if it is named as well.
    """
    return any(headed[place][term] >= NEAR for place in _told(line) for term in range(len(query.terms)))


def _told(line: Line) -> list[int]:
    """The columns whose cells the question holds, but for the one that names the row."""
    return [place for place, is_held in enumerate(line.held) if is_held][1:]


def _by_kind(query: Query, line: Line, free: Sequence[int]) -> Place:
    """The only column in which a kind of mention stands that the question expects.

    A number alone may count anything, and any cell may open with a capital.
    """
    for kind in query.reading.expects:
        found = [place for place in free if kind in line.kinds[place] and kind not in {MentionKind.NUMBER, MentionKind.NAME}]
        if found:
            return _only(found)
    return None


class Compared:
    """Which column a superlative compares, and which one then answers; `headed` as for `column_asked`."""

    def __init__(self, query: Query, wanted: Superlative, headed: Sequence[Sequence[float]]) -> None:
        self._query, self._wanted, self._headed = query, wanted, headed
        self._asked = self._behind_question_word()
        self._weights = [
            sum(
                idf * quality
                for place, (idf, quality, term) in enumerate(zip(query.idf, qualities, query.terms, strict=True))
                if term.term not in wanted.terms and place != self._asked
            )
            for qualities in headed
        ]

    def column(self, units: Sequence[str | None]) -> int | None:
        """The column that is compared; `units` are those of the columns of figures, None for the others.

        It is the one that the question names, or else the only one of what is measured ("cheapest": money).
        """
        fitting = [p for p, unit in enumerate(units) if unit is not None and fits(self._wanted, unit, is_named=self._weights[p] > 0)]
        most = max((self._weights[p] for p in fitting), default=0.0)
        best = _only([p for p in fitting if self._weights[p] >= most - 1e-9])
        return best[0] if best is not None else None

    def target(self, value: int) -> int:
        """The column that answers: what "which" asks for, the figure itself, or the other column that is named."""
        if self._asked is not None:
            others = [place for place in range(len(self._headed)) if place != value]
            headed = _only(headed_by(self._headed, self._asked, others))
            if headed is not None:
                return headed[0]
        if self._query.reading.type in STRICT - _WORDS:
            return value
        named = [p for p, weight in enumerate(self._weights) if weight > 0]
        behind = self._place_at(self._wanted.place)
        if len(named) > 1 and behind is not None:
            named = [p for p in named if self._headed[p][behind] < NEAR]
        return named[0] if len(named) == 1 else value if named else 0

    def _place_at(self, at: int) -> int | None:
        return self._query.place_of(at) if at < len(self._query.tokens) else None

    def _behind_question_word(self) -> int | None:
        """The term right behind "which" or "what"."""
        words = [token.norm for token in self._query.tokens]
        at = next((at for at, word in enumerate(words) if word in {"which", "what"}), None)
        return self._place_at(at + 1) if at is not None else None

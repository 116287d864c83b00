"""Puts the rows of a table that answer a question in front of the ranking."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from pmbot.answering.cells import SEVERAL, TELLING, CellReader, asking
from pmbot.answering.comparing import Surroundings
from pmbot.answering.evidence import Candidate, Ranking
from pmbot.answering.query import NEAR
from pmbot.answering.tables import CellAnswer, Table, Tables, Titled
from pmbot.answering.views import View, Views
from pmbot.models import Decision, Evidence, Feature, Reading, Status

LEAST_SAID = 2  # words; one alone stands in many a sentence
CELL_WEIGHT = 25.0  # a row whose cell fits outweighs any likeness of words


class TableReader:
    """Reads questions against the tables of one corpus.

    `topics` holds the terms of each document's topic names, `most` is how many rows an answer may have.
    """

    def __init__(self, views: Views, corpus: Titled, topics: Mapping[str, frozenset[str]], most: int) -> None:
        self._tables, self._topics, self._most = Tables(views, corpus), topics, most

    def read(self, ranking: Ranking) -> Ranking:
        """The ranking with the rows in front that answer by their cells, if any do; a sentence of prose that says all keeps its place."""
        return _with_cells(ranking, self._tables, self._topics, self._most) if ranking.rows else ranking

    def noted(self, reading: Reading, decision: Decision, note: str) -> Reading:
        """The reading with a note on the columns of each table that an answer cites; `note` is its template."""
        headers = self._tables.headers(decision.evidence) if decision.status is Status.ANSWERED else ()
        notes = tuple(note.format_map({"columns": header}) for header in headers)
        return reading.model_copy(update={"notes": (*reading.notes, *notes)}) if notes else reading


def _with_cells(ranking: Ranking, tables: Tables, topics: Mapping[str, frozenset[str]], most: int) -> Ranking:
    found: dict[int, tuple[Table, list[View]]] = {}
    for view in ranking.rows:
        table = tables.table_of(view)
        if table is not None:
            found.setdefault(id(table), (table, []))[1].append(view)
    words = frozenset[str]().union(*(table.words for table, _ in found.values()), *(view.words for view in ranking.rows))
    question = asking(ranking.query, words)
    if question is None:
        return ranking
    answers = [CellReader(question, tables, table, views, topics[table.doc_id]).answer(most) for table, views in found.values()]
    best = _best([answer for answer in answers if answer is not None])
    if best is None or any(_says_all(ranking, candidate, topics) for candidate in ranking.candidates[:most]):
        return _prose_first(ranking)
    return in_front(ranking, best) if best.cells else dataclasses.replace(_prose_first(ranking), cells=best)


def _best(answers: Sequence[CellAnswer]) -> CellAnswer | None:
    """The answer that holds most of the question; one that only says that a column is missing gives way to any other.

    Of several tables that hold as much, the rows answer together; not so the winners of comparisons, which beat only their own table.
    """
    telling = [answer for answer in answers if answer.cells] or answers
    most = max((answer.weight for answer in telling), default=0.0)
    best = [answer for answer in telling if answer.weight >= most - 1e-9]
    if len(best) < 2:
        return best[0] if best else None
    rows = [row for answer in best for row in answer.rows]
    if len(rows) > SEVERAL or any(answer.compared for answer in best):
        return None
    return best[0]._replace(
        rows=tuple(rows),
        cells=tuple(cell for answer in best for cell in answer.cells),
        matches=tuple(matches for answer in best for matches in answer.matches),
        verdict=None,
    )


def _prose_first(ranking: Ranking) -> Ranking:
    """The ranking where a row does not stand before the sentence that holds as much of the question: that one speaks for itself."""
    if not ranking.candidates or ranking.candidates[0].view.row is None:
        return ranking
    said = [_said(ranking, candidate) for candidate in ranking.candidates]
    pairs = zip(ranking.candidates, said, strict=True)
    at = next((at for at, (candidate, share) in enumerate(pairs) if candidate.view.row is None and share >= said[0] - 1e-9), None)
    if at is None:
        return ranking
    order = [at, *(place for place in range(len(said)) if place != at)]
    return dataclasses.replace(
        ranking, candidates=tuple(ranking.candidates[p] for p in order), evidence=tuple(ranking.evidence[p] for p in order)
    )


def _said(ranking: Ranking, candidate: Candidate) -> float:
    return sum(telling * match.quality for telling, match in zip(ranking.query.telling, candidate.matches, strict=True))


def _says_all(ranking: Ranking, candidate: Candidate, topics: Mapping[str, frozenset[str]]) -> bool:
    """Whether a sentence that is no row says every telling word of the question, two at least, and holds what it asks for."""
    if sum(telling >= TELLING for telling in ranking.query.telling) < LEAST_SAID:
        return False
    if candidate.view.row is not None or (ranking.query.reading.expects and not candidate.typed):
        return False
    topic = topics[candidate.view.sentence.doc_id]
    terms = zip(ranking.query.terms, ranking.query.telling, candidate.matches, strict=True)
    return all(match.quality >= NEAR or telling < TELLING or (term.is_name and term.term in topic) for term, telling, match in terms)


def in_front(ranking: Ranking, answer: CellAnswer) -> Ranking:
    """The ranking with the sentences in front that answer by their cells."""
    rows = {(view.sentence.doc_id, view.sentence.index) for view in answer.rows}
    others = [
        (candidate, evidence)
        for candidate, evidence in zip(ranking.candidates, ranking.evidence, strict=True)
        if (evidence.sentence.doc_id, evidence.sentence.index) not in rows
    ]
    first = [_read(ranking, answer, place) for place in range(len(answer.rows))]
    both = [*first, *others]
    return dataclasses.replace(ranking, candidates=tuple(c for c, _ in both), evidence=tuple(e for _, e in both), cells=answer)


def _read(ranking: Ranking, answer: CellAnswer, place: int) -> tuple[Candidate, Evidence]:
    view, matches = answer.rows[place], answer.matches[place]
    candidate = Candidate(view, matches, lambda: Surroundings(answer.above, matches, 0.0))
    said = [max(match.quality, above.quality) > 0 for match, above in zip(matches, answer.above, strict=True)]
    evidence = Evidence(
        sentence=view.sentence,
        score=CELL_WEIGHT,
        features=(Feature("table_cell", 1.0, CELL_WEIGHT),),
        matched_terms=tuple(term.text for term, is_said in zip(ranking.query.terms, said, strict=True) if is_said),
        missing_terms=tuple(term.text for term, is_said in zip(ranking.query.terms, said, strict=True) if not is_said),
    )
    return candidate, evidence

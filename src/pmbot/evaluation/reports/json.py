"""Runs, diffs and coverage as JSON. Field order is the order in the output; what a clock said stands in `times` alone."""

from __future__ import annotations

import json
from typing import Literal, Self

from pydantic import Field

from pmbot.evaluation.coverage import Coverage, Uncovered
from pmbot.evaluation.diff import AnswerChange, AnswerDiff, Aspect
from pmbot.evaluation.measures import measure_records, measures_of
from pmbot.evaluation.results import CaseResult, CheckResult, Outcome, Passage, Ranked, Report, Source, Times, Totals, TurnResult
from pmbot.models import Locator
from pmbot.rendering.records import AnswerRecord, CitationRecord, PlaceRecord, Record
from pmbot.rendering.sanitize import harmless_json


class PassageRecord(Record):
    """A passage that a case names, and every place of it in its document."""

    doc_id: str
    text: str
    places: tuple[PlaceRecord, ...]

    @classmethod
    def of(cls, passage: Passage) -> Self:
        """Flatten a passage."""
        places = tuple(PlaceRecord(doc_id=passage.doc_id, start=span.start, end=span.end) for span in passage.spans)
        return cls(doc_id=passage.doc_id, text=passage.text, places=places)


class RankedRecord(Record):
    """A ranked sentence: its document's text from `start` to `end`. `relevant`: it shares a character with a wanted passage."""

    rank: int
    doc_id: str
    index: int
    start: int
    end: int
    text: str
    score: float
    relevant: bool
    matched_terms: tuple[str, ...]
    missing_terms: tuple[str, ...]

    @classmethod
    def of(cls, ranked: Ranked, *, relevant: bool) -> Self:
        """Flatten a ranked sentence."""
        return cls(
            rank=ranked.rank,
            doc_id=ranked.doc_id,
            index=ranked.index,
            start=ranked.span.start,
            end=ranked.span.end,
            text=ranked.text,
            score=ranked.score,
            relevant=relevant,
            matched_terms=ranked.matched_terms,
            missing_terms=ranked.missing_terms,
        )


class TurnRecord(Record):
    """One question, its reply, its checks, the passages wanted, and the first ranked sentences."""

    question: str
    passed: bool
    checks: tuple[CheckResult, ...]
    answer: AnswerRecord
    passages: tuple[PassageRecord, ...]
    ranking: tuple[RankedRecord, ...]

    @classmethod
    def of(cls, turn: TurnResult) -> Self:
        """Flatten a turn."""
        return cls(
            question=turn.question,
            passed=turn.passed,
            checks=turn.checks,
            answer=AnswerRecord.of(turn.answer),
            passages=tuple(map(PassageRecord.of, turn.passages)),
            ranking=tuple(RankedRecord.of(ranked, relevant=turn.is_relevant(ranked)) for ranked in turn.ranking),
        )


class CaseRecord(Record):
    """One case. `error` says why the case itself is wrong."""

    id: str
    outcome: Outcome
    place: str
    source: int
    tags: tuple[str, ...]
    language: str | None
    xfail: str | None
    error: str | None
    turns: tuple[TurnRecord, ...]

    @classmethod
    def of(cls, case: CaseResult) -> Self:
        """Flatten a case."""
        return cls(
            id=case.id,
            outcome=case.outcome,
            place=case.place,
            source=case.source,
            tags=case.tags,
            language=case.language,
            xfail=case.xfail,
            error=case.error,
            turns=tuple(map(TurnRecord.of, case.turns)),
        )


class MeasureRecord(Record):
    """A figure, a share of 1, with its 95 % interval; null where it stands on nothing. `count` is what it stands on."""

    name: str
    value: float | None
    low: float | None
    high: float | None
    count: int
    meaning: str


class ReportRecord(Record):
    """What `pmbot test --json` prints."""

    schema_: Literal["pmbot.report/1"] = Field(default="pmbot.report/1", alias="schema")
    signature: str
    totals: Totals
    measures: tuple[MeasureRecord, ...]
    sources: tuple[Source, ...]
    cases: tuple[CaseRecord, ...]
    times: Times | None

    @classmethod
    def of(cls, report: Report) -> Self:
        """Flatten a report."""
        return cls(
            signature=report.signature,
            totals=report.totals,
            measures=tuple(MeasureRecord(**record) for record in measure_records(measures_of(report))),
            sources=report.sources,
            cases=tuple(map(CaseRecord.of, report.cases)),
            times=report.times,
        )


class ChangeRecord(Record):
    """A question that is answered otherwise; `turn` counts from 0."""

    case: str
    place: str
    turn: int
    question: str
    aspects: tuple[Aspect, ...]
    lost: tuple[CitationRecord, ...]
    gained: tuple[CitationRecord, ...]
    old: AnswerRecord
    new: AnswerRecord

    @classmethod
    def of(cls, change: AnswerChange) -> Self:
        """Flatten a change."""
        return cls(
            case=change.case_id,
            place=change.place,
            turn=change.turn,
            question=change.question,
            aspects=change.aspects,
            lost=tuple(map(CitationRecord.of, change.lost)),
            gained=tuple(map(CitationRecord.of, change.gained)),
            old=AnswerRecord.of(change.old),
            new=AnswerRecord.of(change.new),
        )


class DiffRecord(Record):
    """What `pmbot diff --json` prints."""

    schema_: Literal["pmbot.diff/1"] = Field(default="pmbot.diff/1", alias="schema")
    summary: str
    asked: int
    changed: int
    lost: int
    gained: int
    now_answered: int
    now_refused: int
    old_signature: str
    new_signature: str
    changes: tuple[ChangeRecord, ...]

    @classmethod
    def of(cls, diff: AnswerDiff) -> Self:
        """Flatten a diff."""
        return cls(
            summary=diff.summary,
            asked=diff.asked,
            changed=len(diff.changes),
            lost=diff.lost,
            gained=diff.gained,
            now_answered=diff.now_answered,
            now_refused=diff.now_refused,
            old_signature=diff.old_signature,
            new_signature=diff.new_signature,
            changes=tuple(map(ChangeRecord.of, diff.changes)),
        )


class UncoveredRecord(Record):
    """A sentence that no answer cites."""

    index: int
    locator: Locator
    text: str

    @classmethod
    def of(cls, sentence: Uncovered) -> Self:
        """Leave out the document, which stands around it."""
        return cls(index=sentence.index, locator=sentence.locator, text=sentence.text)


class DocumentCoverageRecord(Record):
    """How much of a document some answer cites; `share` is 0..1."""

    doc_id: str
    sentences: int
    covered: int
    share: float
    uncovered: tuple[UncoveredRecord, ...]


class CoverageRecord(Record):
    """What `pmbot coverage --json` prints."""

    schema_: Literal["pmbot.coverage/1"] = Field(default="pmbot.coverage/1", alias="schema")
    sentences: int
    covered: int
    share: float
    documents: tuple[DocumentCoverageRecord, ...]

    @classmethod
    def of(cls, coverage: Coverage) -> Self:
        """Flatten a coverage."""
        documents = tuple(
            DocumentCoverageRecord(
                doc_id=document.doc_id,
                sentences=document.sentences,
                covered=document.covered,
                share=round(document.share, 4),
                uncovered=tuple(map(UncoveredRecord.of, document.uncovered)),
            )
            for document in coverage.documents
        )
        return cls(sentences=coverage.sentences, covered=coverage.covered, share=round(coverage.share, 4), documents=documents)


def report_json(report: Report) -> str:
    """Write `report` as JSON, one case a line, so that a changed case is a changed line; with a final line feed."""
    record = ReportRecord.of(report)
    cases = ",\n".join(harmless_json(case.model_dump_json(by_alias=True)) for case in record.cases)
    rest = record.model_copy(update={"cases": ()}).model_dump(mode="json", by_alias=True)
    fields = [harmless_json(f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}") for name, value in rest.items()]
    fields[list(rest).index("cases")] = f'"cases": [\n{cases}\n]' if cases else '"cases": []'
    return "{\n" + ",\n".join(fields) + "\n}\n"

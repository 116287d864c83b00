"""The JSON records: what `--json`, `--jsonl` and `--trace --json` print, and what the JSON Schemas are made from.

Field order is the order in the output. Spans are flattened to `start, end`: half-open offsets in code points.
"""

from __future__ import annotations

import json
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from pmbot.models import Answer, Citation, Decision, Evidence, Hit, Locator, Reading, Sentence, Trace
from pmbot.rendering.sanitize import harmless_json

RecordId = str | int


class Record(BaseModel):
    """What all records share."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    def json_text(self, *, indent: int | None = None) -> str:
        """UTF-8 JSON, on one line unless `indent` is given, without a final line feed; hostile characters are escaped."""
        return harmless_json(json.dumps(self.model_dump(mode="json", by_alias=True), ensure_ascii=False, indent=indent))


class CitationRecord(Record):
    """A quote and its proof: the text of document `doc_id` from `start` to `end` is `quote`; so is that of its copies, `also`."""

    marker: int
    doc_id: str
    title: str
    source: str
    start: int
    end: int
    quote: str
    locator: Locator
    also: tuple[str, ...] = ()

    @classmethod
    def of(cls, citation: Citation) -> Self:
        """Flatten a citation."""
        return cls(
            marker=citation.marker,
            doc_id=citation.doc_id,
            title=citation.title,
            source=citation.source,
            start=citation.span.start,
            end=citation.span.end,
            quote=citation.quote,
            locator=citation.locator,
            also=citation.also,
        )


class AnswerRecord(Record):
    """An answer. `id` is the one given with the question, else the answer's own."""

    schema_: Literal["pmbot.answer/1"] = Field(default="pmbot.answer/1", alias="schema")
    id: RecordId
    question: str
    status: Literal["answered", "not_mentioned", "not_enough", "nothing_to_search"]
    answered: bool
    short_answer: str | None
    highlights: tuple[CitationRecord, ...]
    verdict: Literal["yes", "no"] | None
    confidence: float
    text: str
    reason: str | None
    missing_terms: tuple[str, ...]
    closest: tuple[CitationRecord, ...]
    citations: tuple[CitationRecord, ...]
    notes: tuple[str, ...]
    signature: str

    @classmethod
    def of(cls, answer: Answer, id: RecordId | None = None) -> Self:  # noqa: A002 - the field's own name
        """Make the record of `answer`. Prove the answer first (`answering.receipt.prove`): a record cannot see documents."""
        return cls(
            id=answer.answer_id if id is None else id,
            question=answer.question.text,
            status=answer.status.value,
            answered=answer.answered,
            short_answer=answer.short_answer,
            highlights=tuple(CitationRecord.of(c) for c in answer.highlights),
            verdict=answer.verdict,
            confidence=answer.confidence,
            text=answer.text,
            reason=answer.reason,
            missing_terms=answer.missing_terms,
            closest=tuple(CitationRecord.of(c) for c in answer.closest),
            citations=tuple(CitationRecord.of(c) for c in answer.citations),
            notes=answer.notes,
            signature=answer.signature,
        )


class QuestionRecord(Record):
    """The question as it was asked."""

    text: str
    history: tuple[str, ...]
    doc_id: str | None
    language: str | None


class HitRecord(Record):
    """A passage that was found: sentences `first` to `last` of its document, by index."""

    rank: int
    score: float
    chunk_id: str
    doc_id: str
    first: int
    last: int

    @classmethod
    def of(cls, hit: Hit) -> Self:
        """Name the passage by its sentences; their text is in the document."""
        sentences = hit.chunk.sentences
        return cls(
            rank=hit.rank,
            score=hit.score,
            chunk_id=hit.chunk.chunk_id,
            doc_id=hit.chunk.doc_id,
            first=sentences[0].index,
            last=sentences[-1].index,
        )


class SentenceRecord(Record):
    """A sentence of a document: its text from `start` to `end`."""

    doc_id: str
    index: int
    start: int
    end: int
    text: str

    @classmethod
    def of(cls, sentence: Sentence) -> Self:
        """Flatten a sentence."""
        span = sentence.span
        return cls(doc_id=sentence.doc_id, index=sentence.index, start=span.start, end=span.end, text=sentence.text)


class FeatureRecord(Record):
    """One reason for a score: `value` times `weight`."""

    name: str
    value: float
    weight: float


class EvidenceRecord(Record):
    """A sentence weighed as an answer."""

    sentence: SentenceRecord
    score: float
    features: tuple[FeatureRecord, ...]
    matched_terms: tuple[str, ...]
    missing_terms: tuple[str, ...]

    @classmethod
    def of(cls, evidence: Evidence) -> Self:
        """Flatten a piece of evidence."""
        return cls(
            sentence=SentenceRecord.of(evidence.sentence),
            score=evidence.score,
            features=tuple(FeatureRecord(name=f.name, value=f.value, weight=f.weight) for f in evidence.features),
            matched_terms=evidence.matched_terms,
            missing_terms=evidence.missing_terms,
        )


class PlaceRecord(Record):
    """A stretch of a document."""

    doc_id: str
    start: int
    end: int


class DecisionRecord(Record):
    """What was made of the evidence. `sentences` are the indexes of those it rests on, as `doc_id#index`."""

    status: Literal["answered", "not_mentioned", "not_enough", "nothing_to_search"]
    reason: str | None
    verdict: Literal["yes", "no"] | None
    confidence: float
    sentences: tuple[str, ...]
    highlights: tuple[PlaceRecord, ...]
    missing_terms: tuple[str, ...]
    absent_terms: tuple[str, ...]

    @classmethod
    def of(cls, decision: Decision) -> Self:
        """Flatten a decision."""
        return cls(
            status=decision.status.value,
            reason=decision.reason,
            verdict=decision.verdict,
            confidence=decision.confidence,
            sentences=tuple(f"{e.sentence.doc_id}#{e.sentence.index}" for e in decision.evidence),
            highlights=tuple(PlaceRecord(doc_id=d, start=span.start, end=span.end) for d, span in decision.highlights),
            missing_terms=decision.missing_terms,
            absent_terms=decision.absent_terms,
        )


class TraceRecord(Record):
    """Everything between a question and its answer."""

    schema_: Literal["pmbot.trace/1"] = Field(default="pmbot.trace/1", alias="schema")
    id: RecordId
    question: QuestionRecord
    reading: Reading
    hits: tuple[HitRecord, ...]
    evidence: tuple[EvidenceRecord, ...]
    decision: DecisionRecord
    answer: AnswerRecord

    @classmethod
    def of(cls, trace: Trace, id: RecordId | None = None) -> Self:  # noqa: A002 - the field's own name
        """Make the record of `trace`; prove its answer first, as for `AnswerRecord.of`."""
        question = trace.question
        answer = AnswerRecord.of(trace.answer, id)
        return cls(
            id=answer.id,
            question=QuestionRecord(text=question.text, history=question.history, doc_id=question.doc_id, language=question.language),
            reading=trace.reading,
            hits=tuple(HitRecord.of(hit) for hit in trace.hits),
            evidence=tuple(EvidenceRecord.of(evidence) for evidence in trace.evidence),
            decision=DecisionRecord.of(trace.decision),
            answer=answer,
        )


class ErrorDetail(Record):
    """`type` is the error's class name, `message` says what is wrong, where, and what to do."""

    type: str
    message: str


class ErrorRecord(Record):
    """A line of a batch that could not be answered. `id` is None when the line had none that could be read."""

    schema_: Literal["pmbot.error/1"] = Field(default="pmbot.error/1", alias="schema")
    id: RecordId | None
    error: ErrorDetail

    @classmethod
    def of(cls, error: Exception, id: RecordId | None = None) -> Self:  # noqa: A002 - the field's own name
        """Make the record of `error`."""
        return cls(id=id, error=ErrorDetail(type=type(error).__name__, message=str(error)))

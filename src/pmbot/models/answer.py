"""Evidence, decisions and answers: what is found, what is made of it, and what is said."""

from __future__ import annotations

import hashlib
from enum import StrEnum
from typing import Literal, NamedTuple

from pydantic import Field, model_validator

from pmbot.errors import ProofError
from pmbot.models.base import Noun
from pmbot.models.document import Document, Hit, Locator, Sentence, Span
from pmbot.models.question import Question, Reading


class Status(StrEnum):
    """The four outcomes of a question."""

    ANSWERED = "answered"
    NOT_MENTIONED = "not_mentioned"
    NOT_ENOUGH = "not_enough"
    NOTHING_TO_SEARCH = "nothing_to_search"


Verdict = Literal["yes", "no"]


class Feature(NamedTuple):
    """One reason for a score: `value` in 0..1, times `weight`, is what it adds."""

    name: str
    value: float
    weight: float


class Evidence(Noun):
    """A sentence as a possible answer. `score` is the sum over `features` of value times weight.

    `matched_terms` and `missing_terms` partition the key terms of the question, as written there.
    """

    sentence: Sentence
    score: float
    features: tuple[Feature, ...] = ()
    matched_terms: tuple[str, ...] = ()
    missing_terms: tuple[str, ...] = ()


class Citation(Noun):
    """A quote with its proof: `document.text[span.start:span.end] == quote`. Made by `Citation.quoting` alone.

    `also` are the ids of documents that are copies of this one, word for word: they say the same at the same place.
    """

    marker: int = Field(ge=1)
    doc_id: str
    title: str
    source: str
    span: Span
    quote: str = Field(min_length=1)
    locator: Locator
    also: tuple[str, ...] = ()

    @classmethod
    def quoting(cls, document: Document, span: Span, marker: int, also: tuple[str, ...] = ()) -> Citation:
        """Slice the quote out of `document`; ValueError when `span` is empty or reaches past the text."""
        return cls(
            marker=marker,
            doc_id=document.doc_id,
            title=document.title,
            source=document.source,
            span=span,
            quote=document.excerpt(span),
            locator=document.locate(span),
            also=also,
        )

    def prove(self, document: Document) -> None:
        """Raise `ProofError` unless the quote is the document's text at the offsets."""
        if document.doc_id != self.doc_id or document.text[self.span.start : self.span.end] != self.quote:
            raise ProofError(f"{self.doc_id}: the quote at {self.span.start}..{self.span.end} is not in the document; nothing was shown")


class Decision(Noun):
    """What the policy makes of the evidence.

    `evidence` holds the sentences that answer (when answered) or the closest ones (when not), best first.
    `highlights` are the spans of the short answer, each inside one of those sentences.
    `missing_terms` are the words of the question that explain a refusal; `absent_terms` those of them that occur
    nowhere in the corpus. `reason` names the guard that refused, None when answered.
    `contradicted`: the highlights are figures that cannot all be true; the documents disagree.
    """

    status: Status
    evidence: tuple[Evidence, ...] = ()
    highlights: tuple[tuple[str, Span], ...] = ()
    verdict: Verdict | None = None
    confidence: float = Field(ge=0.0, le=1.0)
    missing_terms: tuple[str, ...] = ()
    absent_terms: tuple[str, ...] = ()
    reason: str | None = None
    contradicted: bool = False


class Answer(Noun):
    """What is said. Refuses to exist when answered without citations, or cited without being answered.

    `highlights` are citations too, each inside one of `citations`: the short answer is their text, joined.
    `text` is the templated sentence around it; `reason` names the guard behind a refusal.
    """

    question: Question
    status: Status
    highlights: tuple[Citation, ...] = ()
    verdict: Verdict | None = None
    citations: tuple[Citation, ...] = ()
    closest: tuple[Citation, ...] = ()
    missing_terms: tuple[str, ...] = ()
    confidence: float = Field(ge=0.0, le=1.0)
    text: str
    reason: str | None = None
    notes: tuple[str, ...] = ()
    signature: str

    @model_validator(mode="after")
    def _sourced(self) -> Answer:
        if (self.status is Status.ANSWERED) != bool(self.citations):
            raise ValueError("an answer has citations, and only an answer has them")
        if self.closest and self.answered:
            raise ValueError("only an abstention has closest passages")
        for highlight in self.highlights:
            if not any(c.doc_id == highlight.doc_id and c.span.contains(highlight.span) for c in self.citations):
                raise ValueError("a highlight stands outside every citation")
        return self

    @property
    def answered(self) -> bool:
        """Whether the documents answer the question."""
        return self.status is Status.ANSWERED

    @property
    def short_answer(self) -> str | None:
        """The highlighted words, joined by commas; None when there are none."""
        return ", ".join(h.quote for h in self.highlights) or None

    @property
    def answer_id(self) -> str:
        """Twelve hex digits that are the same for the same question on the same knowledge and settings."""
        parts = (self.question.text, *self.question.history, self.question.doc_id or "", self.signature)
        return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]


class Trace(Noun):
    """Everything between a question and its answer, computed once."""

    question: Question
    reading: Reading
    hits: tuple[Hit, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    decision: Decision
    answer: Answer


QuoteRole = Literal["citation", "highlight", "closest"]


class ReceiptEntry(Noun):
    """One proven quote: anybody with the extracted text can check it.

    The document's text from `start` to `end` (code points) is `quote`. The hashes are SHA-256 of the UTF-8 text, in hex.
    """

    role: QuoteRole
    doc_id: str
    source: str
    locator: Locator
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text_sha256: str
    quote_sha256: str
    quote: str


class Receipt(Noun):
    """The proof of an answer, apart from the answer."""

    answer_id: str
    question: str
    status: Status
    signature: str
    entries: tuple[ReceiptEntry, ...]


class Changes(Noun):
    """What a reload found, by document id, each sorted."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)

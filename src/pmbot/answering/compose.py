"""Decision to answer: quotes are sliced, markers numbered, templates filled in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, Protocol

from pmbot.answering.hedges import hedged, with_ratio
from pmbot.answering.templates import Templates
from pmbot.models import Answer, Citation, Decision, Document, Evidence, Question, QuestionType, Reading, Span, Status


class Part(NamedTuple):
    """One question of a message and what was decided on it."""

    reading: Reading
    decision: Decision


class Quotable(Protocol):
    """The documents that answers quote."""

    @property
    def copies(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the copies of a document, by its id."""

    def document(self, doc_id: str) -> Document:
        """The document of that id."""


class Composer:
    """Makes answers in one language about one snapshot."""

    def __init__(self, templates: Templates, corpus: Quotable, signature: str, examples: Callable[[], Sequence[str]]) -> None:
        self._templates, self._corpus, self._signature, self._examples = templates, corpus, signature, examples

    def answer(self, question: Question, parts: Sequence[Part], notes: tuple[str, ...] = ()) -> Answer:
        """The answer to a message; with several parts it is answered when one of them is, and says which are not."""
        answered = [part for part in parts if part.decision.status is Status.ANSWERED]
        if not answered:
            return self._refusal(question, parts, notes)
        citations = self._citations([e for part in answered for e in part.decision.evidence])
        highlights = tuple(self._highlight(place, citations) for part in answered for place in part.decision.highlights)
        verdicts = [part.decision.verdict for part in answered]
        return Answer(
            question=question,
            status=Status.ANSWERED,
            highlights=highlights,
            verdict=verdicts[0] if len(parts) == 1 else None,
            citations=citations,
            missing_terms=tuple(term for part in parts if part not in answered for term in part.decision.missing_terms),
            confidence=min(part.decision.confidence for part in answered),
            text="\n".join(self._text(part, citations, several=len(parts) > 1) for part in parts),
            notes=(*notes, *_notes_of(parts)),
            signature=self._signature,
        )

    def _refusal(self, question: Question, parts: Sequence[Part], notes: tuple[str, ...]) -> Answer:
        first = parts[0].decision
        closest = self._citations([e for part in parts for e in part.decision.evidence][: max(len(first.evidence), 1)])
        return Answer(
            question=question,
            status=first.status,
            closest=closest if first.status is not Status.NOTHING_TO_SEARCH else (),
            missing_terms=tuple(dict.fromkeys(term for part in parts for term in part.decision.missing_terms)),
            confidence=first.confidence,
            text="\n".join(dict.fromkeys(self._text(part, (), several=False) for part in parts)),
            reason=first.reason,
            notes=(*notes, *_notes_of(parts)),
            signature=self._signature,
        )

    def _text(self, part: Part, citations: Sequence[Citation], *, several: bool) -> str:
        if part.decision.status is not Status.ANSWERED:
            needs_examples = part.decision.status is Status.NOTHING_TO_SEARCH
            reason = self._templates.refusal_text(part.decision, part.reading, self._examples() if needs_examples else ())
            return self._templates.parts.unanswered.format_map({"part": part.reading.text, "reason": reason}) if several else reason
        spans = {(e.sentence.doc_id, e.sentence.span) for e in part.decision.evidence}
        markers = "".join(f"[{c.marker}]" for c in citations if (c.doc_id, c.span) in spans)
        quotes = [self._shown(*place) for place in part.decision.highlights]
        if part.decision.contradicted:
            told = [self._highlight(place, citations).marker for place in part.decision.highlights]
            return self._templates.disagreement_text([(quote, f"[{marker}]") for quote, marker in zip(quotes, told, strict=True)])
        return self._templates.answer_text(part.decision, part.reading, ", ".join(quotes) or None, markers)

    def _shown(self, doc_id: str, span: Span) -> str:
        """The words of a short answer as the reply gives them: a figure with its hedge and its ratio, which the bare value leaves out."""
        document = self._corpus.document(doc_id)
        text = document.text
        return document.excerpt(Span(start=hedged(text, span.start), end=with_ratio(text, span.start, span.end)))

    def _citations(self, evidence: Sequence[Evidence]) -> tuple[Citation, ...]:
        places = dict.fromkeys((e.sentence.doc_id, e.sentence.span) for e in evidence)
        return tuple(self._quote(doc_id, span, marker) for marker, (doc_id, span) in enumerate(places, 1))

    def _highlight(self, place: tuple[str, Span], citations: Sequence[Citation]) -> Citation:
        doc_id, span = place
        marker = next(c.marker for c in citations if c.doc_id == doc_id and c.span.contains(span))
        return self._quote(doc_id, span, marker)

    def _quote(self, doc_id: str, span: Span, marker: int) -> Citation:
        return Citation.quoting(self._corpus.document(doc_id), span, marker, self._corpus.copies.get(doc_id, ()))


def nothing_to_search(text: str, reason: str) -> Part:
    """The part for small talk and for a message without words."""
    return Part(Reading(text=text, type=QuestionType.SMALL_TALK), Decision(status=Status.NOTHING_TO_SEARCH, confidence=0.0, reason=reason))


def _notes_of(parts: Sequence[Part]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(note for part in parts for note in part.reading.notes))

"""A trace as a page: how the question was read, what was found, and why the answer is what it is."""

from __future__ import annotations

from collections.abc import Iterator

from pmbot.answering.receipt import prove
from pmbot.answering.wording import template_of
from pmbot.models import Document, Evidence, KeyTerm, Trace
from pmbot.rendering.answers import DocumentOf, place, quoted
from pmbot.rendering.page import Ink, Page, Paragraph, Run, line
from pmbot.rendering.sanitize import visible_line

_LABEL_WIDTH = 11
_SHOWN = 3
_LONGEST = 300


def trace_page(trace: Trace, document_of: DocumentOf, *, shown: int = _SHOWN) -> Page:
    """Explain `trace`, with the `shown` best sentences; ProofError when a quote of its answer is not in its document."""
    prove(trace.answer, document_of)
    page = [*_reading(trace), *_outcome(trace)]
    best = trace.evidence[:shown]
    if best:
        page.append(line("Best sentences", Ink.LABEL))
    for number, evidence in enumerate(best, start=1):
        page += _evidence(number, evidence, document_of(evidence.sentence.doc_id))
    if len(trace.evidence) > 1:
        margin = trace.evidence[0].score - trace.evidence[1].score
        page.append(_fact("Margin", f"{margin:.2f} to the runner-up"))
    page.append(_fact("Searched", f"{_count(len(trace.hits), 'passage')}, {_count(len(trace.evidence), 'sentence')} weighed"))
    page.append(_fact("Signature", trace.answer.signature))
    return tuple(page)


def _reading(trace: Trace) -> Iterator[Paragraph]:
    reading = trace.reading
    yield _fact("Question", _short(trace.question.text))
    if reading.text != trace.question.text:
        yield _fact("Read as", _short(reading.text))
    expects = " or ".join(kind.value for kind in reading.expects)
    yield _fact("Kind", reading.type.value.replace("_", " ") + (f", expecting {expects}" if expects else ""))
    yield _fact("Terms", _short(", ".join(map(_term, reading.key_terms))) or "none")


def _term(term: KeyTerm) -> str:
    """A word of the question and its share of the weight of all."""
    return term.text if term.weight is None else f"{term.text} {100 * term.weight:.0f} %"


def _outcome(trace: Trace) -> Iterator[Paragraph]:
    decision = trace.decision
    reason = f" ({decision.reason})" if decision.reason else ""
    yield _fact("Outcome", f"{decision.status.value.replace('_', ' ')}{reason}, confidence {decision.confidence:.2f}")
    if trace.answer.answered or trace.answer.reason:
        yield _fact("Template", template_of(trace))
    if decision.absent_terms:
        yield _fact("Nowhere", _short(", ".join(decision.absent_terms)))
    elsewhere = [term for term in decision.missing_terms if term not in decision.absent_terms]
    if elsewhere:
        yield _fact("Missing", _short(", ".join(elsewhere)))


def _evidence(number: int, evidence: Evidence, document: Document) -> Iterator[Paragraph]:
    sentence = evidence.sentence
    where = place(sentence.doc_id, document.locate(sentence.span))
    yield Paragraph((Run(f"{number}. {evidence.score:.2f}  "), Run(where, Ink.PLACE)), 2, 3)
    yield quoted((Run(document.excerpt(sentence.span), Ink.QUOTE),), indent=5)
    if evidence.matched_terms:
        yield line("has " + _terms(evidence.matched_terms), indent=5, hang=4)
    if evidence.missing_terms:
        yield line("lacks " + _terms(evidence.missing_terms), indent=5, hang=6)
    counted = sorted((f for f in evidence.features if f.value * f.weight), key=lambda f: -abs(f.value * f.weight))
    if counted:
        weights = ", ".join(f"{f.name.replace('_', ' ')} {f.value:.2f}×{f.weight:.2f}" for f in counted)
        yield line(visible_line(weights), Ink.NOTE, indent=5, hang=2)


def _fact(label: str, text: str) -> Paragraph:
    return Paragraph((Run(label.ljust(_LABEL_WIDTH), Ink.LABEL), Run(visible_line(text))), hang=_LABEL_WIDTH)


def _terms(terms: tuple[str, ...]) -> str:
    return visible_line(_short(", ".join(terms)))


def _short(text: str) -> str:
    """Cut what comes from the question, which may be as long as it likes; quotes are never cut."""
    return text if len(text) <= _LONGEST else text[:_LONGEST] + " …"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"

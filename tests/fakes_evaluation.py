"""Traces and results made of real nouns, without an engine: what checks and reports are tested on."""

from __future__ import annotations

from pmbot.evaluation import CaseResult, CheckResult, Report, TurnResult
from pmbot.evaluation.results import Source
from pmbot.models import Answer, Citation, Decision, Document, Evidence, Question, QuestionType, Reading, Sentence, Span, Status, Trace
from pmbot.questionset import Turn


def evidence_of(document: Document, *texts: str) -> tuple[Evidence, ...]:
    """Sentences of `document` as ranked evidence, best first."""
    found = []
    for index, text in enumerate(texts):
        start = document.text.index(text)
        sentence = Sentence(doc_id=document.doc_id, index=index, block=0, span=Span(start=start, end=start + len(text)), text=text)
        found.append(Evidence(sentence=sentence, score=9.5 - index, matched_terms=("trade",), missing_terms=("year",)))
    return tuple(found)


def trace_of(answer: Answer, *, kind: QuestionType = QuestionType.HOW_MUCH, evidence: tuple[Evidence, ...] = ()) -> Trace:
    """A trace that led to `answer`."""
    decision = Decision(status=answer.status, evidence=evidence[:1], confidence=answer.confidence, reason=answer.reason)
    reading = Reading(text=answer.question.text, type=kind)
    return Trace(question=answer.question, reading=reading, evidence=evidence, decision=decision, answer=answer)


def answer_of(document: Document, *quotes: str, question: str = "How much?", short: str | None = None, text: str = "Said.") -> Answer:
    """An answer that quotes; without quotes a refusal."""

    def cite(quote: str, marker: int) -> Citation:
        start = document.text.index(quote)
        return Citation.quoting(document, Span(start=start, end=start + len(quote)), marker)

    return Answer(
        question=Question(text=question),
        status=Status.ANSWERED if quotes else Status.NOT_ENOUGH,
        citations=tuple(cite(quote, n) for n, quote in enumerate(quotes, 1)),
        highlights=(cite(short, 1),) if short else (),
        confidence=0.5,
        text=text,
        reason=None if quotes else "thin_coverage",
        signature="s",
    )


def case_of(name: str, answer: Answer, *, passed: bool = True, xfail: str | None = None, error: str | None = None) -> CaseResult:
    """A case of one turn with one check."""
    check = CheckResult(name="contains", passed=passed, expected="'x' in the reply", got="y")
    turn = TurnResult(
        question=answer.question.text, wanted=Turn(question=answer.question.text, contains=("x",)), answer=answer, checks=(check,)
    )
    return CaseResult(id=name, turns=(turn,), xfail=xfail, error=error, place="sets/a.yaml:7")


def report_of(*cases: CaseResult, file: str = "sets/a.yaml", signature: str = "s") -> Report:
    """A run of one set."""
    return Report(sources=(Source(file=file, knowledge="knowledge", signature=signature),), cases=cases)

"""The checks of a question set, held against one answer. Pure: no search, no files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pmbot.errors import ProofError
from pmbot.evaluation.fragments import spans_of
from pmbot.evaluation.normalize import exact_match, fold_for_search
from pmbot.evaluation.results import CheckResult
from pmbot.models import Answer, Document
from pmbot.questionset import Abstention, Checks, Cites


def check_turn(wanted: Checks, answer: Answer, documents: Mapping[str, Document]) -> tuple[CheckResult, ...]:
    """Hold `answer` against what is `wanted` of it.

    `documents` holds every document by id, as the answer knew it. The last check is always there: every quote, also of a
    closest passage, is proven against its document.
    """
    return tuple(_results(wanted, answer, documents))


def _results(wanted: Checks, answer: Answer, documents: Mapping[str, Document]) -> Iterator[CheckResult]:
    reply, lead = _reply(answer), _lead(answer)
    if wanted.answer:
        yield _answer(wanted.answer, answer)
    for text in wanted.contains:
        passed = fold_for_search(text) in fold_for_search(reply)
        yield CheckResult(name="contains", passed=passed, reason=f"{text!r} was wanted in {reply!r}")
    for text in wanted.not_contains:
        passed = fold_for_search(text) not in fold_for_search(lead)
        yield CheckResult(name="not_contains", passed=passed, reason=f"{text!r} was not wanted in {lead!r}")
    for cites in wanted.cites:
        yield _cites(cites, answer, documents)
    if wanted.abstains is not None:
        yield from _abstains(wanted.abstains, answer)
    yield _proven(answer, documents)


def _answer(accepted: tuple[str, ...], answer: Answer) -> CheckResult:
    wanted = " or ".join(map(repr, accepted))
    given = answer.short_answer or answer.verdict
    if not answer.answered or given is None:
        return CheckResult(name="answer", passed=False, reason=f"{wanted} was wanted, there is no short answer ({answer.status})")
    return CheckResult(name="answer", passed=exact_match(given, accepted), reason=f"{wanted} was wanted, it is {given!r}")


def _cites(cites: Cites, answer: Answer, documents: Mapping[str, Document]) -> CheckResult:
    document = documents.get(cites.document)
    places = spans_of(document, cites.text) if document else ()
    quoted = [citation for citation in answer.citations if citation.doc_id == cites.document]
    passed = any(citation.span.contains(place) for citation in quoted for place in places)
    shown = " | ".join(citation.quote for citation in answer.citations) or f"nothing ({answer.status})"
    return CheckResult(name="cites", passed=passed, reason=f"{cites.text!r} of {cites.document} was wanted, cited is {shown!r}")


def _abstains(wanted: Abstention, answer: Answer) -> Iterator[CheckResult]:
    yield CheckResult(name="abstains", passed=not answer.answered, reason=f"the status is {answer.status}: {_reply(answer)!r}")
    if wanted.reason is not None:
        found = f"{wanted.reason!r} was wanted, it is {answer.reason!r} ({answer.status})"
        yield CheckResult(name="reason", passed=wanted.reason in {answer.reason, answer.status}, reason=found)
    named = {fold_for_search(term) for term in answer.missing_terms}
    for term in wanted.missing:
        found = f"{term!r} was wanted among {list(answer.missing_terms)!r}"
        yield CheckResult(name="missing", passed=fold_for_search(term) in named, reason=found)


def _proven(answer: Answer, documents: Mapping[str, Document]) -> CheckResult:
    for citation in (*answer.citations, *answer.highlights, *answer.closest):
        document = documents.get(citation.doc_id)
        if document is None:
            return CheckResult(name="proven", passed=False, reason=f"{citation.doc_id} is quoted, there is no such document")
        try:
            citation.prove(document)
        except ProofError as problem:
            return CheckResult(name="proven", passed=False, reason=str(problem))
    return CheckResult(name="proven", passed=True, reason="every quote stands in its document")


def _reply(answer: Answer) -> str:
    """Put together the text and its quotes; the closest passages of a refusal are not an answer and stay out."""
    return "\n".join((answer.text, *(citation.quote for citation in answer.citations)))


def _lead(answer: Answer) -> str:
    """Put together what a reader takes for the answer: the text and the short answer, else the first quote."""
    lead = answer.short_answer or (answer.citations[0].quote if answer.citations else "")
    return f"{answer.text}\n{lead}".strip()

"""The checks of a question set, held against one answer. Pure: no search, no files, no clock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pmbot.answering.wording import template_of
from pmbot.errors import ProofError
from pmbot.evaluation.fragments import passage_of, spans_of
from pmbot.evaluation.normalize import exact_match, fold_for_search
from pmbot.evaluation.results import CheckResult, Passage
from pmbot.models import Answer, Citation, Document, Trace
from pmbot.questionset import Abstention, Avoids, Checks
from pmbot.questionset.patterns import pattern_found

_LONGEST = 400


def check_turn(wanted: Checks, trace: Trace, documents: Mapping[str, Document]) -> tuple[CheckResult, ...]:
    """Hold the answer of `trace` against what is `wanted` of it.

    `documents` holds every document by id, as the answer knew it. The last check is always there: every quote, also of a
    closest passage, is proven against its document. `max_ms` is no business of a check: see `Report.times`.
    """
    answer = trace.answer
    return (
        *_said(wanted, answer),
        *_quoted(wanted, trace, documents),
        *(_abstains(wanted.abstains, answer) if wanted.abstains is not None else ()),
        *((_template(wanted.template, trace),) if wanted.template is not None else ()),
        _proven(answer, documents),
    )


def _said(wanted: Checks, answer: Answer) -> Iterator[CheckResult]:
    """Yield the checks on the words of the reply."""
    reply, lead = _reply(answer), _lead(answer)
    if wanted.answer:
        yield _answer(wanted.answer, answer)
    for text in wanted.contains:
        passed = fold_for_search(text) in fold_for_search(reply)
        yield CheckResult(name="contains", passed=passed, expected=f"{text!r} in the reply", got=_cut(reply))
    for text in wanted.not_contains:
        passed = fold_for_search(text) not in fold_for_search(lead)
        yield CheckResult(name="not_contains", passed=passed, expected=f"an answer without {text!r}", got=_cut(lead))
    for pattern in wanted.regex:
        pieces = (answer.text, *(citation.quote for citation in answer.citations))
        found = pattern_found(pattern, pieces)
        yield CheckResult(name="regex", passed=found, expected=f"the pattern {pattern} in the reply", got=_cut(reply))


def _answer(accepted: tuple[str, ...], answer: Answer) -> CheckResult:
    expected = f"the short answer {' or '.join(map(repr, accepted))}"
    given = answer.short_answer or answer.verdict
    if not answer.answered:
        return CheckResult(name="answer", passed=False, expected=expected, got=_refusal(answer))
    if given is None:
        return CheckResult(name="answer", passed=False, expected=expected, got="quotes without a short answer")
    return CheckResult(name="answer", passed=exact_match(given, accepted), expected=expected, got=repr(given))


def _quoted(wanted: Checks, trace: Trace, documents: Mapping[str, Document]) -> Iterator[CheckResult]:
    """Yield the checks on what is quoted, and on how the sentences rank."""
    answer = trace.answer
    for name, given in (("cites", wanted.cites), ("cites_only", wanted.cites_only)):
        for passage in (passage_of(cites, documents) for cites in given):
            passed = any(_holds(citation, passage) for citation in answer.citations)
            expected = f"a quote of {passage.doc_id} with {passage.text!r}"
            yield CheckResult(name=name, passed=passed, expected=expected, got=_citations(answer))
    if wanted.cites_only:
        passages = [passage_of(cites, documents) for cites in wanted.passages]
        others = [citation for citation in answer.citations if not any(_holds(citation, passage) for passage in passages)]
        got = _listed(others) or "no other"
        yield CheckResult(name="cites_only", passed=not others, expected="no other quotes", got=got)
    for avoided in wanted.not_cites:
        yield _not_cites(avoided, answer, documents)
    if wanted.rank_at_most is not None:
        passages = [passage_of(cites, documents) for cites in wanted.passages]
        yield from (_ranked(passage, trace, wanted.rank_at_most) for passage in passages if passage.spans)


def _not_cites(avoided: Avoids, answer: Answer, documents: Mapping[str, Document]) -> CheckResult:
    quoted = [citation for citation in answer.citations if citation.doc_id == avoided.document]
    if avoided.text is not None:
        document = documents.get(avoided.document)
        places = spans_of(document, avoided.text) if document else ()
        quoted = [c for c in quoted if any(place.start < c.span.end and c.span.start < place.end for place in places)]
    what = avoided.document if avoided.text is None else f"{avoided.text!r} of {avoided.document}"
    return CheckResult(name="not_cites", passed=not quoted, expected=f"no quote of {what}", got=_listed(quoted) or "none")


def _ranked(passage: Passage, trace: Trace, most: int) -> CheckResult:
    ranks = [
        rank
        for rank, evidence in enumerate(trace.evidence, 1)
        if evidence.sentence.doc_id == passage.doc_id
        and any(place.start < evidence.sentence.span.end and evidence.sentence.span.start < place.end for place in passage.spans)
    ]
    got = f"rank {ranks[0]}" if ranks else f"not among the {len(trace.evidence)} ranked sentences"
    expected = f"{passage.text!r} of {passage.doc_id} at rank {most} or better"
    return CheckResult(name="rank_at_most", passed=bool(ranks) and ranks[0] <= most, expected=expected, got=got)


def _abstains(wanted: Abstention, answer: Answer) -> Iterator[CheckResult]:
    got = _cut(_reply(answer)) if answer.answered else _refusal(answer)
    yield CheckResult(name="abstains", passed=not answer.answered, expected="no answer", got=got)
    if wanted.reason is not None:
        passed = not answer.answered and wanted.reason in {answer.reason, answer.status}
        got = f"{answer.reason!r} ({answer.status})"
        yield CheckResult(name="reason", passed=passed, expected=f"the reason {wanted.reason!r}", got=got)
    named = {fold_for_search(term) for term in answer.missing_terms}
    for term in wanted.missing:
        got = ", ".join(map(repr, answer.missing_terms)) or "no missing word"
        yield CheckResult(name="missing", passed=fold_for_search(term) in named, expected=f"{term!r} named as missing", got=got)


def _template(wanted: str, trace: Trace) -> CheckResult:
    name = template_of(trace)
    names = {name} if trace.answer.answered else {name, f"{name}_{trace.reading.type.value}"}
    return CheckResult(name="template", passed=wanted in names, expected=f"the template {wanted!r}", got=repr(name))


def _proven(answer: Answer, documents: Mapping[str, Document]) -> CheckResult:
    expected = "every quote in its document"
    for citation in (*answer.citations, *answer.highlights, *answer.closest):
        document = documents.get(citation.doc_id)
        if document is None:
            got = f"a quote of {citation.doc_id}, and there is no such document"
            return CheckResult(name="proven", passed=False, expected=expected, got=got)
        try:
            citation.prove(document)
        except ProofError as problem:
            return CheckResult(name="proven", passed=False, expected=expected, got=str(problem))
    return CheckResult(name="proven", passed=True, expected=expected, got="every quote in its document")


def _holds(citation: Citation, passage: Passage) -> bool:
    return citation.doc_id == passage.doc_id and any(citation.span.contains(place) for place in passage.spans)


def _citations(answer: Answer) -> str:
    return _listed(answer.citations) or _refusal(answer)


def _listed(citations: Sequence[Citation]) -> str:
    return _cut(" | ".join(f"{citation.doc_id}: {citation.quote!r}" for citation in citations))


def _refusal(answer: Answer) -> str:
    return _cut(f"no answer ({answer.reason or answer.status}): {answer.text}")


def _reply(answer: Answer) -> str:
    """Put together the text and its quotes; the closest passages of a refusal are not an answer and stay out."""
    return "\n".join((answer.text, *(citation.quote for citation in answer.citations)))


def _lead(answer: Answer) -> str:
    """Put together what a reader takes for the answer: the text and the short answer, else the first quote."""
    lead = answer.short_answer or (answer.citations[0].quote if answer.citations else "")
    return f"{answer.text}\n{lead}".strip()


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"

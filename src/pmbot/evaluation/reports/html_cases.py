"""Every case of a report as HTML: what was asked, what came, the passage it comes from with the quote marked, and what was wanted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pmbot.evaluation.reports.explain import reasons_of
from pmbot.evaluation.reports.html_text import Marked, line, passage, text
from pmbot.evaluation.results import CaseResult, CheckResult, Passage, TurnResult
from pmbot.models import Citation, Document, Span

_RANKED = 5
_OPEN = 8
"""So many failures are shown unfolded; more would hide the rest of the page."""

Documents = Mapping[str, Document]


def cases_html(cases: Sequence[CaseResult], documents: Sequence[Documents], tags: Mapping[str, int]) -> str:
    """The cases in order, folded but for the first failures. `documents` are those of each source; `tags` numbers the tags."""
    unfolded = {number for number, _ in [(n, c) for n, c in enumerate(cases) if not c.ok][:_OPEN]}
    return "\n".join(
        _case(number, case, documents[case.source], [tags[tag] for tag in case.tags], is_open=number in unfolded)
        for number, case in enumerate(cases)
    )


def _case(number: int, case: CaseResult, documents: Documents, tags: Sequence[int], *, is_open: bool) -> str:
    kinds = " ".join(["case", case.outcome, *(f"t{tag}" for tag in tags)])
    facts = " · ".join(filter(None, [line(case.place), ", ".join(map(line, case.tags)), line(case.language or "")]))
    problem = f'<p class="wrong">{text(case.error)}</p>' if case.error is not None else ""
    excuse = f'<p class="soft">Known to fail: {text(case.xfail)}</p>' if case.xfail is not None else ""
    turns = "".join(_turn(turn, documents, several=len(case.turns) > 1) for turn in case.turns)
    question = line(case.turns[0].question) if case.turns else ""
    more = f' <span class="soft">and {len(case.turns) - 1} more</span>' if len(case.turns) > 1 else ""
    return (
        f'<details class="{kinds}" id="case-{number + 1}"{" open" if is_open else ""}>'
        f'<summary><span class="badge">{case.outcome}</span><span class="q"><bdi>{question}</bdi>{more}</span>'
        f'<span class="id soft">{line(case.id)}</span></summary>'
        f'<div class="body"><p class="soft small">{facts}</p>{problem}{excuse}{turns}</div></details>'
    )


def _turn(turn: TurnResult, documents: Documents, *, several: bool) -> str:
    answer = turn.answer
    asked = f"<h3><bdi>{line(turn.question)}</bdi></h3>" if several else ""
    reason = f" · {line(answer.reason)}" if answer.reason else ""
    missing = f" · missing: {line(', '.join(answer.missing_terms))}" if answer.missing_terms else ""
    fact = f'<p class="soft small">{line(answer.status)}{reason}{missing} · confidence {answer.confidence:.2f}</p>'
    checks = "".join(map(_check, turn.checks))
    passages = "".join(_passages(turn, documents))
    pair = f'<div class="pair">{passages}</div>' if passages else ""
    reasons = "".join(f"<li>{line(one)}</li>" for one in reasons_of(turn)) if not turn.passed else ""
    why = f'<ul class="soft small">{reasons}</ul>' if reasons else ""
    return f'<div class="turn">{asked}<p class="said" dir="auto">{text(answer.text)}</p>{fact}{pair}{checks}{why}{_ranking(turn)}</div>'


def _check(check: CheckResult) -> str:
    if check.passed:
        return f'<div class="check good">{line(check.name)}: {line(check.expected)}</div>'
    facts = f"<dl><dt>expected</dt><dd>{text(check.expected)}</dd><dt>got</dt><dd>{text(check.got)}</dd></dl>"
    return f'<div class="check bad">{line(check.name)}{facts}</div>'


def _passages(turn: TurnResult, documents: Documents) -> Iterator[str]:
    """What was cited (or came closest), then what was wanted and not cited; a wanted passage is marked wherever it is shown."""
    answer = turn.answer
    for group in _together(answer.citations or answer.closest, documents):
        yield _quoted(group, turn, documents)
    cited = [(citation.doc_id, citation.span) for citation in answer.citations]
    held = {index for doc_id, span in cited for index in turn.passages_in(doc_id, span)}
    yield from (_wanted(wanted, documents) for index, wanted in enumerate(turn.passages) if index not in held)


def _together(citations: Sequence[Citation], documents: Documents) -> list[list[Citation]]:
    """The citations, those of one paragraph in one group, which is shown once."""
    groups: dict[tuple[str, int], list[Citation]] = {}
    for citation in citations:
        document = documents.get(citation.doc_id)
        block = document.block_at(citation.span.start) if document is not None else None
        groups.setdefault((citation.doc_id, block.span.start if block is not None else -citation.marker), []).append(citation)
    return list(groups.values())


def _quoted(group: Sequence[Citation], turn: TurnResult, documents: Documents) -> str:
    first = group[0]
    document = documents.get(first.doc_id)
    label = "Cited" if turn.answer.answered else "Closest, not an answer"
    if document is None:
        return _box(label, first.doc_id, None, text(first.quote))
    marks = [Marked(citation.span, "mark") for citation in group]
    marks += [Marked(short.span, "short") for short in turn.answer.highlights if short.doc_id == first.doc_id]
    marks += [Marked(place, "want") for wanted in turn.passages if wanted.doc_id == first.doc_id for place in wanted.spans]
    around = Span(start=min(citation.span.start for citation in group), end=max(citation.span.end for citation in group))
    return _box(label, first.doc_id, first.locator.line, passage(document, around, marks))


def _wanted(wanted: Passage, documents: Documents) -> str:
    document = documents.get(wanted.doc_id)
    if document is None or not wanted.spans:
        return _box("Wanted, not in the document", wanted.doc_id, None, text(wanted.text))
    place = wanted.spans[0]
    body = passage(document, place, [Marked(span, "want") for span in wanted.spans])
    return _box("Wanted, not cited", wanted.doc_id, document.locate(place).line, body)


def _box(label: str, doc_id: str, row: int | None, body: str) -> str:
    where = f"{line(doc_id)}:{row}" if row is not None else line(doc_id)
    return f'<div class="passage"><p class="where">{label} · {where}</p><blockquote dir="auto">{body}</blockquote></div>'


def _ranking(turn: TurnResult) -> str:
    """The best sentences with what they matched, folded."""
    if not turn.ranking:
        return ""
    rows = "".join(
        f'<tr><td class="n">{one.rank}{" ✓" if turn.is_relevant(one) else ""}</td><td class="n">{one.score:.3f}</td>'
        f'<td><bdi>{text(one.text)}</bdi> <span class="soft small">{line(one.doc_id)}</span></td>'
        f'<td class="soft">{line(", ".join(one.matched_terms))}</td><td class="soft">{line(", ".join(one.missing_terms))}</td></tr>'
        for one in turn.ranking[:_RANKED]
    )
    head = '<tr><th class="n">rank</th><th class="n">score</th><th>sentence</th><th>matched</th><th>missing</th></tr>'
    return f'<details class="small"><summary>Ranking</summary><div class="scroll"><table>{head}{rows}</table></div></details>'

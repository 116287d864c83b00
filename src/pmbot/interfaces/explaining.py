"""The chat commands that look at the last answer."""

from __future__ import annotations

from pmbot.interfaces.registry import NOTHING_YET, Call, Command, Reply
from pmbot.rendering.page import Ink, line
from pmbot.rendering.passages import also_found, joined, passage_page
from pmbot.rendering.sanitize import visible_line
from pmbot.rendering.sources import sources_page
from pmbot.rendering.traces import trace_page


def explaining_commands() -> tuple[Command, ...]:
    """Return the commands that explain, in the order of the help."""
    return (
        Command("why", "how the last answer came about", _why),
        Command("sources", "where the last quotes stand, and how to check them", _sources),
        Command("context", "the passage around the last quotes", _context),
        Command("next", "what else was found, one sentence at a time", _next),
        Command("json", "the last answer as JSON", _json),
        Command("time", "how long the last answer took", _time),
    )


def _why(call: Call) -> Reply:
    trace = call.session.last
    return Reply(NOTHING_YET if trace is None else trace_page(trace, call.session.knowledge.document))


def _sources(call: Call) -> Reply:
    trace = call.session.last
    if trace is None:
        return Reply(NOTHING_YET)
    citations = trace.answer.citations or trace.answer.closest
    if not citations:
        return Reply((line("The last answer quotes nothing."),))
    return Reply((*sources_page(citations), line(f"To check: pmbot docs --text {visible_line(citations[0].doc_id)}", Ink.NOTE)))


def _context(call: Call) -> Reply:
    trace = call.session.last
    if trace is None:
        return Reply(NOTHING_YET)
    citations = trace.answer.citations or trace.answer.closest[:1]
    if not citations:
        return Reply((line("The last answer quotes nothing."),))
    document_of = call.session.knowledge.document
    page = joined(passage_page(citation, document_of(citation.doc_id)) for citation in citations)
    if not trace.answer.answered:
        page = (line("Closest, not an answer:", Ink.LABEL), *page)
    return Reply(page)


def _next(call: Call) -> Reply:
    session = call.session
    if session.last is None:
        return Reply(NOTHING_YET)
    found = session.next_evidence()
    if found is None:
        return Reply((line("Nothing more was found for that question."),))
    return Reply(also_found(found, session.knowledge.document(found.sentence.doc_id)))


def _json(call: Call) -> Reply:
    from pmbot.answering.receipt import prove
    from pmbot.rendering.records import AnswerRecord

    trace = call.session.last
    if trace is None:
        return Reply(NOTHING_YET)
    prove(trace.answer, call.session.knowledge.document)
    return Reply((), exact=AnswerRecord.of(trace.answer).json_text(indent=2) + "\n")


def _time(call: Call) -> Reply:
    took = call.session.took
    return Reply(NOTHING_YET if took is None else (line(f"The last answer took {1000 * took:.0f} ms."),))

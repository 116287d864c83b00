"""The chat commands that work on the documents and on the conversation."""

from __future__ import annotations

from collections.abc import Sequence

from pmbot.interfaces.preferences import PREFERENCES
from pmbot.interfaces.registry import NOTHING_YET, Call, Command, Opened, Reply, nearest_of
from pmbot.models import Changes
from pmbot.rendering.answers import answer_page
from pmbot.rendering.listing import documents_page, documents_total
from pmbot.rendering.page import Ink, Page, Paragraph, Run, line
from pmbot.rendering.sanitize import visible_line

_LISTED = 10


def working_commands() -> tuple[Command, ...]:
    """Return the commands that do something, in the order of the help."""
    return (
        Command("docs", "the documents that are searched", _docs),
        Command("open", "read a document; without DOC the one last quoted", _open, takes="[DOC]", terminal=True),
        Command("reload", "read the documents again, and say what changed", _reload),
        Command("set", "show or change a setting of this conversation", _set, takes="[KEY VALUE]"),
        Command("new", "forget the earlier questions", _new),
        Command("copy", "put the last answer into the clipboard", _copy, terminal=True),
    )


def _docs(call: Call) -> Reply:
    knowledge = call.session.knowledge
    return Reply(documents_page(knowledge.documents, knowledge.sentence_count))


def _open(call: Call) -> Reply:
    from pmbot.rendering.passages import document_lines

    trace, wanted = call.session.last, call.argument
    quoted = (trace.answer.citations or trace.answer.closest) if trace is not None else ()
    if not wanted and not quoted:
        return Reply((line(f"Which one? {call.registry.prefix}docs lists them."),))
    known = [document.doc_id for document in call.session.knowledge.documents]
    doc_id = wanted or quoted[0].doc_id
    if doc_id not in known:
        nearest = nearest_of(doc_id, known)
        guess = f" Did you mean {visible_line(nearest)}?" if nearest else f" {call.registry.prefix}docs lists them."
        return Reply((line(f"There is no document {visible_line(doc_id[:80])}.{guess}"),))
    document = call.session.knowledge.document(doc_id)
    start = next((citation.span.start for citation in quoted if citation.doc_id == doc_id), 0)
    lines = list(document_lines(document))
    # Two lines of title stand above the text.
    return Reply((), opened=Opened("\n".join(lines) + "\n", document.text.count("\n", 0, start) + 3 if start else 1))


def _reload(call: Call) -> Reply:
    session = call.session
    changes = session.knowledge.reload()
    total = documents_total(len(session.knowledge.documents), session.knowledge.sentence_count)
    if not changes:
        return Reply((line(f"Nothing has changed: {total}."),))
    # Its quotes may not stand in the documents any more.
    session.last = None
    return Reply((*_changes(changes), line(total, Ink.NOTE)))


def _changes(changes: Changes) -> Page:
    page = []
    for name, doc_ids in (("added", changes.added), ("changed", changes.changed), ("removed", changes.removed)):
        if doc_ids:
            page.append(Paragraph((Run(name.ljust(9), Ink.LABEL), Run(_listed(doc_ids))), hang=9))
    return tuple(page)


def _listed(doc_ids: Sequence[str]) -> str:
    more = f" and {len(doc_ids) - _LISTED} more" if len(doc_ids) > _LISTED else ""
    return ", ".join(map(visible_line, doc_ids[:_LISTED])) + more


def _set(call: Call) -> Reply:
    session = call.session
    key, _, value = call.argument.partition(" ")
    if not key:
        width = max(map(len, PREFERENCES)) + 2
        return Reply(tuple(_setting(name, call, width) for name in PREFERENCES))
    preference = PREFERENCES.get(key.lower())
    if preference is None:
        nearest = nearest_of(key, list(PREFERENCES))
        guess = f" Did you mean {nearest}?" if nearest else ""
        return Reply((line(f"There is no setting {visible_line(key[:40])}.{guess} {call.registry.prefix}set alone lists them."),))
    problem = preference.change(session, value.strip())
    if problem:
        return Reply((line(problem),))
    return Reply((line(f"{key.lower()} is now {visible_line(preference.shown(session))}.", Ink.NOTE),))


def _setting(name: str, call: Call, width: int) -> Paragraph:
    preference = PREFERENCES[name]
    shown = visible_line(preference.shown(call.session))
    return Paragraph((Run(name.ljust(width), Ink.LABEL), Run(f"{shown} · {preference.help}")), hang=width)


def _new(call: Call) -> Reply:
    call.session.forget()
    return Reply((line("Forgotten. The next question stands alone."),))


def _copy(call: Call) -> Reply:
    from pmbot.rendering import plain

    trace = call.session.last
    if trace is None:
        return Reply(NOTHING_YET)
    return Reply((), copied=plain.render(answer_page(trace.answer, call.session.knowledge.document)))

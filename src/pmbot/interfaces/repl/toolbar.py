"""The line at the bottom: what is searched, and what a follow-up question would take up."""

from __future__ import annotations

from pmbot.interfaces.commands import loaded
from pmbot.interfaces.session import Session
from pmbot.models import Status
from pmbot.rendering.sanitize import visible_line
from pmbot.rendering.wrap import cells

_LEAST = 12
"""Fewer cells of a topic say nothing."""


def toolbar(session: Session, columns: int) -> str:
    """Say on one line of at most `columns` cells what is loaded, the language, the document searched, and the topic."""
    parts = [loaded(session)]
    if session.origin.language:
        parts.append(session.origin.language)
    if session.doc_id:
        parts.append(f"only {visible_line(session.doc_id)}")
    topic = visible_line(_topic(session))
    if topic and columns >= cells(" · ".join((*parts, "topic: "))) + min(_LEAST, cells(topic)):
        parts.append(f"topic: {topic}")
    return _cut(" · ".join(parts), columns)


def _topic(session: Session) -> str:
    if not session.history or session.last is None:
        return ""
    # Thanks are no topic: the next question takes up the one before them.
    small_talk = session.last.answer.status is Status.NOTHING_TO_SEARCH
    return session.history[-1] if small_talk else session.last.reading.text


def _cut(text: str, columns: int) -> str:
    if cells(text) <= columns:
        return text
    kept = ""
    for character in text:
        if cells(kept + character) > columns - 1:
            break
        kept += character
    return f"{kept}…"

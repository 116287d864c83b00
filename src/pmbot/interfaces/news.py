"""What happened to the documents while a conversation ran; told before the next reply."""

from __future__ import annotations

from collections import deque

from pmbot.models import Changes
from pmbot.rendering.page import Ink, Page, Paragraph, line
from pmbot.rendering.sanitize import visible_line

_LISTED = 3


class News:
    """Takes what the thread that watches the documents has to say, until the conversation asks for it."""

    def __init__(self) -> None:
        self._waiting: deque[Paragraph] = deque()

    def changed(self, changes: Changes) -> None:
        """The documents were read again."""
        parts = (("added", changes.added), ("changed", changes.changed), ("removed", changes.removed))
        told = "; ".join(f"{name} {_listed(doc_ids)}" for name, doc_ids in parts if doc_ids)
        self._waiting.append(line(f"(the documents were read again: {told})", Ink.NOTE))

    def failed(self, error: Exception) -> None:
        """They could not be read: the old ones still answer."""
        told = visible_line(str(error).splitlines()[0]) if str(error) else type(error).__name__
        self._waiting.append(line(f"(the documents have changed, but the old ones still answer: {told})", Ink.REFUSAL))

    def take(self) -> Page:
        """All there is to tell; empty when nothing happened."""
        page = []
        while self._waiting:
            page.append(self._waiting.popleft())
        return tuple(page)


def _listed(doc_ids: tuple[str, ...]) -> str:
    more = f" and {len(doc_ids) - _LISTED} more" if len(doc_ids) > _LISTED else ""
    return ", ".join(map(visible_line, doc_ids[:_LISTED])) + more

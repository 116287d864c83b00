"""What an interface needs from the knowledge it talks about; `pmbot.api.KnowledgeBase` is one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pmbot.models import Changes, Document, Trace


class Knowledge(Protocol):
    """Documents that can be asked."""

    @property
    def documents(self) -> Sequence[Document]:
        """Every document, in order."""

    @property
    def sentence_count(self) -> int:
        """How many sentences the documents have together."""

    @property
    def signature(self) -> str:
        """Every setting behind an answer, in one line."""

    def document(self, doc_id: str) -> Document:
        """Return the document of that id."""

    def vocabulary(self, prefix: str) -> Sequence[str]:
        """Return words and names of the documents that begin with `prefix`, the most frequent first."""

    def reload(self) -> Changes:
        """Read the documents again; when that fails the old ones stay and the error is raised."""

    def examples(self) -> Sequence[str]:
        """Return questions that are really answered."""

    def trace(self, text: str, *, history: Sequence[str] = (), doc_id: str | None = None) -> Trace:
        """Answer `text` and tell how; `history` are earlier questions, newest last. Raises PmbotError."""

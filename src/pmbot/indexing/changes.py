"""What a reload found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from pmbot.models import Changes, Document


class HasDocuments(Protocol):
    """The part of a corpus that is compared."""

    @property
    def documents(self) -> Sequence[Document]:
        """The documents, each id once."""
        ...


def compare(old: HasDocuments, new: HasDocuments) -> Changes:
    """Return which documents were added, changed or removed between two corpora, each list sorted by id.

    A document has changed when anything about it has: its text, layout, title, source, language or date. A file that
    moved is one removed and one added.
    """
    before = {document.doc_id: document for document in old.documents}
    after = {document.doc_id: document for document in new.documents}
    return Changes(
        added=tuple(sorted(after.keys() - before.keys())),
        changed=tuple(sorted(doc_id for doc_id in after.keys() & before.keys() if after[doc_id] != before[doc_id])),
        removed=tuple(sorted(before.keys() - after.keys())),
    )

"""What a reload found."""

from __future__ import annotations

from collections.abc import Mapping

from pmbot.models import Changes


def compare(old: Mapping[str, str], new: Mapping[str, str]) -> Changes:
    """Return which documents were added, changed or removed, from the fingerprints by document id; each list sorted.

    A document has changed when anything about it has: its text, layout, title, source, language or date. A file that
    moved is one removed and one added.
    """
    return Changes(
        added=tuple(sorted(new.keys() - old.keys())),
        changed=tuple(sorted(doc_id for doc_id in new.keys() & old.keys() if new[doc_id] != old[doc_id])),
        removed=tuple(sorted(old.keys() - new.keys())),
    )

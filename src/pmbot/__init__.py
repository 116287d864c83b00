"""Answers questions about the documents in a folder, and proves every quote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pmbot.version import __version__

if TYPE_CHECKING:
    from pmbot.api import KnowledgeBase
    from pmbot.errors import PmbotError
    from pmbot.models import Answer, Changes, Question, Trace

__all__ = ["Answer", "Changes", "KnowledgeBase", "PmbotError", "Question", "Trace", "__version__"]

_HOMES = {
    "Answer": "pmbot.models",
    "Changes": "pmbot.models",
    "KnowledgeBase": "pmbot.api",
    "PmbotError": "pmbot.errors",
    "Question": "pmbot.models",
    "Trace": "pmbot.models",
}


def __getattr__(name: str) -> Any:
    """Import a public name at first use, so that `import pmbot` stays cheap."""
    if name not in _HOMES:
        raise AttributeError(f"module 'pmbot' has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(_HOMES[name]), name)

"""What can be set for one conversation with `:set KEY VALUE`."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from pmbot.interfaces.session import Session

_SWITCH = {"on": True, "yes": True, "true": True, "off": False, "no": False, "false": False}
_NARROWEST, _WIDEST = 20, 1000


class Preference(NamedTuple):
    """A setting of a conversation: its help, its value in words, and how it is changed (the result is what is wrong, or None)."""

    help: str
    shown: Callable[[Session], str]
    change: Callable[[Session, str], str | None]
    values: tuple[str, ...] = ()


def _set_doc(session: Session, value: str) -> str | None:
    if value.lower() in {"", "all"}:
        session.doc_id = None
        return None
    known = {document.doc_id for document in session.knowledge.documents}
    if value in known:
        session.doc_id = value
        return None
    from pmbot.interfaces.registry import nearest_of
    from pmbot.rendering.sanitize import visible_line

    nearest = nearest_of(value, sorted(known))
    guess = f"; did you mean {visible_line(nearest)}?" if nearest else ""
    return f"There is no document {visible_line(value[:80])}{guess}"


def _set_width(session: Session, value: str) -> str | None:
    if value.lower() in {"", "auto"}:
        session.width = None
        return None
    if not value.isascii() or not value.isdecimal() or not _NARROWEST <= int(value[:6]) <= _WIDEST:
        return f"width must be auto or a number from {_NARROWEST} to {_WIDEST}."
    session.width = int(value)
    return None


def _set_time(session: Session, value: str) -> str | None:
    wanted = _SWITCH.get(value.lower())
    if wanted is None:
        return "time must be on or off."
    session.timed = wanted
    return None


PREFERENCES = {
    "doc": Preference("search this document only, or all", lambda session: session.doc_id or "all", _set_doc, ("all",)),
    "time": Preference(
        "say after each answer how long it took", lambda session: "on" if session.timed else "off", _set_time, ("on", "off")
    ),
    "width": Preference("columns of the text, or auto", lambda session: str(session.width or "auto"), _set_width, ("auto",)),
}
"""Every setting by its key, in the order of `:set`."""

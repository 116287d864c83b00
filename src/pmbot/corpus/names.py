"""File names as text, whatever the code page of the process is."""

from __future__ import annotations

import os


def as_text(name: str) -> str:
    """A name or path that the system gave: its bytes read as UTF-8, else as Python decoded them.

    In a code page without them (`LC_ALL=C`) Python makes a lone surrogate of every byte of `Ä`, though files are named in UTF-8 nearly
    everywhere. What can be read neither way keeps its surrogates.
    """
    try:
        return os.fsencode(name).decode("utf-8")
    except UnicodeError:
        return name


def shown(name: str) -> str:
    """The same with undecodable bytes made visible: lone surrogates can neither be printed nor stored."""
    return as_text(name).encode("utf-8", "surrogateescape").decode("utf-8", "replace")

"""What buttons carry: `v1:<what>:<key>[:<number>]`. The key names a remembered question, in base 36; the rest lies in the memory.

Telegram takes 1 to 64 bytes. A key is never used again, so that an old button cannot lead to another question.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from pmbot.interfaces.telegram.base36 import base36

VERSION = "v1"
_DATA = re.compile(rf"{VERSION}:([a-z]):([0-9a-z]{{1,13}})(?::([0-9]{{1,6}}))?")
_LARGEST = 2**63 - 1


class Press(StrEnum):
    """What a button does."""

    SOURCES = "s"
    PASSAGE = "p"
    MORE = "m"
    SUGGESTION = "q"
    GOOD = "g"
    BAD = "b"
    WRONG_SOURCE = "w"


class Pressed(NamedTuple):
    """A button as it was pressed: of which question, and the number it carries (0 where it has none)."""

    press: Press
    key: int
    number: int = 0


def data_of(press: Press, key: int, number: int | None = None) -> str:
    """Build callback data; at most 26 bytes."""
    tail = "" if number is None else f":{number}"
    return f"{VERSION}:{press}:{base36(key)}{tail}"


def pressed(data: str) -> Pressed | None:
    """Read callback data; None for what is not ours, or of another version."""
    found = _DATA.fullmatch(data)
    if found is None or found[1] not in set(Press):
        return None
    key = int(found[2], 36)
    return Pressed(Press(found[1]), key, int(found[3] or 0)) if 0 < key <= _LARGEST else None

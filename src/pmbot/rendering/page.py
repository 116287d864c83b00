"""What is to be shown, before it is decided how: paragraphs of inked runs.

Plain text, terminal text and (later) chat entities are all made from a page, so that they say the same.
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Ink(Enum):
    """What a run of text is; every renderer decides for itself what that looks like."""

    PLAIN = "plain"
    ANSWER = "answer"
    REFUSAL = "refusal"
    QUOTE = "quote"
    MATCHED = "matched"
    HIGHLIGHT = "highlight"
    PLACE = "place"
    NOTE = "note"
    LABEL = "label"


class Run(NamedTuple):
    """A stretch of text in one ink. The text is raw: renderers make it harmless. `link` is where it leads, a URI in ASCII."""

    text: str
    ink: Ink = Ink.PLAIN
    link: str | None = None


class Paragraph(NamedTuple):
    """Runs that flow on together, `indent` columns from the left, continuation lines `hang` further.

    Without runs it is an empty line.
    """

    runs: tuple[Run, ...] = ()
    indent: int = 0
    hang: int = 0


Page = tuple[Paragraph, ...]

BLANK = Paragraph()


def line(text: str, ink: Ink = Ink.PLAIN, *, indent: int = 0, hang: int = 0) -> Paragraph:
    """Make a paragraph of one run."""
    return Paragraph((Run(text, ink),), indent, hang)

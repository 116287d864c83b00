"""Rows of tables as text: where their cells are, and whether the first row heads the columns.

The readers write a row as one sentence, with bars between its cells ("Book | 28 days") or, for `.csv` and `.tsv`, with the name of its
column before each ("Item: Book; Loan: 28 days.").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pmbot.answering.mentions import NAMES
from pmbot.models import MentionKind
from pmbot.text.figures.finding import Mention

Spans = list[tuple[int, int]]
Row = tuple[str, Sequence[Mention]]
"""The text of a row, and its mentions."""

_BAR = re.compile(r"(?:(?<=\s)|^)\|(?=\s|$)")
_NAME = re.compile(r"(?:^|; )([^;]{1,80}?): ")
WORDY = 6  # words from which a cell is prose
FIGURES = frozenset(MentionKind) - NAMES
"""The kinds of mention that are no names."""


def barred(text: str) -> Spans:
    """Where the cells of a row with bars are, without the blanks around them; a bar at an end of the text has an empty cell behind it."""
    bars = [found.start() for found in _BAR.finditer(text)]
    edges = zip([0, *(bar + 1 for bar in bars)], [*bars, len(text)], strict=True)
    return [_trimmed(text, start, end) for start, end in edges]


def named(text: str, names: Sequence[str]) -> Spans:
    """Where the cells of a row that names its columns are, one for each of `names`; empty for a column that is left out."""
    found = [(place, name) for name in names if (place := _place_of(text, name)) is not None]
    if not found:
        return [(0, 0)] * len(names)
    found.sort()
    ends = [place - 2 for (place, _), _ in found[1:]] + [len(text) - text.endswith(".")]
    spans = {name: _trimmed(text, at, end) for ((_, at), name), end in zip(found, ends, strict=True)}
    return [spans.get(name, (0, 0)) for name in names]


def _place_of(text: str, name: str) -> tuple[int, int] | None:
    """Where the name of a column starts in a row, and where its cell does."""
    label = f"{name}: "
    at = 0 if text.startswith(label) else text.find(f"; {label}") + 2
    return (at, at + len(label)) if text.startswith(label, at) else None


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return start, max(start, end - len(piece) + len(piece.rstrip()))


def in_wordy_cell(text: str, start: int, end: int) -> bool:
    """Whether `[start, end)` of a row lies in one cell, and that is a sentence or more rather than a name or a figure."""
    if _BAR.search(text):
        cells = barred(text)
    else:
        labels = [found.span() for found in _NAME.finditer(text)]
        cells = [(label[1], after) for label, after in zip(labels, [*(at for at, _ in labels[1:]), len(text)], strict=True)]
    around = next((cell for cell in cells if cell[0] <= start and end <= cell[1]), None)
    return around is not None and len(text[slice(*around)].split()) >= WORDY


def names_in(texts: Sequence[str]) -> tuple[str, ...]:
    """The names of the columns that several of the rows have, or the only row has, by first place."""
    counts = Counter(name for text in texts for name in dict.fromkeys(_NAME.findall(text)))
    return tuple(name for name, count in counts.items() if count > 1 or len(texts) == 1)


def heads_table(row: Row, below: Row) -> bool:
    """Whether the first row of a table heads its columns: no cell of it is a figure of the same kind as the one below it.

    Years may head columns, and so may "60 minutes" above prices.
    """
    upper, lower = _figures(*row), _figures(*below)
    return len(upper) > 1 and not any(kind is not None and kind is under for kind, under in zip(upper, lower, strict=False))


def _figures(text: str, mentions: Sequence[Mention]) -> list[MentionKind | None]:
    """The kind of figure that each cell of a row is; None for words."""
    kinds = {(mention.start, mention.end): mention.kind for mention in mentions if mention.kind in FIGURES}
    return [kinds.get(span) for span in barred(text)]

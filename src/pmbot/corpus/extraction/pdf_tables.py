"""Table rows whose cells run over several lines: PDF draws one cell after the other, so that the place jumps up again."""

from __future__ import annotations

from collections.abc import Sequence

from pmbot.corpus.extraction.pdf_lines import CELL, Line

_LINES_OF_A_CELL = 8


def with_whole_rows(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page in which each row of a table is one line, its cells parted by `CELL`."""
    joined: list[Line] = []
    for line in lines:
        first = _row_of(joined, line)
        if first is not None:
            above = joined[first:]
            text = " ".join(part.text for part in above)
            joined[first:] = [above[0]._replace(text=f"{text}{CELL}{line.text}")]
        elif joined and _goes_on(joined[-1], line):
            joined[-1] = joined[-1]._replace(text=f"{joined[-1].text} {line.text}")
        else:
            joined.append(line)
    return joined


def _row_of(joined: Sequence[Line], line: Line) -> int | None:
    """Where the row begins that `line` is a further cell of: at its height, to its left, a few lines ago."""
    if not joined or line.y < joined[-1].y - 1:
        return None
    for back in range(1, min(_LINES_OF_A_CELL, len(joined)) + 1):
        first = joined[-back]
        if abs(first.y - line.y) < 2:
            beside = first.x + first.size < line.x
            return len(joined) - back if beside and (len(first.cells) > 1 or len(line.cells) > 1) else None
    return None


def _goes_on(row: Line, line: Line) -> bool:
    """Whether `line` is the next line of the last cell of `row`: below it and far from where rows begin."""
    below = 0 < row.y - line.y < 1.6 * line.size
    return below and len(row.cells) > 1 and line.x > row.x + 4 * row.size and len(line.cells) == 1

"""Lines inside a paragraph: the ones its author broke, and the ones that merely ran out of paper."""

from __future__ import annotations

_ENDS = frozenset(".!?…:;")


def broken_lines(words: str) -> list[str]:
    """Cut at the line breaks that end something; a line that goes on in small letters after no full stop is joined again.

    Blanks are single and none surrounds a line; an empty line always parts.
    """
    lines: list[str] = []
    broken = False
    for raw in words.split("\n"):
        line = " ".join(raw.split())
        if not line:
            broken = True
            continue
        if lines and not broken and lines[-1][-1] not in _ENDS and line[0].islower():
            lines[-1] = f"{lines[-1]} {line}"
        else:
            lines.append(line)
        broken = False
    return lines

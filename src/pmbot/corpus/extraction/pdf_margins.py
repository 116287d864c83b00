"""Headers, footers and page numbers: the lines at the edges of pages that say the same again and again."""

from __future__ import annotations

import bisect
import re
from collections import defaultdict
from collections.abc import Sequence

from pmbot.corpus.extraction.pdf_lines import Line

_PAGE_NUMBER = re.compile(r"\W*(?:(?:page|seite|p\.|lpp\.)\s*)?(?:#|[ivxlc]{1,6})(?:\s*(?:/|of|von|no|\|)\s*#)?\W*(?:lpp\.?)?\W*")
_NEIGHBOURS = 6


def without_margins(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The lines of each page without headers, footers and page numbers.

    These are the two uppermost and the two lowest lines when they say the same on at least three pages (figures apart), or on
    both pages of two at the same height; or much the same as a line at the same height of another page.
    """
    edges = [_marginal(lines) for lines in pages]
    seen: dict[tuple[str, int], list[Line]] = defaultdict(list)
    level: dict[int, list[Line]] = defaultdict(list)
    for line in (line for lines in edges for line in lines):
        seen[_key(line)].append(line)
        level[round(line.y)].append(line)
    repeated = {key for key, lines in seen.items() if _repeats(key[0], lines, len(pages))}

    def is_margin(line: Line) -> bool:
        return _key(line) in repeated or any(_much_the_same(line, other) for other in _near(level[round(line.y)], line))

    gone = {id(line) for lines in edges for line in lines if is_margin(line)}
    return [[line for line in lines if id(line) not in gone] for lines in pages]


def _near(lines: Sequence[Line], line: Line) -> Sequence[Line]:
    """Those of `lines`, which are in order of pages, on the next pages with any."""
    place = bisect.bisect_left(lines, line.page, key=lambda other: other.page)
    return lines[max(place - _NEIGHBOURS, 0) : place + _NEIGHBOURS + 1]


def _marginal(lines: Sequence[Line]) -> list[Line]:
    heights = sorted({round(line.y) for line in lines})
    edge = {*heights[:2], *heights[-2:]}
    return [line for line in lines if round(line.y) in edge]


def _key(line: Line) -> tuple[str, int]:
    """What repeats of a header have in common; the title of the document may have the same words, but larger."""
    return _pattern(line.words), round(line.size)


def _pattern(words: str) -> str:
    return re.sub(r"\d+", "#", words.casefold())


def _repeats(key: str, lines: Sequence[Line], pages: int) -> bool:
    on = len({line.page for line in lines})
    level = max(line.y for line in lines) - min(line.y for line in lines) < 3
    if _PAGE_NUMBER.fullmatch(key):
        return on >= min(2, pages) and level
    return on >= 3 or (on == pages == 2 and level)


def _much_the_same(line: Line, other: Line) -> bool:
    """Whether two lines of different pages share most of their words, as "1. Overview | Annual report" and "2. Finance | Annual report"."""
    if line.page == other.page or round(line.size) != round(other.size):
        return False
    ours, theirs = set(_pattern(line.words).split()), set(_pattern(other.words).split())
    shared = len(ours & theirs)
    return shared >= 3 and shared * 2 >= min(len(ours), len(theirs)) and shared * 5 >= 2 * len(ours | theirs)

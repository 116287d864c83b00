"""Lines of a PDF to blocks: headings, paragraphs, list items and table rows, told apart by place, size and weight."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pmbot.corpus.extraction.pdf_hyphens import Hyphens
from pmbot.corpus.extraction.pdf_lines import Line, letters_width
from pmbot.corpus.extraction.pieces import Piece

_BULLET = re.compile(r"([•‣▪▫◦●○■□◆►➢✓✔·∙])\s*(?=\S)|([-–—*])\s+(?=\S)")
_NUMBER = re.compile(r"\(?(?:(\d{1,3})[.)]|([a-zA-Z])\))\s+(?=\S)")
_LONE_MARK = re.compile(r"(?:[•‣▪▫◦●○■□◆►➢✓✔·∙–—*-]|\(?(?:\d{1,3}|[a-zA-Z])[.)]|\d+(?:\.\d+)+\.?)")
_SECTION = re.compile(r"\d+(?:\.\d+)*\.?")
_CLEAR_END = re.compile(r"(?<=[^\W\d_]{4}[.!?])[\"”’)]?\s+(?=[\"“(]?[^\W\d_a-z])")
_ENDS = ".!?…:"
_CLOSERS = "\"'”’»)]"
_LARGER = 1.12
_SMALLER = 0.92
_LONGEST_HEADING = 160
_DEEPEST = 9


def pieces_of(pages: Sequence[Sequence[Line]]) -> list[Piece]:
    """The blocks of a document out of the lines of its pages, each with the page it begins on."""
    lines = [line for page in pages for line in page]
    if not lines:
        return []
    return _Maker(_Measures(lines)).pieces(pages)


class _Measures:
    """What is usual in a document: size of letters, distance of lines in sizes, width of a full line in points."""

    def __init__(self, lines: Sequence[Line]) -> None:
        sizes = Counter[float]()
        for line in lines:
            sizes[round(line.size * 2) / 2] += len(line.text)
        self.size = sizes.most_common(1)[0][0] or 1.0
        body = [line for line in lines if self.is_body(line)]
        steps = [
            (above.y - below.y) / above.size
            for above, below in itertools.pairwise(body)
            if above.page == below.page and 0 < above.y - below.y < 3 * above.size
        ]
        # The lower quartile: in letters and lists there are as many gaps between paragraphs as lines in them.
        self.leading = sorted(steps)[len(steps) // 4] if steps else 1.2
        widths = sorted(letters_width(line.text) * line.size for line in body)
        self.width = widths[int(0.9 * (len(widths) - 1))] if widths else 0.0
        self.hyphens = Hyphens(line.words for line in lines)
        self.heading_sizes = sorted({self.rounded(line) for line in lines if self.is_large(line)}, reverse=True)

    def is_body(self, line: Line) -> bool:
        """Whether a line is as large as most text."""
        return abs(line.size - self.size) <= 0.5

    def is_large(self, line: Line) -> bool:
        """Whether a line is larger than most text."""
        return line.size > _LARGER * self.size

    def is_small(self, line: Line) -> bool:
        """Whether a line is as small as footnotes are."""
        return line.size < _SMALLER * self.size

    def looks_like_heading(self, line: Line) -> bool:
        """Whether a line is larger than most text, or bold."""
        return any(map(str.isalpha, line.text)) and (self.is_large(line) or (line.bold and not self.is_small(line)))

    def is_short(self, line: Line) -> bool:
        """Whether a line ends well before the margin."""
        return letters_width(line.text) * line.size < 0.8 * self.width

    def is_wide(self, text: str, size: float) -> bool:
        """Whether a text takes more than half of a line."""
        return letters_width(text) * size > 0.5 * self.width

    def level(self, line: Line) -> int:
        """The level of a heading, from 1: the larger, the higher; bold ones of usual size come last."""
        if self.is_large(line):
            return min(self.heading_sizes.index(self.rounded(line)) + 1, _DEEPEST)
        return min(len(self.heading_sizes) + 1, _DEEPEST)

    @staticmethod
    def rounded(line: Line) -> float:
        """The size in whole points, so that letters of nearly one size are of one level."""
        return float(round(line.size))


class _Maker:
    def __init__(self, usual: _Measures) -> None:
        self._usual = usual
        self._made: list[Piece] = []
        self._open: list[Line] = []
        self._rows: list[Line] = []
        self._notes: list[Line] = []
        self._number = 0
        self._item = False
        self._heading = False

    def pieces(self, pages: Sequence[Sequence[Line]]) -> list[Piece]:
        for page in pages:
            body, notes = self._parted(page)
            for line in body:
                self._take(line)
            self._close_rows()
            self._notes += notes
        self._close()
        return self._made

    def _parted(self, page: Sequence[Line]) -> tuple[Sequence[Line], Sequence[Line]]:
        """Body and footnotes: the lines that are drawn last, are small or begin with a mark, and stand below all others."""
        cut = len(page)
        while cut and self._usual.is_small(page[cut - 1]):
            cut -= 1
        marked = next((number for number, line in enumerate(page[:cut]) if line.note), cut)
        if marked and marked < cut and all(line.y < page[marked - 1].y for line in page[marked:]):
            cut = marked
        above = min((line.y for line in page[:cut]), default=0.0)
        if not cut or any(line.y > above for line in page[cut:]):
            return page, ()
        return page[:cut], page[cut:]

    def _take(self, line: Line) -> None:
        cells = line.cells
        if self._rows and not 0 < self._rows[-1].y - line.y < 3.5 * line.size:
            self._close_rows()
        numbered = len(cells) == 2 and (_LONE_MARK.fullmatch(cells[0]) or _SECTION.fullmatch(cells[0]))
        if len(cells) > 1 and not numbered and not self._usual.is_wide(cells[0], line.size):
            self._rows.append(line)
            return
        self._close_rows()
        if self._open and self._breaks(line):
            self._close()
        if not self._open:
            self._begin(line)
        self._open.append(line)

    def _begin(self, line: Line) -> None:
        marker = self._marker(line)
        self._item = marker is not None
        self._number = marker or self._number
        self._heading = not self._item and self._usual.looks_like_heading(line)
        if self._heading and _SECTION.match(line.words):
            self._number = 0

    def _marker(self, line: Line) -> int | None:
        """The number of a list item (that of a letter in the alphabet), 0 for a bullet, None for a line that begins none."""
        words = line.words
        if self._usual.is_large(line):
            return None
        if match := _BULLET.match(words):
            before = self._open[-1].words if self._open else ""
            return 0 if match[1] or not before or self._item or _ends(before) else None
        if not (match := _NUMBER.match(words)):
            return None
        number = int(match[1]) if match[1] else ord(match[2].lower()) - ord("a") + 1
        return number if number in {1, self._number + 1} else None

    def _breaks(self, line: Line) -> bool:
        """Whether `line` begins a block of its own."""
        before = self._open[-1]
        if self._marker(line) is not None or self._usual.looks_like_heading(line) != self._heading:
            return True
        if abs(line.size - before.size) > 0.08 * before.size:
            return True
        down = before.y - line.y
        if self._heading:
            return line.page != before.page or not 0 < down <= 1.8 * line.size or line.bold != before.bold
        if line.page != before.page or not -0.5 * line.size < down < 3 * line.size:
            return _ends(before.words) or (line.page == before.page and down > 0)
        if down > 1.3 * self._usual.leading * line.size:
            return True
        return self._is_set_apart(line, before)

    def _is_set_apart(self, line: Line, before: Line) -> bool:
        """Whether indentation or a short line above says that something new begins."""
        done = _ends(before.words)
        if self._item:
            return line.x < self._open[0].x + 0.3 * line.size and done and self._usual.is_short(before)
        indent = line.x - before.x
        if indent > 0.7 * line.size and (len(self._open) > 1 or done):
            return True
        return done and self._usual.is_short(before)

    def _close_rows(self) -> None:
        """Rows make a table when there are two of them with short first cells; else they are lines with a gap in them."""
        rows, self._rows = self._rows, []
        if len(rows) == 1:
            self._take(rows[0]._replace(text=" ".join(rows[0].cells)))
        elif rows:
            self._close()
            for number, row in enumerate(rows, start=1):
                self._made.append(Piece("table_row", " | ".join(_row(row.cells)), page=row.page, row=number))

    def _close(self) -> None:
        lines, self._open = self._open, []
        if lines:
            self._made += self._closed(lines)
        notes, self._notes = self._notes, []
        if notes:
            # Footnotes stand below the paragraph that goes on to the next page.
            maker = _Maker(self._usual)
            for line in notes:
                maker._take(line)
            maker._close_rows()
            maker._close()
            self._made += maker._made

    def _closed(self, lines: list[Line]) -> Iterator[Piece]:
        parts = [(line.page, line.words) for line in lines]
        if self._item and (match := _BULLET.match(parts[0][1])):
            parts[0] = (parts[0][0], parts[0][1][match.end() :])
        kind = "list_item" if self._item else "paragraph"
        for page, text in self._joined(parts):
            if self._heading and len(text) <= _LONGEST_HEADING and text[-1] not in ".,;":
                yield Piece("heading", text, self._usual.level(lines[0]), page=page)
            else:
                yield Piece(kind, text, page=page)
            kind = "paragraph"

    def _joined(self, parts: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str]]:
        """The text of a block; what follows the first clear end of a sentence on another page is a block of that page."""
        page, text = parts[0]
        turned = None
        for number, words in parts[1:]:
            if number != page and turned is None:
                turned = (len(text), number)
            text = self._usual.hyphens.joined(text, words)
        end = _CLEAR_END.search(text, turned[0]) if turned else None
        if turned is None or end is None:
            yield page, text
        else:
            yield page, text[: end.start() + len(end[0].rstrip())]
            yield turned[1], text[end.end() :]


def _ends(words: str) -> bool:
    return words.rstrip(_CLOSERS)[-1:] in _ENDS


def _row(cells: list[str]) -> list[str]:
    """The cells of a row; the number of a section is no cell."""
    return [f"{cells[0]} {cells[1]}", *cells[2:]] if len(cells) > 2 and _SECTION.fullmatch(cells[0]) and "." in cells[0] else cells

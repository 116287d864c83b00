"""The lines of a PDF page, out of the operations that draw it."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

CELL = "\ufdd0"
"""Stands in the text of a line where a gap parts two columns of a table."""

_SHOW = frozenset({b"Tj", b"TJ", b"'", b'"'})
# In thousandths of the font size. Justified text of TeX squeezes a blank to 222; no pair of letters is kerned so far apart.
_WORD_GAP = -200
_SURE_GAP = -600
_COLUMN_GAP = -1000
_GAP = 0.7  # font sizes between two columns, at least …
_DOUBT = 0.05  # … and so much of the width of what stands before, which is estimated
_SYMBOLS = dict.fromkeys((0xF0B7, 0xF0A7, 0xF0D8, 0xF0FC, 0xF076, 0xF02D), "•")  # bullets of Symbol and Wingdings
_LIGATURES = str.maketrans(
    _SYMBOLS
    | {
        ord(sign): letters
        for sign, letters in {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\u00ad": "-"}.items()
    }
)
# TeX's own encodings (OT1 and Cork) have these where others have control characters.
_OF_TEX = str.maketrans(
    {0x0B: "ff", 0x0C: "fi", 0x0D: "fl", 0x0E: "ffi", 0x0F: "ffl", 0x1B: "ff", 0x1C: "fi", 0x1D: "fl", 0x1E: "ffi", 0x1F: "ffl"}
    | {0x10: "“", 0x11: "”", 0x12: "„", 0x15: "–", 0x16: "—"}
)
_LEADERS = re.compile(rf"\s*(?:\.\s?){{4,}}[\s{CELL}]*(?=[\divxlc]+\s*$)")
_ACCENTS = dict(zip("¯ˇ´`¨ˆ˜˘˙˚", "\u0304\u030c\u0301\u0300\u0308\u0302\u0303\u0306\u0307\u030a", strict=True))
_ACCENTED = re.compile(r" ?([¯ˇ¨ˆ˜˘˙˚]) ?([A-Za-zı])|(?<=[A-Za-z]) ?([´`]) ?([aeiouyıAEIOUY])")
_CEDILLA = re.compile(r"([cCsStT]) ?¸")
_BOLD = re.compile(r"bold|black|heavy|semib|demi|-medi|cmbx|cmssbx", re.IGNORECASE)
_UNITS = frozenset("m km cm mm dm ft in".split())


class Line(NamedTuple):
    """A line of text. `x` and `y` are where it starts, in points from the lower left of the page as it is read; `size` of its letters.

    `note` tells that it began with the raised figure of a footnote, which is no part of its text.
    """

    text: str
    page: int
    x: float
    y: float
    size: float
    bold: bool
    note: bool = False

    @property
    def cells(self) -> list[str]:
        """Its parts between wide gaps."""
        return [words for cell in self.text.split(CELL) if (words := " ".join(cell.split()))]

    @property
    def words(self) -> str:
        """Its text with single blanks."""
        return " ".join(self.text.replace(CELL, " ").split())


class _Fragment(NamedTuple):
    text: str
    turn: int
    x: float
    y: float
    size: float
    bold: bool


class LineMaker:
    """Watches `PageObject.extract_text` by its two hooks, and gives the lines of the page afterwards."""

    def __init__(self, page: int, wide_fonts: frozenset[str], *, from_tex: bool) -> None:
        self._page = page
        self._wide_fonts, self._from_tex = wide_fonts, from_tex
        self._fragments: list[_Fragment] = []
        self._font_size = 12.0
        self._glyph_bytes = 1
        self._shown: tuple[Sequence[float], float] | None = None

    def operation(self, operator: bytes, operands: list[Any], cm: list[float], tm: list[float]) -> None:
        """See an operation before it is done; marks the gaps between columns and the narrow blanks in what it is going to show."""
        if operator == b"Tf" and len(operands) > 1:
            self._font_size = _number(operands[1]) or self._font_size
            self._glyph_bytes = 2 if operands[0] in self._wide_fonts else 1
        elif operator in _SHOW and operands:
            shown = operands[-1]
            parts = shown if isinstance(shown, list) else [shown]
            matrix = _product(tm, cm)
            jumped = self._jumped(matrix, parts)
            if operator == b"TJ" and isinstance(shown, list):
                _mark(shown, column=jumped)

    def text(self, text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        """See a piece of decoded text and where it starts."""
        if not text:
            return
        a, b, c, d, x, y = _product(tm, cm)
        turn = 0 if abs(a) >= abs(b) and a >= 0 else 180 if abs(a) >= abs(b) else 90 if b > 0 else 270
        across, up = {0: (x, y), 90: (y, -x), 180: (-x, -y), 270: (-y, x)}[turn]
        height = abs(size) * (math.hypot(c, d) or 1.0)
        name = str(font.get("/BaseFont", "")) if isinstance(font, dict) else ""
        self._fragments.append(_Fragment(text, turn, across, up, height, _BOLD.search(name) is not None))

    def lines(self) -> list[Line]:
        """The lines in the order in which they are drawn; text that runs another way than most of the page is left out."""
        turns = Counter[int]()
        for fragment in self._fragments:
            turns[fragment.turn] += len(fragment.text.strip())
        turn = turns.most_common(1)[0][0] if turns else 0
        made: list[Line] = []
        current: list[_Fragment] = []
        for fragment in self._fragments:
            if fragment.turn != turn and fragment.text.strip():
                continue
            for number, text in enumerate(fragment.text.split("\n")):
                if number and current:
                    made += self._line(current)
                    current = []
                if text.strip() or (text and current):
                    current.append(fragment._replace(text=text))
        return [*made, *self._line(current)]

    def _jumped(self, matrix: Sequence[float], parts: Iterable[Any]) -> bool:
        """Whether what is shown now stands in the same line as what was shown before, but a column further."""
        scale = math.hypot(matrix[0], matrix[1]) or 1.0
        width = sum(_width(part, self._glyph_bytes) for part in parts) * self._font_size * scale
        before, self._shown = self._shown, (matrix, width)
        if before is None:
            return False
        start, length = before
        if list(start) == list(matrix):
            self._shown = (matrix, length + width)
            return False
        along = math.hypot(matrix[4] - start[4], matrix[5] - start[5])
        level = abs((matrix[4] - start[4]) * matrix[1] - (matrix[5] - start[5]) * matrix[0]) < 0.1 * along * scale
        size = self._font_size * scale
        return level and along < 10_000 and along - length > _GAP * size + _DOUBT * length

    def _line(self, fragments: list[_Fragment]) -> list[Line]:
        if not any(fragment.text.strip() for fragment in fragments):
            return []
        size = max(fragment.size for fragment in fragments if fragment.text.strip())
        text = ""
        before: _Fragment | None = None
        note = False
        for fragment in fragments:
            if fragment.size < 0.85 * size and _is_note_mark(fragment, before, text):
                note = note or before is None
                continue
            if before is not None and _is_apart(before, fragment):
                text += CELL
            text += fragment.text
            if fragment.text.strip():
                before = fragment
        first = next(fragment for fragment in fragments if fragment.text.strip())
        letters = sum(len(fragment.text.strip()) for fragment in fragments)
        bold = sum(len(fragment.text.strip()) for fragment in fragments if fragment.bold) > 0.9 * letters
        text = self._clean(text)
        return [Line(text, self._page, first.x, first.y, size, bold, note)] if text else []

    def _clean(self, text: str) -> str:
        if self._from_tex:
            text = text.translate(_OF_TEX)
        text = "".join(map(_known, text.translate(_LIGATURES)))
        text = _LEADERS.sub(CELL, text)
        if self._from_tex:
            text = _CEDILLA.sub("\\1\u0327", _ACCENTED.sub(_composed, text))
        return text.strip(f" \t{CELL}")


def _mark(shown: list[Any], *, column: bool) -> None:
    """Put a blank where words are apart in an array of strings and distances, and `CELL` where columns are."""
    gaps = sum(1 for part in shown if _number(part) is not None and part <= _WORD_GAP)
    letters = sum(len(part) for part in shown if isinstance(part, (str, bytes)))
    spaced_out = letters < 3 * gaps
    marked: list[Any] = [CELL] if column else []
    for part in shown:
        distance = _number(part)
        if distance is not None and distance <= _COLUMN_GAP:
            marked.append(CELL)
        elif distance is not None and distance <= _WORD_GAP and not spaced_out:
            # Far enough to be taken for a blank, and back: together the same distance.
            marked += [type(part)(_SURE_GAP), type(part)(distance - _SURE_GAP)]
            continue
        marked.append(part)
    shown[:] = marked


def _width(part: Any, glyph_bytes: int) -> float:
    """How far a string or a distance moves the pen, in font sizes; letters are guessed by their kind."""
    distance = _number(part)
    if distance is not None:
        return -distance / 1000
    if glyph_bytes == 2 or not isinstance(part, (str, bytes)):
        return 0.52 * len(part) / glyph_bytes if isinstance(part, (str, bytes)) else 0.0
    return letters_width(part if isinstance(part, str) else part.decode("latin-1"))


def letters_width(text: str) -> float:
    """Roughly how wide a text is, in font sizes."""
    narrow = sum(map(text.count, "iljtfr.,;:'|!()[] "))
    wide = sum(map(text.count, "mwMW")) + 0.6 * sum(1 for char in text if char.isupper())
    return 0.5 * len(text) - 0.2 * narrow + 0.3 * wide


def _is_apart(before: _Fragment, after: _Fragment) -> bool:
    if not after.text.strip():
        return False
    width = letters_width(before.text) * before.size
    return after.x - before.x - width > _GAP * before.size + _DOUBT * width


def _is_note_mark(fragment: _Fragment, before: _Fragment | None, text: str) -> bool:
    """Whether a small figure is the mark of a footnote: raised behind a word, or before all words; behind a unit it is a power."""
    mark = fragment.text.strip()
    if not re.fullmatch(r"\[?(?:\d{1,3}|[*†‡])\]?", mark):
        return False
    if not text.strip() or before is None:
        return True
    if fragment.y <= before.y + 0.5:
        return False
    last = re.search(r"(\w*)\W*$", text)
    word = last[1] if last else ""
    return not text.rstrip()[-1].isdigit() and word not in _UNITS and (len(word) > 1 or not text.rstrip()[-1].isalnum())


def _known(char: str) -> str:
    """A character as it is; U+FFFD for one without a meaning, nothing for what only steers."""
    if char.isprintable() or char.isspace() or char == CELL:
        return char
    return "" if unicodedata.category(char) == "Cf" else "\ufffd"


def _composed(match: re.Match[str]) -> str:
    sign, letter = match[1] or match[3], match[2] or match[4]
    whole = unicodedata.normalize("NFC", ("i" if letter == "ı" else letter) + _ACCENTS[sign])
    return whole if len(whole) == 1 else match[0]


def _product(m: Sequence[float], n: Sequence[float]) -> tuple[float, float, float, float, float, float]:
    """The text matrix `m` in the coordinates of the page."""
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def _number(part: Any) -> float | None:
    return float(part) if isinstance(part, (int, float)) and math.isfinite(part) else None

from __future__ import annotations

from pmbot.corpus.extraction.pdf_lines import CELL, Line
from pmbot.corpus.extraction.pdf_tables import with_whole_rows


def line(text: str, x: float, y: float) -> Line:
    return Line(text.replace("|", CELL), 1, x, y, 11, bold=False)


def cells(*lines: Line) -> list[list[str]]:
    return [made.cells for made in with_whole_rows(lines)]


def test_cells_of_several_lines_become_one_row() -> None:
    drawn = [
        *(line("1|Removal of the", 90, 513), line("old roof", 198, 500), line("120 m|4,800", 306, 513)),
        *(line("2|New roof of", 90, 487), line("larch shingles", 198, 474), line("120 m|15,600", 306, 487), line("plus tax", 414, 474)),
        line("Work begins soon.", 90, 440),
    ]
    assert cells(*drawn) == [
        ["1", "Removal of the old roof", "120 m", "4,800"],
        ["2", "New roof of larch shingles", "120 m", "15,600 plus tax"],
        ["Work begins soon."],
    ]


def test_columns_of_text_stay_columns() -> None:
    left = [line(f"left {n}", 72, 700 - 12 * n) for n in range(5)]
    right = [line(f"right {n}", 310, 700 - 12 * n) for n in range(5)]
    assert cells(*left, *right) == [[made.text] for made in (*left, *right)]


def test_no_lines() -> None:
    assert with_whole_rows([]) == []

from __future__ import annotations

import dataclasses

from pmbot.corpus.extraction.pdf_lines import CELL, Line
from pmbot.corpus.extraction.pdf_paragraphs import pieces_of

FULL = "The harbour handled four million tonnes of cargo in the year of our"
LONG = "lord, and much of it was timber from the forests of the north, they say"


@dataclasses.dataclass
class Pen:
    """Writes lines below each other."""

    page: int = 1
    y: float = 700

    def line(self, text: str, *, x: float = 72, step: float = 14, size: float = 11, bold: bool = False, note: bool = False) -> Line:
        self.y -= step
        return Line(text.replace("|", CELL), self.page, x, self.y, size, bold, note)


def shown(*pages: list[Line]) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in pieces_of(pages)]


def test_lines_become_paragraphs_by_gap_indentation_and_short_ends() -> None:
    pen = Pen()
    lines = [
        *(pen.line(FULL), pen.line(LONG), pen.line("and go.")),
        *(pen.line(FULL, step=24), pen.line(LONG), pen.line(LONG + ".")),
        *(pen.line(FULL, x=90), pen.line(LONG)),
    ]
    first = f"{FULL} {LONG} and go."
    assert shown(lines) == [("paragraph", first), ("paragraph", f"{FULL} {LONG} {LONG}."), ("paragraph", f"{FULL} {LONG}")]


def test_headings_are_larger_or_bold_and_ranked_by_size() -> None:
    pen = Pen()
    lines = [
        *(pen.line("The harbour", size=20), pen.line("and its history", size=20, step=24), pen.line("1|Trade", size=14, step=30)),
        *(pen.line(FULL), pen.line(LONG + "."), pen.line("Timber", bold=True, step=20), pen.line(FULL), pen.line("lord.")),
        *(pen.line("This is forbidden, and that too.", bold=True, step=20), pen.line(FULL), pen.line(LONG)),
    ]
    made = pieces_of([lines])
    assert [(piece.kind, piece.level) for piece in made] == [
        *[("heading", 1), ("heading", 2), ("paragraph", 0), ("heading", 3), ("paragraph", 0), ("paragraph", 0), ("paragraph", 0)],
    ]
    assert [made[0].text, made[1].text] == ["The harbour and its history", "1 Trade"]


def test_lists() -> None:
    pen = Pen()
    lines = [
        *(pen.line(FULL), pen.line(LONG + ":"), pen.line("• timber and paper, which was for the most part sent to Germany", x=80)),
        *(pen.line("and Denmark;", x=90), pen.line("• grain.", x=80), pen.line("1. First,", x=80), pen.line("2.|Second.", x=80)),
        *(pen.line("12. martā viss beidzās.", x=80), pen.line("a) one", x=80), pen.line("b) two", x=80)),
    ]
    assert shown(lines)[1:] == [
        ("list_item", "timber and paper, which was for the most part sent to Germany and Denmark;"),
        ("list_item", "grain."),
        ("list_item", "1. First,"),
        ("list_item", "2. Second."),
        ("paragraph", "12. martā viss beidzās."),
        ("list_item", "a) one"),
        ("list_item", "b) two"),
    ]


def test_a_dash_in_running_text_begins_no_list() -> None:
    pen = Pen()
    lines = [
        pen.line("three brotherhoods in the Church at that time, as everyone knew"),
        pen.line("– the brotherhood of the north, and others."),
    ]
    assert [kind for kind, _ in shown(lines)] == ["paragraph"]


def test_tables_need_two_rows_with_short_first_cells() -> None:
    pen = Pen()
    rows = [pen.line("Source|2021|2022", step=20), pen.line("Dues|12.4|14.1"), pen.line("1.1|Leases|3.9")]
    lines = [
        pen.line(FULL),
        pen.line(LONG + "."),
        *(row._replace(y=row.y - 40) for row in rows),
        pen.line("One|gap.", step=60),
        pen.line("End.", step=40),
    ]
    assert shown(lines)[1:] == [
        ("table_row", "Source | 2021 | 2022"),
        ("table_row", "Dues | 12.4 | 14.1"),
        ("table_row", "1.1 Leases | 3.9"),
        ("paragraph", "One gap."),
        ("paragraph", "End."),
    ]
    assert [piece.row for piece in pieces_of([lines])][1:4] == [1, 2, 3]


def test_a_sentence_goes_on_over_the_page_and_its_footnotes() -> None:
    one, two = Pen(), Pen(page=2)
    first = [
        one.line(FULL),
        one.line("lord. It is said that the"),
        one.line("Provisional figures.", step=40, note=True),
        one.line("See there.", note=True),
    ]
    second = [two.line("city grew. Later it shrank"), two.line("and died.")]
    made = pieces_of([first, second])
    assert [(piece.text, piece.page) for piece in made] == [
        (f"{FULL} lord. It is said that the city grew.", 1),
        ("Later it shrank and died.", 2),
        ("Provisional figures.", 1),
        ("See there.", 1),
    ]


def test_small_lines_at_the_foot_are_footnotes_too() -> None:
    pen = Pen()
    lines = [pen.line(FULL), pen.line(LONG), pen.line("and on."), pen.line("A note.", size=8, step=50)]
    assert shown(lines)[1] == ("paragraph", "A note.")


def test_the_second_column_goes_on_where_the_first_ends() -> None:
    left, right = Pen(), Pen()
    lines = [
        left.line("The harbour handled four million"),
        left.line("tonnes in the"),
        right.line("year 2022, all", x=310),
        right.line("of it coal.", x=310),
    ]
    assert shown(lines) == [("paragraph", "The harbour handled four million tonnes in the year 2022, all of it coal.")]


def test_nothing_gives_nothing() -> None:
    assert pieces_of([]) == pieces_of([[], []]) == []

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from pmbot.corpus.extraction.pdf_lines import Line, LineMaker, letters_width
from tests.fakes_documents import BOLD, Text, make_pdf


def lines(*texts: Text, from_tex: bool = False) -> list[Line]:
    (page,) = PdfReader(io.BytesIO(make_pdf([texts]))).pages
    maker = LineMaker(1, frozenset(), from_tex=from_tex)
    page.extract_text(visitor_operand_before=maker.operation, visitor_text=maker.text)
    return maker.lines()


def words(*texts: Text, from_tex: bool = False) -> list[str]:
    return [line.words for line in lines(*texts, from_tex=from_tex)]


def test_place_size_and_weight() -> None:
    assert lines(Text("One", 72, 700), Text("Two", 90, 680, 14, BOLD)) == [
        Line("One", 1, 72, 700, 11, bold=False),
        Line("Two", 1, 90, 680, 14, bold=True),
    ]


def test_blanks_that_are_only_distances_are_blanks() -> None:
    assert words(Text("", raw="[(The)-222(Monastic)-222(Brother)20(ho)-28(o)-28(d)-222(con)-10(sists)]")) == [
        "The Monastic Brotherhood consists"
    ]


def test_letters_set_apart_are_one_word() -> None:
    assert words(Text("", raw="[(R)-90(I)-90(G)-90(A)]")) == ["RIGA"]


def test_columns_are_parted() -> None:
    (line,) = lines(Text("Lathe", 72), Text("hour", 200), Text("EUR 8", 300))
    assert line.cells == ["Lathe", "hour", "EUR 8"]
    assert line.words == "Lathe hour EUR 8"
    assert lines(Text("", raw="[(Lathe)-4000(hour)]"))[0].cells == ["Lathe", "hour"]


def test_a_font_change_parts_no_columns() -> None:
    start = "Fill the tank with "
    (line,) = lines(Text(start, 72), Text("fresh", 72 + letters_width(start) * 11, font=BOLD))
    assert line.cells == ["Fill the tank with fresh"]


def test_leaders_part_too() -> None:
    assert lines(Text("Overview . . . . . . . . . 12"))[0].cells == ["Overview", "12"]
    assert lines(Text("Name: ........."))[0].cells == ["Name: ........."]


@pytest.mark.parametrize(
    ("before", "mark", "read"),
    [("ended.", "1", "ended. Then"), ("cargo,", "12", "cargo, Then"), ("120 m", "2", "120 m2 Then"), ("10", "6", "106 Then")],
)
def test_marks_of_footnotes_vanish_and_powers_stay(before: str, mark: str, read: str) -> None:
    at = 72 + letters_width(before) * 11
    assert words(Text(before, 72), Text(mark, at, 704, 7), Text(" Then", at + 6, 700)) == [read]


def test_the_mark_before_a_footnote_is_remembered() -> None:
    (line,) = lines(Text("1", 72, 104, 6), Text("Figures are provisional.", 78, 100, 9))
    assert (line.text, line.note) == ("Figures are provisional.", True)


def test_ligatures_and_soft_hyphens() -> None:
    assert words(Text("co\u00adoperate")) == ["co-operate"]


def test_tex_draws_accents_apart_and_ligatures_as_controls() -> None:
    assert words(Text("", raw="[(caf)-1(\\264e, Rink\\257evi\\250c)]"), from_tex=False) == ["caf´e, Rink¯evi¨c"]
    assert words(Text("", raw="[(caf)-1(\\264e, Rink\\257evics)]"), from_tex=True) == ["café, Rinkēvics"]
    assert words(Text("", raw="[(it\\264s)]"), from_tex=True) == ["it´s"]


def test_text_across_the_page_is_left_out() -> None:
    (page,) = PdfReader(
        io.BytesIO(make_pdf([[Text("Read this text."), Text("stamp", 30, 30)]]).replace(b"1 0 0 1 30 30", b"0 1 -1 0 30 30"))
    ).pages
    maker = LineMaker(1, frozenset(), from_tex=False)
    page.extract_text(visitor_operand_before=maker.operation, visitor_text=maker.text)
    assert [line.text for line in maker.lines()] == ["Read this text."]


def test_an_empty_page_has_no_lines() -> None:
    assert lines() == lines(Text("  ")) == []


def test_nonsense_in_operands_does_no_harm() -> None:
    maker = LineMaker(1, frozenset(), from_tex=True)
    for operands in ([], [None], ["/F1", None], [[None, object()]], [[float("nan"), "a", b"b"]]):
        for operator in (b"Tf", b"TJ", b"Tj", b"'", b'"'):
            maker.operation(operator, list(operands), [1, 0, 0, 1, 0, 0], [0, 0, 0, 0, 0, 0])
    maker.text("x", [0] * 6, [0] * 6, None, 0)
    assert [line.text for line in maker.lines()] == ["x"]

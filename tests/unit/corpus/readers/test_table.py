from __future__ import annotations

import pytest

from pmbot.corpus.readers.base import Source
from pmbot.corpus.readers.table import TableReader
from pmbot.errors import UnreadableDocument
from pmbot.models import Document


def read(text: str, name: str = "fees_2024.csv") -> Document:
    return TableReader().read(text.encode(), Source(name))[0]


def rows(text: str, name: str = "a.csv") -> list[str]:
    document = read(text, name)
    return [document.excerpt(block.span) for block in document.blocks]


def test_each_row_is_a_sentence_with_its_place() -> None:
    document = read('Machine,Fee,Note\nLathe,€8,"Ask first\nand pay"\n\n,,\nLaser,€0.50,\n')
    assert document.title == "Fees 2024"
    assert [(document.excerpt(b.span), b.kind, b.locator.row, b.locator.line) for b in document.blocks] == [
        ("Machine: Lathe; Fee: €8; Note: Ask first and pay.", "table_row", 2, 2),
        ("Machine: Laser; Fee: €0.50.", "table_row", 5, 6),
    ]
    assert document.text == "Machine: Lathe; Fee: €8; Note: Ask first and pay.\nMachine: Laser; Fee: €0.50."
    assert document.locate(document.blocks[1].span).line == 6


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    text = f"Name{delimiter}Price\nA, b; c{delimiter}1\n".replace("A, b; c", '"A, b; c"') + f'"x|y"{delimiter}2\n'
    assert rows(text) == ["Name: A, b; c; Price: 1.", "Name: x|y; Price: 2."]


def test_a_decimal_comma_is_no_delimiter() -> None:
    assert rows("Name;Price\nA;1,50\nB;2,50\n") == ["Name: A; Price: 1,50.", "Name: B; Price: 2,50."]


def test_tsv_is_parted_by_tabs_alone() -> None:
    assert rows("Bus\tTo\n3\tA, B, C\n", "a.tsv") == ["Bus: 3; To: A, B, C."]


@pytest.mark.parametrize(
    ("first", "is_header"),
    [
        ("Name,Price", True),
        ("Country,2019,2020", True),
        ("1,Riga", False),
        ("Riga,12.5", False),
        ("Riga,€8", False),
        (",name", True),
        ("Riga,27%", False),
    ],
)
def test_the_first_row_is_a_header_unless_it_holds_figures(first: str, is_header: bool) -> None:
    assert len(rows(f"{first}\nx,y,z\n")) == (1 if is_header else 2)


def test_cells_beyond_the_header_and_empty_headers() -> None:
    assert rows("Name,,Price:\nA,b,1,more.\n") == ["Name: A; b; Price: 1; more."]


def test_a_name_above_the_table_is_a_heading() -> None:
    document = read("Price list,\nItem,Price\nCoffee,2.50\n")
    assert [(b.kind, document.excerpt(b.span), b.locator.heading_path) for b in document.blocks] == [
        ("heading", "Price list", ("Price list",)),
        ("table_row", "Item: Coffee; Price: 2.50.", ("Price list",)),
    ]


def test_one_column() -> None:
    assert rows("note\nBring a coat\nLeave the dog!\n") == ["note: Bring a coat.", "note: Leave the dog!"]


def test_a_row_of_prose_is_a_paragraph() -> None:
    document = read(f"question,answer\nWhy?,{'It is so. ' * 30}\n")
    assert document.blocks[0].kind == "paragraph"


def test_loose_quotes_are_read_loosely_and_open_ones_refused() -> None:
    assert rows('Name,Size\nJohn "Jo" Doe,"4"" x"\n"a"b,c\n') == ['Name: John "Jo" Doe; Size: 4" x.', "Name: ab; Size: c."]
    with pytest.raises(UnreadableDocument, match="line 3: a quotation mark opens a cell and nothing closes it"):
        rows('a,b\nc,d\n"e,f\ng,h\n')
    with pytest.raises(UnreadableDocument, match="line 2: a quotation mark opens a cell"):
        rows('a,b\n"' + "x\n" * 100_000)


def test_a_header_alone_is_refused_and_an_empty_file_is_empty() -> None:
    with pytest.raises(UnreadableDocument, match="a header and no rows"):
        rows("Name,Price\n")
    assert rows("") == rows("\n\n") == []


def test_line_ends_and_marks() -> None:
    assert rows("\ufeffName,Price\r\nA,1\r\nB,2\r") == ["Name: A; Price: 1.", "Name: B; Price: 2."]

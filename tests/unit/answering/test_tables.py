"""Tables found in documents: headers, columns, cells."""

from __future__ import annotations

from pmbot.answering.tables import MOST_COLUMNS
from tests.fakes_tables import LAMPS, TableWorld

WORLD = TableWorld(md_lamps=LAMPS, csv_tools="Tool,Fee,Note\nLathe,€8,\nSaw,€3,sharp; mind it\nDrill,€4,new\n")


def names(world: TableWorld, opening: str) -> list[str]:
    table = world.tables.table_of(world.row(opening))
    assert table is not None
    return [column.name for column in table.columns]


def cells(world: TableWorld, opening: str) -> list[str]:
    view = world.row(opening)
    table = world.tables.table_of(view)
    assert table is not None
    return [cell.text for cell in world.tables.cells(table, view)]


def test_the_first_row_is_a_heading() -> None:
    assert WORLD.row("Model |").is_heading
    assert not WORLD.row("Brimm").is_heading
    assert names(WORLD, "Brimm") == names(WORLD, "Model |") == ["Model", "Weight", "Price"]


def test_header_rows_are_no_evidence() -> None:
    assert all(not evidence.sentence.text.startswith("Model") for evidence in WORLD.ranking("model weight price").evidence)


def test_cells_are_slices_of_the_row() -> None:
    assert cells(WORLD, "Tarn") == ["Tarn lantern", "11 kg", "€310"]
    view = WORLD.row("Tarn")
    table = WORLD.tables.table_of(view)
    assert table is not None
    assert all(view.sentence.text[cell.start : cell.end] == cell.text for cell in WORLD.tables.cells(table, view))
    assert [cell.is_figure for cell in WORLD.tables.cells(table, view)] == [False, True, True]


def test_rows_that_name_their_columns() -> None:
    assert names(WORLD, "Tool: Saw") == ["Tool", "Fee", "Note"]
    assert cells(WORLD, "Tool: Saw") == ["Saw", "€3", "sharp; mind it"]
    assert cells(WORLD, "Tool: Lathe") == ["Lathe", "€8", ""]


def test_what_stands_above_belongs_to_a_table() -> None:
    table = WORLD.tables.table_of(WORLD.row("Brimm"))
    assert table is not None
    assert "zorblat" in table.context
    assert "oslo" not in table.context, "a whole sentence is no caption"
    world = TableWorld(md_a="Fares in Oslo:\n\n| Boat | Fee |\n|---|---|\n| Brimm | €4 |\n| Dovle | €5 |\n")
    table = world.tables.table_of(world.row("Brimm"))
    assert table is not None
    assert "oslo" in table.context


def test_tables_end_where_another_begins() -> None:
    text = "| A | B |\n|---|---|\n| one | two |\n| | |\n| three | four |\n\n| C | D |\n|---|---|\n| five | six |\n| seven | eight |\n"
    world = TableWorld(md_a=text)
    first, second = world.tables.table_of(world.row("three")), world.tables.table_of(world.row("seven"))
    assert first is not None
    assert second is not None
    assert (first.header, first.rows, first.whole) == ("A | B", (1, 2), True)
    assert (second.header, second.rows) == ("C | D", (4, 5))


def test_rows_need_not_fill_their_columns() -> None:
    world = TableWorld(md_a="| A | B | C |\n|---|---|---|\n| one | two |\n| 1 | 2 | 3 | 4 |\n| x | y | z |\n")
    assert cells(world, "one") == ["one", "two", ""]
    assert cells(world, "1 |") == []


def test_a_table_without_header_has_columns_without_names() -> None:
    world = TableWorld(md_a="| Opened | 1998 |\n|---|---|\n| Closed | 2011 |\n")
    assert names(world, "Closed") == ["", ""]
    assert not world.row("Opened").is_heading


def test_a_table_of_one_row_is_no_header() -> None:
    assert not TableWorld(md_a="| Chair | Ana Gil |\n|---|---|\n\nThe end.\n").row("Chair").is_heading


def test_too_many_columns_are_not_read() -> None:
    wide = [f"n{number}" for number in range(MOST_COLUMNS + 1)]
    world = TableWorld(md_a="| " + " | ".join(wide) + " |\n" + "|---" * len(wide) + "|\n| " + " | ".join(wide) + " |\n")
    assert names(world, "n0") == []


def test_the_headers_of_cited_rows_are_told_once() -> None:
    evidence = [e for e in WORLD.ranking("Brimm Dovle lathe").evidence if e.sentence.doc_id == "lamps.md"]
    assert len(evidence) > 1
    assert WORLD.tables.headers(evidence) == ("Model | Weight | Price",)
    assert WORLD.tables.headers([e for e in WORLD.ranking("lathe").evidence if "Lathe" in e.sentence.text]) == ()

from __future__ import annotations

from pmbot.corpus.extraction.html import parse


def blocks(html: str) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in parse(html.encode()).pieces]


def test_lists_keep_their_numbers() -> None:
    page = "<ul><li>a<li><p>b</p><p>c</p></ul><ol start=3><li>d<ol type=a><li>e</ol>f<li value=9>g<li></ol><p>h"
    assert blocks(page) == [
        ("list_item", "a"),
        ("list_item", "b"),
        ("paragraph", "c"),
        ("list_item", "3. d"),
        ("list_item", "a. e"),
        ("paragraph", "f"),
        ("list_item", "9. g"),
        ("paragraph", "h"),
    ]


def test_definitions_stand_with_their_terms() -> None:
    page = "<dl><dt>Energy:<dd>320 kcal<dt>Lone<dt>Two<dd>One.<dd>More.</dl><p>x"
    assert blocks(page) == [
        ("list_item", "Energy: 320 kcal"),
        ("list_item", "Lone"),
        ("list_item", "Two: One."),
        ("paragraph", "More."),
        ("paragraph", "x"),
    ]


def test_a_table_of_data_is_read_row_by_row() -> None:
    page = "a<table><caption>Fees</caption><tr><th>Day<th>Fee"
    page += "<tr><td><p>Monday</p><p>Tuesday</p><td>€8<br>or less<tr><td></td><td><tr><td>x<td></table>b"
    made = parse(page.encode()).pieces
    assert [(p.kind, p.text, p.row) for p in made] == [
        ("paragraph", "a", None),
        ("paragraph", "Fees", None),
        ("table_row", "Day | Fee", 1),
        ("table_row", "Monday Tuesday | €8 or less", 2),
        ("table_row", "x | ", 4),
        ("paragraph", "b", None),
    ]


def test_a_table_that_lays_out_a_page_is_no_table() -> None:
    inner = "<table><tr><td>Day<td>Fee</table>"
    assert blocks(f"<table><tr><td>Menu<td><h1>Big</h1><p>One.<p>Two.{inner}</table>") == [
        ("paragraph", "Menu"),
        ("heading", "Big"),
        ("paragraph", "One."),
        ("paragraph", "Two."),
        ("table_row", "Day | Fee"),
    ]
    assert blocks("<table><tr><td>One column.<tr><td>Only.</table>") == [("paragraph", "One column."), ("paragraph", "Only.")]
    assert [kind for kind, _ in blocks(f"<table><tr><td>a<td>{'prose ' * 200}</table>")] == ["paragraph", "paragraph"]


def test_line_breaks_part_what_ends_and_join_what_goes_on() -> None:
    page = "<p>Fishing club<br>Ezera iela 5<br><br>It is\nopen<br>on Sundays.<br>Come!</p>"
    assert [text for _, text in blocks(page)] == ["Fishing club", "Ezera iela 5", "It is open on Sundays.", "Come!"]


def test_code_keeps_its_lines() -> None:
    assert blocks("<pre>\n[server]\n  port = 1   \n\n# x\n</pre><p>y") == [("code", "[server]\n  port = 1\n\n# x"), ("paragraph", "y")]


def test_stray_elements_do_no_harm() -> None:
    assert blocks("</li><li>a</td></table></dl>b<dd>c<caption>d<tr>e") != []

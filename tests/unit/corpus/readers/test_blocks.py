from __future__ import annotations

import pytest

from pmbot.corpus.readers.blocks import cells, raw_blocks
from pmbot.corpus.readers.lines import source_lines


def cut(text: str) -> list[tuple[str, str]]:
    return [(b.kind, "\n".join(line.text for line in b.lines)) for b in raw_blocks(list(source_lines(text.split("\n"), 1))).blocks]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\nb\n\nc", [("paragraph", "a\nb"), ("paragraph", "c")]),
        ("# a\nb\n## c ##", [("heading", "a"), ("paragraph", "b"), ("heading", "c")]),
        ("#hash\n####### seven", [("paragraph", "#hash\n####### seven")]),
        ("# C#\n# a #b", [("heading", "C#"), ("heading", "a #b")]),
        ("a\nb\n===\nc\n-", [("heading", "a\nb"), ("heading", "c")]),
        ("a\n\n---\n\nb\n***\nc\n_ _ _", [("paragraph", "a"), ("paragraph", "b"), ("paragraph", "c")]),
        ("- a\n- b\n  c\n\n  d\n* e", [("list_item", "a"), ("list_item", "b\n  c"), ("paragraph", "  d"), ("list_item", "e")]),
        ("- a\n    - b\n\n          c", [("list_item", "a"), ("list_item", "b"), ("paragraph", "          c")]),
        ("1. a\n2) b\n10. c", [("list_item", "1. a"), ("list_item", "2) b"), ("list_item", "10. c")]),
        ("- a\n---\nb", [("list_item", "a"), ("paragraph", "b")]),
        ("in the year\n2023. It was\n1. one", [("paragraph", "in the year\n2023. It was"), ("list_item", "1. one")]),
        ("- in the year\n2023. It was\n- b", [("list_item", "- in the year\n2023. It was".removeprefix("- ")), ("list_item", "b")]),
        ("-a\n+1\n*b*", [("paragraph", "-a\n+1\n*b*")]),
        ("a\n\n    code\n    more\n\nb", [("paragraph", "a"), ("code", "code\nmore"), ("paragraph", "b")]),
        ("a\n    b", [("paragraph", "a\n    b")]),
        ("a\n```\nx\n\ny\n```\nb", [("paragraph", "a"), ("code", "x\n\ny"), ("paragraph", "b")]),
        ("> a\nb\n\nc\n> d", [("paragraph", "a\nb"), ("paragraph", "c"), ("paragraph", "d")]),
        ("> # a\n> - b", [("heading", "a"), ("list_item", "b")]),
        ("a|b\n-|-\n1|2\n\nc", [("table_row", "a|b"), ("table_row", "1|2"), ("paragraph", "c")]),
        ("text\n|a|\n|:-:|\n|1|\nc", [("paragraph", "text"), ("table_row", "|a|"), ("table_row", "|1|"), ("paragraph", "c")]),
        ("a|b\n-|-|-\n", [("paragraph", "a|b\n-|-|-")]),
        ("[x]: http://a 'b'\n[y]: <c d>\n[z]: two words\nt", [("paragraph", "[z]: two words\nt")]),
        ("[^1]: The note\ngoes on", [("paragraph", "The note\ngoes on")]),
    ],
)
def test_lines_are_cut_into_blocks(text: str, expected: list[tuple[str, str]]) -> None:
    assert cut(text) == expected


def test_definitions_are_collected() -> None:
    lines = list(source_lines(["[The  Ref]: http://a", "", "[^n]: note", "", "a", "[x]: http://b"], 1))
    assert raw_blocks(lines).defined == {"the ref", "^n"}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("|a|b|", ["a", "b"]),
        ("a | b", ["a", "b"]),
        ("|a||b|", ["a", "", "b"]),
        (r"a\|b|c", [r"a\|b", "c"]),
        ("|", [""]),
        ("||", [""]),
        ("| a", ["a"]),
    ],
)
def test_rows_are_cut_into_cells(row: str, expected: list[str]) -> None:
    assert cells(row) == expected


@pytest.mark.parametrize(
    "text",
    ["|a" * 30_000 + "\n" + "|-" * 30_000, "|-\n" * 30_000, "- \n" * 30_000, "#" * 400_000, "# " + "#" * 400_000 + "x",
     "[a]: " + "b " * 200_000, "-" * 400_000 + "x", "[" * 400_000, "1" * 400_000 + ".", "    a\n\n" * 50_000],
)  # fmt: skip
def test_hostile_text_takes_linear_time(text: str) -> None:
    cut(text)

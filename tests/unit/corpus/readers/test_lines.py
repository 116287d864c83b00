from __future__ import annotations

import pytest

from pmbot.corpus.readers.lines import source_lines


def read(text: str) -> list[tuple[int, str]]:
    return [(line.number, line.text) for line in source_lines(text.split("\n"), 1)]


def code(text: str) -> list[str]:
    return [line.text for line in source_lines(text.split("\n"), 1) if line.is_code]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a <!-- x --> b", [(1, "a  b")]),
        ("a <!-- x\ny\nz --> b", [(1, "a "), (3, " b")]),
        ("<!-- x -->\na", [(2, "a")]),
        ("a <!-- open\nb", [(1, "a <!-- open"), (2, "b")]),
        ("a --> b <!-- c", [(1, "a --> b <!-- c")]),
        ("`<!--` is how a comment begins, `-->` how it ends", [(1, "`<!--` is how a comment begins, `-->` how it ends")]),
        ("```\n<!-- x -->\n```", [(2, "<!-- x -->")]),
        ("<!-- ```\n-->\na", [(3, "a")]),
    ],
)
def test_comments_are_dropped(text: str, kept: list[tuple[int, str]]) -> None:
    assert read(text) == kept


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("```python\nx\n```\ny", ["x"]),
        ("~~~\n```\n~~~~\ny", ["```"]),
        ("````\n```\n````", ["```"]),
        ("  ```\n    x\n y\n  ```", ["  x", "y"]),
        ("> ```\n> x\ny", ["x"]),
        ("```\n> x\n```", ["> x"]),
        ("- ```\n  x\n  ```\ny", ["x"]),
        ("```\nopen", ["open"]),
        ("``` a`b\nx", []),
    ],
)
def test_fences_set_code_apart(text: str, expected: list[str]) -> None:
    assert code(text) == expected


def test_two_fences_in_a_row_are_two_groups() -> None:
    assert len({line.group for line in source_lines(["```", "a", "```", "```", "b", "```"], 1)}) == 2


def test_quotes_lose_their_marks() -> None:
    lines = list(source_lines(["> a", ">> b", "> > c", "d", ">"], 7))
    assert [(line.number, line.text, line.quoted) for line in lines] == [
        (7, "a", True),
        (8, "b", True),
        (9, "c", True),
        (10, "d", False),
        (11, "", True),
    ]


def test_tabs_indent_to_the_next_four() -> None:
    assert [line.indent for line in source_lines(["a", "  a", "\ta", "  \ta", "    a"], 1)] == [0, 2, 4, 4, 4]


@pytest.mark.parametrize(
    "line",
    [
        "<!--" * 200_000 + "-->",
        "-->" + "<!--" * 200_000,
        "<!-- -->" * 100_000,
        "> " * 400_000,
        ">" * 800_000,
        " " * 800_000 + "`",
        "```" * 200_000,
    ],
)
def test_hostile_lines_take_linear_time(line: str) -> None:
    list(source_lines([line, line], 1))

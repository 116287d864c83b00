from __future__ import annotations

import unicodedata

import pytest

from pmbot.corpus.readers.base import Source
from pmbot.corpus.readers.markdown import MarkdownReader
from pmbot.models import Document, Span

PAGE = """\
---
title: The forum
source_url: https://example.org/forum
language: en
date: 2024-11-03
---

# Precision *Medicine*

The [forum](https://example.org) meets in
**Riga**. <!-- where
else? --> It is old.

Trade
-----

- Latvia’s `€240 million`
- 27%
  of exports

1. first
2. second

| Company | Turnover |
|---|---:|
| **Grindeks** | €1 |
| | |
| A\\|B | `x` |

```python
def f():

    return "*"
```

## Aims ##

> Quoted &amp; said.

[ref]: https://example.org
"""


def read(text: str) -> Document:
    return MarkdownReader().read(text.encode(), Source("sub/some_file.md"))[0]


def test_a_whole_page() -> None:
    document = read(PAGE)
    assert (document.title, document.source, document.language, document.date) == (
        "The forum",
        "https://example.org/forum",
        "en",
        "2024-11-03",
    )
    top, trade, aims = "Precision Medicine", "Trade", "Aims"
    assert [(b.kind, document.excerpt(b.span), b.locator.line, b.locator.row, b.locator.heading_path) for b in document.blocks] == [
        ("heading", "Precision Medicine", 8, None, (top,)),
        ("paragraph", "The forum meets in\nRiga.\nIt is old.", 10, None, (top,)),
        ("heading", "Trade", 14, None, (top, trade)),
        ("list_item", "Latvia’s €240 million", 17, None, (top, trade)),
        ("list_item", "27%\nof exports", 18, None, (top, trade)),
        ("list_item", "1. first", 21, None, (top, trade)),
        ("list_item", "2. second", 22, None, (top, trade)),
        ("table_row", "Company | Turnover", 24, 1, (top, trade)),
        ("table_row", "Grindeks | €1", 26, 2, (top, trade)),
        ("table_row", "A|B | x", 28, 4, (top, trade)),
        ("code", 'def f():\n\n    return "*"', 31, None, (top, trade)),
        ("heading", "Aims", 36, None, (top, aims)),
        ("paragraph", "Quoted & said.", 38, None, (top, aims)),
    ]


def test_the_extracted_text_reads_well() -> None:
    text = "# A\nb\n- c\n- d\n\n|e|f|\n|-|-|\n|1|2|\n\n|g|\n|-|\n"
    assert read(text).text == "A\n\nb\n\nc\nd\n\ne | f\n1 | 2\n\ng"


def test_lines_are_located_inside_blocks() -> None:
    document = read("\n\na\nb\nc\n\n```\n\n\n  x\ny\n```\n")
    for word, line in (("a", 3), ("b", 4), ("c", 5), ("x", 10), ("y", 11)):
        start = document.text.index(word)
        assert document.locate(Span(start=start, end=start + 1)).line == line


def test_code_keeps_its_indentation_and_its_blocks_start_at_the_first_word() -> None:
    document = read("```\n  a\n   b\n```")
    assert document.text == "  a\n   b"
    assert document.blocks[0].span == Span(start=2, end=8)


def test_the_title_is_the_first_heading_else_the_file_name() -> None:
    assert read("Text.\n\n## *Second* level\n\n# First").title == "Second level"
    assert read("Text.").title == "Some file"
    assert read("Text.").source == "sub/some_file.md"


def test_a_multi_line_heading_is_one_name() -> None:
    document = read("One\ntwo\n===\n\nText.")
    assert document.title == "One two"
    assert document.excerpt(document.blocks[0].span) == "One\ntwo"


def test_words_that_markup_kept_apart_are_nfc() -> None:
    document = read("*e*\u0301 and e&#x301; and |")
    assert document.text == "é and é and |"
    assert unicodedata.is_normalized("NFC", document.text)


@pytest.mark.parametrize(
    "text", ["", "<!-- a -->", "---", "```\n\n```", "![](a.png)", "[a]: http://b", "#", "- \n- ", "<br>", "| |\n|-|\n| |"]
)
def test_pages_without_words_have_no_blocks(text: str) -> None:
    document = read(text)
    assert document.blocks == ()
    assert document.text == ""


def test_windows_line_ends_and_marks() -> None:
    data = "\ufeff---\r\ntitle: A\r\n---\r\n# B\r\n\r\nc\r\nd\r\n".encode()
    document = MarkdownReader().read(data, Source("a.md"))[0]
    assert (document.title, document.text) == ("A", "B\n\nc\nd")
    assert [b.locator.line for b in document.blocks] == [4, 6]

from __future__ import annotations

import pytest

from pmbot.corpus.readers.frontmatter import FrontMatter, Parted, part
from pmbot.errors import UnreadableDocument


def parted(text: str) -> Parted:
    return part(text.split("\n"), "sub/a.md")


def test_fields_are_read_and_others_left_alone() -> None:
    ours = "# ours\ntitle: The forum\nsource_url: https://example.org/a?b=c#d\nlanguage: lv\ndate: 2024-11-03"
    text = f"---\n{ours}\ntags: [a, b]\nlayout: post\n---\nText"
    front, body_from = parted(text)
    assert front == FrontMatter(title="The forum", source_url="https://example.org/a?b=c#d", language="lv", date="2024-11-03")
    assert body_from == 9


def test_numbers_and_norwegian_are_text() -> None:
    assert parted("---\ntitle: 2023\nlanguage: no\ndate: 2024\n...\n").front == FrontMatter(title="2023", language="no", date="2024")


@pytest.mark.parametrize(
    "text", ["", "Text", "---", "---\nSome text.\n\n---\nMore", "---\ntitle: x\nno end", " ---\ntitle: x\n---", "---\n- a\n---"]
)
def test_dashes_that_are_no_front_matter_stay_in_the_text(text: str) -> None:
    assert parted(text) == (FrontMatter(), 0)


def test_an_empty_one_is_one() -> None:
    assert parted("---\n\n---\nText") == (FrontMatter(), 3)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("title: x\nsource_url: ftp://a", r"^sub/a\.md:3:1: source_url: "),
        ("title: [a]", r"^sub/a\.md:2:1: title: "),
        ("a: b\ndate: yesterday", r"^sub/a\.md:3:1: date: "),
        ("language: Latvian", r"^sub/a\.md:2:1: language: "),
        ("titel: x", r"^sub/a\.md:2:1: titel: is not a known field; did you mean 'title'\?"),
        ("title: x\ntitle: y", r"^sub/a\.md:3:1: title: "),
        ("title: x\nb: [", r"^sub/a\.md:\d"),
        ("title: x\n" + "y" * 20_000, "the front matter is longer than 20,000 characters; shorten it"),
    ],
)
def test_mistakes_are_told_with_their_line(lines: str, message: str) -> None:
    with pytest.raises(UnreadableDocument, match=message):
        parted(f"---\n{lines}\n---\nText")

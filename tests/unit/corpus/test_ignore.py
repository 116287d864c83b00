from __future__ import annotations

import time
from pathlib import Path

import pytest

from pmbot.corpus.ignore import Ignore, read_ignore
from pmbot.errors import CorpusError

HERE = Path("docs/.pmbotignore")


def ignore(text: str) -> Ignore:
    return read_ignore(HERE, text.encode())


def test_patterns_are_those_of_git() -> None:
    rules = ignore("# drafts\n\ndrafts/\r\n*.bak\n!keep.bak\n/top.txt\nnotes/**/old.md\n\\#odd.txt\nlog?.txt\n[ab].md\n")
    assert {path: rules.reason(path) for path in ("a.bak", "sub/a.bak", "top.txt", "notes/x/y/old.md", "#odd.txt", "log1.txt", "a.md")} == {
        "a.bak": ".pmbotignore:4: *.bak",
        "sub/a.bak": ".pmbotignore:4: *.bak",
        "top.txt": ".pmbotignore:6: /top.txt",
        "notes/x/y/old.md": ".pmbotignore:7: notes/**/old.md",
        "#odd.txt": ".pmbotignore:8: \\#odd.txt",
        "log1.txt": ".pmbotignore:9: log?.txt",
        "a.md": ".pmbotignore:10: [ab].md",
    }
    assert [rules.reason(path) for path in ("keep.bak", "sub/top.txt", "c.md", "log10.txt", "drafts", "A.BAK")] == [None] * 6
    assert rules.reason("drafts", folder=True) == rules.reason("sub/drafts", folder=True) == ".pmbotignore:3: drafts/"


def test_names_are_compared_in_one_form() -> None:
    rules = ignore("r\u0113zekne.txt\nu\u0304.txt")
    assert rules.reason("re\u0304zekne.txt") is not None
    assert rules.reason("\u016b.txt") is not None


def test_an_empty_file_leaves_nothing_out() -> None:
    assert ignore("\n# only remarks\n").reason("a.txt") is None


@pytest.mark.parametrize(
    ("pattern", "told"), [("!", "not a pattern"), ("a\\", "not a pattern"), ("[z-a]", "not a pattern"), ("[a", "fits nothing")]
)
def test_what_is_no_pattern_is_told_with_its_line(pattern: str, told: str) -> None:
    with pytest.raises(CorpusError, match=rf"^docs/\.pmbotignore:3: .*{told}"):
        ignore(f"*.bak\n\n{pattern}\n")


def test_a_file_that_is_no_text_is_told() -> None:
    with pytest.raises(CorpusError, match=r"^docs/\.pmbotignore: not UTF-8"):
        read_ignore(HERE, b"caf\xe9")


def test_patterns_that_could_take_for_ever_are_refused_and_others_are_fast() -> None:
    for pattern in ("*a*b*c*", "**/a/**/b/**/c"):
        with pytest.raises(CorpusError, match=r":1: more than"):
            ignore(pattern)
    rules = ignore("*a*a*b\n**/a/**/b\na*/b*/c*d\n")
    began = time.perf_counter()
    for name in ("a" * 255, "a/" * 500, ("a" * 200 + "/") * 10):
        rules.reason(name)
    assert time.perf_counter() - began < 2

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.questionset.patterns import LONGEST_PIECE, pattern_found, safe_pattern


@pytest.mark.parametrize(
    "pattern",
    [
        r"€\s*\d+(\.\d+)? (million|billion)",
        r"^Trade .* 2023",
        r"\b[A-Z]\w+ University\b",
        r"(yes|no)\.$",
        r"\(\d{1,3}(,\d{3}){1,3}\)",
        r"colou?r",
        r"[]^+*]{2}x",
        r"(?:first|second){1,3}",
        r"a(?=b)",
        r"1\+1",
    ],
)
def test_what_people_write_is_taken(pattern: str) -> None:
    assert safe_pattern(pattern) == pattern


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("(a+)+b", "repeats a group that itself repeats"),
        ("(a|a)*b", r"or has a \| in it"),
        ("((a*)b)*", "repeats a group that itself repeats"),
        ("(?:x+x+)+y", "repeats a group that itself repeats"),
        ("(a{2,}){5,}", "repeats a group that itself repeats"),
        ("((a|b)c){100}", r"or has a \| in it"),
        (r"(\d*)*", "repeats a group that itself repeats"),
        (".*.*.*x", "more than 2 open repeats"),
        (r"\s*\s*\s*\s*\s*\s*\s*\s*\s*x", "more than 2 open repeats"),
        (r"(\w)\1", "refers back"),
        ("(?P<n>a)(?P=n)", "refers back"),
        ("(?x) a + b", "verbose form"),
        ("(", r"not a regular expression: .* at character 1; a \\ before"),
        ("a**", "multiple repeat at character 3"),
        ("[z-a]", "bad character range"),
        ("a" * 301, "longer than 300 characters"),
        ("a{99999999999}", "repeats or nests too much"),
    ],
)
def test_what_is_refused(pattern: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        safe_pattern(pattern)


PARTS = st.sampled_from(["a", "b", ".", r"\w", r"\d", "[ab]", "(", "(?:", ")", "|", "*", "+", "?", "{2,}", "{1,3}", "*?", "^", "$"])


@given(st.lists(PARTS, max_size=12).map("".join))
def test_what_is_taken_ends_soon(pattern: str) -> None:
    try:
        safe_pattern(pattern)
    except ValueError:
        return
    start = time.perf_counter()
    pattern_found(pattern, ("a" * 150 + "!",))
    assert time.perf_counter() - start < 1


def test_only_so_much_of_a_piece_is_looked_at() -> None:
    assert pattern_found("END", ("x", "the end"))
    assert not pattern_found("end", ("x" * LONGEST_PIECE + "end",))
    assert not pattern_found("x y", ("x", "y"))


@given(st.text(max_size=20))
def test_any_text_is_judged_without_a_crash(text: str) -> None:
    try:
        taken = safe_pattern(text)
    except ValueError:
        return
    assert re.compile(taken).pattern == text

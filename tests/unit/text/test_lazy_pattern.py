from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.text.lazy_pattern import LazyPattern

EAGER, LAZY = re.compile(r"a+|\d", re.IGNORECASE), LazyPattern(r"a+|\d", re.IGNORECASE)


@given(st.text(alphabet="aAb1 ", max_size=12), st.integers(0, 12), st.integers(0, 12))
def test_it_finds_what_a_compiled_one_finds(text: str, start: int, end: int) -> None:
    def spans(*found: re.Match[str] | None) -> list[tuple[int, int] | None]:
        return [match.span() if match is not None else None for match in found]

    assert spans(LAZY.search(text, start, end)) == spans(EAGER.search(text, start, end))
    assert spans(LAZY.match(text, start, end)) == spans(EAGER.match(text, start, end))
    assert spans(*LAZY.finditer(text)) == spans(*EAGER.finditer(text))


def test_it_is_compiled_when_it_is_first_tried() -> None:
    broken = LazyPattern("(")
    with pytest.raises(re.error, match="unterminated"):
        broken.search("a")

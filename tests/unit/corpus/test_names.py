from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.corpus.names import as_text, shown


@pytest.mark.parametrize(
    ("name", "text", "visible"),
    [
        ("plain.txt", "plain.txt", "plain.txt"),
        ("Ä.txt", "Ä.txt", "Ä.txt"),
        (os.fsdecode(b"bad\xff.txt"), "bad\udcff.txt", "bad\ufffd.txt"),
    ],
)
def test_names(name: str, text: str, visible: str) -> None:
    assert (as_text(name), shown(name)) == (text, visible)


def test_a_name_that_python_took_for_bytes_is_read_as_utf_8() -> None:
    assert as_text("\udcc3\udc84.txt") == shown("\udcc3\udc84.txt") == "Ä.txt"


@given(st.binary(max_size=20))
def test_what_is_shown_can_be_printed_and_is_text_already(raw: bytes) -> None:
    name = os.fsdecode(raw)
    assert shown(name).encode("utf-8").decode("utf-8") == shown(name) == as_text(shown(name))

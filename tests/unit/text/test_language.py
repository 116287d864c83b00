from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.text.language import script_of


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Rīga", "latin"),
        ("Рига is Riga? Да, Рига.", "cyrillic"),
        ("Ρήγα", "greek"),
        ("里加", "han"),
        ("リガ", "kana"),
        ("리가", "hangul"),
        ("ريغا", "arabic"),
        ("ริกา", "thai"),
        ("123 €!", "none"),
        ("", "none"),
    ],
)
def test_script_of(text: str, script: str) -> None:
    assert script_of(text) == script


@given(st.text())
def test_every_text_has_a_script_in_one_small_word(text: str) -> None:
    assert script_of(text).islower()


def test_only_the_beginning_is_read() -> None:
    assert script_of("a" * 4000 + "я" * 1_000_000) == "latin"

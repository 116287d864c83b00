"""Hostile text becomes visible, and stays the same text in JSON."""

from __future__ import annotations

import json
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.rendering.sanitize import harmless_json, visible, visible_line, well_formed

# Format characters that are drawn: signs that enclose the digits after them.
DRAWN = set("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
ANY_TEXT = st.text(st.characters(), max_size=60)
NASTY_TEXT = st.text(
    st.sampled_from("a\x00\x07\x1b\n\r\t\x7f\x85\x9b\xad\u061c\u200b\u202e\u2028\u2066\ufeff\ud800\udfff\U000e0041ā€"), max_size=60
)


def test_every_control_and_format_character_is_replaced() -> None:
    raw = [
        f"U+{code:04X}"
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code)) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
        and chr(code) not in DRAWN | {"\n", "\t"}
        and chr(code) in visible(chr(code))
    ]
    assert raw == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", "␛[31mred"),
        ("a\r\nb", "a␍\nb"),
        ("\x00\x7f", "␀␡"),
        ("\x9b2J", "⟨U+009B⟩2J"),
        ("\u202eabc", "⟨U+202E⟩abc"),
        ("\ud800", "⟨U+D800⟩"),
        ("\U000e0041", "⟨U+E0041⟩"),
        ("plain\ttext\n", "plain\ttext\n"),
        ("Rinkēvičs – €130 “x” 日本 👍🏽", "Rinkēvičs – €130 “x” 日本 👍🏽"),
        ("[bold]:smile:[/foo]", "[bold]:smile:[/foo]"),
    ],
)
def test_what_is_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_a_line_stays_one_line() -> None:
    assert visible_line("a\nb\tc\x1b") == "a␊b␉c␛"


@given(NASTY_TEXT | ANY_TEXT, NASTY_TEXT)
def test_visible_is_idempotent_and_works_piece_by_piece(text: str, more: str) -> None:
    assert visible(visible(text)) == visible(text)
    assert visible(text) + visible(more) == visible(text + more)


@given(NASTY_TEXT | ANY_TEXT)
def test_harmless_json_decodes_to_the_same_and_holds_nothing_hostile(text: str) -> None:
    encoded = harmless_json(json.dumps({"t": text}, ensure_ascii=False))
    # JSON cannot tell two lone surrogates side by side from the character they make together.
    assert json.loads(encoded) == {"t": text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")}
    assert visible(encoded) == encoded
    encoded.encode("utf-8")


@given(ANY_TEXT | NASTY_TEXT)
def test_well_formed_text_can_be_encoded_and_keeps_its_length(text: str) -> None:
    fixed = well_formed(text)
    fixed.encode("utf-8")
    assert len(fixed) == len(text)
    assert all(a == b for a, b in zip(text, fixed, strict=True) if not "\ud800" <= a <= "\udfff")

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.text.normalize import MARKS_KEPT, clean, fold

ANY = st.text(st.characters(codec=None, exclude_categories=()))
MARKS = st.text(st.sampled_from("a é\u0301\u0316\u0344\u0323\u200d\ud800\udc00\r\n—"), max_size=120)


@pytest.mark.parametrize(
    ("given_", "cleaned"),
    [
        ("a\r\nb\rc\n", "a\nb\nc\n"),
        ("Stradin\u0327s\u030c", "Stradi\u0146\u0161"),
        ("lone \ud800 and \udc00.", "lone \ufffd and \ufffd."),
        ("\ud83d\ude00", "\U0001f600"),
        ("\x1b[31m\x00\t", "\x1b[31m\x00\t"),
        ("", ""),
    ],
)
def test_clean(given_: str, cleaned: str) -> None:
    assert clean(given_) == cleaned


@given(ANY | MARKS)
def test_cleaning_gives_nfc_that_can_be_written_and_twice_changes_nothing(text: str) -> None:
    cleaned = clean(text)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert "\r" not in cleaned
    cleaned.encode()
    assert clean(cleaned) == cleaned


@given(st.text())
def test_cleaning_ordinary_text_is_nfc_and_line_ends_only(text: str) -> None:
    assert clean(text) == unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def test_endless_marks_are_capped_and_other_signs_are_not() -> None:
    assert clean("a" + "\u0316" * 500 + "b") == "a" + "\u0316" * MARKS_KEPT + "b"
    assert clean("—" * 500) == "—" * 500


@pytest.mark.parametrize("work", [clean, fold])
def test_alternating_marks_take_linear_time(work) -> None:
    started = time.process_time()
    work("a" + "\u0301\u0316" * 200_000)
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Rinkēvičs", "rinkevics"),
        ("Latvia’s", "latvia's"),
        ("STRAẞE straße", "strasse strasse"),
        ("Ørsted Łódź Đorđe Æsir œuvre", "orsted lodz dorde aesir oeuvre"),
        ("İstanbul ılık", "istanbul ilik"),
        ("Ёлка йод", "елка йод"),
        ("soft\u00adhyphen", "softhyphen"),
        ("non‑breaking", "non-breaking"),
        ("ﬁnal m²", "final m2"),
        ("한국", "한국"),
        ("हिन्दी", "हिन्दी"),
    ],
)
def test_fold(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(ANY)
def test_folding_twice_changes_nothing_and_capitals_do_not_matter(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(max_codepoint=0x17F)))
def test_folding_takes_composed_and_decomposed_for_the_same(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


def test_long_text_folds_like_short_text() -> None:
    assert fold("Ā" * 1000) == "a" * 1000

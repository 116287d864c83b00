"""Wrapping loses nothing, keeps to the width, and keeps the ink."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.rendering.page import Ink, Paragraph, Run, line
from pmbot.rendering.sanitize import visible
from pmbot.rendering.wrap import NARROWEST, cells, laid_out

WORDS = st.text(st.sampled_from("ab|–ē日本。 \t\n\u0301👍\x1b"), max_size=120)
RUNS = st.lists(st.builds(Run, WORDS, st.sampled_from(list(Ink))), max_size=5)


def texts(paragraph: Paragraph, width: int | None) -> list[str]:
    return ["".join(run.text for run in runs) for runs in laid_out(paragraph, width)]


def test_words_wrap_under_the_width() -> None:
    paragraph = line("one two three four five six seven", indent=2, hang=2)
    assert texts(paragraph, 20) == ["one two three four", "five six seven"]


def test_without_a_width_only_line_feeds_break() -> None:
    assert texts(line("a " * 200 + "\nb"), None) == ["a " * 200, "b"]


def test_a_long_word_stays_whole() -> None:
    assert texts(line("see https://example.org/a/very/long/address now"), 20) == ["see", "https://example.org/a/very/long/address", "now"]


def test_wide_characters_count_two_and_break_anywhere_but_before_a_stop() -> None:
    assert texts(line("日本語日本語日本語日本。"), 20) == ["日本語日本語日本語日", "本。"]
    assert texts(line("日本語日本語日本語日。"), 20) == ["日本語日本語日本語", "日。"]


def test_a_signature_breaks_after_its_bars() -> None:
    assert texts(line("corpus:1234|text:en|chunk:3/1"), 20) == ["corpus:1234|text:en|", "chunk:3/1"]


def test_an_empty_paragraph_is_one_empty_line() -> None:
    assert list(laid_out(Paragraph(), 40)) == [()]


@pytest.mark.parametrize(("text", "width"), [("abc", 3), ("ē", 1), ("e\u0301", 1), ("日本", 4), ("👍", 2), ("", 0)])
def test_cells(text: str, width: int) -> None:
    assert cells(text) == width


@given(RUNS, st.none() | st.integers(1, 50), st.integers(0, 4))
def test_nothing_but_blanks_is_lost_and_ink_stays(runs: list[Run], width: int | None, indent: int) -> None:
    paragraph = Paragraph(tuple(runs), indent)
    lines = list(laid_out(paragraph, width))
    wanted = [(c, run.ink) for run in runs for c in visible(run.text) if c not in " \t\n"]
    assert [(c, run.ink) for row in lines for run in row for c in run.text if c not in " \t\n"] == wanted
    assert all("\n" not in run.text for row in lines for run in row)
    if width is None:
        assert "\n".join(texts(paragraph, None)) == "".join(visible(run.text) for run in runs)


@given(WORDS, st.integers(NARROWEST, 50))
def test_a_line_is_longer_than_the_width_only_for_a_single_piece(text: str, width: int) -> None:
    for row in texts(line(text), width):
        if cells(row) > width:
            assert not any(blank in row.strip(" \t") for blank in " |")


def test_it_is_linear() -> None:
    started = time.process_time()
    for text in ("x" * 1_000_000, "x " * 500_000, "|" * 1_000_000, "日" * 300_000, " " * 1_000_000):
        list(laid_out(line(text), 80))
    assert time.process_time() - started < 10

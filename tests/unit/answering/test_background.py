"""Word weights from ordinary English."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.answering.background import Background, read_background
from pmbot.errors import ConfigError


def of_file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "background.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_counts_are_read(tmp_path: Path) -> None:
    found = read_background(of_file(tmp_path, "# counted\n\nparagraphs: 100\nthe 99\nlamp 3\n"))
    assert (found.paragraphs, dict(found.counts)) == (100, {"the": 99, "lamp": 3})
    assert "the" in found
    assert "zorblat" not in found


def test_without_counts_every_word_is_equally_telling() -> None:
    assert Background().weight("the") == Background().weight("zorblat") == 1.0
    assert "the" not in Background()


def test_a_word_never_counted_weighs_one() -> None:
    assert Background({"the": 100}, 100).weight("zorblat") == 1.0


@given(st.integers(1, 10_000), st.data())
def test_weights_fall_with_the_count_and_stay_between_nought_and_one(paragraphs: int, data: st.DataObject) -> None:
    rare, common = sorted((data.draw(st.integers(0, paragraphs)), data.draw(st.integers(0, paragraphs))))
    background = Background({"rare": rare, "common": common}, paragraphs)
    assert 0.0 <= background.weight("common") <= background.weight("rare") <= 1.0


@pytest.mark.parametrize("line", ["lamp", "lamp three", "lamp -3", "lamp 3 4"])
def test_a_line_without_a_count_is_an_error(tmp_path: Path, line: str) -> None:
    with pytest.raises(ConfigError, match=rf"background\.txt:2: a line reads 'stem count'; found '{line}'"):
        read_background(of_file(tmp_path, f"paragraphs: 10\n{line}\n"))


def test_the_number_of_paragraphs_is_needed(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"background\.txt: the line 'paragraphs: N' is missing"):
        read_background(of_file(tmp_path, "lamp 3\n"))


def test_a_byte_order_mark_is_no_word(tmp_path: Path) -> None:
    assert read_background(of_file(tmp_path, "\ufeffparagraphs: 10\nlamp 3\n")).paragraphs == 10


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.txt: cannot be read"):
        read_background(tmp_path / "none.txt")

"""The history file."""

from __future__ import annotations

from pathlib import Path

from pmbot.interfaces.repl.history import MOST, PrivateHistory


def test_what_was_stored_comes_back_newest_first_and_is_private(tmp_path: Path) -> None:
    path = tmp_path / "history"
    path.write_text("", encoding="utf-8")
    path.chmod(0o644)
    history = PrivateHistory(path)
    history.store_string("one")
    history.store_string("two\nlines")
    assert list(PrivateHistory(path).load_history_strings()) == ["two\nlines", "one"]
    assert path.stat().st_mode & 0o777 == 0o600


def test_it_does_not_grow_for_ever(tmp_path: Path) -> None:
    path = tmp_path / "history"
    history = PrivateHistory(path)
    history.store_string("oldest")
    with path.open("ab") as file:
        file.write(b"\n# 2020-01-01 00:00:00\n+x\n" * (MOST // 20))
    history.store_string("newest")
    assert path.stat().st_size < MOST
    kept = list(PrivateHistory(path).load_history_strings())
    assert kept[0] == "newest"
    assert set(kept[1:]) == {"x"}


def test_a_place_that_cannot_be_written_is_no_reason_to_stop(tmp_path: Path) -> None:
    history = PrivateHistory(tmp_path / "none" / "history")
    history.store_string("lost")
    assert list(history.load_history_strings()) == []
    assert list(tmp_path.iterdir()) == []

"""Pager and clipboard."""

from __future__ import annotations

import base64
import os
import sys
from pathlib import Path

import pytest

from pmbot.interfaces.devices import CLIPBOARD, clipboard_escape, pager, read_in_pager


def test_the_pager_is_the_one_asked_for_if_it_is_there(tmp_path: Path) -> None:
    for name in ("mine", "less"):
        (tmp_path / name).write_text("#!/bin/sh\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    path = {"PATH": str(tmp_path)}
    assert pager({**path, "PAGER": "mine -x 'a b'"}) == ("mine", "-x", "a b")
    assert pager({**path, "PAGER": "none"}) == ("less", "-R")
    assert pager({**path, "PAGER": "'"}) == ("less", "-R")
    assert pager({"PATH": str(tmp_path / "empty")}) is None


def test_reading(capfd: pytest.CaptureFixture[str]) -> None:
    read_in_pager((sys.executable, "-c", "import sys; print(sys.stdin.read().upper(), sys.argv[1:])"), "text ēē\n", 7)
    assert capfd.readouterr().out == "TEXT ĒĒ\n []\n"


def test_less_begins_at_the_line(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    less = tmp_path / "less"
    less.write_text('#!/bin/sh\ncat >/dev/null\necho "$@"\n', encoding="utf-8")
    less.chmod(0o755)
    read_in_pager((str(less), "-R"), "text", 7)
    assert capfd.readouterr().out == "-R +7\n"


def test_a_pager_that_is_left_early_is_no_mistake() -> None:
    read_in_pager((sys.executable, "-c", ""), "x" * 1_000_000, 1)


def test_a_pager_that_cannot_start_says_so(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=os.strerror(2)):
        read_in_pager((str(tmp_path / "none"),), "text", 1)


def test_the_clipboard_takes_text_and_not_too_much() -> None:
    escape = clipboard_escape("€1\x1b]")
    assert escape is not None
    assert escape.startswith("\x1b]52;c;")
    assert base64.b64decode(escape[7:-1]).decode() == "€1\x1b]"
    assert clipboard_escape("x" * (CLIPBOARD + 1)) is None

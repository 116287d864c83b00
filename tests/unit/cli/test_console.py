"""The streams of a command."""

from __future__ import annotations

import io
import sys
from dataclasses import replace

import pytest

from pmbot.cli.console import Console
from tests.fakes_api import make_console


def test_closed_streams(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    console = Console.of_process()
    assert console.stdin.read() == ""
    with pytest.raises(BrokenPipeError):
        console.write("x")


def test_a_poor_code_page_gets_escapes(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    console = Console.of_process()
    console.stdout.write("€ā")
    console.stdout.flush()
    assert raw.getvalue() == rb"\u20ac\u0101"


def test_a_second_console_of_an_input_that_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"one\ntwo\n")))
    assert Console.of_process().stdin.readline() == "one\n"
    assert Console.of_process().stdin.readline() == "two\n"


def test_json_is_utf_8_whatever_the_code_page_and_in_order() -> None:
    raw = io.BytesIO()
    console = replace(make_console(), stdout=io.TextIOWrapper(raw, encoding="latin-1"))
    console.stdout.write("first ")
    console.write("€")
    assert raw.getvalue() == "first €".encode()


def test_bytes_of_a_text_stream() -> None:
    console = replace(make_console(), stdin=io.StringIO("ā"))
    assert console.binary_input.read() == "ā".encode()


def test_complaints_are_harmless() -> None:
    console = make_console()
    console.complain("bad \x1b[2J")
    assert console.stderr.getvalue() == "pmbot: bad ␛[2J\n"

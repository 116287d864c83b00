"""`pmbot chat` through a pipe."""

from __future__ import annotations

from dataclasses import replace

import pmbot
from pmbot.cli import main
from tests.fakes_api import Tty, fake_load, make_console


def test_a_pipe_gives_a_transcript() -> None:
    console = make_console("How much was the trade?\n:quit\n")
    assert main(["chat"], load=fake_load, console=console) == 0
    shown = console.stdout.getvalue()
    assert shown.startswith(f"pmbot {pmbot.__version__} · 2 documents, 3 sentences\n")
    assert "\n> How much was the trade?\n€130 million.\n" in shown
    assert shown.endswith("\n\n> :quit\n")


def test_a_dumb_terminal() -> None:
    console = replace(make_console(), stdin=Tty("trade?\n"), stdout=Tty(), environ={"TERM": "dumb"})
    assert main(["chat"], load=fake_load, console=console) == 0
    assert "\x1b" not in console.stdout.getvalue()


def test_undecodable_bytes_are_replaced() -> None:
    console = make_console(b"\xff trade?\n")
    assert main(["chat"], load=fake_load, console=console) == 0
    assert "> \ufffd trade?\n" in console.stdout.getvalue()

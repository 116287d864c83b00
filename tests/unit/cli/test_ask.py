"""`pmbot ask` with one question."""

from __future__ import annotations

import json

import pytest
from syrupy.assertion import SnapshotAssertion

from pmbot.cli import main
from pmbot.cli.console import Console
from tests.fakes_api import FakeKnowledge, fake_load, make_console


def ask(*arguments: str, stdin: bytes = b"") -> tuple[int, Console]:
    console = make_console(stdin)
    return main(["ask", *arguments], load=fake_load, console=console), console


@pytest.mark.parametrize(
    "arguments", [["how much trade?"], ["how", "much", "trade?"], ["--trace", "trade?"], ["France?"], ["--trace", "hi"]]
)
def test_text(arguments: list[str], snapshot: SnapshotAssertion) -> None:
    code, console = ask(*arguments)
    assert code == 0
    assert console.stdout.getvalue() == snapshot
    assert console.stderr.getvalue() == ""


def test_json() -> None:
    _, console = ask("--json", "sale?")
    shown = console.stdout.getvalue()
    assert json.loads(shown)["schema"] == "pmbot.answer/1"
    assert "\x9b" not in shown
    assert "\u202e" not in shown


def test_json_with_its_trace() -> None:
    _, console = ask("--json", "--trace", "trade?")
    assert json.loads(console.stdout.getvalue())["schema"] == "pmbot.trace/1"


@pytest.mark.parametrize(("question", "code"), [("trade?", 0), ("France?", 1), ("hi", 1)])
def test_fail_on_abstain(question: str, code: int) -> None:
    assert ask("--fail-on-abstain", question)[0] == code
    assert ask(question)[0] == 0


@pytest.mark.parametrize(
    ("stdin", "question"),
    [
        (b"how much trade?\n", "how much trade?\n"),
        (b"\xef\xbb\xbftrade", "trade"),
        (b"trade \x00 \xff", "trade \x00 \ufffd"),
        (b"trade " * 170_000, "trade " * 170_000),
        (b"", ""),
    ],
)
def test_standard_input(stdin: bytes, question: str) -> None:
    code, console = ask("--json", "-", stdin=stdin)
    assert code == 0
    assert json.loads(console.stdout.getvalue())["question"] == question


def test_undecodable_arguments() -> None:
    _, console = ask("--json", "trade \udcff?")
    assert json.loads(console.stdout.getvalue())["question"] == "trade \ufffd?"


def test_one_document_only() -> None:
    knowledge = FakeKnowledge()
    assert main(["ask", "--doc", "pmnet.txt", "trade?"], load=lambda *_: knowledge, console=make_console()) == 0
    assert knowledge.asked == [("trade?", (), "pmnet.txt")]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "what do you want to know?"),
        (["--jsonl", "-", "trade?"], "not both"),
        (["--doc", "pmnet.tx", "trade?"], "did you mean pmnet.txt?"),
        (["--doc", "\x1b", "trade?"], "there is no document ␛; `pmbot docs` lists them"),
    ],
)
def test_wrong_usage(arguments: list[str], said: str) -> None:
    code, console = ask(*arguments)
    assert code == 2
    assert said in console.stderr.getvalue()
    assert console.stdout.getvalue() == ""


def test_a_backend_that_is_down_is_never_an_answer() -> None:
    code, console = ask("is it down?")
    assert (code, console.stdout.getvalue()) == (6, "")

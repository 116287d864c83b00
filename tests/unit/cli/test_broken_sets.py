"""Question sets that are wrong: one line each, with the right line of the file, and exit code 4."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pmbot.cli import main
from tests.fakes_api import fake_load, make_console

GOOD = "cases:\n  - id: trade\n    question: How much was the trade?\n"
BOMB = "cases:\n  - &a {id: a, question: q, contains: x}\n" + "  - *a\n" * 9
NESTED = "cases:\n  - id: a\n    question: q\n    contains: " + "[" * 50 + "\n"

BROKEN = {
    "typo in key": (GOOD + "    contians: million\n", 4, "cases[0].contians: is not a known field; did you mean 'contains'?"),
    "wrong indentation": (GOOD + "   contains: million\n", 4, "check indentation and quotes"),
    "duplicate id": (
        GOOD + "    contains: a\n" + GOOD.removeprefix("cases:\n") + "    contains: b\n",
        5,
        "'trade' is also the id of the case in line 2; choose another",
    ),
    "bad regex": (GOOD + "    regex: '€(130'\n", 4, "cases[0].regex: is not a regular expression: missing ), unterminated subpattern"),
    "runaway regex": (GOOD + "    regex: '(a+)+b'\n", 4, "repeats a group that itself repeats"),
    "alias bomb": (BOMB, 2, "anchors (&) and aliases (*) are not used here"),
    "depth": (NESTED, 4, "is nested more than 20 deep; make it flatter"),
    "tab": (GOOD + "\tcontains: million\n", 4, "a tab stands here; indent by blanks"),
    "wrong type": (GOOD + "    contains: 130\n", 4, "cases[0].contains: must be text; put it in quotes"),
    "empty": ("", 1, "is empty; write `cases:` and below it a list of questions"),
    "no check": (GOOD, 2, "cases[0]: checks nothing; add answer, contains"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_one_line_with_its_line(tmp_path: Path, name: str) -> None:
    text, number, message = BROKEN[name]
    path = tmp_path / "set.yaml"
    path.write_text(text, encoding="utf-8")
    console = make_console(environ=dict(os.environ))
    assert main(["test", str(path), "--knowledge", str(tmp_path)], load=fake_load, console=console) == 4
    (line,) = console.stderr.getvalue().splitlines()
    assert line.startswith(f"pmbot: {path}:{number}:")
    assert message in line
    assert console.stdout.getvalue() == ""


@pytest.mark.parametrize(
    ("cites", "message"),
    [
        (
            "{document: pmnet.txt, text: 'reaching €140 million in 2023'}",
            "cites: 'reaching €140 million in 2023' does not stand in pmnet.txt; the nearest text is 'reaching €130 million in 2023,': "
            "copy it word for word, or put the document right",
        ),
        ("{document: pment.txt, text: x}", "cites: there is no document 'pment.txt'; the documents are notes/hostile.md, pmnet.txt"),
    ],
    ids=["quote not in document", "unknown document"],
)
def test_a_broken_case_is_named_with_its_line(tmp_path: Path, cites: str, message: str) -> None:
    path = tmp_path / "set.yaml"
    path.write_text(f"# first\n{GOOD}    cites: {cites}\n", encoding="utf-8")
    console = make_console(environ=dict(os.environ))
    assert main(["test", str(path), "--knowledge", str(tmp_path), "-q"], load=fake_load, console=console) == 4
    lines = console.stdout.getvalue().splitlines()
    assert lines[:2] == [f"ERROR  trade  {path}:3", f"  mistake   {message}"]

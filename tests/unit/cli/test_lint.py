"""`pmbot lint`."""

from __future__ import annotations

import json
from pathlib import Path

from pmbot.cli import main
from tests.fakes_api import make_console


def test_findings_are_no_failure_unless_that_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("In 2023 trade was €130 million.\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Trade reached €140 million in 2023.\n", encoding="utf-8")
    arguments = ["lint", "--knowledge", str(tmp_path)]
    console = make_console()
    assert main(arguments, console=console) == 0
    assert "a.txt:1: conflicting-figures" in console.stdout.getvalue()
    assert console.stdout.getvalue().endswith("2 documents, 2 sentences: 1 finding\n")
    assert main([*arguments, "--strict"], console=make_console()) == 1
    console = make_console()
    assert main([*arguments, "--json", "--strict"], console=console) == 1
    record = json.loads(console.stdout.getvalue())
    assert (record["schema"], record["documents"], record["findings"][0]["rule"]) == ("pmbot.lint/1", 2, "conflicting-figures")


def test_nothing_found_is_0_also_when_strict(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The bridge was opened in 1999.\n", encoding="utf-8")
    assert main(["lint", "--strict", "--knowledge", str(tmp_path)], console=make_console()) == 0
    assert main(["lint", "--strict", "--max-words", "3", "--knowledge", str(tmp_path)], console=make_console()) == 1


def test_no_documents_is_an_error_of_its_own(tmp_path: Path) -> None:
    assert main(["lint", "--knowledge", str(tmp_path)], console=make_console()) == 3

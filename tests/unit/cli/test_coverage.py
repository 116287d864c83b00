from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from pmbot.cli import main
from tests.fakes_api import FakeKnowledge, make_console

SET = "cases:\n  - {id: a, question: How much was the trade?, contains: million}\n"


def run(*arguments: str) -> tuple[int, str]:
    console = make_console(environ=dict(os.environ))
    code = main(["coverage", *arguments], load=lambda *_: FakeKnowledge(), console=console)
    return code, console.stdout.getvalue()  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def questions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("knowledge", "questions"):
        (tmp_path / name).mkdir()
    (tmp_path / "questions" / "set.yaml").write_text(SET, encoding="utf-8")


def test_the_documents_that_were_asked_are_the_ones_that_are_counted() -> None:
    """Nothing is read again: the folder of the knowledge is empty."""
    code, shown = run()
    assert code == 0
    assert "  pmnet.txt:2  In November 2024, Latvian President" in shown
    assert "fivefold" not in shown
    assert "pmnet.txt         1 of 2 sentences cited (50 %)" in shown
    found = json.loads(run("--json")[1])
    assert [(document["doc_id"], document["covered"]) for document in found["documents"]] == [("notes/hostile.md", 0), ("pmnet.txt", 1)]


def test_a_share_may_be_demanded() -> None:
    assert (run("--min", "25")[0], run("--min", "26")[0]) == (0, 1)

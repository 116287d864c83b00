"""Loading the knowledge of a command, and what somebody is told who has none."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmbot import KnowledgeBase
from pmbot.cli import main
from tests.fakes_api import make_console


@pytest.mark.parametrize("command", [["ask", "x"], ["chat"], ["docs"]])
def test_the_first_run_says_what_to_do(command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    console = make_console()
    assert main(command, console=console) == 3
    said = console.stderr.getvalue()
    assert "knowledge: no such file or folder" in said
    assert "pmbot init my-bot && cd my-bot && pmbot chat" in said
    assert "pmbot chat --knowledge FOLDER" in said
    (tmp_path / "knowledge").mkdir()
    assert main(command, console=console) == 3


def test_who_names_a_folder_is_told_about_the_folder(tmp_path: Path) -> None:
    console = make_console()
    assert main(["ask", "x", "--knowledge", str(tmp_path / "none")], console=console) == 3
    assert "pmbot init" not in console.stderr.getvalue()


def test_the_words_of_the_documents_follow_a_reload(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The bridge over the Gauja was opened in 1999.", encoding="utf-8")
    knowledge = KnowledgeBase.load(tmp_path)
    assert knowledge.vocabulary("ga") == ("Gauja",)
    (tmp_path / "b.txt").write_text("Gardens are behind the bridge.", encoding="utf-8")
    assert knowledge.vocabulary("gard") == ()
    knowledge.reload()
    assert knowledge.vocabulary("gard") == ("Gardens",)

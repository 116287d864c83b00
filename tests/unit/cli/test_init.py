"""The starter project: complete, right, and never over somebody's files."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmbot import KnowledgeBase
from pmbot.cli import main
from pmbot.config import load_configuration
from pmbot.evaluation.checks import check_turn
from pmbot.questionset.read import read_question_set
from tests.fakes_api import make_console

FILES = {"README.md", "config/pmbot.yaml", "knowledge/tool-library.md", "questions/question-set.schema.json", "questions/tool-library.yaml"}


def written(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_it_writes_a_project_and_says_what_to_do_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    console = make_console()
    assert main(["init", "my bot"], console=console) == 0
    assert written(tmp_path / "my bot") == FILES
    assert "\n  cd 'my bot'\n  pmbot chat " in console.stdout.getvalue()


def test_here_needs_no_cd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    console = make_console()
    assert main(["init", "."], console=console) == 0
    assert "cd " not in console.stdout.getvalue()


def test_its_questions_pass_with_its_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    main(["init", str(tmp_path / "bot")], console=make_console())
    monkeypatch.chdir(tmp_path / "bot")
    knowledge = KnowledgeBase.load()
    questions = read_question_set(Path("questions/tool-library.yaml"))
    assert len(questions.cases) == 5
    documents = {document.doc_id: document for document in knowledge.documents}
    for case in questions.cases:
        for turn in case.conversation:
            results = check_turn(turn, knowledge.trace(turn.question), documents)
            assert [result for result in results if not result.passed] == [], case.id
    assert len(knowledge.examples()) == 3


def test_its_settings_are_right_also_without_the_comment_signs(tmp_path: Path) -> None:
    main(["init", str(tmp_path / "bot")], console=make_console())
    path = tmp_path / "bot" / "config" / "pmbot.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    assert load_configuration(path).settings.knowledge == Path("knowledge")
    setting = [line[2:] if line.startswith(("# text", "# corpus", "# answering", "#   ")) else line for line in lines]
    path.write_text("\n".join(setting), encoding="utf-8")
    assert load_configuration(path).settings.corpus.fallback_encoding == "cp1257"


def test_documents_of_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "my: “notes”"
    own.mkdir()
    (own / "a.txt").write_text("The bridge was opened in 1999.", encoding="utf-8")
    assert main(["init", str(tmp_path / "bot"), "--knowledge", str(own)], console=make_console()) == 0
    assert written(tmp_path / "bot") == {"README.md", "config/pmbot.yaml"}
    assert load_configuration(tmp_path / "bot" / "config" / "pmbot.yaml").settings.knowledge == own
    assert "questions" not in (tmp_path / "bot" / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(FILES))
def test_it_never_overwrites(tmp_path: Path, name: str) -> None:
    there = tmp_path / name
    there.parent.mkdir(parents=True, exist_ok=True)
    there.write_text("mine", encoding="utf-8")
    console = make_console()
    assert main(["init", str(tmp_path)], console=console) == 2
    assert name in console.stderr.getvalue()
    assert written(tmp_path) == {name}
    assert there.read_text(encoding="utf-8") == "mine"


def test_what_cannot_be_written_or_found_is_said(tmp_path: Path) -> None:
    console = make_console()
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert main(["init", str(tmp_path / "file" / "bot")], console=console) == 2
    assert "Not a directory" in console.stderr.getvalue()
    assert main(["init", str(tmp_path / "bot"), "--knowledge", str(tmp_path / "none")], console=console) == 2
    assert "there is no such folder" in console.stderr.getvalue()
    assert not (tmp_path / "bot").exists()

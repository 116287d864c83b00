"""`pmbot case add`."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmbot.cli import main
from pmbot.questionset import read_question_set
from tests.fakes_api import FakeKnowledge, make_console


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


class Loading:
    """Loads the fake and remembers which knowledge was asked for."""

    def __init__(self) -> None:
        self.asked: list[Path | None] = []

    def __call__(self, knowledge: Path | None, _config: Path | None) -> FakeKnowledge:
        self.asked.append(knowledge)
        return FakeKnowledge()


def run(*arguments: str, load: Loading | None = None) -> tuple[int, str, str]:
    console = make_console()
    code = main(["case", *arguments], load=load or Loading(), console=console)
    return code, console.stdout.getvalue(), console.stderr.getvalue()


def test_the_answer_is_shown_and_kept() -> None:
    code, shown, complaint = run("add", "--tag", "money", "--tag", "new", "How much trade?")
    assert (code, complaint) == (0, "")
    assert shown.startswith("€130 million.\n")
    assert shown.endswith("Saved as trade-2023 in questions/saved.yaml:2.\n")
    (case,) = read_question_set(Path("questions/saved.yaml")).cases
    assert (case.question, case.tags, case.answer) == ("How much trade?", ("money", "new"), ("€130 million",))


def test_a_refusal_is_kept_with_its_reason() -> None:
    assert run("add", "--to", "set.yaml", "--id", "no-france", "France?")[0] == 0
    (case,) = read_question_set(Path("set.yaml")).cases
    assert case.abstains is not None
    assert (case.id, case.abstains.reason, case.abstains.missing) == ("no-france", "absent_terms", ("France",))


def test_a_dry_run_writes_nothing(here: Path) -> None:
    code, shown, _ = run("add", "--dry-run", "sale?")
    assert code == 0
    assert shown.startswith("  - id: trade-2023\n")
    assert "\x1b" not in shown
    assert list(here.iterdir()) == []


def test_a_second_time_is_an_error() -> None:
    run("add", "trade?")
    code, _, complaint = run("add", "trade?")
    assert code == 4
    assert complaint == "pmbot: questions/saved.yaml: the case trade-2023 asks this already; edit it there\n"
    assert "Saved as trade-2023-2" in run("add", "what trade?")[1]


def test_what_the_set_names_is_asked(here: Path) -> None:
    loading = Loading()
    run("add", "--to", "sets/a.yaml", "--knowledge", "notes", "trade?", load=loading)
    run("add", "--to", "sets/a.yaml", "France?", load=loading)
    run("add", "--to", "sets/b.yaml", "France?", load=loading)
    assert loading.asked == [Path("notes"), Path("sets/../notes"), None]
    assert read_question_set(Path("sets/a.yaml")).knowledge == "../notes"
    assert read_question_set(Path("sets/b.yaml")).knowledge is None


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["add", "--id", "Not An Id", "trade?"], 2, "--id Not An Id: small letters"),
        (["add", "--to", "broken.yaml", "trade?"], 4, "broken.yaml:1"),
        (["add"], 2, "Missing argument"),
        (["remove", "trade?"], 2, "Invalid value"),
    ],
)
def test_mistakes(arguments: list[str], code: int, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("broken.yaml").write_text("cases: 3\n", encoding="utf-8")
    ended, _, complaint = run(*arguments)
    assert ended == code
    assert words in complaint + capsys.readouterr().err

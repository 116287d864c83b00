"""The record of use on the command line: where it is, who records, `pmbot gaps`, `pmbot forget`."""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from pmbot.cli import main
from pmbot.questionset import read_question_set
from pmbot.storage.places import state_folder
from pmbot.storage.use import UseStore
from pmbot.storage.used import UseEntry, Vote
from tests.fakes_api import FakeKnowledge, Tty, fake_load, make_console


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def record(here: Path) -> Path:
    return state_folder(Path("knowledge"), here / "state" / "pmbot") / "use.sqlite3"


def run(*arguments: str, stdin: str = "", typed: str | None = None) -> tuple[int, str, str]:
    console = make_console(stdin, {"XDG_STATE_HOME": str(Path.cwd() / "state")})
    if typed is not None:
        console = replace(console, stdin=Tty(typed))
    code = main(list(arguments), load=fake_load, console=console)
    return code, console.stdout.getvalue(), console.stderr.getvalue()


def fill(record: Path, *questions: str, days_ago: float = 0.0, user: str | None = None) -> None:
    now = time.time()
    with UseStore.open(record, now) as store:
        for question in questions:
            store.record(UseEntry.of(FakeKnowledge().trace(question), "telegram" if user else "repl", user, now - days_ago * 86_400))


def asked(record: Path) -> list[str]:
    with UseStore.open(record, time.time()) as store:
        return [used.question for used in store.used()]


def test_ask_records_on_demand_alone(record: Path) -> None:
    assert run("ask", "trade?")[0] == 0
    assert not record.exists()
    assert run("ask", "--record", "trade?") == run("ask", "trade?")
    assert asked(record) == ["trade?"]


def test_a_batch_is_not_recorded() -> None:
    code, _, complaint = run("ask", "--record", "--jsonl", "-", stdin='{"question": "trade?"}\n')
    assert code == 2
    assert "--record keeps a question that somebody asked" in complaint


def test_a_pipe_is_recorded_on_demand_alone(record: Path) -> None:
    plain = run("chat", stdin="trade?\n")
    assert not record.exists()
    code, shown, _ = run("chat", "--record", stdin="trade?\n")
    assert code == 0
    assert f"recorded in {record}" in shown
    assert run("chat", "--record", stdin="trade?\n") == plain
    assert asked(record) == ["trade?", "trade?"]


def test_a_person_is_recorded_unless_it_is_turned_off(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PMBOT_USAGE__RECORD", "false")
    assert run("chat", typed="trade?\n:quit\n")[0] == 0
    monkeypatch.delenv("PMBOT_USAGE__RECORD")
    assert run("chat", "--no-record", typed="trade?\n:quit\n")[0] == 0
    assert not record.exists()
    assert run("chat", typed="trade?\n:quit\n")[0] == 0
    assert asked(record) == ["trade?"]


def test_each_knowledge_has_its_own_record(record: Path, here: Path) -> None:
    run("ask", "--record", "--knowledge", "notes", "trade?")
    assert not record.exists()
    assert asked(state_folder(Path("notes"), here / "state" / "pmbot") / "use.sqlite3") == ["trade?"]


@pytest.mark.parametrize("command", [["ask", "--record", "trade?"], ["chat", "--record"]])
def test_a_broken_record_costs_no_answer(command: list[str], record: Path) -> None:
    fill(record, "trade?")
    record.write_bytes(b"nonsense" * 500)
    code, shown, complaint = run(*command, stdin="trade?\n")
    assert code == 0
    assert "€130 million." in shown
    assert "is not a database" in shown + complaint


def test_without_a_place_there_is_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    (Path("state")).write_text("in the way")
    code, shown, complaint = run("ask", "--record", "trade?")
    assert code == 0
    assert shown.startswith("€130 million.")
    assert "This is not recorded: " in complaint


def test_gaps_before_anything_was_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("gaps") == (0, "Nothing is recorded.\n", "")
    assert json.loads(run("gaps", "--json")[1]) == {"schema": "pmbot.gaps/1", "recorded": 0, "users": 0, "gaps": [], "missing_terms": []}
    monkeypatch.setenv("PMBOT_USAGE__RECORD", "false")
    assert "turned off" in run("gaps")[1]


def test_gaps(record: Path) -> None:
    fill(record, "trade?", "France?", "France?", user="4711")
    code, shown, _ = run("gaps")
    assert code == 0
    assert "2×  France?" in shown
    listed = json.loads(run("gaps", "--json")[1])
    assert (listed["recorded"], listed["users"]) == (3, 1)
    assert [gap["question"] for gap in listed["gaps"]] == ["France?"]


def test_gaps_of_the_last_days(record: Path) -> None:
    fill(record, "France?", days_ago=3)
    assert "France?" in run("gaps", "--days", "4")[1]
    assert run("gaps", "--days", "2")[1] == "Nothing is recorded of these days.\n"


def test_gaps_become_cases_once(record: Path) -> None:
    fill(record, "France?", "trade?")
    with UseStore.open(record, time.time()) as store:
        store.vote(store.used()[1].answer_id, "1", Vote.BAD, time.time())
    code, _, said = run("gaps", "--to-cases", "questions/gaps.yaml", "--knowledge", "knowledge")
    assert (code, said) == (0, "pmbot: 2 cases added to questions/gaps.yaml\n")
    read = read_question_set(Path("questions/gaps.yaml"))
    assert read.knowledge == "../knowledge"
    assert [(case.question, bool(case.xfail)) for case in read.cases] == [("France?", False), ("trade?", True)]
    assert run("gaps", "--to-cases", "questions/gaps.yaml")[2] == "pmbot: 0 cases added to questions/gaps.yaml, 2 were there already\n"


def test_forget_wants_to_know_what() -> None:
    for arguments in ([], ["--all", "--channel", "repl"]):
        code, _, complaint = run("forget", *arguments)
        assert code == 2
        assert "say what to forget" in complaint


def test_forget(record: Path) -> None:
    assert run("forget", "--all") == (0, "Deleted 0 questions and 0 votes.\n", "")
    assert not record.exists()
    fill(record, "trade?")
    fill(record, "France?", user="4711")
    fill(record, "sale?", days_ago=20, user="4712")
    assert run("forget", "--before", "10")[1] == "Deleted 1 question and 0 votes.\n"
    assert run("forget", "--user", "4713")[1] == "Deleted 0 questions and 0 votes.\n"
    with UseStore.open(record, time.time()) as store:
        name = store.user_hash("4711")
    assert json.loads(run("forget", "--user", name, "--json")[1]) == {"schema": "pmbot.forgotten/1", "questions": 1, "votes": 0}
    assert asked(record) == ["trade?"]
    assert run("forget", "--channel", "repl")[1] == "Deleted 1 question and 0 votes.\n"


def test_a_user_is_forgotten_by_id(record: Path) -> None:
    fill(record, "France?", user="4711")
    fill(record, "trade?", user="4712")
    assert run("forget", "--user", "4711")[1] == "Deleted 1 question and 0 votes.\n"
    assert asked(record) == ["trade?"]


@pytest.mark.parametrize(("typed", "code", "left"), [("n\n", 1, 1), ("\n", 1, 1), ("", 1, 1), ("y\n", 0, 0), ("YES\n", 0, 0)])
def test_a_person_is_asked_first(typed: str, code: int, left: int, record: Path) -> None:
    fill(record, "trade?")
    ended, _, said = run("forget", "--all", typed=typed)
    assert ended == code
    assert said.startswith("Delete 1 question and the votes on it? [y/N] ")
    assert len(asked(record)) == left


def test_a_person_who_said_yes_is_not_asked(record: Path) -> None:
    fill(record, "trade?")
    assert run("forget", "--all", "--yes", typed="")[2] == ""


def test_a_newer_record_is_told(record: Path) -> None:
    fill(record, "trade?")
    with closing(sqlite3.connect(record)) as connection:
        connection.execute("PRAGMA user_version = 99")
    for command in (["gaps"], ["forget", "--all"]):
        code, _, complaint = run(*command)
        assert code == 8
        assert "newer pmbot" in complaint

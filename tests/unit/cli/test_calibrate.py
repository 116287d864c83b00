from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.cli import main
from pmbot.cli.calibrate import with_threshold
from pmbot.errors import ConfigError
from pmbot.yamlfile import parse_yaml
from tests.fakes_api import make_console

TEXT = """The harbour of Marbeck opened in 1921 and was closed in 1998 after a storm.
The ferry to Hollen cost 12 euros in 2004.
Helena Voss led the shipyard from 1950 to 1971.
"""
SET = """knowledge: notes.txt
cases:
  - {id: opened, question: When did the harbour of Marbeck open?, answer: "1921", cites: {document: notes.txt, text: opened in 1921}}
  - {id: cost, question: How much did the ferry to Hollen cost in 2004?, cites: {document: notes.txt, text: 12 euros}}
  - {id: led, question: Who led the shipyard?, answer: Helena Voss}
  - {id: ferry, question: Why was the ferry late?, abstains: true}
  - {id: mayor, question: Who is the mayor of Oslo?, abstains: true}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "set.yaml").write_text(SET, encoding="utf-8")
    (tmp_path / "my.yaml").write_text("# mine\nanswering:\n  threshold: 0.3   # how sure\n  closest: 2\n", encoding="utf-8")
    return tmp_path


def calibrate(*arguments: str) -> tuple[int, str, str]:
    console = make_console()
    code = main(["calibrate", *arguments], console=console)
    return code, console.stdout.getvalue(), console.stderr.getvalue()  # type: ignore[attr-defined]


def test_the_table_and_the_advice(folder: Path) -> None:
    code, out, err = calibrate("set.yaml", "--precision", "0.9")
    assert (code, err) == (0, "")
    assert out.startswith("5 questions: 3 with an answer, 2 without.\n")
    assert "are refused by guards whatever the threshold" in out
    assert "set now" in out
    assert "For 90 % right answers: threshold 0." in out


def test_json_and_every_threshold_is_what_pmbot_test_would_answer(folder: Path) -> None:
    code, out, _ = calibrate("set.yaml", "--json")
    found = json.loads(out)
    assert code == 0
    assert found["schema"] == "pmbot.calibration/1"
    assert found["questions"] == found["answerable"] + found["unanswerable"] == 5
    for point in found["curve"]:
        (folder / "there.yaml").write_text(f"answering: {{threshold: {point['threshold']}}}\n")
        console = make_console()
        assert main(["test", "set.yaml", "--config", "there.yaml", "--json"], console=console) in {0, 1}
        report = json.loads(console.stdout.getvalue())  # type: ignore[attr-defined]
        answered = [turn["answer"]["status"] == "answered" for case in report["cases"] for turn in case["turns"]]
        assert sum(answered) == point["answered"]


def test_two_processes_give_the_same(folder: Path) -> None:
    more = "".join(f"  - {{id: led{n}, question: Who led the shipyard?, answer: Helena Voss}}\n" for n in range(10))
    (folder / "set.yaml").write_text(SET + more, encoding="utf-8")
    assert calibrate("set.yaml", "--json", "-j", "2") == calibrate("set.yaml", "--json")


def test_writing_changes_one_number(folder: Path) -> None:
    code, _, err = calibrate("set.yaml", "--config", "my.yaml", "--precision", "0.8", "--write")
    assert code == 0
    lines = (folder / "my.yaml").read_text(encoding="utf-8").splitlines()
    assert [lines[0], lines[1], lines[3]] == ["# mine", "answering:", "  closest: 2"]
    assert lines[2].startswith("  threshold: 0.")
    assert lines[2].endswith(" # how sure")
    assert err.startswith("wrote answering.threshold: 0.")


def test_without_a_file_of_ones_own_nothing_is_written(folder: Path) -> None:
    code, out, err = calibrate("set.yaml", "--write")
    assert (code, out) == (2, "")
    assert "no settings file of your own" in err


def test_a_variable_that_wins_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PMBOT_ANSWERING__THRESHOLD", "0.4")
    console = make_console(environ={"PMBOT_ANSWERING__THRESHOLD": "0.4"})
    assert main(["calibrate", "set.yaml", "--config", "my.yaml", "--precision", "0.5", "--write"], console=console) == 0
    assert "PMBOT_ANSWERING__THRESHOLD is set and wins" in console.stderr.getvalue()  # type: ignore[attr-defined]


def test_no_threshold_is_precise_enough(folder: Path) -> None:
    (folder / "set.yaml").write_text(
        SET.replace("opened in 1921", "Helena").replace("12 euros", "shipyard").replace("r: Helena", "r: Olga")
    )
    code, out, _ = calibrate("set.yaml", "--precision", "1")
    assert code == 1
    assert "No threshold makes 100 % of the answers right; the best is 0.0 % of " in out


def test_plot_and_page(folder: Path) -> None:
    assert calibrate("set.yaml", "--svg", "plot.svg", "--html", "page.html")[0] == 0
    root = ET.fromstring((folder / "plot.svg").read_text(encoding="utf-8"))
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    page = (folder / "page.html").read_text(encoding="utf-8")
    assert "Content-Security-Policy" in page
    assert calibrate("set.yaml", "--svg", "-", "--json")[0] == 2


def test_a_set_that_says_nothing_of_answers(folder: Path) -> None:
    (folder / "set.yaml").write_text("knowledge: notes.txt\ncases:\n  - {id: a, question: Hello?, not_contains: x}\n")
    code, _, err = calibrate("set.yaml")
    assert code == 4
    assert "no case says whether its question has an answer" in err


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("answering:\n  threshold: 0.3 # x\n", "answering:\n  threshold: 0.55 # x\n"),
        ("answering:\n  threshold: 0.3     # x\n", "answering:\n  threshold: 0.55    # x\n"),
        ("answering: {closest: 1, threshold: 0.3}\r\n", "answering: {closest: 1, threshold: 0.55}\r\n"),
        ("a: 1\nanswering:  # here\n    closest: 1\nb: 2", "a: 1\nanswering:  # here\n    threshold: 0.55\n    closest: 1\nb: 2"),
        ("answering:\nb: 2\n", "answering:\n  threshold: 0.55\nb: 2\n"),
        ("answering:", "answering:\n  threshold: 0.55\n"),
        ("a: 1", "a: 1\n\nanswering:\n  threshold: 0.55\n"),
        ("", "answering:\n  threshold: 0.55\n"),
        ("# only a comment\n", "# only a comment\n\nanswering:\n  threshold: 0.55\n"),
    ],
)
def test_where_the_number_goes(before: str, after: str) -> None:
    assert with_threshold(before, parse_yaml(before, error=ConfigError, where="f"), 0.55) == after


def test_what_cannot_be_edited_is_said_and_left_alone() -> None:
    raw = "answering: {closest: 1}\n"
    with pytest.raises(ConfigError, match="write it yourself under answering"):
        with_threshold(raw, parse_yaml(raw, error=ConfigError, where="f"), 0.55)


@given(st.floats(0, 1))
def test_any_threshold_is_read_back_as_it_was_written(threshold: float) -> None:
    raw = "answering:\n  threshold: 0.3\n"
    text = with_threshold(raw, parse_yaml(raw, error=ConfigError, where="f"), round(threshold, 7))
    assert parse_yaml(text, error=ConfigError, where="f").data == {"answering": {"threshold": round(threshold, 7)}}

"""Settings with their origins."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pmbot.cli import main
from pmbot.config import setting_names
from tests.fakes_api import make_console


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def shown(*arguments: str) -> str:
    console = make_console()
    assert main(["config", *arguments], console=console) == 0
    assert console.stderr.getvalue() == ""
    return str(console.stdout.getvalue())


def by_name(*arguments: str) -> dict[str, Any]:
    return {entry["setting"]: entry for entry in json.loads(shown("show", "--json", *arguments))["settings"]}


def test_without_a_file_everything_is_a_default() -> None:
    found = by_name()
    assert list(found) == list(setting_names())
    assert {entry["from"] for entry in found.values()} == {"default"}
    assert "pmbot init" in shown("show")
    assert shown("check").endswith("0 of them not from the defaults: all right\n")


def test_where_each_value_comes_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("# mine\nknowledge: notes\nretrieval:\n  k1: 2.0\n  b: 0.5\ntext: {language: en}\n", encoding="utf-8")
    monkeypatch.setenv("PMBOT_RETRIEVAL__B", "0.25")
    monkeypatch.setenv("PMBOT_CORPUS", '{"max_file_mb": 7}')
    monkeypatch.setenv("PMBOT_ANSWERING__THRESHOLD", "")
    found = by_name("--config", str(path))
    origins = {name: (entry["value"], entry["from"], entry["where"]) for name, entry in found.items()}
    assert origins["knowledge"] == ("notes", "file", f"{path}:2")
    assert origins["retrieval.k1"] == (2.0, "file", f"{path}:4")
    assert origins["retrieval.b"] == (0.25, "environment", "PMBOT_RETRIEVAL__B")
    assert origins["corpus.max_file_mb"] == (7.0, "environment", "PMBOT_CORPUS")
    assert origins["corpus.chunk_overlap"] == (1, "default", None)
    assert origins["text.language"] == ("en", "file", f"{path}:6")
    assert origins["answering.threshold"][1] == "default"
    table = shown("show", "--config", str(path))
    assert table.startswith(f"Settings file: {path}\n")
    assert any(line.split() == ["retrieval.b", "0.25", "PMBOT_RETRIEVAL__B"] for line in table.splitlines())


def test_on_a_narrow_terminal_each_part_has_a_line_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    console = make_console()
    monkeypatch.setattr(console.stdout, "isatty", lambda: True)
    assert main(["config", "show"], console=console) == 0
    lines = console.stdout.getvalue().splitlines()[2:]
    at = lines.index("retrieval.b")
    assert lines[at + 1 : at + 3] == ["  0.75", "  default"]
    assert max(map(len, lines)) <= 40


def test_values_are_shown_harmlessly(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text('knowledge: "a\\e[2J\\nb"\n', encoding="utf-8")
    assert "a␛[2J␊b" in shown("show", "--config", str(path))
    assert "\x1b" not in shown("show", "--json", "--config", str(path))


@pytest.mark.parametrize("action", ["show", "check"])
def test_what_is_wrong_ends_with_2(action: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PMBOT_ANSWERING__TRESHOLD", "0.5")
    console = make_console()
    assert main(["config", action], console=console) == 2
    assert "did you mean PMBOT_ANSWERING__THRESHOLD?" in console.stderr.getvalue()


def test_check_reads_the_word_lists_too(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "pmbot.yaml").write_text("text: {language: xx}\n", encoding="utf-8")
    (tmp_path / "config" / "stopwords.xx.txt").write_text("two words\n", encoding="utf-8")
    console = make_console()
    assert main(["config", "check"], console=console) == 2
    assert "stopwords.xx.txt:1: holds 2 words" in console.stderr.getvalue()


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("lv", "Language lv: supported in basic form"),
        ("de", "Language de: supported by fallback: words with their endings"),
        ("xx", "Language xx: supported by fallback: exact words"),
    ],
)
def test_check_says_how_well_the_language_is_supported(language: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PMBOT_TEXT__LANGUAGE", language)
    console = make_console()
    assert main(["config", "check"], console=console) == 0
    assert said in console.stdout.getvalue()

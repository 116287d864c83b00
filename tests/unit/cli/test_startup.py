"""What `pmbot ask` loads and writes when the index is fresh: a start that grows is noticed here, module by module."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

LIBRARIES = (
    "numpy",
    "nltk",
    "rank_bm25",
    "rapidfuzz",
    "ruamel",
    "rich",
    "prompt_toolkit",
    "telegram",
    "pydantic_settings",
    "asyncio",
    "sqlite3",
)
"""What no answer in plain text needs; together they would take three times as long as the answer."""

OURS = (
    *(f"pmbot.corpus.readers.{name}" for name in ("plain", "markdown", "html", "pdf", "docx", "table", "jsonl")),
    "pmbot.corpus.sandbox",
    "pmbot.evaluation",
    "pmbot.questionset",
    "pmbot.inspection",
    "pmbot.interfaces.repl.loop",
    "pmbot.rendering.receipts",
    "pmbot.rendering.records",
)

CHILD = """
import gc, json, os, sys
opened = []
def note(event, arguments):
    if event == "open" and isinstance(arguments[0], str):
        opened.append([os.path.abspath(arguments[0]), bool(arguments[2] & (os.O_WRONLY | os.O_RDWR))])
sys.addaudithook(note)
sys.argv = ["pmbot", "ask", "How much was the trade in 2023?"]
from pmbot.cli import main
code = main()
print(json.dumps({"code": code, "modules": sorted(sys.modules), "opened": opened, "young": gc.get_threshold()[0]}))
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    documents = tmp_path / "knowledge"
    documents.mkdir()
    (documents / "trade.txt").write_text("In 2023 the trade was 130 million euros.\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def ask() -> tuple[str, dict[str, object]]:
    """The answer of a process of its own, and what it did for it."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run([sys.executable, "-c", CHILD], capture_output=True, text=True, check=True, env=environment)
    answer, _, noted = done.stdout.rstrip("\n").rpartition("\n")
    return answer, json.loads(noted)


@pytest.mark.slow
def test_what_a_fresh_index_needs(folder: Path) -> None:
    first, _ = ask()
    second, noted = ask()
    assert first == second
    assert "130 million euros" in first
    modules = noted["modules"]
    assert [name for name in (*LIBRARIES, *OURS) if name in modules] == []  # type: ignore[operator]
    places = (str(folder), os.environ["HOME"], os.environ["XDG_STATE_HOME"])
    assert [name for name, writes in noted["opened"] if writes and name.startswith(places)] == []  # type: ignore[attr-defined]
    assert noted["young"] == 100_000


def test_a_damaged_preparation_changes_no_answer(folder: Path) -> None:
    first, _ = ask()
    prepared = Path(os.environ["XDG_CACHE_HOME"]) / "pmbot" / "prepared"
    whole = {path.name: path.read_bytes() for path in prepared.iterdir()}
    assert len(whole) >= 4
    for path in prepared.iterdir():
        path.write_bytes(path.read_bytes()[:-9])
    assert ask()[0] == first
    assert {path.name: path.read_bytes() for path in prepared.iterdir()} == whole

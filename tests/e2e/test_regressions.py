"""What the test bench is for: an edit of one figure is noticed, named and explained; and nothing else is."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from pmbot.cli import main
from tests.fakes_api import make_console

ROOT = Path(__file__).parents[2]
OLD, NEW = "€130 million", "€150 million"
SET = """\
cases:
  - id: trade
    question: How much did Latvia and South Korea trade in 2023?
    answer: €130 million
    cites: {document: pmnet.txt, text: fivefold over the last decade}
  - id: growth
    question: How fast did trade grow?
    contains: fivefold
  - id: turnover
    question: What was the turnover of Latvian pharmaceutical exports in 2023?
    answer: €240 million
  - id: france
    question: Who is the president of France?
    abstains: {missing: France}
  - id: talk
    turns:
      - {question: Who is the president of Latvia?, answer: Edgars Rinkēvičs}
      - {question: When did he visit South Korea?, contains: November 2024}
"""


def pmbot(*arguments: str) -> tuple[int, str, str]:
    console = make_console(environ=dict(os.environ))
    code = main(arguments, console=console)
    return code, console.stdout.getvalue(), console.stderr.getvalue()  # type: ignore[attr-defined]


def git(*arguments: str) -> None:
    identity = ("-c", "user.name=Author", "-c", "user.email=author@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *arguments], check=True, capture_output=True)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the project's knowledge and settings in a repository, with a question set."""
    monkeypatch.chdir(tmp_path)
    for name in ("knowledge", "config"):
        shutil.copytree(ROOT / name, tmp_path / name)
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions" / "trade.yaml").write_text(SET, encoding="utf-8")
    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "first")
    return tmp_path


def edit(project: Path) -> None:
    path = project / "knowledge" / "pmnet.txt"
    text = path.read_text(encoding="utf-8")
    assert text.count(OLD) == 1
    path.write_text(text.replace(OLD, NEW), encoding="utf-8")


def test_one_figure_is_edited(project: Path, snapshot: SnapshotAssertion) -> None:
    code, _, _ = pmbot("test")
    assert code == 0
    edit(project)
    code, out, err = pmbot("diff", "HEAD")
    assert (code, err) == (0, "")
    assert out == snapshot(name="diff")
    assert out.endswith("This edit changes 2 of 6 answers.\n")
    code, out, err = pmbot("test", "-q")
    assert (code, err) == (1, "")
    assert re.sub(r" in [\d.]+ s\n", "\n", re.sub(r"\d+\.\d\d", "#", out)) == snapshot(name="test")


def test_the_diff_for_a_pull_request_and_for_programs(project: Path, snapshot: SnapshotAssertion) -> None:
    edit(project)
    assert re.sub("<sub>corpus:.*", "<sub>signature", pmbot("diff", "HEAD", "--markdown")[1]) == snapshot
    code, out, _ = pmbot("diff", "HEAD", "--json", "--fail-on-change")
    data = json.loads(out)
    assert code == 1
    assert (data["schema"], data["asked"], data["changed"]) == ("pmbot.diff/1", 6, 2)
    assert [(change["case"], change["aspects"]) for change in data["changes"]] == [
        ("trade", ["answer", "citations"]),
        ("growth", ["citations"]),
    ]
    assert data["changes"][0]["old"]["short_answer"] == OLD


def test_folders_tell_the_same_as_the_revision(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    checkout = tmp_path_factory.mktemp("checkout")
    shutil.copytree(project / "knowledge", checkout / "knowledge")
    shutil.copytree(project / "config", checkout / "config")
    edit(project)
    by_revision = pmbot("diff", "HEAD")[1]
    assert pmbot("diff", str(checkout))[1] == by_revision
    assert pmbot("diff", str(checkout / "knowledge"))[1] == by_revision


def test_an_edit_of_the_settings_is_a_change_too(project: Path) -> None:
    path = project / "config" / "templates.en.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace('short: "{short} {marker}"', 'short: "It is {short} {marker}"'), encoding="utf-8"
    )
    data = json.loads(pmbot("diff", "HEAD", "--json")[1])
    assert {tuple(change["aspects"]) for change in data["changes"]} == {("wording",)}
    assert pmbot("diff", "HEAD", "--fail-on-change", "questions/trade.yaml", "-j", "2")[0] == 1


@pytest.mark.parametrize(
    ("old", "problem"),
    [
        ("HEAD~9", "HEAD~9: is neither a folder nor a revision that git knows here"),
        ("--output=x", None),
        ("; touch hacked", "; touch hacked: is neither a folder nor a revision"),
        ("HEAD:knowledge", "is neither a folder nor a revision"),
        ("a\nb\x1b", "a␊b␛: is neither"),
    ],
)
def test_what_is_no_older_state(project: Path, old: str, problem: str | None) -> None:
    code, out, err = pmbot("diff", old)
    assert (code, out) == (2, "")
    assert problem is None or problem in err
    assert sorted(path.name for path in project.iterdir()) == [".git", "config", "knowledge", "questions"]


def test_what_git_did_not_know_then(project: Path) -> None:
    (project / "drafts").mkdir()
    shutil.copy(project / "knowledge" / "pmnet.txt", project / "drafts")
    assert "drafts: was not there at HEAD, or git does not track it" in pmbot("diff", "HEAD", "--knowledge", "drafts")[2]
    assert "lies outside the repository" in pmbot("diff", "HEAD", "--knowledge", str(ROOT / "knowledge"))[2]


def test_hostile_names_in_the_repository(project: Path) -> None:
    for name in ("-rf.txt", "a\nb.txt", ":(top)x.txt", "*.txt", "é ü.txt"):
        (project / "knowledge" / name).write_text("Nothing of interest is said here.\n", encoding="utf-8")
    git("add", "-A")
    git("commit", "-qm", "names")
    assert pmbot("diff", "HEAD")[1] == "This edit changes none of 6 answers.\n"


def test_coverage(project: Path) -> None:
    code, out, _ = pmbot("coverage", "--min", "50")
    assert code == 1
    assert re.search(r"^all +\d+ of \d+ sentences cited \(\d+ %\)$", out, re.MULTILINE)
    assert "  pmnet.txt:7  The partnership between the two nations has continued to thrive.\n" in out
    data = json.loads(pmbot("coverage", "--json", "--min", "1")[1])
    (document,) = data["documents"]
    assert document["sentences"] - document["covered"] == len(document["uncovered"])
    assert not any(OLD in sentence["text"] for sentence in document["uncovered"])


def stable(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith('"times"'))


def by_id(text: str) -> dict[str, Any]:
    return {case["id"]: {**case, "place": "", "source": 0} for case in json.loads(text)["cases"]}


@pytest.mark.slow
def test_processes_and_order_change_nothing(project: Path) -> None:
    (project / "questions" / "all.yaml").write_text(
        (ROOT / "tests" / "questions" / "pmnet.yaml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    alone = pmbot("test", "--json")[1]
    assert stable(pmbot("test", "--json", "-j", "2")[1]) == stable(alone)
    path = project / "questions" / "trade.yaml"
    cases = re.split(r"(?m)^(?=  - id:)", SET)
    path.write_text(cases[0] + "".join(reversed(cases[1:])), encoding="utf-8")
    turned, before = by_id(pmbot("test", "--json", "questions/trade.yaml")[1]), by_id(alone)
    assert list(turned) == ["talk", "france", "turnover", "growth", "trade"]
    assert turned == {name: before[name] for name in turned}


@pytest.mark.slow
def test_hash_seeds(project: Path, scale: Callable[[int, int], int]) -> None:
    outputs = set()
    for seed in range(scale(3, 20)):
        environment = {**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONPATH": str(ROOT / "src")}
        command = [sys.executable, "-m", "pmbot", "test", "--json"]
        outputs.add(stable(subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120, check=True).stdout))
    assert len(outputs) == 1

"""`pmbot test` on a fake knowledge: what is chosen, shown, written and ended with."""

from __future__ import annotations

import io
import json
import os
import threading
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from pmbot.cli import main
from pmbot.cli.console import Console
from pmbot.cli.test_options import TestOptions
from pmbot.cli.watching import watch
from pmbot.errors import ConfigError
from tests.fakes_api import FakeKnowledge, Tty, make_console

SET = """\
cases:
  - id: trade
    question: How much was the trade?
    tags: [money]
    answer: €130 million
    cites: {document: pmnet.txt, text: reaching €130 million in 2023}
  - id: france
    question: Who is the president of France?
    tags: [refused]
    abstains: {missing: France}
  - id: weather
    question: How is the weather?
    tags: [refused]
    contains: sunny
  - id: sale
    question: Which sale?
    xfail: hostile
    not_contains: worth
  - id: talk
    turns:
      - {question: How much was the trade?, answer: €130 million}
      - {question: And the trade in 2024?, abstains: true, max_ms: 1}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "knowledge").mkdir()
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions" / "set.yaml").write_text(SET, encoding="utf-8")
    return tmp_path


class Run:
    """One run: exit code, output, and what was asked."""

    def __init__(self, *arguments: str) -> None:
        self.knowledge = FakeKnowledge()
        self.console: Console = make_console(environ=dict(os.environ))
        self.code = main(["test", *arguments], load=lambda *_: self.knowledge, console=self.console)
        self.out, self.err = self.console.stdout.getvalue(), self.console.stderr.getvalue()  # type: ignore[attr-defined]

    @property
    def asked(self) -> list[str]:
        return [text for text, _, _ in self.knowledge.asked]

    @property
    def report(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.out)
        return found


def timeless(text: str) -> str:
    return text.rpartition(" in ")[0]


def test_a_run(folder: Path, snapshot: SnapshotAssertion) -> None:
    run = Run()
    assert run.code == 1
    assert timeless(run.out) == snapshot
    assert run.err == ""


def test_a_conversation_is_asked_with_what_came_before(folder: Path) -> None:
    asked = Run("-k", "talk").knowledge.asked
    assert asked == [("How much was the trade?", (), None), ("And the trade in 2024?", ("How much was the trade?",), None)]


@pytest.mark.parametrize(
    ("arguments", "ids", "code"),
    [
        (["-k", "trade or france"], ["trade", "france"], 0),
        (["--tag", "money", "--tag", "refused"], ["trade", "france", "weather"], 1),
        (["--tag", "refused", "-k", "not weather"], ["france"], 0),
        (["-k", "sale"], ["sale"], 0),
        (["--fail-fast"], ["trade", "france", "weather"], 1),
    ],
)
def test_what_is_run(folder: Path, arguments: list[str], ids: list[str], code: int) -> None:
    run = Run("--json", *arguments)
    assert [case["id"] for case in run.report["cases"]] == ids
    assert run.code == code


def test_last_failures_come_first_and_the_report_stays_in_order(folder: Path) -> None:
    first = Run("--json")
    again = Run("--json", "--failed")
    assert again.asked[0] == "How is the weather?"
    assert sorted(again.asked) == sorted(first.asked)
    assert [case["id"] for case in again.report["cases"]] == [case["id"] for case in first.report["cases"]]
    assert Run("--failed", "--fail-fast").asked == ["How is the weather?"]
    (folder / "questions" / "set.yaml").write_text(SET.replace("contains: sunny", "abstains: true"), encoding="utf-8")
    Run("-k", "weather")
    assert Run("--json", "--failed").asked[0] != "How is the weather?"


def test_a_run_without_a_place_to_remember_says_so_and_goes_on(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(folder / "file"))
    run = Run("-k", "trade")
    assert run.code == 0
    assert "is not remembered for --failed" in run.err


def test_json_is_all_there_is_on_standard_output(folder: Path) -> None:
    run = Run("--json")
    assert run.report["schema"] == "pmbot.report/1"
    assert run.report["totals"] == {"cases": 5, "passed": 2, "failed": 2, "xfailed": 1, "xpassed": 0, "error": 0}
    assert "5 cases: 2 passed, 2 failed, 1 failed as expected" in run.err


def test_two_runs_are_alike_but_for_times(folder: Path) -> None:
    one, other = Run("--json").out.splitlines(), Run("--json", "--failed").out.splitlines()
    assert [line for line in one if not line.startswith('"times"')] == [line for line in other if not line.startswith('"times"')]


def test_reports_are_written(folder: Path) -> None:
    run = Run("--junit", "j.xml", "--json-file", "r.json", "--markdown", "m.md", "-q")
    assert run.code == 1
    assert len(ET.parse(folder / "j.xml").getroot().findall("testsuite/testcase")) == 5
    assert json.loads((folder / "r.json").read_text(encoding="utf-8"))["totals"]["failed"] == 2
    assert (folder / "m.md").read_text(encoding="utf-8").startswith("## pmbot test: failed")
    assert Run("--junit", "-").out.startswith("<?xml")
    assert sorted(path.name for path in folder.iterdir()) == ["j.xml", "knowledge", "m.md", "questions", "r.json"]


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["-k", "trade and"], "-k trade and: a word is missing at the end"),
        (["-k", "nothing"], "no case is chosen by -k nothing; there are 5"),
        (["--tag", "nothing"], "no case is chosen by --tag nothing; there are 5"),
        (["--update-baseline"], "--update-baseline needs --baseline FILE"),
        (["--baseline", "b", "--update-baseline", "-k", "x"], "runs all cases"),
        (["--json", "--junit", "-"], "only one report can go to standard output"),
        (["--format", "trec"], "--format trec: is not known"),
        (["--corpus"], "go with --format squad"),
        (["--junit", "none/j.xml"], "none/j.xml: cannot be written: No such file"),
    ],
)
def test_what_makes_no_sense(folder: Path, arguments: list[str], problem: str) -> None:
    run = Run(*arguments)
    assert run.code == 2
    assert problem in run.err


def test_a_baseline(folder: Path) -> None:
    path = folder / "questions" / "baseline.jsonl"
    missing = Run("--baseline", str(path))
    assert (missing.code, "make it with --update-baseline" in missing.err) == (4, True)
    made = Run("--baseline", str(path), "--update-baseline")
    assert made.code == 0
    assert "5 cases; it accepts 2 that fail" in made.err
    assert '{"case": "set.yaml#weather", "outcome": "failed"}\n' in path.read_text(encoding="utf-8")
    same = Run("--baseline", str(path))
    assert same.code == 0
    assert "Failing as in the baseline:\n  questions/set.yaml:11  weather\n" in same.out
    text = SET.replace("answer: €130 million\n    cites", "answer: €131 million\n    cites").replace("contains: sunny", "abstains: true")
    (folder / "questions" / "set.yaml").write_text(text, encoding="utf-8")
    changed = Run("--baseline", str(path))
    assert changed.code == 1
    assert "Newly failing:\n  questions/set.yaml:2  trade\n" in changed.out
    assert "Newly passing:\n  questions/set.yaml:11  weather\n" in changed.out


def test_a_baseline_of_another_signature_says_so(folder: Path) -> None:
    Run("--baseline", "b.jsonl", "--update-baseline")
    path = folder / "b.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace("corpus:fake", "corpus:other"), encoding="utf-8")
    run = Run("--baseline", "b.jsonl")
    assert run.code == 0
    assert "The baseline b.jsonl was made by another signature: corpus:other" in run.out


def test_slowness_is_advice_unless_it_is_made_a_failure(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter(range(1000))
    monkeypatch.setattr("time.perf_counter", lambda: float(next(ticks)))
    (folder / "questions" / "set.yaml").write_text(
        "cases:\n  - {id: a, question: The trade?, contains: million, max_ms: 5}\n", encoding="utf-8"
    )
    advised = Run()
    assert (advised.code, "slow: questions/set.yaml:2 a: took 1000 ms, max_ms is 5" in advised.out) == (0, True)
    assert Run("--fail-slow").code == 1


def test_a_set_names_its_knowledge(folder: Path) -> None:
    (folder / "questions" / "set.yaml").write_text("knowledge: ../gone\n" + SET, encoding="utf-8")
    run = Run()
    assert run.code == 3
    assert "questions/../gone: there is no such folder or file, which questions/set.yaml asks" in run.err
    assert Run("--knowledge", "knowledge", "-k", "trade").code in {0, 1}


def test_watching_runs_again_on_a_change_and_over_mistakes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / "questions" / "set.yaml"
    changes = iter([SET.replace("contains: sunny", "contians: sunny"), SET.replace("contains: sunny", "abstains: true")])
    watched: list[tuple[Path, ...]] = []

    @contextmanager
    def watching(paths: tuple[Path, ...], changed: Callable[[], None], failed: Callable[[Exception], None]) -> Iterator[None]:
        watched.append(paths)
        text = next(changes, None)
        if text is None:
            raise KeyboardInterrupt
        failed(ConfigError("no events here"))
        changed()
        yield
        path.write_text(text, encoding="utf-8")

    monkeypatch.setattr("pmbot.indexing.watch.Watcher", watching)
    run = Run("--watch", "-q", "-k", "weather")
    assert run.code == 0
    assert run.out.count("1 case: ") == 1
    assert "did you mean 'contains'?" in run.err
    assert run.err.count("waiting for a change") == 2
    assert "pmbot: no events here" in run.err
    assert {Path("questions"), Path("knowledge")} <= set(watched[0])


def test_watching_for_real(folder: Path) -> None:
    """A change made while it waits is seen by the watcher itself."""
    path = folder / "questions" / "set.yaml"
    texts = iter([SET.replace("contains: sunny", "abstains: true"), None])
    asked: list[str] = []

    def once() -> int:
        asked.append(path.read_text(encoding="utf-8"))
        text = next(texts)
        if text is None:
            raise KeyboardInterrupt
        threading.Timer(0.2, path.write_text, (text,), {"encoding": "utf-8"}).start()
        return 0

    assert watch(TestOptions(), once, make_console(environ=dict(os.environ))) == 0
    assert ["sunny" in text for text in asked] == [True, False]


def test_rankings_are_written_for_trec(folder: Path) -> None:
    (folder / "questions" / "other.yaml").write_text(SET, encoding="utf-8")
    assert Run("--trec", "trec", "-k", "trade", "-q").code == 0
    topics = {line.split()[0] for line in (folder / "trec" / "pmbot.qrels").read_text(encoding="utf-8").splitlines()}
    assert topics == {"trade@0", "trade@1"}


def test_metrics_are_shown_in_short_and_whole(folder: Path) -> None:
    short, whole = Run("-k", "trade or france"), Run("-k", "trade or france", "--metrics")
    assert "per cent: right of answered 100.0, false answers 0.0, hit@1 100.0, F1 100.0, citation recall 100.0\n" in short.out
    assert "AUROC" not in short.out
    assert "AUROC" in whole.out
    assert "per cent" not in Run("-q").out
    figures = {measure["name"]: measure for measure in Run("--json").report["measures"]}
    assert (figures["hit@1"]["value"], figures["hit@1"]["count"]) == (1.0, 2)


def test_a_missing_baseline_is_said_before_anything_is_asked(folder: Path) -> None:
    assert Run("--baseline", "gone.jsonl").asked == []


def test_sub_folders_are_left_out_and_named(folder: Path) -> None:
    (folder / "questions" / "held").mkdir()
    (folder / "questions" / "held" / "set.yaml").write_text(SET, encoding="utf-8")
    assert "not asked, unless named: questions/held\n5 cases: " in Run().out
    assert "\n10 cases: " in Run("questions").out


def test_on_a_terminal_there_is_a_bar_and_the_same_text_stays(folder: Path) -> None:
    plain = Run("-k", "not weather")
    console = Console(io.StringIO(), Tty(), io.StringIO(), {**os.environ, "TERM": "xterm", "NO_COLOR": "1", "COLUMNS": "200"})
    assert main(["test", "-k", "not weather"], load=lambda *_: FakeKnowledge(), console=console) == plain.code
    shown = console.stdout.getvalue()  # type: ignore[attr-defined]
    assert "4/4" in shown
    assert plain.out.splitlines()[0] in shown
    left = shown.rpartition("\x1b[2K")[2]
    assert "asking" not in left
    assert timeless(left).split()[-40:] == timeless(plain.out).split()[-40:]

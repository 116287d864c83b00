#!/usr/bin/env python3
"""Print what `pmbot test` costs on top of asking: python scripts/bench_testbench.py [CASES] [ROUNDS] (default: 2000 3).

The same questions are asked by a bare loop over the loaded knowledge and by the whole command (reading the settings, the index and the
YAML, checking, explaining, the JSON report), one after the other in this process, round after round.
"""

from __future__ import annotations

import io
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from pmbot import KnowledgeBase
from pmbot.cli import main as pmbot
from pmbot.cli.console import Console

ROOT = Path(__file__).resolve().parents[1]
SET = ROOT / "tests" / "questions" / "pmnet.yaml"
KNOWLEDGE = ROOT / "knowledge"


def main(cases: int = 2000, rounds: int = 3) -> None:
    """Measure and print: a line a round, then the median ratios."""
    with tempfile.TemporaryDirectory() as name:
        os.environ["XDG_STATE_HOME"] = str(Path(name) / "state")
        path = Path(name) / "set.yaml"
        path.write_text(_many(cases), encoding="utf-8")
        ways: dict[str, Callable[[], None]] = {
            "bare loop": lambda: None,
            "test -q": lambda: _command(path, "-q"),
            "test --json": lambda: _command(path, "--json"),
            "test --html": lambda: _command(path, "-q", "--html", str(Path(name) / "report.html")),
        }
        taken: dict[str, list[float]] = {way: [] for way in ways}
        for number in range(rounds):
            ways["bare loop"] = _bare(path)  # an engine of its own: it remembers the last questions
            for way, run in ways.items():
                start = time.perf_counter()
                run()
                taken[way].append(time.perf_counter() - start)
            print(f"round {number + 1}: " + ", ".join(f"{way} {times[-1]:.2f} s" for way, times in taken.items()))
    bare = statistics.median(taken["bare loop"])
    for way, times in taken.items():
        middle = statistics.median(times)
        print(f"{way:<12} {middle:6.2f} s  {cases / middle:6.0f} questions/s  ratio {middle / bare:.2f}")


def _many(count: int) -> str:
    """The cases of the project's own set again and again, each with an id of its own, and a question that was not asked before."""
    _, *cases = SET.read_text(encoding="utf-8").split("\n  - id: ")
    made = ["cases:"]
    for number in range(count):
        marks = "?" * (number // len(cases) + 1)
        first, _, rest = cases[number % len(cases)].rstrip("\n").partition("\n")
        made.append(f"  - id: {first}-{number}\n" + rest.replace('?"', f'{marks}"'))
    return "\n".join(made) + "\n"


def _bare(path: Path) -> Callable[[], None]:
    from pmbot.questionset import read_question_set

    conversations = [case.conversation for case in read_question_set(path).cases]
    knowledge = KnowledgeBase.load(KNOWLEDGE)

    def run() -> None:
        for turns in conversations:
            asked = [turn.question for turn in turns]
            for place, question in enumerate(asked):
                knowledge.trace(question, history=asked[:place])

    return run


def _command(path: Path, *options: str) -> None:
    console = Console(io.StringIO(), io.StringIO(), io.StringIO(), os.environ)
    pmbot(["test", str(path), "--knowledge", str(KNOWLEDGE), *options], console=console)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))

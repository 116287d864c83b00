#!/usr/bin/env python3
"""Print what `pmbot test` costs on top of asking: python scripts/bench_testbench.py [CASES] [ROUNDS] (default: 2000 3).

The same questions are asked by a bare loop over the loaded knowledge and by the whole command (reading the settings, the index and the
YAML, checking, explaining, writing reports), one after the other in this process, round after round; times are CPU times.
"""

from __future__ import annotations

import io
import os
import statistics
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from pmbot import KnowledgeBase
from pmbot.cli import main as pmbot
from pmbot.cli.console import Console
from pmbot.questionset import read_question_set

ROOT = Path(__file__).resolve().parents[1]
SET = ROOT / "tests" / "questions" / "pmnet.yaml"
KNOWLEDGE = ROOT / "knowledge"


def main(cases: int = 2000, rounds: int = 3) -> None:
    """Measure and print: a line a round, then the median ratios."""
    with tempfile.TemporaryDirectory() as name:
        os.environ["XDG_STATE_HOME"] = str(Path(name) / "state")
        path = Path(name) / "set.yaml"
        path.write_text(_many(cases), encoding="utf-8")
        options = {"test -q": ["-q"], "test --json": ["--json"], "test --html": ["-q", "--html", str(Path(name) / "report.html")]}
        ways = {"bare loop": partial(_bare, path)} | {way: partial(_command, path, *given) for way, given in options.items()}
        taken: dict[str, list[float]] = {way: [] for way in ways}
        for number in range(rounds):
            for way, run in ways.items():
                taken[way].append(run())
            print(f"round {number + 1}: " + ", ".join(f"{way} {times[-1]:.2f} s" for way, times in taken.items()), flush=True)
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


def _bare(path: Path) -> float:
    conversations = [case.conversation for case in read_question_set(path).cases]
    knowledge = KnowledgeBase.load(KNOWLEDGE)  # of its own: it remembers the last questions
    start = time.process_time()
    for turns in conversations:
        asked = [turn.question for turn in turns]
        for place, question in enumerate(asked):
            knowledge.trace(question, history=asked[:place])
    return time.process_time() - start


def _command(path: Path, *options: str) -> float:
    console, start = Console(io.StringIO(), io.StringIO(), io.StringIO(), os.environ), time.process_time()
    pmbot(["test", str(path), "--knowledge", str(KNOWLEDGE), *options], console=console)
    return time.process_time() - start


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))

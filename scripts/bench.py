"""Measure what a user waits for: starting up, and one question to one document. `make bench`.

Each figure is the median over fresh processes, taken in turns, after one round that warms the disk. CPU seconds are user + system of the
whole process tree, peak memory is that of the process itself; both come from `wait4`. The ratio compares with a process that only
imports typer and pydantic_settings, round by round in the same run: unlike seconds it carries over to other machines.

`--strict` ends with 1 when a figure is over its bar. A command that fails ends the run with 2 and shows what it said.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
QUESTION = "How much did the two countries trade in 2023?"
# Linux counts ru_maxrss in KiB, macOS in bytes.
RSS_UNIT = 1 if sys.platform == "darwin" else 1024
VERSION_CPU, ASK_CPU, ASK_MB = 0.3, 1.0, 120.0


@dataclass(frozen=True)
class Run:
    """What one process cost."""

    cpu: float
    wall: float
    megabytes: float


def measure(arguments: list[str]) -> Run:
    """Run Python with these arguments and wait for it; exits 2 when it fails."""
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.Popen([sys.executable, *arguments], stdout=output, stderr=output, stdin=subprocess.DEVNULL, cwd=ROOT)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            said = output.read().decode(errors="replace")
            sys.stderr.write(f"bench: python {' '.join(arguments)} ended with {process.returncode}:\n{said}")
            raise SystemExit(2)
    return Run(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * RSS_UNIT / 1e6)


def rounds(commands: dict[str, list[str]], count: int) -> dict[str, list[Run]]:
    """`count` runs of each command, in turns, so that a busy moment hits all alike."""
    for arguments in commands.values():
        measure(arguments)
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(count):
        for name, arguments in commands.items():
            runs[name].append(measure(arguments))
    return runs


def report(runs: dict[str, list[Run]]) -> list[str]:
    """Print the table; returns what is over its bar."""
    print(f"{'median of ' + str(len(runs['ask'])) + ' processes':34} {'CPU s':>8} {'wall s':>8} {'peak MB':>8}")
    names = {"version": "pmbot --version", "ask": "pmbot ask, knowledge/", "imports": "import typer, pydantic_settings"}
    medians = {}
    for name, label in names.items():
        cpu, wall, megabytes = (statistics.median(getattr(run, field) for run in runs[name]) for field in ("cpu", "wall", "megabytes"))
        medians[name] = Run(cpu, wall, megabytes)
        print(f"{label:34} {cpu:8.3f} {wall:8.3f} {megabytes:8.1f}")
    ratios = [ask.cpu / floor.cpu for ask, floor in zip(runs["ask"], runs["imports"], strict=True)]
    print(f"{'ask / imports, CPU':34} {statistics.median(ratios):8.2f}   (from {min(ratios):.2f} to {max(ratios):.2f})")
    bars = [
        ("pmbot --version, CPU s", medians["version"].cpu, VERSION_CPU),
        ("pmbot ask, CPU s", medians["ask"].cpu, ASK_CPU),
        ("pmbot ask, peak MB", medians["ask"].megabytes, ASK_MB),
    ]
    return [f"{label}: {value:.3f}, the bar is {bar:g}" for label, value, bar in bars if value > bar]


def main() -> int:
    """Measure, print, and judge when asked to."""
    parser = argparse.ArgumentParser(description="Time and memory of starting pmbot and asking one question.")
    parser.add_argument("-n", "--rounds", type=int, default=7, help="processes per figure (default 7)")
    parser.add_argument("--question", default=QUESTION, help="what to ask")
    parser.add_argument("--strict", action="store_true", help="end with 1 when a figure is over its bar")
    options = parser.parse_args()
    if options.rounds < 1:
        parser.error("--rounds must be at least 1")
    commands = {
        "version": ["-m", "pmbot", "--version"],
        "ask": ["-m", "pmbot", "ask", "--knowledge", "knowledge", "--", options.question],
        "imports": ["-c", "import typer, pydantic_settings"],
    }
    over = report(rounds(commands, options.rounds))
    for line in over:
        print(f"over the bar: {line}")
    if not over:
        print(f"all under their bars ({VERSION_CPU:g} s, {ASK_CPU:g} s, {ASK_MB:g} MB)")
    return 1 if over and options.strict else 0


if __name__ == "__main__":
    sys.exit(main())

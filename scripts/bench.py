"""Measure what a user waits for: starting up, one question to one document, and searching many. `make bench`.

Each figure is the median over fresh processes, taken in turns, after one round that warms the disk. CPU seconds are user + system of the
whole process tree, peak memory is that of the process itself; both come from `wait4`. The ratio compares with a process that only
imports typer and pydantic_settings, round by round in the same run: unlike seconds it carries over to other machines. pmbot is compiled
to bytecode first, as pip compiles what it installs.

`--strict` ends with 1 when a figure is over its bar. A command that fails ends the run with 2 and shows what it said.

Then search is measured against its peers, see bench_search.py, and whole answers, see bench_answers.py; `--write` writes
docs/performance.md of what was found.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
QUESTION = "How much did the two countries trade in 2023?"
# Linux counts ru_maxrss in KiB, macOS in bytes.
RSS_UNIT = 1 if sys.platform == "darwin" else 1024
VERSION_CPU, ASK_RATIO, ASK_MB = 0.3, 1.5, 120.0


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
    ratio = statistics.median(ratios)
    print(f"{'ask / imports, CPU':34} {ratio:8.2f}   (from {min(ratios):.2f} to {max(ratios):.2f})")
    bars = [
        ("pmbot --version, CPU s", medians["version"].cpu, VERSION_CPU),
        ("pmbot ask, CPU to that of the imports", ratio, ASK_RATIO),
        ("pmbot ask, peak MB", medians["ask"].megabytes, ASK_MB),
    ]
    return [f"{label}: {value:.3f}, the bar is {bar:g}" for label, value, bar in bars if value > bar]


def search(sizes: list[int]) -> dict[str, Any]:
    """Measure search at `sizes` passages, printing as it goes."""
    from bench_corpora import read_source
    from bench_engines import engines
    from bench_search import QUESTIONS, measure_size

    source = read_source()
    _, missing = engines()
    if missing:
        print(f"not installed, left out: {', '.join(missing)} (requirements/bench.txt)")
    found: dict[str, Any] = {"machine": f"a {os.cpu_count()}-core machine", "source": source.name, "questions": QUESTIONS, "sizes": {}}
    for size in sizes:
        found["sizes"][str(size)] = figures = measure_size(source, size)
        heads = f"{'with stopwords, µs':>22}{'without':>12}{'to pmbot':>18}{'build s':>10}{'open ms':>10}{'MB':>10}"
        print(f"\n{f'{size:,} passages':16}{heads}")
        own = figures["pmbot"]
        for name, of_engine in figures.items():
            times = [of_engine[kind]["p50"] for kind in ("full", "bare")]
            ratios = "".join(f"{time / own[kind]['p50']:9.1f}" for time, kind in zip(times, ("full", "bare"), strict=True))
            rest = f"{of_engine['build']:10.2f}{of_engine['open'] * 1e3:10.1f}{of_engine['bytes'] / 1e6:10.1f}"
            print(f"{name:16}{times[0] * 1e6:22,.0f}{times[1] * 1e6:12,.0f}{ratios}{rest}", flush=True)
    return found


def answers(sizes: list[int]) -> list[dict[str, Any]]:
    """Measure whole answers over about so many chunks, and print them."""
    from bench_answers import measure_answers

    found = measure_answers(sizes)
    for figures in found:
        print(
            f"whole answers, {figures['chunks']:,} chunks: p50 {figures['p50'] * 1e3:.2f} ms, p95 {figures['p95'] * 1e3:.2f} ms;"
            f" building {figures['build']:.1f} s, opening {figures['open'] * 1e3:.1f} ms"
        )
    return found


def options_of() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Time and memory of starting pmbot, of one question, and of searching many passages.")
    parser.add_argument("-n", "--rounds", type=int, default=7, help="processes per figure of starting up (default 7)")
    parser.add_argument("--question", default=QUESTION, help="what to ask")
    parser.add_argument("--strict", action="store_true", help="end with 1 when a figure of starting up is over its bar")
    parser.add_argument("--sizes", type=int, nargs="*", help="measure search at so many passages (default 90 2000 20000; none: not at all)")
    parser.add_argument("--answers", type=int, nargs="*", help="measure whole answers at so many chunks (default 2000; none: not at all)")
    parser.add_argument("--write", action="store_true", help="measure up to a million passages, and write docs/performance.md")
    parser.add_argument("--keep", type=Path, help="keep the figures in this JSON file")
    parser.add_argument("--page", type=Path, help="measure nothing; write docs/performance.md from such a file")
    options = parser.parse_args()
    if options.rounds < 1 or any(size < 20 for size in (options.sizes or []) + (options.answers or [])):
        parser.error("--rounds must be at least 1, sizes at least 20")
    if options.sizes is None:
        options.sizes = [90, 2000, 20_000, 100_000, 1_000_000] if options.write else [90, 2000, 20_000]
    if options.answers is None:
        options.answers = [2000, 100_000] if options.write else [2000]
    return options


def main() -> int:
    """Measure, print, and judge when asked to."""
    options = options_of()
    if options.page:
        from bench_page import write_page

        write_page(json.loads(options.page.read_text(encoding="utf-8")))
        return 0
    commands = {
        "version": ["-m", "pmbot", "--version"],
        "ask": ["-m", "pmbot", "ask", "--knowledge", "knowledge", "--", options.question],
        "imports": ["-c", "import typer, pydantic_settings"],
    }
    compileall.compile_dir(ROOT / "src" / "pmbot", quiet=2)
    over = report(rounds(commands, options.rounds))
    for line in over:
        print(f"over the bar: {line}")
    if not over:
        print(f"all under their bars ({VERSION_CPU:g} s, {ASK_RATIO:g} times the imports, {ASK_MB:g} MB)")
    found = search(options.sizes)
    found["answers"] = answers(options.answers)
    if options.keep:
        options.keep.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    if options.write:
        from bench_page import write_page

        write_page(found)
    return 1 if over and options.strict else 0


if __name__ == "__main__":
    sys.exit(main())

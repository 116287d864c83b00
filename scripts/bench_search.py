"""Measure pmbot's search and its peers', in one process and in turn: time of a question, building, opening, memory, bytes on disk.

Times of questions and of building are CPU time. The engines take turns, thirty questions each, so that a busy moment of the machine
hits all alike: ratios within one run are what counts. Opening and memory are taken in a process of its own for each engine:
`python scripts/bench_search.py ENGINE FOLDER QUESTIONS` opens and prints them.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench_corpora import Source, corpus
from bench_engines import Pmbot, SearchEngine, engines

WARM_UP, QUESTIONS, TURN = 40, 300, 30
PATIENCE = 12.0
"""CPU seconds for the questions of one kind to one engine: a slow one is asked fewer."""
TOO_LARGE = {"rank-bm25": 200_000, "SQLite FTS5": 200_000}
"""Engines that are left out above this many passages: they need minutes and gigabytes, and the ratio is known by then."""

Figures = dict[str, Any]


def measure_size(source: Source, size: int) -> dict[str, Figures]:
    """Return the figures of each engine at `size` passages."""
    available, _ = engines()
    chosen = {name: engine for name, engine in available.items() if size <= TOO_LARGE.get(name, size)}
    passages = list(corpus(source, size))
    found: dict[str, Figures] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, engine in chosen.items():
            place = Path(folder) / name.replace(" ", "-")
            place.mkdir()
            start = time.process_time()
            engine.build(passages, place)
            bytes_there = sum(path.stat().st_size for path in place.rglob("*") if path.is_file())
            found[name] = {"build": time.process_time() - start, "bytes": bytes_there}
        # the same tokens as rank-bm25 fits, and no file written: what building costs without the disk
        found["pmbot"]["fit"] = _fit(passages)
        del passages
        asked = Path(folder) / "questions.json"
        asked.write_text(json.dumps([question for question in source.questions if question][:WARM_UP]), encoding="utf-8")
        for name in chosen:
            found[name] |= _opened(name, Path(folder) / name.replace(" ", "-"), asked)
        for name, engine in chosen.items():
            engine.open(Path(folder) / name.replace(" ", "-"))
            if isinstance(engine, Pmbot):
                engine.check()
        for kind, questions in (("full", source.questions), ("bare", source.bare)):
            for name, figures in _ask(chosen, [terms for terms in questions if terms]).items():
                found[name][kind] = figures
        found["pmbot"]["threads"] = {str(count): _throughput(chosen["pmbot"], source, count) for count in (1, 2)}
    return found


def _fit(passages: Sequence[list[str]]) -> dict[str, float]:
    """CPU seconds of pmbot's and rank-bm25's fit, in turn, best of three of each while that is quick."""
    from rank_bm25 import BM25Okapi

    from pmbot.retrieval.build import build

    best: dict[str, float] = {}
    for _ in range(3 if len(passages) < 50_000 else 1):
        for name, fit in (("pmbot", build), ("rank-bm25", BM25Okapi)):
            if len(passages) <= TOO_LARGE.get(name, len(passages)):
                start = time.process_time()
                fit(passages)
                best[name] = min(best.get(name, float("inf")), time.process_time() - start)
    return best


def _ask(chosen: dict[str, SearchEngine], questions: Sequence[list[str]]) -> dict[str, Figures]:
    """Ask each engine the same questions in turn; returns percentiles in seconds of CPU time."""
    for engine in chosen.values():
        for terms in questions[:WARM_UP]:
            start = time.process_time()
            engine.ask(terms)
            if time.process_time() - start > PATIENCE / WARM_UP:
                break
    times: dict[str, list[float]] = {name: [] for name in chosen}
    for first in range(WARM_UP, WARM_UP + QUESTIONS, TURN):
        for name, engine in chosen.items():
            for terms in questions[first : first + TURN]:
                if sum(times[name]) < PATIENCE:
                    start = time.process_time()
                    engine.ask(terms)
                    times[name].append(time.process_time() - start)
    return {name: _percentiles(of_engine) for name, of_engine in times.items()}


def _percentiles(times: list[float]) -> Figures:
    ranked = sorted(times)
    at = {f"p{share}": ranked[min(len(ranked) * share // 100, len(ranked) - 1)] for share in (95, 99)}
    return {"p50": statistics.median(ranked), **at, "asked": len(ranked)}


def _throughput(engine: SearchEngine, source: Source, threads: int) -> float:
    """Questions a second of wall time, as chats mix them (nine in ten without stopwords), on so many threads."""
    mixed = [terms for i in range(2000) for terms in [(source.questions if i % 10 == 0 else source.bare)[i % len(source.bare)]] if terms]
    parts = [mixed[number::threads] for number in range(threads)]
    workers = [threading.Thread(target=lambda part=part: [engine.ask(terms) for terms in part]) for part in parts]
    start = time.perf_counter()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return len(mixed) / (time.perf_counter() - start)


def _opened(name: str, folder: Path, questions: Path) -> Figures:
    """Open an index in a process of its own, the best of three."""
    best: Figures | None = None
    for _ in range(3):
        command = [sys.executable, __file__, name, str(folder), str(questions)]
        said: Figures = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
        best = said if best is None or said["open"] < best["open"] else best
    return best or {}


def _memory() -> dict[str, float]:
    """Resident and anonymous megabytes of this process; nothing where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return {}
    lines = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
    return {key: int(lines[field].split()[0]) / 1024 for key, field in (("resident", "VmRSS"), ("anonymous", "RssAnon"))}


def open_and_tell(name: str, folder: Path, questions: Path) -> Figures:
    """Open an index: CPU seconds beyond imports, and memory beyond that of the imports, then after some questions."""
    engine = engines()[0][name]
    asked = json.loads(questions.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as other:
        # an index of one passage: whatever is imported on the way is imported now
        engine.build([["a", "b"], ["c"], *[["d", str(i)] for i in range(20)]], Path(other))
        engine.open(Path(other))
        engine.ask(["a"])
    before = _memory()
    start = time.process_time()
    engine.open(folder)
    seconds = time.process_time() - start
    opened = _memory()
    for terms in asked[: 3 if name == "rank-bm25" else None]:
        engine.ask(terms)
    answered = _memory()
    return {
        "open": seconds,
        "after opening": {key: opened[key] - before[key] for key in before},
        "after questions": {key: answered[key] - before[key] for key in before},
    }


if __name__ == "__main__":
    os.environ.setdefault("NUMBA_CACHE_DIR", tempfile.gettempdir())
    json.dump(open_and_tell(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])), sys.stdout)

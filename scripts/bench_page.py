"""Write docs/performance.md and docs/performance.svg from the figures of `scripts/bench.py`."""

from __future__ import annotations

import math
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGE, PLOT = ROOT / "docs" / "performance.md", ROOT / "docs" / "performance.svg"
Results = dict[str, Any]

COLOURS = {
    "pmbot": "#0b6e4f",
    "rank-bm25": "#b23a48",
    "bm25s": "#e09f3e",
    "bm25s-numba": "#7a5195",
    "tantivy": "#2f6690",
    "SQLite FTS5": "#6c757d",
}
KINDS = {"full": "with stopwords", "bare": "without stopwords"}
INTRODUCTION = """# How fast it is

Written by `make bench ARGS="--write"`; the figures are those of one run on {machine}. Ratios carry over to other
machines, seconds do not.

Every engine gets the same terms and gives the ten best passages. They run in one process and take turns, thirty questions each; times
are CPU time. The questions are real ones ({questions} of them for every figure, fewer where an engine is very slow), asked as they were
written ("with stopwords") and as pmbot asks them ("without"). Passages are from {source}, cut as pmbot cuts
documents{synthetic}.

Indexes are read from disk through the cache of the system. pmbot's has been checked as a whole before: checksums are compared when a
part of the file is first touched, which costs 0.3 ms for every 256 KiB, once.

pmbot's scores are those of rank-bm25's `BM25Okapi` to the last bit (with the word weights of
[ADR 3](adr/0003-postings-search-from-the-start.md)); bm25s, tantivy and SQLite round or weigh a little otherwise.

![CPU time of a question against the number of passages](performance.svg)
"""
SYNTHETIC = """; 100,000 and more of them are three real sentences drawn anywhere, with one word in 25 new, as words are in a
growing collection (Zipf's law). rank-bm25 and SQLite are left out at a million: each would take minutes"""
METHOD = """## Where the time of an answer goes

CPU milliseconds of a question that was not asked before, means of 120, without garbage collection; before and after the sentences'
analysis was kept in the index (pmbot 0.1, one machine, measured one after the other).

| Step | 2,000 before | 2,000 after | 100,000 before | 100,000 after |
| --- | --- | --- | --- | --- |
| read the question, weigh its words | 0.7 | 0.7 | 0.6 | 1.1 |
| search, make the chunks | 0.6 | 0.7 | 1.7 | 1.7 |
| take in the sentences around the hits | 2.0 | 0.6 | 8.7 | 1.3 |
| compare them with the question, rank | 2.9 | 2.6 | 3.5 | 3.1 |
| find mentions in the best 24 | 3.1 | 1.5 | 4.4 | 1.8 |
| short answer, signals, guards | 1.4 | 1.3 | 1.5 | 1.4 |
| put into words, with proofs | 0.2 | 0.2 | 0.2 | 0.2 |
| all | 10.8 | 7.6 | 20.6 | 10.5 |

About 140 sentences are compared for a question. Over a small collection most of them were met before; over a large one none were, and
each was cut and stemmed anew. What is left between the two: chunks and sentences that nobody asked for yet, and longer lists of passages.
The collector of garbage took another 20 ms a question at 100,000, in steps of 0.2 s; now it takes 3.

Since then the sentences around the hits are compared as arrays ([ADR 12](adr/0012-sentences-are-compared-as-arrays.md)): after the
search an answer from texts not met before takes 3.4 ms among 20,000 chunks (4.8 to 5.3 before, in the same runs), one from an article
asked before 1.8 ms (2.0).

## What makes it fast

Each figure stands in the docstring of the code it belongs to: `retrieval/topk.py`, `retrieval/vocabulary.py`, `retrieval/build.py`.

- What a word adds to the score of a passage is computed when the index is built, and stored. A question only adds up.
- Common words are stored as columns over all passages, the others as lists of passages.
- The lists are added up from the shortest on. As soon as the others cannot lift a new passage among the best, they are looked at only for
  the passages met so far (MaxScore).
- The best are chosen by the maxima of blocks of 64, and from a few of the blocks.
- Nothing is read when an index is opened. A word is found by its hash, and only the parts of the file that belong to the words of a
  question are read.
- Sentences are compared by the terms that the index keeps of them. Texts are read, and cut into tokens, only where a mention counts or
  something is shown: 3 µs a sentence instead of 100.
- Of the thirteen patterns for dates, sums and quantities, a sentence is tried with those alone that its digits and words allow.
- The first questions of a process are added up in plain Python, because importing numpy takes as long as half a million additions.

## Measure it yourself

    make bench                                    start-up, and search against the engines that are installed
    make bench ARGS="--sizes 90 2000 --rounds 3"  a quick look
    make bench ARGS="--write"                     all sizes, and this page

The peers are in `requirements/bench.txt`: install it into an environment of its own and run `scripts/bench.py` there.
"""


def write_page(results: Results) -> None:
    """Write the page and its plot."""
    sizes = sorted(results["sizes"], key=int)
    synthetic = SYNTHETIC if any(int(size) >= 100_000 for size in sizes) and results["source"] != "generated text" else ""
    head = INTRODUCTION.format(machine=results["machine"], source=results["source"], questions=results["questions"], synthetic=synthetic)
    parts = [head, *_tables(results, sizes), METHOD]
    text = "\n".join(part.rstrip("\n") + "\n" for part in parts)
    PAGE.write_text("\n".join(line.rstrip() for line in text.splitlines()) + "\n", encoding="utf-8")
    PLOT.write_text(plot(results["sizes"]), encoding="utf-8")


def _tables(results: Results, sizes: list[str]) -> Iterator[str]:
    found = results["sizes"]
    for kind, title in KINDS.items():
        yield f"## A question {title}\n\nMicroseconds of CPU time: p50 (p95, p99); in brackets how many times pmbot's p50.\n"
        yield _by_engine(found, sizes, lambda engine, own, kind=kind: _latency(engine.get(kind), own[kind]["p50"]))
    yield "## Building\n\nCPU seconds from the same terms to a file that can be opened; megabytes on disk.\n"
    yield _by_engine(found, sizes, lambda engine, _: f"{_short(engine['build'])} s, {engine['bytes'] / 1e6:,.1f} MB")
    yield _fits(found, sizes)
    yield "## Opening\n\nCPU milliseconds beyond imports; after forty questions, megabytes of anonymous / of all resident memory.\n"
    yield _by_engine(found, sizes, lambda engine, _: _opening(engine))
    yield "## Threads\n\nQuestions a second of a mix, nine in ten without stopwords, by one thread and by two sharing the index.\n"
    rows = [[_count(size), *(f"{found[size]['pmbot']['threads'][count]:,.0f}" for count in ("1", "2"))] for size in sizes]
    yield _table(["Passages", "1 thread", "2 threads"], rows)
    if results.get("answers"):
        said = "CPU milliseconds from the text of a question to its answer with its quotes; what is touched first is checked."
        yield f"## Whole answers\n\n{said}\n"
        rows = [[f"{of['chunks']:,}", *(f"{of[kind] * 1e3:.1f}" for kind in ("p50", "p95", "open"))] for of in results["answers"]]
        yield _table(["Chunks", "p50", "p95", "opening, with looking for changes"], rows)


def _by_engine(found: Results, sizes: list[str], cell: Any) -> str:
    names = [name for name in COLOURS if any(name in found[size] for size in sizes)]
    rows = [[name, *(cell(found[size][name], found[size]["pmbot"]) if name in found[size] else "–" for size in sizes)] for name in names]
    return _table(["", *map(_count, sizes)], rows)


def _latency(figures: Results | None, own: float) -> str:
    if figures is None:
        return "–"
    p50, p95, p99 = (_micro(figures[name]) for name in ("p50", "p95", "p99"))
    ratio = figures["p50"] / own
    return f"{p50} ({p95}, {p99})" + (f" [{ratio:,.0f}×]" if ratio >= 10 else f" [{ratio:.1f}×]" if figures["p50"] != own else "")


def _fits(found: Results, sizes: list[str]) -> str:
    pairs = [(size, found[size]["pmbot"]["fit"]) for size in sizes if "rank-bm25" in found[size]["pmbot"]["fit"]]
    said = ", ".join(f"{fit['pmbot'] / fit['rank-bm25']:.1f}× at {_count(size)}" for size, fit in pairs)
    return f"Without the file, fitting takes pmbot {said} of what it takes rank-bm25.\n" if said else ""


def _opening(engine: Results) -> str:
    memory = engine["after questions"]
    return f"{engine['open'] * 1e3:.1f} ms" + (
        f", {max(memory['anonymous'], 0):,.0f} / {max(memory['resident'], 0):,.0f} MB" if memory else ""
    )


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def _count(size: str) -> str:
    return f"{int(size):,}"


def _micro(seconds: float) -> str:
    value = seconds * 1e6
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}"


def _short(seconds: float) -> str:
    return f"{seconds:,.0f}" if seconds >= 10 else f"{seconds:.1f}" if seconds >= 1 else f"{seconds:.2f}"


WIDTH, HEIGHT, LEFT, TOP, GAP, SIDE = 940, 420, 70, 50, 60, 350


def plot(found: Results) -> str:
    """Return an SVG: time of a question against the number of passages, both logarithmic, with and without stopwords side by side."""
    sizes = sorted(map(int, found))
    times = [figures[kind]["p50"] for of_size in found.values() for figures in of_size.values() for kind in KINDS if kind in figures]
    low, high = math.floor(math.log10(min(times))), math.ceil(math.log10(max(times)))
    body = [panel for number, kind in enumerate(KINDS) for panel in _panel(found, sizes, (low, high), (number, kind))]
    style = "text{font-family:system-ui,sans-serif;font-size:12px;fill:#333}.title{font-size:14px;font-weight:600}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">'
        "<title>CPU time of a question against the number of passages</title>"
        f'<style>{style}</style><rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>' + "".join(body) + "</svg>\n"
    )


def _panel(found: Results, sizes: list[int], decades: tuple[int, int], which: tuple[int, str]) -> Iterator[str]:
    number, kind = which
    left, bottom, height = LEFT + number * (SIDE + GAP), HEIGHT - 50, HEIGHT - 50 - TOP
    span = math.log10(max(sizes) / min(sizes)) or 1.0

    def at(size: int, seconds: float) -> tuple[float, float]:
        across = left + 12 + (SIDE - 24) * math.log10(size / min(sizes)) / span
        return across, bottom - height * (math.log10(seconds) - decades[0]) / (decades[1] - decades[0])

    yield f'<text class="title" x="{left}" y="{TOP - 22}">A question {KINDS[kind]}</text>'
    for decade in range(decades[0], decades[1] + 1):
        _, y = at(min(sizes), 10.0**decade)
        yield f'<line x1="{left}" y1="{y:.1f}" x2="{left + SIDE}" y2="{y:.1f}" stroke="#ddd"/>'
        yield f'<text x="{left - 6}" y="{y + 4:.1f}" text-anchor="end">{_seconds(decade)}</text>'
    for size in sizes:
        x, _ = at(size, 1.0)
        yield f'<text x="{x:.1f}" y="{bottom + 18}" text-anchor="middle">{_short_count(size)}</text>'
    yield f'<text x="{left + SIDE / 2}" y="{bottom + 38}" text-anchor="middle">passages</text>'
    names = [name for name in COLOURS if any(kind in found[str(size)].get(name, {}) for size in sizes)]
    ends = []
    for name in names:
        points = [at(size, found[str(size)][name][kind]["p50"]) for size in sizes if kind in found[str(size)].get(name, {})]
        width = 3 if name == "pmbot" else 1.5
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        yield f'<polyline points="{line}" fill="none" stroke="{COLOURS[name]}" stroke-width="{width}"/>'
        yield from (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{width}" fill="{COLOURS[name]}"/>' for x, y in points)
        ends.append((points[-1][1], points[-1][0], name))
    if number == len(KINDS) - 1:
        yield from _legend(ends)


def _legend(ends: list[tuple[float, float, str]]) -> Iterator[str]:
    """Name the lines at the right edge, at the height where each ends, moved apart where they would overlap."""
    x, last = LEFT + 2 * SIDE + GAP + 8, float("-inf")
    for y, _, name in sorted(ends):
        last = max(y + 4, last + 15)
        yield f'<text x="{x}" y="{last:.1f}" style="fill:{COLOURS[name]};font-weight:600">{escape(name)}</text>'


def _short_count(size: int) -> str:
    for unit, letter in ((1_000_000, "M"), (1000, "k")):
        if size >= unit and size % unit == 0:
            return f"{size // unit}{letter}"
    return str(size)


def _seconds(decade: int) -> str:
    unit, scale = ("s", 0) if decade >= 0 else ("ms", 3) if decade >= -3 else ("µs", 6)
    return f"{10 ** (decade + scale):,} {unit}"

"""How fast folders are indexed, how that grows, and what opening an index costs. Each figure comes from a process of its own.

python scripts/bench_index.py --texts FOLDER    paragraphs of these .txt files, drawn at random; without it, made-up sentences
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

PARAGRAPHS = 8  # in a file
PASSAGES = 20  # in a file, about; what is printed was counted
SYLLABLES = "ka lo mi ser ta run ve do ni pal gor eth us an ber sil wen ost ur fa".split()
QUESTION = "Which year was the church founded?"


def paragraphs(texts: Path | None) -> list[str]:
    """What files are made of: paragraphs of prose, each once."""
    if texts is not None:
        lines = {line for path in sorted(texts.glob("*.txt")) for line in path.read_text(encoding="utf-8").split("\n")}
        return sorted(line for line in lines if len(line) > 200)
    chance = random.Random(1)
    words = sorted({"".join(chance.choices(SYLLABLES, k=chance.randrange(1, 5))) for _ in range(30_000)})
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    sentences = [" ".join(chance.choices(words, weights, k=20)).capitalize() + "." for _ in range(10_000)]
    return [" ".join(chance.sample(sentences, 5)) for _ in range(2_500)]


def make(folder: Path, files: int, material: list[str]) -> float:
    """Write that many files, five hundred in a folder; their megabytes."""
    chance, size = random.Random(files), 0
    for number in range(files):
        path = folder / f"{number // 500:03}" / f"{number:05}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        size += path.write_bytes("\n\n".join([f"# Report {number}", *chance.choices(material, k=PARAGRAPHS)]).encode() + b"\n")
    return size / 1e6


def resident() -> dict[str, float]:
    """Megabytes of this process in memory: all of them, and those that are its own rather than a file's."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines())
    return {name: int(status[key].split()[0]) / 1024 for name, key in (("all", "VmRSS"), ("own", "RssAnon"))}


def measure(folder: Path, index: Path, questions: int) -> dict[str, float]:
    """Load and ask, in this process; seconds and megabytes beyond those of the imports and word lists."""
    from pmbot.bootstrap import Builder
    from pmbot.config import load_configuration
    from pmbot.models import Question

    build = Builder(load_configuration(), index=index)
    before, wall, cpu = resident(), time.perf_counter(), time.process_time()
    engine = build(folder)
    figures = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    figures |= {f"opened {name}": value - before[name] for name, value in resident().items()}
    for _ in range(questions):
        engine.ask(Question(text=QUESTION))
    figures |= {f"asked {name}": value - before[name] for name, value in resident().items()}
    figures["answered"] = time.perf_counter() - wall
    figures["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return figures | dict(zip(("documents", "sentences", "passages"), engine.snapshot.statistics[:3], strict=True))


def opened_alone(index: Path) -> float:
    """Milliseconds to open the stored generation itself, in this process, without looking whether the files are still the same."""
    from pmbot.bootstrap import Builder
    from pmbot.config import load_configuration
    from pmbot.indexing.kept import Stored
    from pmbot.indexing.snapshot import open_snapshot
    from pmbot.storage.generations import GenerationFolder

    recipe = Builder(load_configuration())._indexer(Path(__file__)).recipe  # noqa: SLF001 - the settings are of no interest here
    begun = time.perf_counter()
    generation = GenerationFolder(index).open()
    assert generation is not None  # noqa: S101
    stored = Stored.of(generation)
    open_snapshot(stored.meta, stored.get, recipe)
    return 1000 * (time.perf_counter() - begun)


def elsewhere(*call: object) -> dict[str, float]:
    """Run `measure` or `opened_alone` in a new process."""
    done = subprocess.run([sys.executable, __file__, "--call", *map(str, call)], stdout=subprocess.PIPE, check=True, env=dict(os.environ))
    found: dict[str, float] = json.loads(done.stdout)
    return found


def report(place: Path, files: int, material: list[str]) -> Iterator[str]:
    """Index a folder of that many files, open it, change one file, and tell what that took."""
    folder, index = place / f"documents{files}", place / f"index{files}"
    size = make(folder, files, material)
    built, again = elsewhere("measure", folder, index, 0), elsewhere("measure", folder, index, 20)
    alone = elsewhere("opened_alone", index)["milliseconds"]
    path = next(folder.rglob("*0.md"))
    path.write_text(path.read_text(encoding="utf-8") + "\nThe church of Quindle was founded in 1987.\n", encoding="utf-8")
    edited = elsewhere("measure", folder, index, 1)
    stored = (index / "index.pmbot").stat().st_size / 1e6
    yield f"{built['passages']:,} passages, {built['documents']:,} files, {size:.1f} MB of text, {stored:.1f} MB of index"
    rate = f"{size / built['cpu']:.2f} MB/s, {built['passages'] / built['cpu']:,.0f} passages/s"
    yield f"  build     {built['cpu']:.2f} s of CPU ({built['wall']:.2f} s): {rate}; {built['peak']:.0f} MB at the peak"
    yield f"  open      {alone:.1f} ms; {1000 * again['wall']:.0f} ms with a look at every file"
    asked = f"{again['asked all']:.0f} MB ({again['asked own']:.0f} its own) after 20 questions"
    yield f"  memory    {again['opened all']:.0f} MB when opened, {asked}"
    yield f"  one edit  {edited['answered']:.2f} s to the first answer, {edited['cpu']:.2f} s of CPU"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path, help="a folder of .txt files to draw paragraphs from")
    parser.add_argument("--passages", type=int, nargs="*", default=[1_000, 10_000, 100_000], help="sizes, about")
    parser.add_argument("--files", type=int, default=10_000, help="files of the folder in which one is changed; 0: none")
    parser.add_argument("--call", nargs="*", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.call:
        name, first, *more = options.call
        alone = name == "opened_alone"
        found = {"milliseconds": opened_alone(Path(first))} if alone else measure(Path(first), Path(more[0]), int(more[1]))
        sys.stdout.write(json.dumps(found))
        return
    material = paragraphs(options.texts)
    with tempfile.TemporaryDirectory() as place:
        for files in [*(size // PASSAGES for size in options.passages), *([options.files] if options.files else [])]:
            for line in report(Path(place), files, material):
                print(line, flush=True)


if __name__ == "__main__":
    main()

"""Knowledge for the faults: many small files that all tell the year of the same lamp, so that old and new cannot be mixed up."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pmbot.answering.engine import Knowledge
from pmbot.api import KnowledgeBase
from pmbot.bootstrap import Builder, build_knowledge
from pmbot.config import load_configuration
from pmbot.indexing.indexer import Listener
from pmbot.models import Trace
from pmbot.storage.generations import GenerationFolder

ROOT = Path(__file__).parents[2]
QUESTION = "When was the Zorblat lamp built?"
QUESTIONS = (
    QUESTION,
    "Who built the Quindle bridge?",
    "How many trams cross the Quindle bridge?",
    "What did the Zorblat lamp cost?",
    "Who is the president of France?",
    "What happened in Oslo?",
)
BRIDGE = "# The Quindle bridge\n\nThe Quindle bridge was built by Otto Berg. It carries 40 trams.\n\n- It is old.\n- It is long.\n"


def write_lamps(folder: Path, year: int, files: int = 3) -> None:
    """The lamp, built in `year`; a bridge; and, up to `files`, something else that also says the year."""
    folder.mkdir(exist_ok=True)
    (folder / "bridge.md").write_text(BRIDGE, encoding="utf-8")
    (folder / "lamp.txt").write_text(f"The Zorblat lamp was built in {year} in Oslo by Ana Gil. It cost €3 million.\n", encoding="utf-8")
    for number in range(files - 2):
        (folder / f"note{number:04}.txt").write_text(f"Note {number} of {year} tells of cranes and of herons.\n", encoding="utf-8")


@cache
def knowledge() -> Knowledge:
    """Word lists are read once for all tests."""
    return build_knowledge(load_configuration())


def builder(index: Path | None, listener: Listener | None = None, **settings: Any) -> Builder:
    """What makes engines, their index in the folder `index`; None: in memory. `settings` replace those of whole sections."""
    configuration = load_configuration() if index else load_configuration().in_memory()
    sections = {name: getattr(configuration.settings, name).model_copy(update=values) for name, values in settings.items()}
    changed = type(configuration)(configuration.settings.model_copy(update=sections), configuration.folders)
    return Builder(changed, knowledge(), index=index, listener=listener)


def base_of(folder: Path, index: Path | None, said: list[str] | None = None) -> KnowledgeBase:
    """What `KnowledgeBase.load` makes, without reading the word lists again; `said` takes what is told about indexing."""
    build = builder(index, Listener(say=said.append) if said is not None else None)
    return KnowledgeBase(lambda: build(folder), lambda: build.afresh(folder), folder)


def year_of(base: KnowledgeBase) -> str | None:
    """The year of the lamp, as answered."""
    return base.ask(QUESTION).short_answer


def seen(base: KnowledgeBase, questions: Iterable[str] = QUESTIONS) -> list[str]:
    """All there is to see of the answers to some questions."""
    return [shown(base.trace(question)) for question in questions]


def shown(trace: Trace) -> str:
    return trace.model_dump_json()


def blocks_of(index: Path) -> dict[str, bytes]:
    """Every block of the published index, checked, except for the stamps of the files."""
    with GenerationFolder(index).open() or _missing(index) as generation:
        generation.verify()
        return {name: bytes(generation.block(name)) for name in generation.names() if name != "files"}


def _missing(index: Path) -> Any:
    raise AssertionError(f"there is no index in {index}")


def leftovers(index: Path) -> list[str]:
    """What is in the folder of an index besides the index and its lock."""
    return sorted({path.name for path in index.iterdir()} - {"index.pmbot", "index.lock"})


def start(arguments: Iterable[str | Path], env: Mapping[str, str] | None = None, **options: Any) -> subprocess.Popen[str]:
    """Start `pmbot` with these arguments."""
    command = [sys.executable, "-m", "pmbot", *map(str, arguments)]
    return start_python(command, env, **options)


def start_python(command: list[str], env: Mapping[str, str] | None = None, **options: Any) -> subprocess.Popen[str]:
    """Start a process of Python that can import pmbot."""
    whole = {"PYTHONPATH": str(ROOT / "src"), "PYTHONDONTWRITEBYTECODE": "1", **(os.environ if env is None else env)}
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "encoding": "utf-8", "cwd": ROOT} | options
    return subprocess.Popen(command, env=whole, **options)


def tell(text: str) -> None:
    """Print a figure."""
    sys.stdout.write(text + "\n")

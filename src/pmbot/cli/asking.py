"""Question sets asked for real: which sets, of which knowledge, one case after the other or in several processes."""

from __future__ import annotations

import gc
import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pmbot.errors import CorpusError
from pmbot.evaluation import CaseResult, Task, run_case
from pmbot.questionset import QuestionFile, knowledge_of, question_paths, read_question_file
from pmbot.questionset.read import usual_paths, usual_place

if TYPE_CHECKING:
    from pmbot.cli.console import Console
    from pmbot.cli.knowledge import CliKnowledge, Loader
    from pmbot.evaluation.results import Source
    from pmbot.models import Document, Trace

BATCH = 8
"""Cases that a process is given at a time."""


class Timed(NamedTuple):
    """What came of a case, and the milliseconds each turn took."""

    result: CaseResult
    times: tuple[float, ...]


@dataclass(frozen=True)
class Opening:
    """What a process needs to open a knowledge; see `State`."""

    knowledge: Path
    config: Path | None
    index: Path | None
    eager: bool


@dataclass(frozen=True)
class Plan:
    """Question sets, the knowledge of each, and their cases in order. `left_out` are folders with sets that are asked when named."""

    files: tuple[QuestionFile, ...]
    knowledge: tuple[Path, ...]
    left_out: tuple[Path, ...] = ()

    @cached_property
    def tasks(self) -> tuple[Task, ...]:
        """Every case with its place and the index of its file."""
        return tuple(Task(case, place, source) for source, file in enumerate(self.files) for case, place in file.places)


@dataclass(frozen=True)
class State:
    """Of what the questions are asked: of now, or of an older state.

    `config` is the settings file; `index` gives the folder for the index of a knowledge, None for the usual one; `knowledge` leads from
    the path that a question set names to the one that is asked. `eager`: it answers however unsure it is (see `engines.eager_loader`).
    """

    config: Path | None = None
    index: Callable[[Path], Path | None] = lambda _: None
    knowledge: Callable[[Path], Path] = lambda path: path
    eager: bool = False


class Asker:
    """Asks the cases of a plan of one state of the knowledge. `load` loads it in this process; other processes load the real thing."""

    def __init__(self, plan: Plan, load: Loader, state: State) -> None:
        self.plan = plan
        self._load, self._state = load, state
        self._loaded: dict[Path, CliKnowledge] = {}

    def knowledge(self, source: int) -> CliKnowledge:
        """The knowledge of a set, loaded once; CorpusError says whose it is."""
        named = self.plan.knowledge[source]
        path = self._state.knowledge(named)
        if path not in self._loaded:
            if not path.exists():
                raise CorpusError(f"{path}: there is no such folder or file, which {self.plan.files[source].path} asks; check `knowledge:`")
            self._loaded[path] = self._load(path, self._state.config)
        return self._loaded[path]

    @property
    def loaded(self) -> tuple[CliKnowledge, ...]:
        """Every knowledge that was loaded."""
        return tuple(self._loaded.values())

    def documents(self, source: int) -> dict[str, Document]:
        """The documents of a set's knowledge, by id."""
        return {document.doc_id: document for document in self.knowledge(source).documents}

    def sources(self) -> tuple[Source, ...]:
        """The sets as a report names them."""
        from pmbot.evaluation.results import Source

        return tuple(
            Source(file=str(file.path), knowledge=str(self.plan.knowledge[n]), signature=self.knowledge(n).signature)
            for n, file in enumerate(self.plan.files)
        )

    def ask(self, tasks: Sequence[Task], jobs: int = 1) -> Iterator[Timed]:
        """Ask the cases in the order given and yield each as it is done; `jobs` processes give the same in the same order."""
        if jobs > 1 and len(tasks) > BATCH:
            yield from self._ask_in_processes(tasks, jobs)
            return
        for source, group in groupby(tasks, key=lambda task: task.source):
            knowledge, documents = self.knowledge(source), self.documents(source)
            yield from (timed_case(task, knowledge, documents) for task in group)

    def results(self, jobs: int, console: Console) -> tuple[CaseResult, ...]:
        """What came of all cases, asked with a bar on a terminal; `jobs` as in `-j`."""
        from pmbot.cli.progress import progress

        for source in range(len(self.plan.files)):
            self.knowledge(source)  # loaded first: indexing has a bar of its own
        found = []
        with progress(console, "asking", len(self.plan.tasks), unit="cases") as advance:
            for timed in self.ask(self.plan.tasks, processes(jobs)):
                found.append(timed.result)
                advance()
        return tuple(found)

    def _ask_in_processes(self, tasks: Sequence[Task], jobs: int) -> Iterator[Timed]:
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor

        batches = [
            (source, same[start : start + BATCH])
            for source, group in groupby(tasks, key=lambda task: task.source)
            for same in [list(group)]
            for start in range(0, len(same), BATCH)
        ]
        for source in sorted({source for source, _ in batches}):
            self.knowledge(source)  # its index is made once, here; the processes only open it
        # A process that is started anew is the same on every system; a forked one may inherit locks that are held.
        context = multiprocessing.get_context("spawn")
        pool = ProcessPoolExecutor(min(jobs, len(batches)), mp_context=context, initializer=_leave_interrupts_to_the_parent)
        try:
            waiting = [pool.submit(_ask_batch, self._opening(source), batch) for source, batch in batches]
            for (source, _), future in zip(batches, waiting, strict=True):
                signature, results = future.result()
                if signature != self.knowledge(source).signature:
                    raise CorpusError(f"{self.plan.knowledge[source]}: the documents changed while they were asked; run it again")
                yield from results
        finally:
            pool.shutdown(wait=True, cancel_futures=True)

    def _opening(self, source: int) -> Opening:
        path = self._state.knowledge(self.plan.knowledge[source])
        return Opening(path, self._state.config, self._state.index(path), self._state.eager)


def plan_of(paths: Sequence[Path] | None, knowledge: Path | None, config: Path | None) -> Plan:
    """Read the question sets at `paths` (none: those of the settings). `knowledge` is asked by all, whatever they name themselves.

    Without it a set asks what it names, else the `knowledge` of the settings.
    """
    from pmbot.config import load_configuration
    from pmbot.storage.parsed import ParsedYaml

    settings, parse = load_configuration(config).settings, ParsedYaml.usual(os.environ)
    chosen, left_out = (question_paths(paths), ()) if paths else usual_paths(usual_place(settings.questions))
    files = tuple(read_question_file(path, parse) for path in chosen)
    asked = (knowledge or knowledge_of(file.questions, file.path, settings.knowledge) for file in files)
    return Plan(files, tuple(asked), left_out)


@contextmanager
def without_collector() -> Iterator[None]:
    """Leave out the search for cyclic garbage while cases are asked.

    There is none (answers are made of tuples), and going through all results again and again took a quarter of a run of 2,000 questions.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def processes(wanted: int) -> int:
    """How many processes `-j` stands for; 0 means one per processor."""
    return wanted or os.cpu_count() or 1


def timed_case(task: Task, knowledge: CliKnowledge, documents: dict[str, Document]) -> Timed:
    """Run a case with a stopwatch at each question."""
    times: list[float] = []

    def trace(text: str, history: tuple[str, ...]) -> Trace:
        start = time.perf_counter()
        found = knowledge.trace(text, history=history)
        times.append(round(1000 * (time.perf_counter() - start), 3))
        return found

    return Timed(run_case(task, trace, documents), tuple(times))


@cache
def _of_this_process(opening: Opening) -> tuple[CliKnowledge, dict[str, Document]]:
    from pmbot.api import KnowledgeBase
    from pmbot.cli.engines import eager_loader

    if opening.eager:
        loaded = eager_loader(opening.index)(opening.knowledge, opening.config)
    else:
        loaded = KnowledgeBase.load(opening.knowledge, config=opening.config, index=opening.index)
    return loaded, {document.doc_id: document for document in loaded.documents}


def _ask_batch(opening: Opening, tasks: Sequence[Task]) -> tuple[str, list[Timed]]:
    loaded, documents = _of_this_process(opening)
    return loaded.signature, [timed_case(task, loaded, documents) for task in tasks]


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)

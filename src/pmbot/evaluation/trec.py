"""Runs and judgements in the files of TREC, so that trec_eval, ir-measures or ranx can score the same rankings.

A question is a topic, a sentence a document (its id: document and offsets). A wanted passage that was not ranked stands in the
judgements under the offsets of the passage itself, so that recall knows of it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from pathlib import Path

from pmbot.errors import QuestionSetError
from pmbot.evaluation.judged import Judged

RUN, QRELS = "pmbot.run", "pmbot.qrels"


def run_lines(judged: Iterable[Judged]) -> Iterator[str]:
    """`topic Q0 document rank score tag` per ranked sentence of the questions that have an answer.

    trec_eval sorts by score and breaks ties by the name of the document; a tie is therefore written as the next smaller number.
    """
    for one in judged:
        if not one.relevant:
            continue
        before = math.inf
        for rank, (name, score) in enumerate(zip(one.ranked, one.scores, strict=True), 1):
            before = score if score < before else math.nextafter(before, -math.inf)
            yield f"{_topic(one)} Q0 {name} {rank} {before!r} pmbot\n"


def qrels_lines(judged: Iterable[Judged]) -> Iterator[str]:
    """`topic 0 document 1` per relevant sentence."""
    for one in judged:
        found = [name for name, gain in zip(one.ranked, one.gains, strict=True) if gain]
        yield from (f"{_topic(one)} 0 {name} 1\n" for name in (*found, *one.missed))


def write_trec(folder: Path, judged: Iterable[Judged]) -> tuple[Path, Path]:
    """Write `pmbot.run` and `pmbot.qrels` into `folder`, made where it is missing; `QuestionSetError` when that fails."""
    every = tuple(judged)
    run, qrels = folder / RUN, folder / QRELS
    try:
        folder.mkdir(parents=True, exist_ok=True)
        run.write_text("".join(run_lines(every)), encoding="utf-8")
        qrels.write_text("".join(qrels_lines(every)), encoding="utf-8")
    except OSError as problem:
        raise QuestionSetError(f"{folder}: cannot be written: {problem.strerror or problem}; choose another folder") from problem
    return run, qrels


def _topic(one: Judged) -> str:
    return "_".join(one.truth.id.split())

"""`pmbot test --format squad`: pmbot measured on a public set of questions."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pmbot.cli.options import UsageError
from pmbot.rendering.sanitize import harmless_json

if TYPE_CHECKING:
    from pmbot.answering.engine import Engine
    from pmbot.cli.console import Console
    from pmbot.evaluation.judged import Judged
    from pmbot.evaluation.measures import Measure
    from pmbot.models import Document


@dataclass(frozen=True, kw_only=True)
class SquadRun:
    """What is wanted.

    `paths` are files; `corpus` asks all articles at once instead of each its own; `limit` stops after so many questions of each article;
    `trec` is a folder for run and judgements.
    """

    paths: Sequence[Path]
    config: Path | None = None
    corpus: bool = False
    limit: int | None = None
    json: bool = False
    trec: Path | None = None
    seed: int = 1


EngineOf = Callable[[Sequence["Document"]], "Engine"]


def run_squad(wanted: SquadRun, console: Console, engine_of: EngineOf | None = None) -> int:
    """Ask every question, print the table of metrics; 0. QuestionSetError for a file that is none.

    `engine_of` makes an engine over documents; the one of the settings from `wanted.config` on unless it is given.
    """
    from pmbot.bootstrap import Builder
    from pmbot.evaluation.bootstrap import Plan
    from pmbot.evaluation.measures import measure, measures_page
    from pmbot.evaluation.trec import write_trec

    if not wanted.paths:
        raise UsageError("--format squad needs the file to read: pmbot test --format squad dev-v2.0.json")
    build = engine_of or Builder.of(wanted.config).over
    judged: list[Judged] = []
    articles = 0
    for article, found in _asked(wanted, build, console):
        judged += found
        articles += article
    if wanted.trec is not None:
        write_trec(wanted.trec, judged)
    measures = measure(judged, Plan(seed=wanted.seed))
    if wanted.json:
        console.write(_json(wanted, articles, judged, measures))
        return 0
    how = "all as one corpus" if wanted.corpus else "each its own document"
    console.stdout.write(f"{len(judged):,} questions on {articles:,} articles, {how}\n\n")
    console.screen.show(measures_page(measures))
    return 0


def _asked(wanted: SquadRun, build: EngineOf, console: Console) -> Iterator[tuple[int, list[Judged]]]:
    """The judged questions, article by article, each with a 1 for the article."""
    from pmbot.cli.progress import progress
    from pmbot.evaluation.squad import judge_trace, read_squad
    from pmbot.models import Question

    every = (article for path in wanted.paths for article in read_squad(path))
    held = list(every) if wanted.corpus else None
    common = build(sorted((article.document for article in held), key=lambda document: document.doc_id)) if held is not None else None
    total = sum(len(article.truths[: wanted.limit]) for article in held) if held is not None else None
    with progress(console, "asking", total, unit="questions") as advance:
        for article in every if held is None else held:
            engine = common or build([article.document])
            found = []
            for truth in article.truths[: wanted.limit]:
                found.append(judge_trace(truth, engine.trace(Question(text=truth.question))))
                advance()
            yield 1, found


def _json(wanted: SquadRun, articles: int, judged: Sequence[Judged], measures: Sequence[Measure]) -> str:
    from pmbot.evaluation.measures import measure_records

    record = {
        "schema": "pmbot.measures/1",
        "files": [str(path) for path in wanted.paths],
        "corpus": wanted.corpus,
        "articles": articles,
        "questions": len(judged),
        "seed": wanted.seed,
        "measures": measure_records(measures),
    }
    return harmless_json(json.dumps(record, ensure_ascii=False, indent=2)) + "\n"

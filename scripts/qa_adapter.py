#!/usr/bin/env python3
"""Answer JSON lines for an evaluation program: questions on standard input, answers on standard output, one object a line.

    {"id": "q1", "doc": "path/to/file.txt", "question": "…", "history": ["…"]}       history is optional
    {"id": "q1", "answered": true, "short_answer": "…" or null, "sentences": ["…"], "confidence": 0.8}

`sentences` are the quotes of the answer, best first. With --no-abstain nothing is refused: they are all the evidence there is,
best first, as hit@k wants. A line that cannot be answered is reported on standard error and answered by a refusal.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from pmbot.api import KnowledgeBase
from pmbot.errors import PmbotError

if TYPE_CHECKING:
    from pmbot.models import Trace


class Knowledge(Protocol):
    """What is needed of a knowledge base."""

    def trace(self, text: str, *, history: tuple[str, ...] = ()) -> Trace:
        """Answer `text`, keeping the steps."""


def replies(lines: Iterable[str | bytes], load: Callable[[str], Knowledge], *, abstain: bool) -> Iterator[dict[str, Any]]:
    """Answer each line in order; `load` gives the knowledge of a document path."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        task: Any = None
        try:
            task = json.loads(line)
            trace = load(task["doc"]).trace(task["question"], history=tuple(task.get("history") or ()))
            yield _reply(task, trace, abstain=abstain)
        except (PmbotError, ValueError, KeyError, TypeError, AttributeError) as problem:
            print(f"line {number}: {type(problem).__name__}: {problem}", file=sys.stderr)
            name = task.get("id") if isinstance(task, dict) else None
            yield {"id": name, "answered": False, "short_answer": None, "sentences": [], "confidence": 0.0}


def _reply(task: Mapping[str, Any], trace: Trace, *, abstain: bool) -> dict[str, Any]:
    answer = trace.answer
    quotes = [citation.quote for citation in answer.citations]
    sentences = quotes if abstain else [evidence.sentence.text for evidence in trace.evidence]
    return {
        "id": task["id"],
        "answered": answer.answered if abstain else bool(sentences),
        "short_answer": answer.short_answer,
        "sentences": sentences,
        "confidence": answer.confidence,
    }


@lru_cache(maxsize=256)
def _load(doc: str) -> Knowledge:
    return KnowledgeBase.load(Path(doc))


def main(arguments: Sequence[str] | None = None) -> None:
    """Answer standard input."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--no-abstain", action="store_true", help="give all evidence, best first, instead of refusing")
    options = parser.parse_args(arguments)
    for reply in replies(sys.stdin.buffer, _load, abstain=not options.no_abstain):
        print(json.dumps(reply), flush=True)


if __name__ == "__main__":
    main()

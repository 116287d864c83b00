#!/usr/bin/env python3
"""Fit the span model and the confidence model: python scripts/train.py DATA [--folds DIR].

DATA is the folder with `squad-train.json` and `qa-train/`. Writes config/spans.en.json and config/confidence.en.json, fitted on all
articles. With --folds, the models of each fold (fitted on the articles of the other folds) are written to DIR for `quality.py`.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from learning.articles import FOLDS, Article, read_articles
from learning.confidence_fit import Counts, Example, confidence_examples, fit_confidence
from learning.span_fit import SpanExample, Vocabulary, as_groups, fit_spans, span_examples
from pmbot.answering.confidence import ConfidenceModel
from pmbot.answering.engine import Engine
from pmbot.answering.params import AnsweringParams
from pmbot.answering.policy import Models, Policy
from pmbot.answering.span_model import SpanModel
from pmbot.bootstrap import engine_builder

CONFIG = Path(__file__).resolve().parents[1] / "config"
Groups = Mapping[str, Mapping[str, float]]


def builder() -> Callable[[Path | None], Engine]:
    """Engines with the default settings."""
    return engine_builder(None)


def spans_of(article: Article, vocabulary: Vocabulary, build: Callable[[Path | None], Engine]) -> list[SpanExample]:
    """The span examples of one article."""
    return list(span_examples(article, build(article.path), vocabulary))


def examples_of(task: tuple[Article, Sequence[Article], Groups]) -> list[Example]:
    """The confidence examples of one article, with a span model that has not seen it."""
    article, others, groups = task
    policy = Policy(AnsweringParams(), Models(SpanModel(groups), ConfidenceModel({})))
    return list(confidence_examples(article, others, builder(), policy, Counts()))


def write(path: Path, weights: object) -> None:
    """Write weights as JSON, always the same way."""
    path.write_text(json.dumps(weights, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n", encoding="utf-8")


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--folds", type=Path)
    options = parser.parse_args()
    articles = read_articles(options.data)
    build, vocabulary = builder(), Vocabulary()
    spans = [example for article in articles for example in spans_of(article, vocabulary, build)]
    print(f"{len(spans)} span examples, {len(vocabulary)} features", flush=True)
    by_fold = [as_groups(fit_spans([e for e in spans if e.fold != fold], len(vocabulary)), vocabulary) for fold in range(FOLDS)]
    write(CONFIG / "spans.en.json", as_groups(fit_spans(spans, len(vocabulary)), vocabulary))
    tasks = [(article, [a for a in articles if a.fold == article.fold and a is not article], by_fold[article.fold]) for article in articles]
    with multiprocessing.Pool() as pool:
        examples = [example for found in pool.imap(examples_of, tasks) for example in found]
    print(f"{len(examples)} confidence examples, {sum(e.right for e in examples)} right", flush=True)
    write(CONFIG / "confidence.en.json", fit_confidence(examples))
    if options.folds:
        options.folds.mkdir(parents=True, exist_ok=True)
        for fold in range(FOLDS):
            write(options.folds / f"spans.{fold}.json", by_fold[fold])
            write(options.folds / f"confidence.{fold}.json", fit_confidence([e for e in examples if e.fold != fold]))


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Fit the span model and the confidence model: python scripts/train.py DATA FOLDS.

DATA is the folder with `squad-train.json` and `qa-train/`; the question sets in tests/questions/development teach the confidence, too.
Writes config/spans.en.json and config/confidence.en.json, fitted on all
articles, and to the folder FOLDS the models of each fold, fitted on the articles of the other folds, for `quality.py`.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from learning.articles import FOLDS, Article, read_articles
from learning.confidence_fit import Counts, Example, Makers, confidence_examples, fit_confidence
from learning.paraphrases import Paraphraser
from learning.question_examples import set_examples
from learning.span_fit import SpanExample, Vocabulary, fit_groups, span_examples

from pmbot.answering.confidence import ConfidenceModel
from pmbot.answering.engine import Engine
from pmbot.answering.params import AnsweringParams
from pmbot.answering.policy import Models, Policy
from pmbot.bootstrap import Builder, build_knowledge
from pmbot.config import load_configuration

ROOT = Path(__file__).resolve().parents[1]
CONFIG, SETS = ROOT / "config", ROOT / "tests" / "questions" / "development"
Groups = Mapping[str, Mapping[str, float]]


def builder() -> Callable[[Path | None], Engine]:
    """Engines with the default settings."""
    return Builder(load_configuration().in_memory())


def paraphraser() -> Paraphraser:
    """What words questions differently, by the thesaurus."""
    return Paraphraser(CONFIG / "thesaurus.en.txt", build_knowledge(load_configuration()).analyzer)


def makers(groups: Groups) -> Makers:
    """What makes examples, with this span model and no confidence yet."""
    models = Models(groups, ConfidenceModel({}))
    return Makers(builder(), lambda: Policy(AnsweringParams(), models), paraphraser())


def spans_of(article: Article, vocabulary: Vocabulary, build: Callable[[Path | None], Engine]) -> list[SpanExample]:
    """The span examples of one article."""
    return list(span_examples(article, build(article.path), vocabulary))


def examples_of(task: tuple[Article, Sequence[Article], Groups]) -> list[Example]:
    """The confidence examples of one article, with a span model that has not seen it."""
    article, others, groups = task
    return list(confidence_examples(article, others, makers(groups), Counts()))


def examples_of_set(task: tuple[Path, Groups]) -> list[Example]:
    """The confidence examples of one question set."""
    path, groups = task
    return list(set_examples(path, makers(groups)))


def write(path: Path, weights: object) -> None:
    """Write weights as JSON, always the same way."""
    path.write_text(json.dumps(weights, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n", encoding="utf-8")


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("folds", type=Path)
    parser.add_argument("--only-folds", action="store_true", help="leave the models in config/ as they are")
    parser.add_argument("--keep-spans", action="store_true", help="take the span models that are in FOLDS already")
    options = parser.parse_args()
    articles = read_articles(options.data)
    options.folds.mkdir(parents=True, exist_ok=True)
    if not options.keep_spans:
        fit_all_spans(articles, options.folds, None if options.only_folds else CONFIG)
    by_fold = [json.loads((options.folds / f"spans.{fold}.json").read_text(encoding="utf-8")) for fold in range(FOLDS)]
    tasks = [(article, [a for a in articles if a.fold == article.fold and a is not article], by_fold[article.fold]) for article in articles]
    with multiprocessing.get_context("spawn").Pool() as pool:
        examples = [example for found in pool.imap(examples_of, tasks) for example in found]
        sets = [(path, json.loads((CONFIG / "spans.en.json").read_text(encoding="utf-8"))) for path in sorted(SETS.glob("*.yaml"))]
        examples += [example for found in pool.imap(examples_of_set, sets) for example in found]
    print(f"{len(examples)} confidence examples, {sum(e.right for e in examples)} right", flush=True)
    if not options.only_folds:
        write(CONFIG / "confidence.en.json", fit_confidence(examples))
    for fold in range(FOLDS):
        write(options.folds / f"confidence.{fold}.json", fit_confidence([e for e in examples if e.fold != fold]))


def fit_all_spans(articles: Sequence[Article], folds: Path, config: Path | None) -> None:
    """Write one span model for each fold, which has not seen that fold, and to `config` the one of all articles."""
    build, vocabulary = builder(), Vocabulary()
    spans = [example for article in articles for example in spans_of(article, vocabulary, build)]
    print(f"{len(spans)} span examples, {len(vocabulary)} features", flush=True)
    for fold in range(FOLDS):
        write(folds / f"spans.{fold}.json", fit_groups([e for e in spans if e.fold != fold], vocabulary))
    if config is not None:
        write(config / "spans.en.json", fit_groups(spans, vocabulary))


if __name__ == "__main__":
    main()

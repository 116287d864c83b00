"""What typos and pronouns cost: each question asked as it is and as it might be asked, on the same document."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from learning.articles import FOLDS, gold_sentence, read_articles
from learning.conversations import pairs
from learning.readings import article_of, rank_of, read_lines
from learning.typos import with_typos
from pmbot.answering.engine import Engine
from pmbot.bootstrap import Builder, build_knowledge
from pmbot.config import load_configuration
from pmbot.models import Question
from pmbot.text.analyzer import Analyzer

TYPOS = (1, 2)
PAIRS = 40  # of an article at most


class Asked(NamedTuple):
    """A question asked twice: whether a gold sentence came first for the plain wording, and for the other, made in this way."""

    way: str
    article: int
    plain: bool
    other: bool


def asked_twice(task: tuple[Path, int]) -> list[Asked]:
    """All of one fold; `task` is the data folder and the fold. Ranking does not depend on learned weights."""
    data, fold = task
    configuration = load_configuration().in_memory()
    knowledge = build_knowledge(configuration)
    build = Builder(configuration, knowledge)
    return [*_typos(data / "qa-train", fold, build, knowledge.analyzer), *_pronouns(data, fold, build)]


def _typos(data: Path, fold: int, build: Builder, analyzer: Analyzer) -> Iterator[Asked]:
    gold = {item["id"]: item for item in read_lines(data / "gold.jsonl") if item["answerable"]}
    engines: dict[str, Engine] = {}
    for question in read_lines(data / "questions.jsonl"):
        article = article_of(question["doc"])
        if question["id"] not in gold or article % FOLDS != fold:
            continue
        if question["doc"] not in engines:
            engines = {question["doc"]: build(data / question["doc"])}
        engine, wanted = engines[question["doc"]], gold[question["id"]]["gold_sentences"]
        plain = _first(engine, question["question"], wanted)
        for count in TYPOS:
            mistyped = with_typos(question["question"], count, analyzer, random.Random(f"{question['id']}/{count}"))
            if mistyped is not None:
                yield Asked(f"{count} typo" + "s" * (count > 1), article, plain, _first(engine, mistyped, wanted))


def _first(engine: Engine, text: str, wanted: list[str]) -> bool:
    """Whether a gold sentence comes first, typos corrected as they are for users."""
    return rank_of([evidence.sentence.text for evidence in engine.trace(Question(text=text)).evidence[:1]], wanted) == 1


def _pronouns(data: Path, fold: int, build: Builder) -> Iterator[Asked]:
    for article in read_articles(data):
        if article.fold != fold:
            continue
        engine = build(article.path)
        for pair in pairs(engine, article, PAIRS):
            wanted = gold_sentence(engine, pair.alone)
            if wanted is None:
                continue
            alone = engine.trace(Question(text=pair.alone.text)).evidence[:1]
            after = engine.trace(Question(text=pair.text, history=(pair.before,))).evidence[:1]
            hits = [bool(found) and found[0].sentence == wanted for found in (alone, after)]
            yield Asked("pronoun", article.number, *hits)
            if not pair.others:
                yield Asked("pronoun, one name", article.number, *hits)

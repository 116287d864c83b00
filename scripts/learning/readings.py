"""What the answer layer does with each question of `qa-train`, by models that have not seen its article."""

from __future__ import annotations

import dataclasses
import json
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from learning.articles import FOLDS
from pmbot.answering.confidence import read_confidence
from pmbot.answering.engine import Engine
from pmbot.answering.guards import first_refusal
from pmbot.answering.params import AnsweringParams
from pmbot.answering.policy import Models, Policy
from pmbot.answering.span_model import read_weights
from pmbot.bootstrap import Builder, build_knowledge
from pmbot.config import load_configuration
from pmbot.evaluation.normalize import exact_match, normalise_answer


class Row(NamedTuple):
    """One question: where its gold sentence ranks (0: nowhere), how sure we are, the best span, and the same rank for plain BM25.

    `refused`: a guard refuses, whatever the threshold; `found`: there is a sentence to be sure of.
    """

    id: str
    condition: str
    article: int
    rank: int
    plain_rank: int
    sure: float
    refused: bool
    found: bool
    shown: str
    span_sure: float
    exact: float
    overlap: float
    seconds: float
    reason: str


def rows_of_fold(task: tuple[Path, Path, int]) -> list[Row]:
    """The rows of all documents of one fold; `task` is the data folder, the folder of fold models, and the fold."""
    data, folds, fold = task
    configuration = load_configuration().in_memory()
    models = Models(read_weights(folds / f"spans.{fold}.json"), read_confidence(folds / f"confidence.{fold}.json"))
    knowledge = dataclasses.replace(build_knowledge(configuration), models=models)
    gold = {item["id"]: item for item in read_lines(data / "gold.jsonl")}
    by_document: dict[str, list[Mapping[str, Any]]] = {}
    for question in read_lines(data / "questions.jsonl"):
        if article_of(question["doc"]) % FOLDS == fold:
            by_document.setdefault(question["doc"], []).append(question)
    rows = []
    build = Builder(configuration, knowledge)
    for document, questions in sorted(by_document.items()):
        engine = build(data / document)
        policy = Policy(AnsweringParams(), models)
        plain = _plain(engine) if any(gold[q["id"]]["answerable"] for q in questions) else None
        rows += [_row(engine, policy, question, gold[question["id"]], plain) for question in questions]
    return rows


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def article_of(document: str) -> int:
    """The number of the article that a document is, or is made from."""
    return int(Path(document).name.split("_")[0])


def _row(engine: Engine, policy: Policy, question: Mapping[str, Any], gold: Mapping[str, Any], plain: Any) -> Row:
    text = question["question"]
    reading = engine.read(text)
    start = time.perf_counter()
    _, ranking = engine.rank(reading)
    cases = engine.cases(ranking)
    sure, short, refusal, shown = 0.0, None, None, ""
    if ranking.candidates:
        short, sure = policy.weigh(ranking, cases[0])
        refusal = first_refusal(cases[0], sure, least=0.0)
        sentence = ranking.evidence[0].sentence.text
        shown = ", ".join(sentence[a:b] for a, b in short.slices)
    seconds = time.perf_counter() - start
    answers = gold["short_answers"] if gold["answerable"] else []
    rank = rank_of([evidence.sentence.text for evidence in ranking.evidence], gold["gold_sentences"]) if gold["answerable"] else 0
    return Row(
        id=gold["id"], condition=gold["cond"], article=article_of(question["doc"]), rank=rank,
        plain_rank=rank_of(_plain_order(plain, text), gold["gold_sentences"]) if gold["answerable"] else 0,
        sure=sure, refused=refusal is not None, found=bool(ranking.candidates), shown=shown, span_sure=short.confidence if short else 0.0,
        exact=float(exact_match(shown, answers)),
        overlap=max((token_overlap(shown, a) for a in answers), default=0.0),
        seconds=seconds, reason=refusal.reason if refusal else "",
    )  # fmt: skip


def rank_of(sentences: Sequence[str], gold: Sequence[str]) -> int:
    """The rank, from 1, of the first sentence that is a gold sentence, as the scorer in the data folder sees it; 0 when none is."""
    return next((rank for rank, sentence in enumerate(sentences, 1) if any(_hits(sentence, wanted) for wanted in gold)), 0)


def _hits(sentence: str, wanted: str) -> bool:
    one, other = " ".join(sentence.split()), " ".join(wanted.split())
    if not one or len(one) > 2 * len(other) + 40:
        return False
    return other in one or (one in other and len(one) >= 0.6 * len(other))


def token_overlap(answer: str, wanted: str) -> float:
    """SQuAD's F1: the harmonic mean of precision and recall over normalised tokens."""
    one, other = normalise_answer(answer).split(), normalise_answer(wanted).split()
    shared = sum(min(one.count(token), other.count(token)) for token in set(one))
    return 2.0 * shared / (len(one) + len(other)) if shared else 0.0


def _plain(engine: Engine) -> tuple[list[str], Any]:
    """Plain BM25Okapi on sentences, words in lower case: what a simple demonstration does."""
    from rank_bm25 import BM25Okapi

    sentences = [s.text for found in engine.snapshot.corpus.sentences.values() for s in found]
    return sentences, BM25Okapi([re.findall(r"\w+", sentence.lower()) for sentence in sentences])


def _plain_order(plain: Any, question: str) -> list[str]:
    sentences, fitted = plain
    scores = fitted.get_scores(re.findall(r"\w+", question.lower()))
    return [sentences[at] for at in sorted(range(len(sentences)), key=lambda at: -scores[at])]

"""Fits the span model: softmax over the candidate spans of the gold sentence, AdaGrad, weights rounded and cut to a size."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from learning.articles import Article, gold_sentence
from pmbot.answering.engine import Engine
from pmbot.answering.evidence import Ranking
from pmbot.answering.span_anchors import Around, dynamic_features
from pmbot.answering.span_features import layout_of, question_kind, static_features
from pmbot.answering.spans import anchors_for
from pmbot.evaluation.normalize import normalise_answer

EPOCHS = 5
RATE = 0.1
SHRINK = 3e-5
BYTES = 63_000
WEIGHT_BYTES = 7  # a rounded weight, a colon and a comma
Key = tuple[str, str]  # kind of question ("" for all), feature


class SpanExample(NamedTuple):
    """The candidates of one gold sentence: which are right, and their features as (row, feature number, value)."""

    fold: int
    right: NDArray[np.bool_]
    rows: NDArray[np.int64]
    features: NDArray[np.int64]
    values: NDArray[np.float64]


class Vocabulary(dict[Key, int]):
    """Numbers for features, given out as they come."""

    def __missing__(self, key: Key) -> int:
        self[key] = len(self)
        return self[key]


def span_examples(article: Article, engine: Engine, vocabulary: Vocabulary) -> Iterable[SpanExample]:
    """One example for each question whose answer is among the candidates of its sentence."""
    for asked in article.questions:
        sentence = gold_sentence(engine, asked)
        if sentence is None:
            continue
        _, ranking = engine.rank(engine.read(asked.text))
        place = next((at for at, c in enumerate(ranking.candidates) if c.view.sentence == sentence), None)
        if place is None:
            continue
        example = _example(article.fold, ranking, place, {normalise_answer(answer) for answer in asked.answers}, vocabulary)
        if example is not None:
            yield example


def _example(fold: int, ranking: Ranking, place: int, answers: set[str], vocabulary: Vocabulary) -> SpanExample | None:
    candidate = ranking.candidates[place]
    view, kind = candidate.view, question_kind(ranking.query.reading)
    layout, anchors = layout_of(view), anchors_for(ranking.query, candidate, ranking.matcher)
    around = Around(view, anchors)
    right: list[bool] = []
    rows: list[int] = []
    features: list[int] = []
    values: list[float] = []
    for span, static in zip(layout.candidates, static_features(view, layout), strict=True):
        dynamic = dynamic_features(around, span)
        if not dynamic:
            continue
        for name, value in [*((name, 1.0) for name in (*static.edges, *static.others)), *dynamic]:
            for key in (("", name), (kind, name)):
                rows.append(len(right))
                features.append(vocabulary[key])
                values.append(value)
        text = view.sentence.text[view.tokens[span[0]].start : view.tokens[span[1]].end]
        right.append(normalise_answer(text) in answers)
    if not any(right):
        return None
    return SpanExample(fold, np.array(right), np.array(rows), np.array(features), np.array(values))


def fit_groups(examples: Sequence[SpanExample], vocabulary: Vocabulary, size: int = BYTES) -> dict[str, dict[str, float]]:
    """Weights by kind and feature, in at most `size` bytes of JSON: fitted, cut to the features that matter most, and fitted again."""
    every = np.ones(len(vocabulary))
    first = fit_spans(examples, every)
    used = np.bincount(np.concatenate([example.features for example in examples]), minlength=len(vocabulary))
    kept = _kept(np.abs(first) * np.sqrt(used), vocabulary, size)
    return _as_groups(fit_spans(examples, kept), vocabulary)


def fit_spans(examples: Sequence[SpanExample], kept: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weights by feature number; features whose `kept` is 0 stay 0. Deterministic."""
    weights, squares = np.zeros(len(kept)), np.full(len(kept), 1e-6)
    order = np.arange(len(examples))
    dice = np.random.default_rng(7)
    for _ in range(EPOCHS):
        dice.shuffle(order)
        for at in order:
            example = examples[int(at)]
            scores = np.bincount(example.rows, weights[example.features] * example.values, len(example.right))
            chances = np.exp(scores - scores.max())
            chances /= chances.sum()
            wanted = chances * example.right
            wanted /= wanted.sum()
            touched, inverse = np.unique(example.features, return_inverse=True)
            gradient = np.bincount(inverse, (chances - wanted)[example.rows] * example.values) + SHRINK * weights[touched]
            gradient *= kept[touched]
            squares[touched] += gradient * gradient
            weights[touched] -= RATE * gradient / np.sqrt(squares[touched])
    return weights


def _kept(importance: NDArray[np.float64], vocabulary: Vocabulary, size: int) -> NDArray[np.float64]:
    """1 for the most important features, as many as fit."""
    kept, used = np.zeros(len(vocabulary)), 0
    for (_, name), number in sorted(vocabulary.items(), key=lambda item: (-importance[item[1]], item[0])):
        used += len(json.dumps(name, ensure_ascii=False).encode()) + WEIGHT_BYTES
        if used > size:
            break
        kept[number] = 1.0
    return kept


def _as_groups(weights: NDArray[np.float64], vocabulary: Vocabulary) -> dict[str, dict[str, float]]:
    groups: dict[str, dict[str, float]] = {}
    for (kind, name), number in sorted(vocabulary.items()):
        rounded = round(float(weights[number]), 2)
        if rounded:
            groups.setdefault(kind, {})[name] = rounded
    return groups

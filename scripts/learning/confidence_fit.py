"""Fits the confidence model: logistic regression over the signals of right and wrong best sentences, and trees for what it misses.

Right: the best sentence holds the answer. Wrong: it does not; or the question belongs to another article; or the paragraph that answers was
taken out; or the question was made near the topic but is not answered (`negatives`). Question sets add their own (`question_examples`).
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from learning.articles import Article, Asked, gold_sentence
from learning.boosting import DIGITS, Examples, boosted
from learning.negatives import other_attribute, other_noun, swapped_name, template_questions, turned
from learning.paraphrases import Paraphraser
from pmbot.answering.confidence import BIAS
from pmbot.answering.engine import Engine
from pmbot.answering.policy import Policy
from pmbot.answering.signals import signals
from pmbot.models import Sentence

WEIGHTS = {
    "own": 1.2, "own reworded": 0.08, "removed": 0.75, "removed reworded": 0.06, "foreign": 3.5, "development": 6.0,
    "template": 0.04, "swapped": 0.04, "turned": 0.004, "attribute": 0.1, "noun": 0.1,
}  # fmt: skip
RIDGE = 10.0
ROUNDS = 30
Build = Callable[[Path], Engine]


class Example(NamedTuple):
    """The signals of a best sentence, whether it answers, where the question came from, and its fold."""

    signals: dict[str, float]
    right: bool
    source: str
    fold: int


class Counts(NamedTuple):
    """How much is made from an article, besides its own questions: paragraphs taken out, questions of other articles and by templates."""

    paragraphs: int = 40
    foreign: int = 45
    made: int = 65


class Makers(NamedTuple):
    """What makes an engine over a file, and a policy for one engine."""

    engine: Build
    policy: Callable[[], Policy]
    paraphraser: Paraphraser


class Best(NamedTuple):
    """The best sentence for a question, and its signals."""

    sentence: Sentence
    signals: dict[str, float]


def best_sentence(engine: Engine, policy: Policy, text: str) -> Best | None:
    """What comes first for a question; None when nothing does."""
    _, ranking = engine.rank(engine.read(text))
    if not ranking.candidates:
        return None
    case = engine.cases(ranking)[0]
    short, _ = policy.weigh(ranking, case)
    return Best(ranking.evidence[0].sentence, signals(ranking, case, short))


def confidence_examples(article: Article, others: Sequence[Article], make: Makers, counts: Counts) -> Iterator[Example]:
    """All examples of one article; the random choices depend on its number alone."""
    dice = random.Random(article.number)
    engine, policy = make.engine(article.path), make.policy()

    def example(on: Engine, text: str, source: str, asked: Asked | None = None) -> Iterator[Example]:
        found = best_sentence(on, policy, text)
        if found is not None:
            right = asked is not None and found.sentence == gold_sentence(on, asked)
            yield Example(found.signals, right, source, article.fold)

    for asked in article.questions:
        for text, source in _wordings(engine, asked, "own", make.paraphraser, dice):
            yield from example(engine, text, source, asked)
    for source, text in _unanswered(engine, article.questions, others, dice, counts):
        yield from example(engine, text, source)
    for without, questions in _without_paragraphs(article, make.engine, dice, counts.paragraphs):
        policy = make.policy()
        for asked in questions:
            for text, source in _wordings(engine, asked, "removed", make.paraphraser, dice):
                yield from example(without, text, source)


def _unanswered(
    engine: Engine, own: Sequence[Asked], others: Sequence[Article], dice: random.Random, counts: Counts
) -> Iterator[tuple[str, str]]:
    """Questions that the article does not answer, with the way they were come by."""
    for _ in range(counts.foreign):
        yield "foreign", dice.choice(dice.choice(others).questions).text
    for text in template_questions(engine, dice, counts.made):
        yield "template", text
    yield from _changed(engine, own, dice)


def _wordings(engine: Engine, asked: Asked, source: str, paraphraser: Paraphraser, dice: random.Random) -> Iterator[tuple[str, str]]:
    """A question as it was asked and, where that can be done, in other words; with the names of the sources."""
    yield asked.text, source
    sentence = gold_sentence(engine, asked)
    text = paraphraser.reworded(engine, asked.text, sentence, dice) if sentence is not None else None
    if text is not None:
        yield text, f"{source} reworded"


def _changed(engine: Engine, questions: Sequence[Asked], dice: random.Random) -> Iterator[tuple[str, str]]:
    """Answerable questions changed so that the document does not answer them, with the way they were changed."""
    for asked in questions:
        sentence = gold_sentence(engine, asked)
        made = {"turned": turned(asked.text, dice)}
        if sentence is not None:
            made["swapped"] = swapped_name(engine, asked.text, sentence, dice)
            made["attribute"] = other_attribute(engine, asked.text, sentence, dice)
            made["noun"] = other_noun(engine, asked.text, dice)
        yield from ((source, text) for source, text in made.items() if text is not None)


def _without_paragraphs(article: Article, build: Build, dice: random.Random, count: int) -> Iterator[tuple[Engine, list[Asked]]]:
    """Engines over the article without one paragraph, and the questions of that paragraph."""
    text = article.path.read_text(encoding="utf-8")
    paragraphs = sorted({asked.paragraph for asked in article.questions})
    for start, end in dice.sample(paragraphs, min(count, len(paragraphs))):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / article.path.name
            path.write_text(text[:start].rstrip() + "\n\n" + text[end:].lstrip(), encoding="utf-8")
            yield build(path), [asked for asked in article.questions if asked.paragraph == (start, end)]


def fit_confidence(examples: Sequence[Example]) -> dict[str, object]:
    """Ridge logistic regression by Newton's method, and trees beside it: what `read_confidence` reads, with numbers rounded."""
    names = sorted({name for example in examples for name in example.signals})
    matrix = np.array([[example.signals.get(name, 0.0) for name in names] for example in examples])
    right = np.array([float(example.right) for example in examples])
    found = Examples(matrix, right, np.array([WEIGHTS[example.source] for example in examples]))
    fitted = _newton(np.column_stack([matrix, np.ones(len(matrix))]), found.right, found.weight).round(DIGITS)
    weights = {name: float(value) for name, value in zip([*names, BIAS], fitted, strict=True) if value}
    return {"weights": weights, "trees": boosted(found, names, matrix @ fitted[:-1] + fitted[-1])}


def _newton(matrix: NDArray[np.float64], right: NDArray[np.float64], weight: NDArray[np.float64]) -> NDArray[np.float64]:
    fitted = np.zeros(matrix.shape[1])
    ridge = np.full(matrix.shape[1], RIDGE)
    ridge[-1] = 1e-6
    for _ in range(ROUNDS):
        chance = 1.0 / (1.0 + np.exp(-np.clip(matrix @ fitted, -30, 30)))
        slope = matrix.T @ (weight * (right - chance)) - ridge * fitted
        curve = (matrix * (weight * chance * (1.0 - chance))[:, None]).T @ matrix + np.diag(ridge)
        step = np.linalg.solve(curve, slope)
        fitted += step
        if float(np.abs(step).max()) < 1e-6:
            break
    return fitted

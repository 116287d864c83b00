"""Articles with questions: a file in SQuAD format and, beside it, the same articles as plain text documents."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pmbot.answering.engine import Engine
from pmbot.models import Sentence

FOLDS = 5


class Asked(NamedTuple):
    """A question with its accepted answers and where the paragraph and the answer start in the article's document."""

    text: str
    answers: tuple[str, ...]
    paragraph: tuple[int, int]
    answer_start: int


class Article(NamedTuple):
    """One article: its number, document file and questions."""

    number: int
    path: Path
    questions: tuple[Asked, ...]

    @property
    def fold(self) -> int:
        """The fold it belongs to when folds are made by article."""
        return self.number % FOLDS


def read_articles(data: Path) -> list[Article]:
    """All articles below `data`, the folder with `squad-train.json` and `qa-train/docs`."""
    documents = sorted(path for path in (data / "qa-train" / "docs").glob("*.txt") if not re.match(r"\d+_without_", path.name))
    articles = json.loads((data / "squad-train.json").read_text(encoding="utf-8"))["data"]
    if len(documents) != len(articles):
        raise SystemExit(f"{data}: {len(articles)} articles, but {len(documents)} documents")
    return [
        Article(number, path, tuple(_questions(article["paragraphs"], path.read_text(encoding="utf-8"))))
        for number, (article, path) in enumerate(zip(articles, documents, strict=True))
    ]


def _questions(paragraphs: list[dict[str, object]], text: str) -> Iterator[Asked]:
    for paragraph in paragraphs:
        context = str(paragraph["context"])
        start = text.find(context)
        questions = paragraph["qas"]
        if start < 0 or not isinstance(questions, list):
            continue
        for question in questions:
            answers = question["answers"]
            yield Asked(
                question["question"],
                tuple(answer["text"] for answer in answers),
                (start, start + len(context)),
                start + answers[0]["answer_start"],
            )


def gold_sentence(engine: Engine, asked: Asked) -> Sentence | None:
    """The sentence of the article's document that the answer starts in."""
    (sentences,) = engine.snapshot.corpus.sentences.values()
    return next((s for s in sentences if s.span.start <= asked.answer_start < s.span.end), None)

"""The passages and questions that `make bench` measures on: real ones where the evaluation data lies, else generated; always the same.

A corpus is a list of passages, a passage the list of its terms, a question the list of its terms: every engine gets the same tokens.
"""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pmbot.text.analyzer import Analyzer
from pmbot.text.wordlists import read_demonyms, read_words

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
SEED = 20
TAIL_SHARE, TAIL_EXPONENT = 0.04, 1.2
"""One word in 25 of a synthetic passage is new; the n-th new word is drawn with a weight of n ** -1.2."""

Passage = list[str]


@dataclass(frozen=True)
class Source:
    """Where passages come from: paragraphs as sentences as terms; questions with and without their stopwords."""

    name: str
    paragraphs: list[list[Passage]]
    questions: list[list[str]]
    bare: list[list[str]]


def read_source(data: Path = DATA) -> Source:
    """Read the texts and questions below `data`, or make some up where there are none."""
    path = data / "squad-train.json"
    config = ROOT / "config"
    analyzer = Analyzer(read_words(config / "stopwords.en.txt"), read_demonyms(config / "demonyms.yaml"), "en")
    if not path.is_file():
        return _generated()
    articles = json.loads(path.read_text(encoding="utf-8"))["data"]
    paragraphs = [paragraph for article in articles for paragraph in article["paragraphs"]]
    texts = [[list(analyzer.terms(sentence)) for sentence in _sentences(paragraph["context"])] for paragraph in paragraphs]
    asked = [qa["question"] for paragraph in paragraphs for qa in paragraph["qas"]]
    random.Random(SEED).shuffle(asked)
    full = [list(dict.fromkeys(analyzer.terms(question))) for question in asked]
    bare = [list(analyzer.query_terms(question)) for question in asked]
    return Source("SQuAD paragraphs", texts, full, bare)


def corpus(source: Source, size: int) -> Iterator[Passage]:
    """Yield `size` passages.

    As long as there are enough, they are cut as pmbot cuts documents, three sentences overlapping by one; else every run of one to
    three sentences is taken; and where that does not suffice, three sentences drawn anywhere with new words between them, whose
    frequencies follow Zipf's law.
    """
    windows = [passage for paragraph in source.paragraphs for passage in _windows(paragraph)]
    if size <= len(windows):
        return iter(windows[:size])
    runs = [passage for paragraph in source.paragraphs for passage in _runs(paragraph)]
    return iter(runs[:size]) if size <= len(runs) else _synthetic(source, size)


def _windows(paragraph: list[Passage]) -> Iterator[Passage]:
    for first in range(0, max(len(paragraph) - 1, 1), 2):
        yield list(itertools.chain(*paragraph[first : first + 3]))


def _runs(paragraph: list[Passage]) -> Iterator[Passage]:
    for first, length in itertools.product(range(len(paragraph)), (1, 2, 3)):
        if first + length <= len(paragraph):
            yield list(itertools.chain(*paragraph[first : first + length]))


def _synthetic(source: Source, size: int) -> Iterator[Passage]:
    draw = random.Random(SEED)
    sentences = [sentence for paragraph in source.paragraphs for sentence in paragraph if sentence]
    for _ in range(size):
        passage = list(itertools.chain(*draw.choices(sentences, k=3)))
        for _ in range(round(len(passage) * TAIL_SHARE + draw.random() - 0.5)):
            # the inverse of the distribution function of a Pareto law is Zipf's, near enough, for any number of words
            passage.insert(draw.randrange(len(passage) + 1), f"new{int(draw.paretovariate(TAIL_EXPONENT - 1)) % 10**9}")
        yield passage


def _sentences(text: str) -> list[str]:
    return [sentence for sentence in text.replace("\n", " ").split(". ") if sentence.strip()]


def _generated() -> Source:
    """Paragraphs of five sentences over 20,000 words by Zipf's law; questions are words of one sentence, the 100 commonest stopwords."""
    draw = random.Random(SEED)
    words = [f"word{i}" for i in range(20_000)]
    weights = list(itertools.accumulate(1 / (i + 3) for i in range(len(words))))
    stop = frozenset(words[:100])
    paragraphs = [[draw.choices(words, cum_weights=weights, k=draw.randint(8, 35)) for _ in range(5)] for _ in range(2500)]
    questions = []
    for _ in range(5000):
        sentence = draw.choice(draw.choice(paragraphs))
        questions.append(list(dict.fromkeys(draw.choices(sentence, k=8) + draw.choices(words[:100], cum_weights=weights[:100], k=4))))
    bare = [[term for term in question if term not in stop] for question in questions]
    kept = [i for i, terms in enumerate(bare) if terms]
    return Source("generated text", paragraphs, [questions[i] for i in kept], [bare[i] for i in kept])

"""Measure whole answers: from the text of a question to its answer with its quotes, over collections of several sizes."""

from __future__ import annotations

import itertools
import json
import random
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench_corpora import DATA, SEED

SENTENCES_A_DOCUMENT = 150
QUESTIONS, TURN = 120, 20

Figures = dict[str, Any]


def measure_answers(sizes: Sequence[int]) -> list[Figures]:
    """Return, for about so many chunks each, CPU seconds of a question, asked in turns; empty where the questions are not there."""
    from pmbot import KnowledgeBase

    path = DATA / "squad-train.json"
    if not path.is_file():
        return []
    paragraphs = [p for article in json.loads(path.read_text(encoding="utf-8"))["data"] for p in article["paragraphs"]]
    asked = [qa["question"] for paragraph in paragraphs for qa in paragraph["qas"]]
    random.Random(SEED).shuffle(asked)
    with tempfile.TemporaryDirectory() as folder:
        opened: list[tuple[KnowledgeBase, Figures]] = []
        for size in sizes:
            root, index = Path(folder) / f"knowledge-{size}", Path(folder) / f"index-{size}"
            _write_documents(root, [paragraph["context"] for paragraph in paragraphs], size)
            start = time.process_time()
            KnowledgeBase.load(root, index=index)
            built = time.process_time() - start
            start = time.process_time()
            knowledge = KnowledgeBase.load(root, index=index)
            figures = {"build": built, "open": time.process_time() - start, "chunks": size}
            opened.append((knowledge, figures))
        times = _ask(opened, asked)
    for (_, figures), of_size in zip(opened, times, strict=True):
        figures |= {"p50": statistics.median(of_size), "p95": sorted(of_size)[len(of_size) * 95 // 100]}
    return [figures for _, figures in opened]


def _ask(opened: list[tuple[Any, Figures]], asked: list[str]) -> list[list[float]]:
    for knowledge, _ in opened:
        for question in asked[:TURN]:
            knowledge.ask(question)
    times: list[list[float]] = [[] for _ in opened]
    for first in range(TURN, TURN + QUESTIONS, TURN):
        for (knowledge, _), of_size in zip(opened, times, strict=True):
            for question in asked[first : first + TURN]:
                start = time.process_time()
                knowledge.ask(question)
                of_size.append(time.process_time() - start)
    return times


def _write_documents(root: Path, paragraphs: list[str], chunks: int) -> None:
    """Write documents of 150 sentences until they make about so many chunks: paragraphs first, then sentences drawn anywhere."""
    draw = random.Random(SEED)
    sentences = [sentence for paragraph in paragraphs for sentence in paragraph.replace("\n", " ").split(". ") if sentence.strip()]
    root.mkdir()
    wanted = 2 * chunks
    real = iter(paragraphs)
    for number in itertools.count():
        if wanted <= 0:
            return
        lines, there = [], 0
        while there < SENTENCES_A_DOCUMENT:
            paragraph = next(real, None) or ". ".join(draw.choices(sentences, k=5)) + "."
            lines.append(paragraph)
            there += paragraph.count(". ") + 1
        wanted -= there
        (root / f"{number:05}.txt").write_text("\n\n".join(lines), encoding="utf-8")

#!/usr/bin/env python3
"""Print how good the answers are: python scripts/quality.py DATA FOLDS [--without-ablation | --every N] [--picture FILE.svg].

DATA is the folder with `qa-train/`, FOLDS the models per fold that `train.py` wrote. Every article is read by models that have not seen it;
the threshold of a fold is chosen on the other folds. Intervals are bootstrapped by article.
"""

from __future__ import annotations

import argparse
import functools
import multiprocessing
import random
import statistics
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from learning import reliability
from learning.ablation import measured_of_fold
from learning.ablation_table import table as ablation_table
from learning.articles import FOLDS
from learning.readings import Row, rows_of_fold
from learning.robustness import Asked, asked_twice

from pmbot.answering.params import AnsweringParams

ANSWERED = 0.79  # the share of answerable questions that the threshold is chosen to answer
SHOWN = 0.30
SAMPLES = 400


OfArticle = TypeVar("OfArticle", Row, Asked)


def thresholds(rows: Sequence[Row], share: float) -> dict[int, float]:
    """For each fold the confidence above which the other folds answer `share` of the answerable questions."""
    found = {}
    for fold in range(FOLDS):
        others = sorted((r.sure if r.found else 0.0 for r in rows if r.condition == "A" and r.article % FOLDS != fold), reverse=True)
        found[fold] = others[min(len(others) - 1, int(share * len(others)))]
    return found


def percent(rows: Sequence[Row], holds: Callable[[Row], float]) -> float:
    """The mean of `holds` over `rows`, in per cent."""
    return 100.0 * sum(holds(row) for row in rows) / len(rows) if rows else 0.0


def among_percent(rows: Sequence[Row], *, condition: str, among: Callable[[Row], bool], holds: Callable[[Row], float]) -> float:
    """The same over the rows of one condition that `among` lets pass."""
    return percent([row for row in rows if row.condition == condition and among(row)], holds)


def interval(rows: Sequence[OfArticle], figure: Callable[[Sequence[OfArticle]], float]) -> tuple[float, float]:
    """The middle 95 % of `figure` over samples of articles drawn with replacement."""
    dice = random.Random(1)
    by_article: dict[int, list[OfArticle]] = {}
    for row in rows:
        by_article.setdefault(row.article, []).append(row)
    articles = sorted(by_article)
    values = sorted(figure([row for _ in articles for row in by_article[dice.choice(articles)]]) for _ in range(SAMPLES))
    return values[int(0.025 * SAMPLES)], values[int(0.975 * SAMPLES) - 1]


Figure = tuple[str, str, Callable[[Row], float], Callable[[Row], bool]]


def report(rows: Sequence[Row]) -> None:
    """Print the tables: ranking and spans; then confidence alone, at a given share answered; then what is shipped, guards and all."""
    params = AnsweringParams()
    limits = thresholds(rows, ANSWERED)
    everything: Callable[[Row], bool] = lambda r: True  # noqa: E731
    show(rows, "ranking and spans, nothing refused", [
        ("hit@1", "A", lambda r: float(r.rank == 1), everything),
        ("hit@3", "A", lambda r: float(0 < r.rank <= 3), everything),
        ("plain BM25 hit@1", "A", lambda r: float(r.plain_rank == 1), everything),
        ("plain BM25 hit@3", "A", lambda r: float(0 < r.plain_rank <= 3), everything),
        ("gain in hit@1, paired", "A", lambda r: float(r.rank == 1) - float(r.plain_rank == 1), everything),
        ("gain in hit@3, paired", "A", lambda r: float(0 < r.rank <= 3) - float(0 < r.plain_rank <= 3), everything),
        ("EM of the best span", "A", lambda r: r.exact, everything),
        ("F1 of the best span", "A", lambda r: r.overlap, everything),
    ])  # fmt: skip
    show(rows, f"confidence alone, thresholds {[round(t, 2) for t in limits.values()]}", refusing(
        lambda r: r.found and r.sure >= limits[r.article % FOLDS], span_limit(rows, limits)))  # fmt: skip
    show(rows, f"as shipped: threshold {params.threshold:g}, guards", refusing(
        lambda r: r.found and not r.refused and r.sure >= params.threshold, params.short_threshold))  # fmt: skip
    print(f"time of one question: {1000 * statistics.median(row.seconds for row in rows):.1f} ms (median)")


def refusing(answered: Callable[[Row], bool], short: float) -> list[Figure]:
    """The figures of one way to refuse; short answers are shown from a confidence of `short`."""
    return [
        ("answered", "A", lambda r: float(answered(r)), lambda r: True),
        ("right of answered", "A", lambda r: float(r.rank == 1), answered),
        ("false answers, other article (C)", "C", lambda r: float(answered(r)), lambda r: True),
        ("false answers, paragraph removed (D)", "D", lambda r: float(answered(r)), lambda r: True),
        ("short answers shown", "A", lambda r: float(answered(r) and r.span_sure >= short), lambda r: True),
        ("EM of short answers shown", "A", lambda r: r.exact, lambda r: answered(r) and r.span_sure >= short),
    ]


def span_limit(rows: Sequence[Row], limits: dict[int, float]) -> float:
    """The confidence from which short answers make up the share `SHOWN` of all answerable questions."""
    own = [row for row in rows if row.condition == "A"]
    spans = sorted((row.span_sure for row in own if row.sure >= limits[row.article % FOLDS]), reverse=True)
    return spans[min(len(spans) - 1, int(SHOWN * len(own)))]


def show(rows: Sequence[Row], title: str, figures: Sequence[Figure]) -> None:
    """Print one table."""
    print(f"| {title} | value | 95 % |\n|---|---|---|")
    for name, condition, holds, among in figures:
        figure = functools.partial(among_percent, condition=condition, among=among, holds=holds)
        low, high = interval(rows, figure)
        print(f"| {name} | {figure(rows):.1f} | {low:.1f} – {high:.1f} |")
    print()


def show_robustness(asked: Sequence[Asked]) -> None:
    """Print what typos and pronouns change in hit@1."""
    print("| asked differently | questions | as it is | asked so | change | 95 % |\n|---|---|---|---|---|---|")
    for way in sorted({one.way for one in asked}):
        rows = [one for one in asked if one.way == way]
        plain, other = (100 * statistics.mean(values) for values in zip(*((r.plain, r.other) for r in rows), strict=True))
        low, high = interval(rows, lambda drawn: 100 * statistics.mean(r.other - r.plain for r in drawn))
        print(f"| {way} | {len(rows)} | {plain:.1f} | {other:.1f} | {other - plain:+.1f} | {low:+.1f} – {high:+.1f} |")
    print()


def show_reliability(rows: Sequence[Row], picture: Path | None) -> None:
    """Print the confidence in ten bins against what was right, and draw it."""
    found = reliability.bins(rows)
    print(reliability.table(found))
    print(f"\nexpected calibration error: {100 * reliability.expected_error(found):.1f} points\n")
    if picture is not None:
        picture.write_text(reliability.picture(found), encoding="utf-8")


def main() -> None:
    """Read the questions and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("folds", type=Path)
    parser.add_argument("--without-ablation", action="store_true", help="leave out what each part is worth, which takes the longest")
    parser.add_argument("--every", type=int, default=1, help="for that, take every so many questions only (default: all)")
    parser.add_argument("--picture", type=Path, help="write the reliability diagram to this file, as SVG")
    options = parser.parse_args()
    tasks = [(options.data / "qa-train", options.folds, fold) for fold in range(FOLDS)]
    with multiprocessing.get_context("spawn").Pool() as pool:
        rows = [row for found in pool.imap(rows_of_fold, tasks) for row in found]
        report(rows)
        show_reliability(rows, options.picture)
        show_robustness([row for found in pool.imap(asked_twice, [(options.data, fold) for fold in range(FOLDS)]) for row in found])
        if not options.without_ablation:
            print(
                ablation_table([row for found in pool.imap(measured_of_fold, [(*task, options.every) for task in tasks]) for row in found])
            )


if __name__ == "__main__":
    main()
